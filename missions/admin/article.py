from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import curation, search
from missions.admin.base import dates
from missions.admin.confirm import Question, ReasonForm, ask
from missions.admin.forms import CuratedForm
from missions.admin.links import address
from missions.admin.reading import decision_view, panel_view, reading, step_view
from missions.admin.review import ReviewedAdmin
from missions.admin.sheets import WithTables
from missions.curation import suggesting
from missions.ingest.reader import normalized
from missions.models import Article, Claim, Statement
from missions.models.article import sha256

SOURCE = ["slug", "title", "publisher", "author", "url", "archive_url", "accessed_on", "language", *dates("published")]


class TextField(forms.CharField):
    """A text as it is pasted, taken in by the rule of ingest."""

    def __init__(self, **options):
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": 20}), **options)

    def to_python(self, value):
        return normalized(value or "")

    def validate(self, value):
        super().validate(value)
        if not value.strip():
            raise ValidationError(_("There is no text in it."))
        if len(value.encode()) > settings.INGEST_MAX_BYTES:
            raise ValidationError(
                _("This is larger than %(size)d bytes: split it.") % {"size": settings.INGEST_MAX_BYTES}
            )


class NewArticleForm(CuratedForm):
    body = TextField(
        label=gettext_lazy("Text"), help_text=gettext_lazy("As published, without menus and advertisements.")
    )

    def clean(self):
        data = super().clean()
        self.instance.body_sha256 = self.instance.raw_sha256 = sha256(data.get("body") or "")
        return data


@admin.register(Article)
class ArticleAdmin(WithTables, ReviewedAdmin):
    list_display = ["slug", "title", "published_edtf", "language", "state", "facts"]
    list_display_links = ["slug", "title"]
    list_filter = ["state", "language", "text_public"]
    search_fields = ["slug", "title"]
    readonly_fields = ["state", "body_sha256", "raw_sha256", "revision"]
    fieldsets = [
        (gettext_lazy("Source"), {"fields": SOURCE}),
        (
            gettext_lazy("Review"),
            {"fields": ["state", "text_public", "reason", "revision", "body_sha256", "raw_sha256"]},
        ),
    ]
    add_fieldsets = [
        (gettext_lazy("Text"), {"fields": ["slug", "body"]}),
        (gettext_lazy("Source"), {"fields": SOURCE[1:]}),
        (gettext_lazy("Review"), {"fields": ["text_public", "reason"]}),
    ]

    def get_search_results(self, request, queryset, search_term):
        """What stands in slug or title, or whose text has the words: texts are asked by their search entries, and not read."""
        named, _more = super().get_search_results(request, queryset, search_term)
        words = search.words(search_term)
        if not words:
            return named, False
        return queryset.filter(Q(pk__in=search.found(Article, *words)) | Q(pk__in=named.values("pk"))), False

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.add_fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **({} if obj else {"form": NewArticleForm}) | kwargs)

    def get_queryset(self, request):
        counts = {
            f"{model._meta.model_name}_count": Coalesce(Subquery(
                model.objects.filter(article=OuterRef("pk")).order_by().values("article").annotate(n=Count("pk")).values("n")
            ), 0)
            for model in (Statement, Claim)
        }  # fmt: skip
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description=gettext_lazy("statements, claims"))
    def facts(self, article):
        return f"{article.statement_count}, {article.claim_count}"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None and obj.pk:
            context["reading"] = reading(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/record/<slug:kind>/", view(self.record_view), name="missions_article_record"),
            path("<int:pk>/step/", view(self.step_view), name="missions_article_step"),
            path("<int:pk>/decide/", view(self.decision_view), name="missions_article_decide"),
            path("rules/", view(self.rules_view), name="missions_article_rules"),
            path("<int:pk>/correct/", view(self.correct_view), name="missions_article_correct"),
            *super().get_urls(),
        ]

    def record_view(self, request, pk, kind):
        return panel_view(request, self._seen(request, pk), kind)

    def step_view(self, request, pk):
        return step_view(request, self._seen(request, pk))

    def decision_view(self, request, pk):
        return decision_view(request, self._seen(request, pk))

    def rules_view(self, request):
        """How often persons accepted what each rule suggested."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        told = {"title": _("Rules of suggestion"), "opts": self.opts, "rates": suggesting.rates()}
        context = self.admin_site.each_context(request) | told
        return TemplateResponse(request, "admin/missions/article/rules.html", context)

    def _seen(self, request, pk) -> Article:
        article = get_object_or_404(Article, pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article

    def correct_view(self, request, pk):
        """A corrected text: passages whose words still stand move along, the others are named and wait for review."""
        article = get_object_or_404(Article, pk=pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied

        class CorrectionForm(ReasonForm):
            body = TextField(label=_("Text"), initial=article.body)
            field_order = ["body", "reason"]

        question = Question(
            title=_("Correct the text of %(row)s") % {"row": article},
            button=_("Correct the text"),
            explanation=_(
                "The earlier text is kept. Passages whose exact words still stand in one place move along; the others "
                "go on quoting the earlier text and wait for a curator."
            ),
        )

        def act(answers):
            body = answers["body"]
            done = curation.correct(article, body, sha256(body), by=request.user, reason=answers["reason"])
            self.message_user(
                request, _("The text is corrected: %(count)d passages moved.") % {"count": len(done.moved)}
            )
            if done.unplaced:
                listed = format_html_join("", "{}; ", ((one,) for one in done.unplaced))
                self.message_user(request, _("Not placed: %(list)s") % {"list": listed}, "warning")
            return address(article)

        return ask(self, request, question, act, row=article, form_class=CorrectionForm)
