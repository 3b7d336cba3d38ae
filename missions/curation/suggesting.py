"""Suggestions: found by the rules, kept until a person accepts, corrects or rejects them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from missions.curation import wording
from missions.curation.recording import new_slug, record
from missions.curation.writing import require_right
from missions.models import Article, Claim, Country, Deployment, Mission, Statement, SuggestedText, Suggestion
from missions.models.deployment import PersonnelBasis
from missions.models.passage import Passage
from missions.models.review import State
from missions.models.suggestion import Decision, Suggested
from missions.publication import one_revision

if TYPE_CHECKING:
    from missions.suggest import Suggestions
    from missions.suggest.gazetteer import Gazetteer

# Where the rules stand. They are imported where texts are read: their patterns take a tenth of the imports of a start.
RULES = Path(__file__).resolve().parent.parent / "suggest"
SAME = 0.5  # of the longer passage: from here on two passages are of the same words
LASTING = ("active", "under_review")  # stages that a date tells to hold then, unless its words say since when
BEGINNING = ("since", "sinds", "sedert", "from", "vanaf")
PERSONNEL = ("personnel_low", "personnel_best", "personnel_high")
AS_READ = ("language", "published_earliest", "published_latest")  # what of an article beside its text the rules go by
RENEWED = ("article_revision", "start", "end", "exact", "rule", "content")  # of a suggestion that is found again
SAID = ("form", "speaker", "role", "organization", "attribution")


@cache
def rules() -> str:
    """A fingerprint of the rules: a text that they have read need not be read again."""
    found = hashlib.sha256()
    for path in sorted(path for path in RULES.iterdir() if path.suffix in (".py", ".csv")):
        found.update(path.read_bytes())
    return found.hexdigest()


def gazetteer() -> "Gazetteer":
    """The dataset's countries and missions, and the missions that news names besides."""
    from missions.suggest.gazetteer import Gazetteer, country
    from missions.suggest.gazetteer import Mission as KnownMission

    countries = [
        country(*row) for row in Country.objects.values_list("code", "name_en", "name_nl", "aliases", "demonyms")
    ]
    missions = [
        KnownMission.of(
            row.name, row.abbreviation, row.aliases, slug=row.slug, hosts=[host.code for host in row.host_countries.all()],
            organization=row.conducting_organization, kind=row.kind,
        )
        for row in Mission.objects.prefetch_related("host_countries")
    ]  # fmt: skip
    return Gazetteer.of(countries, missions)


# --- reading


def unread(articles: QuerySet) -> QuerySet:
    """The articles that the present rules have not read as they are now."""
    read = Q(suggested_text__article_revision=F("revision"), suggested_text__rules=rules())
    for column in AS_READ:
        unknown = Q(**{f"suggested_text__{column}": None, column: None})
        read &= Q(**{f"suggested_text__{column}": F(column)}) | unknown
    return articles.exclude(pk__in=Article.objects.filter(read).values("pk")).order_by("slug")


def outdated(article: Article) -> bool:
    """Whether what the rules found in an article was found before it, or they, became what they are now."""
    return (
        SuggestedText.objects.filter(article=article).exists()
        and unread(Article.objects.filter(pk=article.pk)).exists()
    )


def suggest_for(articles: QuerySet, *, jobs: int = 1) -> Iterable[tuple[str, int]]:
    """Read the articles that were not read yet: slug and number of new suggestions, one by one as they are kept.

    Each article is one transaction, so that an interruption loses none and repeats none. `jobs` processes read.
    """
    from missions.suggest.parallel import find_all

    names = gazetteer()
    texts = list(unread(articles).values_list("pk", "body", "revision", *AS_READ))
    asked = [
        (body, language, (first, last) if first and last else None)
        for _pk, body, _revision, language, first, last in texts
    ]
    for (pk, _body, *read), found in zip(texts, find_all(asked, names, min(jobs, len(asked))), strict=True):
        yield _kept(pk, read, found)


@transaction.atomic
def _kept(pk: int, read: list, found: "Suggestions") -> tuple[str, int]:
    article = Article.objects.select_for_update(no_key=True).get(pk=pk)
    if [article.revision, *(getattr(article, column) for column in AS_READ)] != read:
        return article.slug, 0  # corrected meanwhile: it is read as it is now another time
    revision, *as_read = read
    rows = {Suggested.STATEMENT: Statement.objects.filter(article=article).select_related("country"),
            Suggested.CLAIM: Claim.objects.filter(article=article).select_related("deployment__contributing_country")}  # fmt: skip
    recorded = {kind: list(some) for kind, some in rows.items()}
    known = {(row.kind, row.identity): row for row in article.suggestions.all()}
    found_now: dict[tuple[str, str], Suggestion] = {}
    for kind, suggestions in ((Suggested.STATEMENT, found.statements), (Suggested.CLAIM, found.claims)):
        for one in suggestions:
            if any(_says_the_same(kind, one, row) for row in recorded[kind]):
                continue
            content = {name: value for name, value in one.items() if name not in ("start", "end", "exact", "rule")}
            row = Suggestion(
                article=article, article_revision=revision, kind=kind, identity=_identity(kind, one), start=one["start"],
                end=one["end"], exact=one["exact"], rule=one["rule"], content=content,
            )  # fmt: skip
            found_now.setdefault((kind, row.identity), row)
    # What waits is renewed, or gone where it is found no more or was recorded meanwhile; what a person decided stays.
    waiting = {key: row for key, row in known.items() if row.decision is None}
    article.suggestions.filter(pk__in=[row.pk for key, row in waiting.items() if key not in found_now]).delete()
    renewed = {key: row for key, row in found_now.items() if key in waiting}
    for key, row in renewed.items():
        row.pk = waiting[key].pk
    Suggestion.objects.bulk_update(renewed.values(), RENEWED, batch_size=100)
    fresh = [row for key, row in found_now.items() if key not in known]
    Suggestion.objects.bulk_create(fresh, batch_size=500)
    names = [[one["start"], one["end"], one["code"]] for one in found.countries]
    names += [[one["start"], one["end"], one["name"]] for one in found.missions]
    known_now = dict(zip(AS_READ, as_read, strict=True)) | {
        "article_revision": revision,
        "rules": rules(),
        "at": timezone.now(),
        "names": sorted(names, key=itemgetter(0, 1)),
    }
    SuggestedText.objects.update_or_create(article=article, defaults=known_now)
    return article.slug, len(fresh)


def _identity(kind: str, one: dict) -> str:
    """What makes a suggestion the same as one that was decided already, whatever else the rules make of it later."""
    if kind == Suggested.STATEMENT:
        who = (one["speaker"], one["role"], one["organization"], one["attribution"])
    else:
        who = (one["contributing_country"], one["stage"], one["planned"], (one["date"] or {}).get("edtf"))
    return hashlib.sha256(json.dumps([one["exact"], *who]).encode()).hexdigest()


def _says_the_same(kind: str, one: dict, row: Passage) -> bool:
    common = min(one["end"], row.end) - max(one["start"], row.start)
    if common < SAME * max(one["end"] - one["start"], row.end - row.start):
        return False
    if kind == Suggested.STATEMENT:
        return (row.speaker or "").casefold() == (one["speaker"] or "").casefold()
    return row.stage == one["stage"] and row.deployment.contributing_country.code == one["contributing_country"]


# --- deciding


@one_revision()
def accept(suggestion: Suggestion, *, by) -> Passage:
    """Record a suggestion as it is: a draft of its own, which goes through review as any other."""
    held = _held(suggestion)
    row = draft(held)
    require_right(by, "add", row)
    if isinstance(row, Claim):
        row.deployment = _deployment(held, by)
    reason = f"suggested by the rule “{held.rule}”"
    record(row, by=by, reason=reason)
    _decide(held, Decision.ACCEPTED, by, row)
    return row


@one_revision()
def correct_to(suggestion: Suggestion, row: Passage, *, by) -> None:
    """A person recorded something else from the suggested words."""
    _decide(_held(suggestion), Decision.CORRECTED, by, row)


@transaction.atomic
def dismiss(suggestion: Suggestion, *, by) -> None:
    """Turn a suggestion down; it is kept, so that it is not made again."""
    held = _held(suggestion)
    require_right(by, "add", draft(held))
    _decide(held, Decision.REJECTED, by, None)


@transaction.atomic
def reconsider(suggestion: Suggestion, *, by) -> None:
    """Let a suggestion that was turned down wait again."""
    held = _locked(suggestion)
    if held.decision != Decision.REJECTED:
        raise ValidationError(_("Only what was rejected can wait again."))
    _counts_in_the_present_text(held)
    require_right(by, "add", draft(held))
    held.decision = held.decided_by = held.decided_at = None
    held.full_clean()
    held.save()


def draft(suggestion: Suggestion) -> Passage:
    """The row that a suggestion would be; a claim still without its deployment."""
    article, said = suggestion.article, suggestion.content
    place = {"article": article, "start": suggestion.start, "end": suggestion.end, "exact": suggestion.exact}
    if suggestion.kind == Suggested.STATEMENT:
        country = Country.objects.filter(code=said["country"]).first() if said["country"] else None
        return Statement(**place, country=country, **{name: said[name] for name in SAID})
    row = Claim(**place, stage=said["stage"], planned=said["planned"])
    if said["personnel_words"] and said["personnel_words"] in suggestion.exact:
        row.personnel_words = said["personnel_words"]
        row.personnel_basis = PersonnelBasis.PLEDGED if said["planned"] else PersonnelBasis.DEPLOYED
        for name in PERSONNEL:
            setattr(row, name, said[name])
    if said["contribution"] and said["contribution"] in suggestion.exact:
        row.contribution = said["contribution"]
    date = said["date"]
    if date and date["words"] in suggestion.exact:
        _date(row, date, article)
    return row


def _date(row: Claim, date: dict, article: Article) -> None:
    """The date by its words where these tell it, else by what the rules made of them."""
    for means in (None, date["edtf"]):
        try:
            found = wording.read_date(row, "date", date["words"], means, article)
        except ValueError:
            continue
        if found.edtf == date["edtf"]:
            begins = date["words"].casefold().startswith(BEGINNING)
            row.onset = row.stage is not None and (row.stage not in LASTING or begins)
            if means and not row.derived:
                row.derived, row.rule = True, "The date that the rules read in these words."
            return


def new_deployment(suggestion: Suggestion) -> Deployment:
    """The deployment that a claim would need where none is there yet."""
    said = suggestion.content
    return Deployment(
        contributing_country=Country.objects.get(code=said["contributing_country"]),
        mission=_mission(said["mission"]) if said["mission"] else None,
        host_country=Country.objects.filter(code=said["host_country"]).first() if said["host_country"] else None,
    )


def _mission(named: str) -> Mission | None:
    """A mission by its slug, or by its name: it may have been recorded since the text was read."""
    missions = Mission.objects
    return (
        missions.filter(slug=named).first()
        or missions.filter(Q(name__iexact=named) | Q(abbreviation__iexact=named)).first()
    )


def deployments(row: Deployment) -> QuerySet:
    """Those of one country in one mission, or without a mission in one place."""
    place = Q(mission=row.mission) if row.mission else Q(mission=None, host_country=row.host_country)
    of = Deployment.objects.filter(place, contributing_country=row.contributing_country)
    return of.exclude(state=State.REJECTED)


def _deployment(suggestion: Suggestion, by) -> Deployment:
    """The one deployment that a claim speaks of, or a new one; several are for a person to choose from."""
    row = new_deployment(suggestion)
    if (named := suggestion.content["mission"]) and row.mission is None:
        raise ValidationError(
            _("newsdb has no mission “%(name)s” yet: record it, or correct the suggestion.") % {"name": named}
        )
    if row.mission is None and row.host_country is None:
        raise ValidationError(_("Where the force is, these words do not say: correct the suggestion, and say it."))
    found = list(deployments(row)[:2])
    if len(found) > 1:
        raise ValidationError(
            _("Several deployments of this country are there: correct the suggestion, and choose one.")
        )
    if found:
        return found[0]
    require_right(by, "add", row)
    row.slug = new_slug(row)
    return record(row, by=by, reason=f"suggested by the rule “{suggestion.rule}”")


def _held(suggestion: Suggestion) -> Suggestion:
    held = _locked(suggestion)
    if held.decision:
        raise ValidationError(_("Somebody decided this suggestion already."))
    _counts_in_the_present_text(held)
    return held


def _locked(suggestion: Suggestion) -> Suggestion:
    Article.objects.select_for_update(no_key=True).get(pk=suggestion.article_id)
    return Suggestion.objects.select_for_update(of=("self",)).select_related("article").get(pk=suggestion.pk)


def _counts_in_the_present_text(held: Suggestion) -> None:
    if held.article_revision != held.article.revision:
        raise ValidationError(_("The text was corrected since: the suggestion counts in an earlier one."))
    # Of a text that was read before this was kept, nobody knows.
    read = SuggestedText.objects.filter(article=held.article, language__isnull=False).first()
    if read and any(getattr(read, column) != getattr(held.article, column) for column in AS_READ):
        raise ValidationError(
            _("The article’s language or date was corrected since: have it read again by manage.py suggest.")
        )


def _decide(held: Suggestion, decision: Decision, by, row: Passage | None) -> None:
    held.decision, held.decided_by, held.decided_at = decision, by, timezone.now()
    held.became = row.key if row else None
    held.full_clean()
    held.save()


# --- how good the rules are


@dataclass(frozen=True, slots=True)
class Rate:
    """What persons made of one rule's suggestions."""

    rule: str
    waiting: int
    accepted: int
    corrected: int
    rejected: int

    @property
    def share(self) -> float | None:
        """Of the decided ones, those that were right or nearly; None before the first decision."""
        decided = self.accepted + self.corrected + self.rejected
        return (self.accepted + self.corrected) / decided if decided else None

    @property
    def percent(self) -> int | None:
        return None if self.share is None else round(100 * self.share)


def rates() -> list[Rate]:
    """Of every rule, the worst first."""
    counts: dict[str, dict] = {}
    for rule, decision, number in Suggestion.objects.order_by().values_list("rule", "decision").annotate(Count("pk")):
        counts.setdefault(rule, {})[decision or "waiting"] = number
    found = [
        Rate(
            rule, *(some.get(name, 0) for name in ("waiting", Decision.ACCEPTED, Decision.CORRECTED, Decision.REJECTED))
        )
        for rule, some in counts.items()
    ]
    return sorted(found, key=lambda rate: (rate.share is None, rate.share or 0, rate.rule))
