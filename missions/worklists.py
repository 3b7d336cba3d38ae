"""What waits for a curator: named questions of the tables, each with its rows, asked as of a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, F, Min, Model, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import IsNull
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from missions.models import Article, Claim, Deployment, Statement, Suggestion
from missions.models.deployment import ForceType
from missions.models.review import State

MOST_COUNTED = 1000  # rows of a list on the desk's first page
LONG_AGO, FAR_OFF = date(1, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Worklist:
    name: str
    title: str | Promise
    model: type[Model]
    rows: Callable[[QuerySet, date], QuerySet]

    @property
    def address(self) -> str:
        """Where the desk lists its rows."""
        return f"{reverse(f'admin:missions_{self.model._meta.model_name}_changelist')}?worklist={self.name}"

    def of(self, rows: QuerySet, today: date) -> QuerySet:
        """The rows of the list among some rows of its table."""
        return self.rows(rows, today)

    def standing(self, today: date) -> tuple[int, datetime | None]:
        """How many rows wait, counted up to MOST_COUNTED, and since when the one does that was left alone longest of these."""
        some = self.of(self.model.objects.all(), today).order_by("pk").values("pk")[:MOST_COUNTED]
        numbers = [row["pk"] for row in some]
        found = self.model.objects.filter(pk__in=numbers)
        records = self.model.history.filter(id=OuterRef("pk")).order_by("-history_id")
        touched = Subquery(records.values("history_date")[:1])
        return len(numbers), found.aggregate(oldest=Min(touched))["oldest"]


def in_state(state: State):
    return lambda rows, today: rows.filter(state=state)


def misquoted(rows, today):
    """Passages that quote an earlier text of their article. That words stand where they are said to is the audit's question."""
    return (
        rows.filter(article__revision__gt=1)
        .exclude(article_revision=F("article__revision"))
        .exclude(state=State.REJECTED)
    )


def without_stage_or_strength(rows, today):
    return rows.filter(stage=None, personnel_words=None).exclude(state=State.REJECTED)


def without_published_claim(rows, today):
    settled = [State.REJECTED, State.PUBLISHED]  # a published one goes back into review with its last published claim
    return rows.without_evidence().exclude(state__in=settled)


def in_conflict(rows, today):
    return rows.in_conflict().exclude(state=State.REJECTED)


def planned_dates_passed(rows, today):
    """Deployments whose planned day has passed without word of it: nobody says yet that they came, or that they left."""
    start = Q(planned_start_latest__lt=today, start_basis=None)
    end = Q(planned_end_latest__lt=today, end_latest=None)
    return rows.filter(start | end).exclude(state=State.REJECTED)


def without_facts(rows, today):
    claims, statements = (model.objects.filter(article=OuterRef("pk")) for model in (Claim, Statement))
    return rows.filter(~Exists(claims), ~Exists(statements)).exclude(state=State.REJECTED)


def with_suggestions(rows, today):
    """Articles in which rules found what nobody has decided about."""
    waiting = Suggestion.objects.open().filter(article=OuterRef("pk"), article_revision=OuterRef("revision"))
    return rows.filter(Exists(waiting)).exclude(state=State.REJECTED)


def probable_duplicates(rows, today):
    """Deployments of one country in one place, where mission and force type may be the same, at possibly the same time."""
    known = {
        "place": F("host_country"),
        "of": F("mission"),
        "force": NullIf("force_type", Value(ForceType.UNSPECIFIED)),
        "begun": Coalesce("start_earliest", LONG_AGO),
        "left": Coalesce("end_latest", FAR_OFF),
    }
    rows = rows.exclude(state=State.REJECTED).alias(**known)
    others = Deployment.objects.exclude(pk=OuterRef("pk")).exclude(state=State.REJECTED).alias(**known)
    # Of two rows one may leave open what the other names.
    alike = {
        f"{name}_alike": Case(
            When(
                Q(**{f"{name}__isnull": True}) | IsNull(OuterRef(name), True) | Q(**{name: OuterRef(name)}), then=True
            ),
            default=False,
        )
        for name in ("of", "force")
    }
    same = others.alias(**alike).filter(
        force_alike=True,
        contributing_country=OuterRef("contributing_country"),
        begun__lte=OuterRef("left"),
        left__gte=OuterRef("begun"),
    )
    # Two questions, so that each goes by its index and ends with the first row found.
    of_one_mission, in_one_place = (
        same.filter(mission=OuterRef("mission")),
        same.filter(host_country=OuterRef("place"), of_alike=True),
    )
    return rows.filter(Exists(of_one_mission) | Exists(in_one_place))


def same_text(rows, today):
    others = Article.objects.exclude(pk=OuterRef("pk")).filter(body_sha256=OuterRef("body_sha256"))
    return rows.filter(Exists(others.exclude(state=State.REJECTED))).exclude(state=State.REJECTED)


def same_reading(rows, today):
    """Claims that say the same of one deployment by the same words."""
    said = {
        f"its_{name}": Coalesce(name, Value(""), output_field=TextField())
        for name in ("stage", "date_edtf", "personnel_words", "contribution")
    }
    others = Claim.objects.exclude(pk=OuterRef("pk")).exclude(state=State.REJECTED).alias(**said)
    same = ("article", "start", "end", "deployment", "planned", "onset", *said)
    found = others.filter(**{name: OuterRef(name) for name in same})
    return rows.exclude(state=State.REJECTED).alias(**said).filter(Exists(found))


def _all() -> list[Worklist]:
    reviewed = {
        Article: (_("Articles in review"), _("Suggested articles")),
        Statement: (_("Statements in review"), _("Suggested statements")),
        Claim: (_("Claims in review"), _("Suggested claims")),
        Deployment: (_("Deployments in review"), _("Suggested deployments")),
    }
    return [
        *(Worklist("in_review", titles[0], model, in_state(State.IN_REVIEW)) for model, titles in reviewed.items()),
        *(Worklist("suggested", titles[1], model, in_state(State.SUGGESTED)) for model, titles in reviewed.items()),
        Worklist("misquoted", _("Misquoted statements"), Statement, misquoted),
        Worklist("misquoted", _("Misquoted claims"), Claim, misquoted),
        Worklist(
            "without_stage_or_strength", _("Claims without a stage or strength"), Claim, without_stage_or_strength
        ),
        Worklist(
            "without_published_claim", _("Deployments without a published claim"), Deployment, without_published_claim
        ),
        Worklist("in_conflict", _("Deployments in conflict"), Deployment, in_conflict),
        Worklist("planned_dates_passed", _("Planned dates that have passed"), Deployment, planned_dates_passed),
        Worklist("with_suggestions", _("Articles with passages to decide about"), Article, with_suggestions),
        Worklist("without_facts", _("Articles without facts"), Article, without_facts),
        Worklist("probable_duplicates", _("Probable duplicates among deployments"), Deployment, probable_duplicates),
        Worklist("same_text", _("Articles with the same text"), Article, same_text),
        Worklist("same_reading", _("Claims that say the same"), Claim, same_reading),
    ]


WORKLISTS = _all()


def of_table(model: type[Model]) -> list[Worklist]:
    return [one for one in WORKLISTS if one.model is model]
