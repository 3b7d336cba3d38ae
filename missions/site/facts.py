"""A deployment's values as a reader is told them, each with the claims whose words carry it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy

from missions import gazetteer
from missions.models import Change, Claim, Deployment
from missions.models.dates import COLUMNS, ImpreciseDate
from missions.models.revision import ChangeKind
from missions.projection import conflicts, when
from missions.site.names import choice
from missions.telling import told_date, told_strength

MOST_VERSIONS = 50

NAMES = {
    "status": gettext_lazy("Status"),
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
    "planned_start": gettext_lazy("Planned start"),
    "planned_end": gettext_lazy("Planned end"),
    "personnel": gettext_lazy("Strength"),
    "contribution": gettext_lazy("Contribution"),
    "force_type": gettext_lazy("Sort of personnel"),
}
CONFLICTS = {
    "two starts": gettext_lazy("two starts"),
    "two departures": gettext_lazy("two departures"),
    "withdrawn and turned back": gettext_lazy("withdrawn and turned back"),
    "seen before the start": gettext_lazy("seen before the start"),
    "seen after the end": gettext_lazy("seen after the end"),
    "declined and present": gettext_lazy("declined and present"),
    "two strengths": gettext_lazy("two strengths"),
}


@dataclass(frozen=True, slots=True)
class Value:
    """One value: what is told, how it is known, the words as printed, and the claims that decide it."""

    name: str
    label: str
    told: str
    basis: str | None
    words: str | None
    claims: list[Claim]
    inferred: bool  # no deciding passage names the whole identity

    @property
    def rules(self) -> list[str]:
        return list(dict.fromkeys(claim.rule for claim in self.claims if claim.rule))


def date_of(row, name: str) -> ImpreciseDate:
    """An imprecise date of a deployment, of its projection on a day, or of a version of it."""
    return ImpreciseDate(*(getattr(row, f"{name}_{column}") for column in COLUMNS))


def strength_of(row) -> str | None:
    return told_strength(row.personnel_low, row.personnel_best, row.personnel_high, row.personnel_words)


def told(row) -> dict[str, str]:
    """What a row says, by name; what it does not say is not in it."""
    found = {
        "status": choice("status", row.status),
        "start": told_date(date_of(row, "start")),
        "end": told_date(date_of(row, "end")),
        "planned_start": told_date(date_of(row, "planned_start")),
        "planned_end": told_date(date_of(row, "planned_end")),
        "personnel": strength_of(row),
        "contribution": row.contribution,
    }
    if hasattr(row, "force_type"):
        found["force_type"] = choice("force_type", row.force_type)
    return {name: value for name, value in found.items() if value}


def values_of(deployment: Deployment, claims: Iterable[Claim]) -> list[Value]:
    """The projected values with their evidence, from the deployment's public claims."""
    by_key = {claim.key: claim for claim in claims}
    found = []
    for name, value in told(deployment).items():
        if name == "force_type":
            continue  # part of the identity, which the curator explains
        keys = deployment.evidence.get(name) or []
        deciding = [by_key[key] for key in ([keys] if isinstance(keys, str) else keys) if key in by_key]
        inferred = all(gazetteer.link(claim.exact, deployment) == gazetteer.INFERRED for claim in deciding)
        found.append(
            Value(name, NAMES[name], value, _basis(deployment, name), _words(deployment, name), deciding, inferred)
        )
    return found


def _basis(row, name: str) -> str | None:
    if name in ("start", "end"):
        return choice(f"{name}_basis", getattr(row, f"{name}_basis"))
    return choice("personnel_basis", row.personnel_basis) if name == "personnel" else None


def _words(row, name: str) -> str | None:
    return getattr(row, f"{name}_words", None)


def in_time_order(claims: Iterable[Claim]) -> list[Claim]:
    """By the first day on which a claim can have been so; those of no date last."""

    def moment(claim):
        first, last = when(claim)
        return (first or last or date.max, last or date.max, claim.article.slug, claim.number)

    return sorted(claims, key=moment)


def conflicts_of(claims: Iterable[Claim]) -> list[tuple[str, tuple[Claim, Claim]]]:
    """The kind of each conflict in words, and its two claims."""
    return [(str(CONFLICTS[pair.kind]), pair.claims) for pair in conflicts(claims)]


# --- how it came to be so


@dataclass(frozen=True, slots=True)
class Step:
    """What changed at one moment: label, before, after."""

    at: date | datetime
    changes: list[tuple[str, str | None, str | None]]


def known_when(deployment: Deployment) -> list[Step]:
    """What the articles out by each day told, as far as it differs from what was known before."""
    rows = sorted(deployment.dated_projections.all(), key=lambda row: row.known_from)
    return [Step(row.known_from, _changed(before, row)) for before, row in pairwise([None, *rows])]


def published_when(deployment: Deployment) -> list[Step]:
    """How the published row changed, the newest first. Who did it and why is for the desk alone."""
    versions = deployment.history.filter(history_date__lte=OuterRef("at")).order_by("-history_id")
    changes = Change.objects.filter(table="deployment", key=deployment.slug).order_by("-revision")
    # What was seen is what a revision left behind, not what stood in between.
    left = list(changes.annotate(left=Subquery(versions.values("history_id")[:1]))[: MOST_VERSIONS + 1])[::-1]
    records = deployment.history.in_bulk([change.left for change in left if change.left], field_name="history_id")
    seen = [(change.at, records.get(change.left) if change.kind == ChangeKind.CHANGED else None) for change in left]
    whole = len(left) <= MOST_VERSIONS
    steps = [
        Step(at, _changed(before, record))
        for (_at, before), (at, record) in pairwise([(None, None), *seen] if whole else seen)
    ]
    return [step for step in steps if step.changes][::-1]


def _changed(before, after) -> list[tuple[str, str | None, str | None]]:
    old, new = told(before) if before else {}, told(after) if after else {}
    names = [name for name in NAMES if old.get(name) != new.get(name)]
    return [(NAMES[name], old.get(name), new.get(name)) for name in names]
