"""Claims → the columns of their deployment. Pure and deterministic: the order of the claims does not matter.

The numbers in the comments are those of the rules in docs/architecture.md.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from operator import attrgetter

from missions.models.claim import Verdict
from missions.models.dates import COLUMNS, ImpreciseDate
from missions.models.deployment import Basis, PersonnelBasis, Stage
from missions.models.review import State

# As plain words, since the members of choices are compared and hashed by Python, and slowly.
PUBLISHED, ACCEPTED = State.PUBLISHED.value, Verdict.ACCEPTED.value
ACTIVE, DECLINED = Stage.ACTIVE.value, Stage.DECLINED.value
WITHDRAWN, TURNED_BACK = Stage.WITHDRAWN.value, Stage.TURNED_BACK.value
STATED, DERIVED, BOUNDED = Basis.STATED.value, Basis.DERIVED.value, Basis.BOUNDED.value
RANK = {stage: rank for rank, stage in enumerate(Stage.values)}
WORD = {stage: stage for stage in Stage.values}
PRESENCE = {ACTIVE, Stage.EXTENDED.value, Stage.REDUCED.value, Stage.UNDER_REVIEW.value}
DEPARTURE = {Stage.ENDED.value, WITHDRAWN, TURNED_BACK}
SHOWN = PRESENCE | DEPARTURE
PLANS = (("planned_start", {ACTIVE}), ("planned_end", DEPARTURE))
BASES = [PersonnelBasis.DEPLOYED.value, PersonnelBasis.PLEDGED.value, PersonnelBasis.CEILING.value]
ABOUT = re.compile(
    r"\b(zo['’]n|ongeveer|circa|ca\.?|rond|om en nabij|about|around|some|roughly|approximately)(?:\s|$)", re.IGNORECASE
)

Days = tuple[date | None, date | None]


@dataclass(slots=True)
class Projection:
    """The projected columns of a deployment; `evidence` names the claim behind each value."""

    status: str | None = None
    start: ImpreciseDate = ImpreciseDate()
    start_basis: str | None = None
    end: ImpreciseDate = ImpreciseDate()
    end_basis: str | None = None
    planned_start: ImpreciseDate = ImpreciseDate()
    planned_end: ImpreciseDate = ImpreciseDate()
    personnel_low: int | None = None
    personnel_best: int | None = None
    personnel_high: int | None = None
    personnel_words: str | None = None
    personnel_basis: str | None = None
    contribution: str | None = None
    evidence: dict = field(default_factory=dict)
    conflict_count: int = 0

    def columns(self) -> dict:
        """Column names and values, imprecise dates as their four columns."""
        return dict(zip(NAMES, self.values(), strict=True))

    def values(self) -> tuple:
        """The values of the columns, in the order of NAMES."""
        return _values(self)


# Where each column's value is: the four of an imprecise date within it.
_paths = [
    path
    for name, value in ((name, getattr(Projection(), name)) for name in Projection.__slots__)
    for path in ([f"{name}.{column}" for column in COLUMNS] if isinstance(value, ImpreciseDate) else [name])
]
_values = attrgetter(*_paths)
NAMES = tuple(path.replace(".", "_") for path in _paths)


@dataclass(frozen=True, slots=True)
class Conflict:
    kind: str
    claims: tuple  # two claims, in the order of their keys


def project(claims: Iterable) -> Projection:
    """What the published, accepted claims of one deployment amount to."""
    return project_deciding(deciding(claims))


def deciding(claims: Iterable) -> list:
    """The claims that may decide, the preferred first."""
    return sorted((c for c in claims if c.state == PUBLISHED and c.verdict == ACCEPTED), key=preference)


def project_deciding(allowed: list) -> Projection:
    """What some of the deciding claims amount to, in their order."""
    facts = [claim for claim in allowed if not claim.planned]  # 1
    result = Projection()
    _status(result, facts)
    _start(result, facts)
    _end(result, facts)
    if len(facts) < len(allowed):
        _plans(result, [claim for claim in allowed if claim.planned])
    _personnel(result, facts)
    _contribution(result, facts)
    result.conflict_count = len(_conflicting(facts)) if len(facts) > 1 else 0
    return result


# --- what a claim says of time


def when(claim) -> Days:
    """The earliest and latest day at which the claim was so; None is open. Rule 2."""
    if claim.date_edtf is not None:
        return claim.date_earliest, claim.date_latest
    if claim.planned:
        return None, None
    article = claim.article
    return (None if claim.onset else article.published_earliest), article.published_latest


def before(one: Days, other: Days) -> bool:
    """Whether one is certainly before the other. Rule 3."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def disjoint(one: Days, other: Days) -> bool:
    return before(one, other) or before(other, one)


def standing(claims: list) -> list:
    """The claims with none certainly after them. Rule 3."""
    if len(claims) < 2:
        return claims
    days = list(map(when, claims))
    last = (max((earliest for earliest, _ in days if earliest is not None), default=None), None)
    return [claim for claim, its in zip(claims, days, strict=True) if not before(its, last)]


def preference(claim) -> tuple:
    """Sorts the preferred claim first: stated, published later, narrower, then by key. Rule 4."""
    article = claim.article
    return (
        claim.derived,
        -(article.published_latest or date.min).toordinal(),
        -(article.published_earliest or date.min).toordinal(),
        width(when(claim)),
        article.slug,
        claim.number,
    )


def width(days: Days) -> float:
    return float("inf") if None in days else (days[1] - days[0]).days


# --- the columns; every list of claims comes sorted by preference


def _status(result: Projection, facts: list) -> None:
    staged = standing([claim for claim in facts if claim.stage])
    if staged:  # 5
        highest = max(staged, key=lambda claim: RANK[claim.stage])
        result.status = WORD[highest.stage]
        result.evidence["status"] = highest.key


def _dated(claims: list):
    """The claim that dates an event: the narrowest of those overlapping the preferred one. Rule 6."""
    dated = [claim for claim in claims if claim.onset and claim.date_edtf is not None]
    if not dated:
        return None
    first = dated[0]
    if len(dated) == 1:
        return first
    agreeing = [c for c in dated if c.derived == first.derived and not disjoint(when(c), when(first))]
    return min(agreeing, key=lambda claim: width(when(claim)))


def _stated(claim) -> str:
    return DERIVED if claim.derived else STATED  # 12


def _start(result: Projection, facts: list) -> None:
    dating = _dated([c for c in facts if c.stage == ACTIVE]) or _dated([c for c in facts if c.stage == TURNED_BACK])
    if dating:  # 6
        result.start, result.start_basis = dating.date, _stated(dating)
        result.evidence["start"] = dating.key
        return
    shown = [claim for claim in facts if claim.stage in SHOWN]
    if not shown:
        return
    first = min(shown, key=lambda claim: when(claim)[1] or date.max)  # 7
    result.start, result.start_basis = ImpreciseDate.between(None, when(first)[1]), BOUNDED
    result.evidence["start"] = first.key


def _end(result: Projection, facts: list) -> None:
    departed = result.status in DEPARTURE
    if departed and (dating := _dated([claim for claim in facts if claim.stage in DEPARTURE])):  # 8
        result.end, result.end_basis = dating.date, _stated(dating)
        result.evidence["end"] = dating.key
        return
    seen = [c for c in facts if c.stage in PRESENCE and when(c)[0] is not None]
    last_seen = max(seen, key=lambda claim: when(claim)[0], default=None)
    left = None
    if departed:
        stages = standing([claim for claim in facts if claim.stage])
        known = [c for c in stages if c.stage in DEPARTURE and when(c)[1] is not None]
        left = min(known, key=lambda claim: when(claim)[1], default=None)
    if last_seen or left:
        result.end = ImpreciseDate.between(when(last_seen)[0] if last_seen else None, when(left)[1] if left else None)
        result.end_basis = BOUNDED
        result.evidence["end"] = (left or last_seen).key


def _plans(result: Projection, plans: list) -> None:
    dated = [claim for claim in plans if claim.date_edtf is not None]
    for name, stages in PLANS:  # 9
        plan = next((claim for claim in dated if claim.stage in stages), None)
        if plan:
            setattr(result, name, plan.date)
            result.evidence[name] = plan.key


def _personnel(result: Projection, facts: list) -> None:
    for basis in BASES:  # 10
        strengths = [claim for claim in facts if claim.personnel_basis == basis]
        if strengths:
            deciding = standing(strengths)[0]
            result.personnel_low, result.personnel_best = deciding.personnel_low, deciding.personnel_best
            result.personnel_high, result.personnel_words = deciding.personnel_high, deciding.personnel_words
            result.personnel_basis = basis
            result.evidence["personnel"] = deciding.key
            return


def _contribution(result: Projection, facts: list) -> None:
    contributing = [claim for claim in facts if claim.contribution]
    if not contributing:
        return
    contributing.sort(key=lambda claim: (when(claim)[0] or date.min, claim.article.slug, claim.number))
    distinct: dict[str, str] = {}
    for claim in contributing:  # 11
        distinct.setdefault(claim.contribution, claim.key)
    result.contribution = "; ".join(distinct)
    result.evidence["contribution"] = list(distinct.values())


# --- conflicts: kept, shown and counted


def conflicts(claims: Iterable) -> list[Conflict]:
    """Pairs of published, accepted, unplanned claims that cannot both be so."""
    return _conflicting(c for c in claims if c.state == PUBLISHED and c.verdict == ACCEPTED and not c.planned)


def _conflicting(facts: Iterable) -> list[Conflict]:
    found = []
    for one, other in combinations(sorted(facts, key=lambda claim: (claim.article.slug, claim.number)), 2):
        days, others = when(one), when(other)
        apart = disjoint(days, others)
        kind = _contradiction(one, days, other, others, apart) or _contradiction(other, others, one, days, apart)
        if kind:
            found.append(Conflict(kind, (one, other)))
    return found


def _contradiction(one, days: Days, other, others: Days, apart: bool) -> str | None:
    if one.stage == other.stage == ACTIVE and one.onset and other.onset and one.date_edtf and other.date_edtf and apart:
        return "two starts"
    if one.stage in DEPARTURE and other.stage in DEPARTURE:
        if {one.stage, other.stage} == {WITHDRAWN, TURNED_BACK}:
            return "withdrawn and turned back"
        if one.date_edtf and other.date_edtf and apart:
            return "two departures"
    if one.stage in PRESENCE and other.stage == ACTIVE and other.onset and other.date_edtf and before(days, others):
        return "seen before the start"
    if one.stage in PRESENCE and other.stage in DEPARTURE and before(others, days):
        return "seen after the end"
    if one.stage == DECLINED and other.stage in PRESENCE:
        return "declined and present"
    if (
        one.personnel_basis
        and one.personnel_basis == other.personnel_basis
        and not apart
        and _strengths_apart(one, other)
    ):
        return "two strengths"
    return None


def span(claim) -> tuple[float, float]:
    """The strengths a claim allows; “about N” reaches one unit of N's last non-zero digit either way."""
    low, best, high = claim.personnel_low, claim.personnel_best, claim.personnel_high
    if low is None and high is None and best is not None:
        unit = 0
        if ABOUT.search(claim.personnel_words or ""):
            unit = 10 ** (len(str(best)) - len(str(best).rstrip("0")))
        return best - unit, best + unit
    least = low if low is not None else (best if best is not None else 1)
    most = high if high is not None else (best if best is not None else float("inf"))
    return least, most


def _strengths_apart(one, other) -> bool:
    (low, high), (other_low, other_high) = span(one), span(other)
    return high < other_low or other_high < low
