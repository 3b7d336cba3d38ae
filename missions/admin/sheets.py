"""Import and export at the desk: a file is looked at first, row by row, and taken in only when that pleases."""

import base64
import binascii

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import RegexValidator
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions.admin.forms import LONGEST_REASON
from missions.admin.links import address
from missions.curation import wording
from missions.downloads import NoRoom, download
from missions.exchange import sheets, tables, tabular
from missions.exchange.reading import Refused
from missions.models import Article
from missions.models.dates import ImpreciseDate
from missions.models.deployment import PersonnelBasis

SHOWN = 300  # fates of rows on a page
PROGRESS_SECONDS = 600


class FileForm(forms.Form):
    """A file, sent once and then carried along by the page, so that nothing of it is kept before it is taken in."""

    file = forms.FileField(
        required=False, label=gettext_lazy("File"), help_text=gettext_lazy("CSV in UTF-8, or XLSX; at most 5 MiB.")
    )
    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    content = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Where the rows come from; kept in their history."),
    )

    sheet: sheets.Sheet | None = None

    def clean(self):
        data = super().clean()
        if sent := data.get("file"):
            name, raw = sent.name, sent.read(sheets.MOST_BYTES + 1)
        else:
            name, raw = data.get("name") or "", _decoded(data.get("content") or "")
        if not raw:
            self.add_error("file", _("Choose a file."))
            return data
        try:
            self.sheet = sheets.read(name, raw)
        except sheets.Unreadable as error:
            self.add_error("file", str(error))
            return data
        self.data = self.data.copy()
        self.data["name"], self.data["content"] = name, base64.b64encode(raw).decode()
        return data


def _decoded(content: str) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        return b""


class WithSheets(ModelAdmin):
    """Pages that take a table's rows in from a file, and give the listed ones out."""

    keeps_sheets = True
    kinds = tuple(sheets.TYPES)

    def get_urls(self):
        name, view = self.opts.model_name, self.admin_site.admin_view
        return [
            path("import/", view(self.import_view), name=f"missions_{name}_import"),
            path("export/<slug:kind>/", view(self.export_view), name=f"missions_{name}_export"),
            *super().get_urls(),
        ]

    def export_view(self, request, kind):
        """The rows that the list shows under the same address, as a file."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in sheets.TYPES:
            raise Http404
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters as error:
            raise Http404 from error
        written = sheets.pieces(kind, *tables.exported(self.model, self.model.objects.filter(pk__in=rows.values("pk"))))
        name = f"{self.opts.model_name}-{timezone.now():%Y-%m-%d}.{kind}"
        try:
            return download(written, sheets.TYPES[kind], f'attachment; filename="{name}"')
        except (sheets.TooLong, NoRoom) as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(reverse(f"admin:missions_{self.opts.model_name}_changelist"))

    def import_view(self, request):
        if not (self.has_add_permission(request) and self.has_change_permission(request)):
            raise PermissionDenied
        form = FileForm(request.POST or None, request.FILES or None)
        outcome = None
        if request.method == "POST" and form.is_valid():
            rehearse = "confirmed" not in request.POST
            try:
                told = {"by": request.user, "reason": form.cleaned_data["reason"]}
                outcome = tables.take_in(self.model, form.sheet, rehearse=rehearse, **told)
            except ValidationError as refusal:
                for message in refusal.messages:
                    form.add_error("file", message)
            if outcome and outcome.written:
                counted = _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % outcome.counts
                self.message_user(request, counted)
                return HttpResponseRedirect(reverse(f"admin:missions_{self.opts.model_name}_changelist"))
        return page(
            self,
            request,
            form,
            outcome,
            title=_("Import %(rows)s") % {"rows": self.opts.verbose_name_plural},
            columns=tables.columns_of(self.model),
        )


def page(admin, request, form, outcome, **context) -> TemplateResponse:
    """The page of a file: its form, and the fates of its rows once it was looked at, refused ones first."""
    fates = sorted(outcome.fates, key=lambda fate: fate.kind != "refused") if outcome else []
    request.current_app = admin.admin_site.name
    return TemplateResponse(
        request,
        "admin/missions/sheet.html",
        {
            **admin.admin_site.each_context(request),
            "opts": admin.opts,
            "form": form,
            "outcome": outcome,
            "fates": fates[:SHOWN],
            "more": max(0, len(fates) - SHOWN),
            "media": admin.media + form.media,
            **context,
        },
    )


class TableForm(FileForm):
    """A table of figures, what is known of its source, and which column says what."""

    slug = forms.SlugField(
        max_length=100,
        label=gettext_lazy("Slug"),
        help_text=gettext_lazy("A short name for the table, given once."),
        validators=[RegexValidator(r"^[A-Za-z0-9_-]+$")],
    )
    title = forms.CharField(required=False, max_length=300, label=gettext_lazy("Title"))
    publisher = forms.CharField(required=False, max_length=200, label=gettext_lazy("Publisher"))
    url = forms.URLField(required=False, max_length=500, label=gettext_lazy("URL"), assume_scheme="https")
    published = forms.CharField(
        required=False,
        max_length=200,
        label=gettext_lazy("Published"),
        help_text=gettext_lazy("Such as 2022-03, or March 2022."),
    )
    language = forms.CharField(max_length=35, initial="en", label=gettext_lazy("Language"))
    basis = forms.ChoiceField(choices=PersonnelBasis.choices, label=gettext_lazy("The numbers are of personnel"))

    field_order = ["file", "slug", "title", "publisher", "url", "published", "language", "basis"]
    PARTS = {
        "contributor": gettext_lazy("Column of the contributing country"),
        "place": gettext_lazy("Column of the mission or host country"),
        "time": gettext_lazy("Column of the month or year"),
        "force": gettext_lazy("Column of the force type"),
        "number": gettext_lazy("Column of the number"),
    }

    mapping: tabular.Mapping | None = None

    def clean_slug(self):
        if Article.objects.filter(slug=self.cleaned_data["slug"]).exists():
            raise ValidationError(_("There is an article of this name already."))
        return self.cleaned_data["slug"]

    def clean_published(self):
        try:
            return wording.understood(self.cleaned_data["published"] or None, None, None)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self):
        data = super().clean()
        if self.sheet is None:
            return data
        columns = self.sheet.header
        guessed = tabular.Mapping.guessed(columns)
        for part, label in self.PARTS.items():
            choices = [("", "–"), *((column, column) for column in columns)]
            self.fields[part] = forms.ChoiceField(required=part != "force", choices=choices, label=label)
            if part not in self.data:
                self.data[part] = guessed.get(part, "")
            chosen = self.data.get(part) or None
            if chosen is not None and chosen not in columns:
                self.add_error(part, _("There is no such column."))
            if chosen is None and part != "force":
                self.add_error(part, _("Choose the column that says it."))
            data[part] = chosen
        self.order_fields([*self.field_order, *self.PARTS, "reason"])
        if not self.errors:
            self.mapping = tabular.Mapping(**{part: data[part] for part in self.PARTS}, basis=data["basis"])
        return data

    def article(self) -> Article:
        data = self.cleaned_data
        row = Article(slug=data["slug"], language=data["language"])
        for name in ("title", "publisher", "url"):
            setattr(row, name, data[name] or None)
        words, found = self.data.get("published") or None, data["published"]
        row.published = ImpreciseDate(words, found.edtf, found.earliest, found.latest)
        return row


class WithTables(ModelAdmin):
    """The page that makes deployments and claims of a table of figures."""

    makes_tables = True

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("table/", view(self.table_view), name="missions_article_table"),
            path("table/progress/<uuid:key>/", view(self.progress_view), name="missions_article_progress"),
            *super().get_urls(),
        ]

    def table_view(self, request):
        if not all(request.user.has_perm(f"missions.add_{table}") for table in ("article", "claim", "deployment")):
            raise PermissionDenied
        form, made = TableForm(request.POST or None, request.FILES or None), None
        if request.method == "POST" and form.is_valid() and form.mapping:
            made = tabular.plan(form.sheet, form.mapping, form.article())
            if "confirmed" in request.POST and not made.refused:
                try:
                    self._take_in(request, made, form.cleaned_data["reason"])
                except Refused as refusal:
                    form.add_error(None, str(refusal))
                else:
                    told = _("%(claims)d claims were made, on %(new)d new deployments.")
                    counts = made.counts
                    self.message_user(request, told % {"claims": counts["new"] + counts["claim"], "new": counts["new"]})
                    return HttpResponseRedirect(address(Article.objects.get(slug=form.cleaned_data["slug"])))
        return page(self, request, form, made, title=_("Take in a table"), table=True)

    def _take_in(self, request, made: tabular.Plan, reason: str) -> None:
        key = f"progress:{request.user.pk}:{request.POST.get('progress', '')}"

        def progress(done: int) -> None:
            cache.set(key, done, PROGRESS_SECONDS)

        cache.set(key, 0, PROGRESS_SECONDS)
        tabular.take_in(made, by=request.user, reason=reason, progress=progress)

    def progress_view(self, request, key):
        """How many rows of the running import were written."""
        return JsonResponse({"done": cache.get(f"progress:{request.user.pk}:{key}", 0)})
