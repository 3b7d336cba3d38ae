from django.urls import reverse
from django.utils.html import format_html, format_html_join


def address(row) -> str:
    """The address of a row's page at the desk."""
    return reverse(f"admin:missions_{row._meta.model_name}_change", args=[row.pk])


def link(row):
    """A link to a row's page at the desk, under the name it goes by."""
    return format_html('<a href="{}">{}</a>', address(row), getattr(row, "key", None) or str(row))


def because(claims: list[tuple]):
    """Links to claims by key; a key whose claim is gone stays a word."""
    return format_html_join(", ", "{}", ((link(claim) if claim else key,) for key, claim in claims))
