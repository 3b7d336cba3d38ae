"""What every card of the desk shares: the verbs, a reason for each change, and history."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import CharField, ModelForm
from simple_history.admin import SimpleHistoryAdmin

from missions import curation
from missions.models.dates import COLUMNS
from missions.publication import one_revision


class CuratedForm(ModelForm):
    reason = CharField(
        required=False,
        max_length=500,
        label="Reason for this change",
        help_text="Kept in the history; “edited at the desk” if empty.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if hasattr(field, "empty_value"):
                field.empty_value = None  # silence is null; Django's form for long texts would say ""


class CuratedAdmin(SimpleHistoryAdmin):
    """Records, deletes and keeps history by curation's verbs."""

    form = CuratedForm
    list_per_page = 50
    save_on_top = True

    def save_model(self, request, obj, form, change):
        related = {
            field.name: form.cleaned_data[field.name]
            for field in obj._meta.many_to_many
            if field.name in form.cleaned_data
        }
        reason = form.cleaned_data.get("reason") or "edited at the desk"
        curation.record(obj, by=request.user, reason=reason, related=related)

    def save_related(self, request, form, formsets, change):
        """Many-to-many columns were set by record; nothing else is related here."""
        for formset in formsets:
            self.save_formset(request, form, formset, change)

    def delete_model(self, request, obj):
        curation.delete(obj, by=request.user, reason="deleted at the desk")

    @one_revision()
    def delete_queryset(self, request, queryset):
        for row in queryset:
            curation.delete(row, by=request.user, reason="deleted at the desk")


def _verb(name: str, description: str):
    def action(self, request, queryset):
        done, refused = 0, []
        for row in queryset:
            try:
                getattr(curation, name)(row, by=request.user, reason=f"{description} at the desk".lower())
                done += 1
            except (ValidationError, PermissionDenied) as error:
                refused += getattr(error, "messages", None) or [str(error)]
        if done:
            self.message_user(request, f"{description}: {done}.", messages.SUCCESS)
        for message in refused:
            self.message_user(request, message, messages.WARNING)

    action.__name__ = f"{name}_selected"
    return admin.action(action, description=f"{description} selected %(verbose_name_plural)s", permissions=[name])


class ReviewedAdmin(CuratedAdmin):
    """A card whose rows are reviewed: submitted, published or rejected by action."""

    actions = ["submit_selected", "publish_selected", "reject_selected"]
    readonly_fields = ["state"]

    submit_selected = _verb("submit", "Submit")
    publish_selected = _verb("publish", "Publish")
    reject_selected = _verb("reject", "Reject")

    def _has(self, request, verb: str) -> bool:
        return request.user.has_perm(f"missions.{verb}_{self.opts.model_name}")

    def has_submit_permission(self, request):
        return self._has(request, "submit")

    def has_publish_permission(self, request):
        return self._has(request, "publish")

    def has_reject_permission(self, request):
        return self._has(request, "reject")


def dates(*names: str) -> list[tuple[str, ...]]:
    """The four columns of each imprecise date, a line each."""
    return [tuple(f"{name}_{column}" for column in COLUMNS) for name in names]
