"""Review at the desk: a button for each step that a row can take, and the same steps for many rows at once."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from missions import curation, history, worklists
from missions.admin.base import CuratedAdmin
from missions.admin.confirm import Question, ask, sayings
from missions.models.review import State
from missions.publication import key_of, one_revision

# verb: what its button says, and what is said when it is done
STEPS = {
    "submit": (gettext_lazy("Submit for review"), gettext_lazy("Submitted: %(count)d.")),
    "publish": (gettext_lazy("Publish"), gettext_lazy("Published: %(count)d.")),
    "send_back": (gettext_lazy("Send back"), gettext_lazy("Sent back: %(count)d.")),
    "reject": (gettext_lazy("Reject"), gettext_lazy("Rejected: %(count)d.")),
    "delete": (gettext_lazy("Delete"), gettext_lazy("Deleted: %(count)d.")),
}
WITH_REASON = {"send_back", "reject", "delete"}
SHOWN = 20  # refusals in a summary


def may(user, verb: str, model) -> bool:
    return user.has_perm(f"missions.{verb}_{model._meta.model_name}")


def open_steps(user, row) -> list[tuple[str, str]]:
    """The steps that a person may take with a row now: verbs and their names."""
    return [
        (verb, STEPS[verb][0])
        for verb, (sources, _target) in curation.EDGES.items()
        if row.state in sources and may(user, verb, row)
    ]


def _for_many(verb: str):
    def action(self, request, queryset):
        if request.POST.get("select_across") == "1" and self.get_paginator(request, queryset, 1).cut:
            messages.warning(request, _("These are too many rows for one step: narrow the list."))
            return None
        if verb not in WITH_REASON:
            return self.take(request, verb, queryset)
        question = Question(
            title=_("%(step)s: %(rows)s") % {"step": STEPS[verb][0], "rows": self.opts.verbose_name_plural},
            button=STEPS[verb][0],
            rows=queryset,
            selected=request.POST.getlist(ACTION_CHECKBOX_NAME),
            action=f"{verb}_selected",
            across=request.POST.get("select_across") == "1",
        )

        def act(answers):
            self.take(request, verb, queryset, reason=answers["reason"])
            return request.get_full_path()

        return ask(self, request, question, act)

    action.__name__ = f"{verb}_selected"
    return admin.action(action, description=STEPS[verb][0], permissions=[verb])


class BulkAdmin(CuratedAdmin):
    """A card whose rows may be chosen in its list, several at a time."""

    actions = ["delete_selected"]
    delete_selected = _for_many("delete")

    def take(self, request, verb: str, rows, **told) -> None:
        """Take one step with each row; say how many took it, and which did not and why."""
        done, refused = 0, []
        with one_revision(), curation.projecting_once():
            for row in rows:
                try:
                    getattr(curation, verb)(row, by=request.user, **told)
                    done += 1
                except (ValidationError, PermissionDenied, ProtectedError) as refusal:
                    refused.append((key_of(row), " ".join(sayings(refusal))))
        if done:
            messages.success(request, STEPS[verb][1] % {"count": done})
        if refused:
            count = len(refused)
            title = ngettext("%(count)d row was refused:", "%(count)d rows were refused:", count) % {"count": count}
            more = _("and %(count)d more") % {"count": count - SHOWN} if count > SHOWN else ""
            items = format_html_join("", "<li><strong>{}</strong> {}</li>", refused[:SHOWN])
            messages.warning(request, format_html("{}<ul>{}</ul>{}", title, items, more))


class WorklistFilter(admin.SimpleListFilter):
    title = gettext_lazy("worklist")
    parameter_name = "worklist"

    def __init__(self, request, params, model, model_admin):
        self.worklists = {one.name: one for one in worklists.of_table(model)}
        super().__init__(request, params, model, model_admin)

    def lookups(self, request, model_admin):
        return [(name, one.title) for name, one in self.worklists.items()]

    def queryset(self, request, queryset):
        chosen = self.worklists.get(self.value())
        return chosen.of(queryset, timezone.now().date()) if chosen else queryset


class ReviewedAdmin(BulkAdmin):
    """A card whose rows are reviewed."""

    actions = ["submit_selected", "publish_selected", "send_back_selected", "reject_selected", "delete_selected"]
    readonly_fields = ["state"]

    submit_selected = _for_many("submit")
    publish_selected = _for_many("publish")
    send_back_selected = _for_many("send_back")
    reject_selected = _for_many("reject")

    def get_list_filter(self, request):
        return [WorklistFilter, *super().get_list_filter(request)]

    def has_submit_permission(self, request):
        return may(request.user, "submit", self.model)

    def has_publish_permission(self, request):
        return may(request.user, "publish", self.model)

    def has_send_back_permission(self, request):
        return may(request.user, "send_back", self.model)

    def has_reject_permission(self, request):
        return may(request.user, "reject", self.model)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk:
            context["steps"] = open_steps(request.user, obj)
            context["own_work"] = (
                obj.state == State.IN_REVIEW
                and not curation.judges_own_work(request.user)
                and request.user in history.authors(obj)
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        """Record the row, then take the step whose button was pressed."""
        super().save_model(request, obj, form, change)
        for verb in curation.EDGES:
            if f"_{verb}" in request.POST:
                reason = form.cleaned_data.get("reason")
                told = {"reason": reason or ""} if reason or verb in WITH_REASON else {}
                getattr(curation, verb)(obj, by=request.user, **told)
                messages.success(request, STEPS[verb][1] % {"count": 1})
