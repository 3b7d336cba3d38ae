"""History at the desk: what every change did, and the way back."""

from collections.abc import Iterator

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import PROTECT, Exists, Model, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from missions import curation, history
from missions.admin.confirm import Question, ask
from missions.admin.links import address, because, link
from missions.models import Claim
from missions.publication import with_keys

A_PAGE = 50
A_FEW = 20  # rows of a table


class WithPast(ModelAdmin):
    """Pages for a table's history: a row's versions, going back to one, what was deleted, and bringing it back."""

    keeps_past = True
    object_history_template = "admin/missions/history.html"

    def get_urls(self):
        name = self.opts.model_name
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"missions_{name}_deleted"),
            path("deleted/<int:version>/", view(self.restore_view), name=f"missions_{name}_restore"),
            path("<path:object_id>/history/<int:version>/", view(self.revert_view), name=f"missions_{name}_revert"),
            *super().get_urls(),
        ]

    def found(self, request, object_id):
        """The row of an address; one that is no number names none."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row

    def history_view(self, request, object_id, extra_context=None):
        row = self.found(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        versions = list(history.versions(row))[::-1]
        page = Paginator(versions, A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(row)s") % {"row": row},
            "page": page,
            "told": [(one, list(self._told(one.differences))) for one in page],
            "newest": versions[0] if versions else None,
            "object": row,
            "opts": self.opts,
            "may_change": self.has_change_permission(request, row),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.object_history_template, context)

    def revert_view(self, request, object_id, version):
        row = self.found(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        chosen = get_object_or_404(self.model.history, history_id=version, id=row.pk)
        question = Question(
            title=_("Go back to an earlier version of %(row)s") % {"row": row},
            button=_("Go back to this version"),
            explanation=_("How far review has come stays; the text of an article and what counts in it stay too."),
            differences=list(self._told(history.way_back(row, chosen))),
        )

        def act(answers):
            curation.revert(row, chosen, by=request.user, reason=answers["reason"])
            self.message_user(request, _("%(row)s is as it was.") % {"row": row})
            return address(row)

        return ask(self, request, question, act, row=row)

    def deleted_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        gone = (
            self.model.history.filter(history_type="-")
            .filter(~Exists(self.model._base_manager.filter(pk=OuterRef("id"))))
            .select_related("history_user")
            .order_by("-history_id")
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted %(rows)s") % {"rows": self.opts.verbose_name_plural},
            "page": Paginator(gone, A_PAGE).get_page(request.GET.get("p")),
            "opts": self.opts,
            "may_restore": self.has_add_permission(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/missions/deleted.html", context)

    def restore_view(self, request, version):
        if not self.has_add_permission(request):
            raise PermissionDenied
        gone = get_object_or_404(self.model.history, history_id=version, history_type="-")
        question = Question(
            title=_("Bring back %(row)s") % {"row": gone.instance},
            button=_("Bring it back"),
            explanation=_("It starts as suggested, with its number or slug, and goes through review again."),
        )

        def act(answers):
            row = curation.restore(gone, by=request.user, reason=answers["reason"])
            self.message_user(request, _("%(row)s is back.") % {"row": row})
            return address(row)

        return ask(self, request, question, act)

    def _told(self, differences: list[history.Difference]):
        """Differences with the columns' names and links to the claims that decide them."""
        keys = {key for one in differences for key in one.because}
        claims = (
            {c.key: c for c in Claim.objects.filter(with_keys(Claim, keys)).select_related("article")} if keys else {}
        )
        for one in differences:
            column = self.model._meta.get_field(one.field)
            names = dict(column.flatchoices or ())
            deciding = because([(key, claims.get(key)) for key in one.because])
            values = [names.get(value, value) for value in (one.before, one.after)]
            yield capfirst(column.verbose_name), *values, deciding


def obstacles(admin: ModelAdmin, row) -> Iterator[str]:
    """The first rows of each table that refer to a row and so keep it; Django's own list would read every one of them."""
    referring: dict[type[Model], Q] = {}
    for relation in row._meta.related_objects:
        if relation.on_delete is PROTECT:
            model, refers = relation.related_model, Q(**{relation.field.name: row})
            referring[model] = referring[model] | refers if model in referring else refers
    for model, refers in referring.items():
        rows = list(model._base_manager.filter(refers).order_by("pk")[: A_FEW + 1])
        shown = link if admin.admin_site.is_registered(model) else str
        for one in rows[:A_FEW]:
            yield format_html("{}: {}", capfirst(model._meta.verbose_name), shown(one))
        if len(rows) > A_FEW:
            yield _("… and more %(rows)s") % {"rows": model._meta.verbose_name_plural}


def deletion(admin: ModelAdmin, request, row):
    """The page that asks before a row is deleted, and says what stands in the way."""
    question = Question(
        title=_("Delete %(row)s") % {"row": row},
        button=_("Delete it"),
        explanation=_("It leaves the dataset; its history stays, and it can be brought back from there."),
        obstacles=list(obstacles(admin, row)),
    )

    def act(answers):
        curation.delete(row, by=request.user, reason=answers["reason"])
        admin.message_user(request, _("%(row)s is deleted.") % {"row": row})
        return reverse(f"admin:missions_{row._meta.model_name}_changelist")

    return ask(admin, request, question, act, row=row)
