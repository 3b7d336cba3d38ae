"""What every card of the desk shares: the verbs, a reason for each change, refusals on the page, and history."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import JSONField, URLField
from django.utils.functional import cached_property

from missions import curation
from missions.admin.forms import CuratedForm, WordsField
from missions.admin.past import WithPast, deletion
from missions.admin.sheets import WithSheets
from missions.publication import PUBLIC
from missions.site.addresses import address

MOST_COUNTED = 10_000  # rows of a list; beyond, the list is narrowed by filters and words rather than leafed through


class BoundedPaginator(Paginator):
    """Counts so far and no further: drafts change without a revision, so that no count of theirs can be remembered."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MOST_COUNTED].count()

    @property
    def cut(self) -> bool:
        """Whether there may be more rows than were counted: then no action takes all of them at once."""
        return self.count >= MOST_COUNTED


class CuratedAdmin(WithSheets, WithPast):
    """Records and deletes by curation's verbs; what these refuse is said on the form, with all that was typed."""

    form = CuratedForm
    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False
    save_on_top = True
    formfield_overrides = {URLField: {"assume_scheme": "https"}, JSONField: {"form_class": WordsField}}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, PermissionDenied) as refusal:
            if request.method != "POST" or hasattr(request, "refusal"):
                raise
            request.refusal = refusal  # the whole transaction was taken back: the form says why
            return super().changeform_view(request, object_id, form_url, extra_context)

    def view_on_site(self, row):
        """Where everybody sees the row, once it is published."""
        model = type(row)
        return address(row) if model in PUBLIC and model.objects.public().filter(pk=row.pk).exists() else None

    def get_readonly_fields(self, request, obj=None):
        """A slug is given once."""
        given = ["slug"] if obj and hasattr(obj, "slug") else []
        return [*super().get_readonly_fields(request, obj), *given]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def save_model(self, request, obj, form, change):
        related = {
            field.name: form.cleaned_data[field.name]
            for field in obj._meta.many_to_many
            if field.name in form.cleaned_data
        }
        curation.record(obj, by=request.user, reason=reason_of(form), related=related)

    def save_related(self, request, form, formsets, change):
        """Many-to-many columns were set by record; nothing else is related here."""

    def delete_view(self, request, object_id, extra_context=None):
        row = self.found(request, object_id)
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        return deletion(self, request, row)

    # The history keeps what was done, by whom and why; Django's own log would tell a part of it once more.
    def log_addition(self, request, obj, message):
        pass

    def log_change(self, request, obj, message):
        pass

    def log_deletions(self, request, queryset):
        pass


def reason_of(form) -> str:
    return form.cleaned_data.get("reason") or "edited at the desk"


def dates(*names: str) -> list[tuple[str, ...]]:
    """The words of each imprecise date and what they mean, a line each."""
    return [(f"{name}_words", f"{name}_edtf") for name in names]
