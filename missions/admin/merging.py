"""Merging at the desk: a deployment or mission into another one, the merges that stand, and their undoing."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import curation
from missions.admin.confirm import Question, ReasonForm, ask
from missions.admin.forms import KeysOfRows
from missions.admin.links import address, link
from missions.admin.past import WithPast
from missions.admin.review import may
from missions.models import Claim, Deployment, Merge, Mission
from missions.publication import TABLES

# Columns that refer to the tables of which rows may be merged, for the search field of the other row.
REFERRING = {Deployment: Claim._meta.get_field("deployment"), Mission: Deployment._meta.get_field("mission")}


class MergeableAdmin(admin.ModelAdmin):
    """A card whose rows may turn out to be one."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.merge_view)
        return [
            path("<path:object_id>/merge/", view, name=f"missions_{self.opts.model_name}_merge"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and may(request.user, "merge", self.model):
            context["merge_address"] = reverse(f"admin:missions_{self.opts.model_name}_merge", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request, object_id):
        row = self.found(request, object_id)
        if not may(request.user, "merge", self.model):
            raise PermissionDenied

        class TargetForm(KeysOfRows, ReasonForm):
            target = forms.ModelChoiceField(
                self.model.objects.exclude(pk=row.pk),
                label=_("Into"),
                help_text=_("The row that stays."),
                widget=AutocompleteSelect(REFERRING[self.model], self.admin_site),
            )
            field_order = ["target", "reason"]

        question = Question(
            title=_("Merge %(row)s into another one") % {"row": row},
            button=_("Merge them"),
            explanation=_(
                "What hangs on it moves along, its address leads on to the row that stays, and the merge can be undone."
            ),
        )

        def act(answers):
            curation.merge(row, answers["target"], by=request.user, reason=answers["reason"])
            told = _("%(row)s is merged into %(target)s.") % {"row": row, "target": answers["target"]}
            self.message_user(request, told)
            return address(answers["target"])

        return ask(self, request, question, act, row=row, form_class=TargetForm)


@admin.register(Merge)
class MergeAdmin(WithPast):
    """The merges that stand: looked at and undone, never written by hand."""

    list_display = ["slug", "table", "into", "count"]
    list_filter = ["table"]
    search_fields = ["slug", "into"]
    fields = ["table", "slug", "its_target", "its_rows"]
    readonly_fields = ["its_target", "its_rows"]

    @admin.display(description=gettext_lazy("rows that moved along"))
    def count(self, merge):
        return len(merge.moved)

    @admin.display(description=gettext_lazy("merged into"))
    def its_target(self, merge):
        row = TABLES[merge.table].objects.filter(slug=merge.into).first()
        return link(row) if row else merge.into

    @admin.display(description=gettext_lazy("rows that moved along"))
    def its_rows(self, merge):
        return ", ".join(f"{table} {key}" for table, key, *_both in merge.moved) or "–"

    def get_urls(self):
        view = self.admin_site.admin_view(self.unmerge_view)
        return [path("<path:object_id>/undo/", view, name="missions_merge_undo"), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and may(request.user, "merge", TABLES[obj.table]):
            context["undo_address"] = reverse("admin:missions_merge_undo", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def unmerge_view(self, request, object_id):
        merge = self.found(request, object_id)
        if not may(request.user, "merge", TABLES[merge.table]):
            raise PermissionDenied
        question = Question(
            title=_("Undo the merge of %(slug)s into %(into)s") % {"slug": merge.slug, "into": merge.into},
            button=_("Undo the merge"),
            explanation=_("The row comes back under its slug, with what moved along and is still where it went."),
        )

        def act(answers):
            row = curation.unmerge(merge, by=request.user, reason=answers["reason"])
            self.message_user(request, _("%(row)s is a row of its own again.") % {"row": row})
            return address(row)

        return ask(self, request, question, act, row=merge)
