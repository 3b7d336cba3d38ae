"""An article's text beside its facts: where each passage lies, and recording a new one from selected words."""

from dataclasses import dataclass

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.forms import modelform_factory
from django.http import HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import curation
from missions.admin.confirm import sayings
from missions.admin.forms import CuratedForm
from missions.admin.links import address
from missions.admin.review import open_steps
from missions.admin.suggested import found_in, named_in
from missions.curation import suggesting
from missions.models import Article, Claim, Deployment, Statement, Suggestion
from missions.models.passage import Passage
from missions.models.review import State
from missions.publication import one_revision
from missions.segments import segments_of

KINDS = {"statement": Statement, "claim": Claim}
DECISIONS = {"accept": curation.accept, "dismiss": curation.dismiss, "reconsider": curation.reconsider}
OFFERED = 100  # deployments offered while a slug is typed
# The fields of the panel, in the order in which a text is read.
WHO_SAID_IT = ["speaker", "role", "organization", "country", "form", "attribution", "channel", "said_words",
               "said_edtf", "missions", "countries", "note"]  # fmt: skip
WHAT_IT_SAYS = ["deployment", "stage", "planned", "onset", "date_words", "date_edtf", "personnel_words",
                "personnel_basis", "personnel_low", "personnel_best", "personnel_high", "contribution", "derived",
                "rule", "note"]  # fmt: skip
HOW_IT_WAS_READ = ("derived", "rule", "note")  # folded away: a rule is filled in where one was needed
WIDTHS = {
    "half": {"planned", "onset", "date_words", "date_edtf", "said_words", "said_edtf", "form", "attribution", "speaker",
             "role", "personnel_words", "personnel_basis", "mission", "host_country", "contributing_country",
             "force_type"},
    "third": {"personnel_low", "personnel_best", "personnel_high"},
}  # fmt: skip
OF_WHAT = ["contributing_country", "mission", "host_country", "force_type", "identity_note"]
PLACE = ["start", "end", "exact"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement or claim as the page shows it beside the text."""

    name: str  # of its card: claim-12
    kind: str  # statement, claim, suggestion or rejected; what the rules found is no fact yet
    row: Passage
    address: str
    steps: list[tuple[str, str]]
    placed: bool  # whether it counts in the text that is shown

    @property
    def marked(self) -> bool:
        return self.placed and self.kind != State.REJECTED


def facts_of(article: Article, user) -> list[Fact]:
    """The article's statements and claims."""
    found = []
    for model in KINDS.values():
        rows = article.statements if model is Statement else article.claims
        related = ["country"] if model is Statement else ["deployment"]
        for row in rows.select_related("article", *related):
            kind = row.state if row.state == State.REJECTED else row._meta.model_name
            found.append(
                Fact(
                    name=f"{row._meta.model_name}-{row.pk}",
                    kind="suggestion" if row.state == State.SUGGESTED else kind,
                    row=row,
                    address=address(row),
                    steps=[(verb, name) for verb, name in open_steps(user, row) if verb in ("submit", "publish")],
                    placed=row.article_revision == article.revision,
                )
            )
    return found


class DeploymentBySlug(forms.ModelChoiceField):
    """A deployment named by its slug, which the page completes."""

    def __init__(self, **options):
        attrs = {"list": "deployments", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(**options | {"to_field_name": "slug", "widget": forms.TextInput(attrs)})
        self.error_messages["invalid_choice"] = gettext_lazy(
            "There is no such deployment: choose one, or record a new one."
        )


def _fields(model, names: list[str]) -> type[CuratedForm]:
    hidden = dict.fromkeys(PLACE, forms.HiddenInput)
    classes = {"deployment": DeploymentBySlug} if "deployment" in names else {}
    return modelform_factory(model, form=CuratedForm, fields=[*names, *PLACE], widgets=hidden, field_classes=classes)


StatementForm = _fields(Statement, WHO_SAID_IT)
ClaimForm = _fields(Claim, WHAT_IT_SAYS)
NewClaimForm = _fields(Claim, [name for name in WHAT_IT_SAYS if name != "deployment"])
NewDeploymentForm = modelform_factory(Deployment, form=CuratedForm, fields=OF_WHAT)


class Panel:
    """What is recorded from selected words: a statement, or a claim on a deployment that is there or new.

    Where a suggestion is corrected, the fields hold what it says.
    """

    def __init__(self, request, article: Article, kind: str):
        self.request, self.article, self.kind = request, article, kind
        sent = request.POST if request.method == "POST" else None
        asked = request.GET if sent is None else sent
        self.suggestion = _suggestion(article, asked["suggestion"]) if asked.get("suggestion") else None
        row, deployment, initial = (Statement if kind == "statement" else Claim)(article=article), None, {}
        if sent is None and self.suggestion:
            row = suggesting.draft(self.suggestion)
            if isinstance(row, Claim):
                deployment = suggesting.new_deployment(self.suggestion)
                there = list(suggesting.deployments(deployment)[:2])
                self.kind = "claim" if there or not request.user.has_perm("missions.add_deployment") else "new"
                initial = {"deployment": there[0].slug} if len(there) == 1 else {}
        elif sent is None:
            initial = _passage(article, request.GET)
        form_class = {"statement": StatementForm, "claim": ClaimForm, "new": NewClaimForm}[self.kind]
        self.form = form_class(sent, instance=row, initial=initial)
        self.deployment = NewDeploymentForm(sent, prefix="new", instance=deployment) if self.kind == "new" else None

    def save(self) -> Passage | None:
        """The recorded row, or None where the forms now say what was refused."""
        forms_ = [form for form in (self.deployment, self.form) if form]
        if [form for form in forms_ if not form.is_valid()]:  # all of them say what is wrong
            return None
        row, by, reason = self.form.instance, self.request.user, "recorded while reading"
        form = None
        try:
            with one_revision():
                if self.deployment:
                    form = self.deployment
                    form.instance.slug = curation.new_slug(form.instance)
                    curation.record(form.instance, by=by, reason=reason)
                    row.deployment = form.instance
                form = self.form
                names = [column.name for column in row._meta.many_to_many]
                related = {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}
                curation.record(row, by=by, reason=reason, related=related)
                if self.suggestion:
                    curation.correct_to(self.suggestion, row, by=by)
        except (ValidationError, PermissionDenied) as refusal:
            form.say(refusal)
            return None
        return row

    @property
    def fields(self) -> list[tuple]:
        """The fields in reading order, each with the width of the panel that it takes."""
        shown = [field for form in (self.deployment, self.form) if form for field in form.visible_fields()]
        return [
            (field, next((width for width, names in WIDTHS.items() if field.name in names), ""))
            for field in shown
            if field.name not in ("reason", *HOW_IT_WAS_READ)
        ]

    @property
    def reading_fields(self) -> list:
        return [self.form[name] for name in HOW_IT_WAS_READ if name in self.form.fields]

    @property
    def reading_refused(self) -> bool:
        return any(name in self.form.errors for name in HOW_IT_WAS_READ)

    def html(self) -> str:
        of_article = list(Deployment.objects.filter(claims__article=self.article).distinct()[:OFFERED])
        return render_to_string(
            "admin/missions/article/panel.html",
            {"panel": self, "article": self.article, "offered": of_article},
            self.request,
        )


def _suggestion(article: Article, pk: str) -> Suggestion:
    row = article.suggestions.open().filter(pk=pk).first() if pk.isdecimal() else None
    if row is None:
        raise ValidationError(_("Somebody decided this suggestion already."))
    if row.article_revision != article.revision:
        raise ValidationError(_("The text was corrected since: the suggestion counts in an earlier one."))
    return row


def _passage(article: Article, asked) -> dict:
    try:
        start, end = int(asked.get("start", "")), int(asked.get("end", ""))
    except ValueError:
        start = end = -1
    if not 0 <= start < end <= len(article.body):
        raise ValidationError(_("Select some words of the text first."))
    return {"start": start, "end": end, "exact": article.body[start:end]}


def reading(request, article: Article, refused: str = "") -> str:
    """The text and the facts, as a piece of the page; with what was refused, if anything was."""
    found = found_in(article)
    facts = sorted([*facts_of(article, request.user), *found], key=lambda one: (one.row.start, one.row.end, one.name))
    return render_to_string(
        "admin/missions/article/reading.html",
        {
            "article": article,
            "segments": list(segments_of(article.body, [*facts, *named_in(article)])),
            "facts": facts,
            "waiting": len(found),
            "outdated": suggesting.outdated(article),
            "refused": refused,
            "may_record": {kind: request.user.has_perm(f"missions.add_{kind}") for kind in (*KINDS, "deployment")},
        },
        request,
    )


def panel_view(request, article: Article, kind: str) -> HttpResponse:
    """GET: the panel's form for the words from `start` to `end`. POST: record; 201 with the page's piece, or 200 with the form."""
    tables = {"statement": ["statement"], "claim": ["claim"], "new": ["claim", "deployment"]}.get(kind)
    if tables is None:
        return HttpResponseBadRequest(_("There is no such panel."))
    if not all(request.user.has_perm(f"missions.add_{table}") for table in tables):
        raise PermissionDenied
    try:
        panel = Panel(request, article, kind)
    except ValidationError as refusal:
        return HttpResponseBadRequest(" ".join(refusal.messages), content_type="text/plain; charset=utf-8")
    if request.method != "POST":
        return HttpResponse(panel.html())
    row = panel.save()
    if row is None:
        return HttpResponse(panel.html())  # a page that asks again is no error of the browser's
    return _renewed(request, article, row)


def step_view(request, article: Article) -> HttpResponse:
    """POST a step of review of one of the article's facts: the page's piece, 201 or, with what was refused, 200."""
    table, _dash, pk = request.POST.get("fact", "").partition("-")
    verb = request.POST.get("verb")
    if request.method != "POST" or table not in KINDS or not pk.isdecimal() or verb not in ("submit", "publish"):
        return HttpResponseBadRequest(_("There is no such step."))
    try:
        getattr(curation, verb)(_there(KINDS[table], pk, article), by=request.user)
    except (ValidationError, PermissionDenied, ProtectedError) as refusal:
        return HttpResponse(reading(request, article, " ".join(sayings(refusal))))
    return HttpResponse(reading(request, article), status=201)


def _there(model, pk: str, article: Article):
    """A row of an article, which may have gone since the page was shown."""
    row = model.objects.filter(pk=pk, article=article).first()
    if row is None:
        raise ValidationError(_("This is gone: somebody deleted it, or the article was read again."))
    return row


def decision_view(request, article: Article) -> HttpResponse:
    """POST a decision about what the rules found: the page's piece, 201 or, with what was refused, 200."""
    pk, decide = request.POST.get("suggestion", ""), DECISIONS.get(request.POST.get("verb"))
    if request.method != "POST" or not pk.isdecimal() or decide is None:
        return HttpResponseBadRequest(_("There is no such step."))
    try:
        row = decide(_there(Suggestion, pk, article), by=request.user)
    except (ValidationError, PermissionDenied, ProtectedError) as refusal:
        return HttpResponse(reading(request, article, " ".join(sayings(refusal))))
    return _renewed(request, article, row)


def _renewed(request, article: Article, row: Passage | None) -> HttpResponse:
    """The page's piece, and the name of the card of what was recorded, if anything was."""
    response = HttpResponse(reading(request, article), status=201)
    response["Recorded"] = f"{row._meta.model_name}-{row.pk}" if row else ""
    return response
