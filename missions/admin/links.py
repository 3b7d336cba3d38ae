from django.urls import reverse
from django.utils.html import format_html


def link(row):
    """A link to a row's page at the desk, under the name it goes by."""
    address = reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk])
    return format_html('<a href="{}">{}</a>', address, getattr(row, "key", None) or str(row))
