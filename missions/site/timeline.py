"""Who was where when, as a picture: a lane's certain and possible presence, its plans, and what was reported of it.

Solid is certain, pale is possible, hatched is planned. A start or end that nobody tells fades out and is never cut. All
places are percentages of the width, so that the picture fits a phone without shrinking its letters.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.models import Article, Claim, Deployment
from missions.models.claim import Verdict
from missions.models.deployment import Stage
from missions.projection import RANK, when
from missions.site.addresses import address
from missions.site.names import choice, cited
from missions.site.presence import Presence, Reach
from missions.telling import told_date, told_days

YEARS, MONTHS = 8, 5  # labels on the axis at most, so that they stand apart on a phone
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)  # months between labels
MARGIN = 0.05  # of the span, at either end, for what fades out
LEAST_MARGIN = timedelta(20)
CLOSE = 8  # percent: marks closer than this would touch each other on a phone
LEVELS = 6  # of marks, one below the other

# Heights in pixels.
AXIS, HEADING, LANE, BAND = 28, 34, 50, 26
BAR, BAR_HEIGHT, PLAN_HEIGHT = 22, 14, 6
MIDDLE = BAR + BAR_HEIGHT // 2
MARK, STEP = 15, 24  # a mark's size; the room that a finger needs
TIP = 150
PASSAGES = 3  # in a mark's tip


@dataclass(slots=True)
class Subject:
    """What a lane is about, before it has a place."""

    title: str
    address: str | None
    note: str = ""
    statuses: str = ""  # of several deployments together: how many have come how far
    presence: Presence = field(default_factory=Presence)
    plan: Presence = field(default_factory=Presence)
    told_plan: str = ""
    marks: list[tuple[str, bool, date | None, date | None, list[Claim]]] = field(default_factory=list)

    @classmethod
    def of(cls, row: Deployment, claims: Iterable[Claim], title: str, note: str) -> "Subject":
        """One deployment with its claims, articles and all."""
        accepted = [claim for claim in claims if claim.verdict == Verdict.ACCEPTED]
        marks = list(_reported(row, accepted))
        return cls(title, address(row), note, "", Presence.of(row), Presence.planned(row), _told_plan(row), marks)

    def days(self) -> Iterator[date]:
        """Every day that the lane shows."""
        for presence in (self.presence, self.plan):
            for first, last in presence.certain:
                yield from (first, last)
            for reach in presence.possible:
                yield from (reach.known_first, reach.known_last)
        for _stage, _planned, first, last, _claims in self.marks:
            yield from (day for day in (first, last) if day)


def _told_plan(row: Deployment) -> str:
    """A plan in the words that its dates allow."""
    start, end = told_date(row.planned_start), told_date(row.planned_end)
    if start and end:
        return _("planned from %(start)s until %(end)s") % {"start": start, "end": end}
    if end:
        return _("planned until %(end)s") % {"end": end}
    return _("planned from %(start)s") % {"start": start} if start else ""


def _reported(row: Deployment, claims: Iterable[Claim]) -> Iterator[tuple]:
    """What claims report, each stage once for a date; plain presence only where it decides a value."""
    deciding = {key for keys in row.evidence.values() for key in (keys if isinstance(keys, list) else [keys])}
    shown = [
        (claim, *_place(claim))
        for claim in claims
        if claim.stage and (claim.stage != Stage.ACTIVE or claim.key in deciding)
    ]
    dated = [one for one in shown if one[1] or one[2]]

    def alike(one):
        claim, first, last = one
        return first or last, last or first, RANK[claim.stage], claim.planned

    for _key, same in groupby(sorted(dated, key=alike), alike):
        found = list(same)
        claim, first, last = found[0]
        yield claim.stage, claim.planned, first, last, [one[0] for one in found]


def _place(claim: Claim) -> tuple[date | None, date | None]:
    """The days at which a claim is shown: its own, else those of its article."""
    first, last = when(claim)
    return (first, last) if first or last else (claim.article.published_earliest, claim.article.published_latest)


# --- the picture


@dataclass(frozen=True, slots=True)
class Bar:
    kind: str  # certain, possible, opens, closes; each with plan- before it where it was planned
    x: str
    width: str
    first: date
    last: date
    told: str


@dataclass(frozen=True, slots=True)
class Mark:
    stage: str
    planned: bool
    x: str
    y: int  # in the lane: marks that stand close to each other stand one below the other
    first: date | None
    last: date | None
    told: str
    claims: list[Claim]
    more: int
    address: str
    side: str  # of the picture that it stands on, where its tip is shown

    @property
    def tip(self) -> int:
        """Where the mark's tip is hung up, its foot above the mark."""
        return self.y - MARK // 2 - 4 - TIP

    @property
    def below(self) -> bool:
        return self.y > MIDDLE


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    address: str | None
    note: str
    y: int
    bars: list[Bar]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Heading:
    title: str
    address: str | None
    y: int


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    day: date
    label: str


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article was published, on the axis: one day somewhere in this width."""

    x: str
    width: str
    told: str
    address: str


class Scale:
    """Days → percentages of the width."""

    def __init__(self, days: Iterable[date]):
        known = sorted(days)
        self.empty = not known
        first, last = (known[0], known[-1]) if known else (date(2000, 1, 1), date(2000, 12, 31))
        margin = max((last - first) * MARGIN, LEAST_MARGIN)
        self.first, self.last = _shifted(first, -margin), _shifted(last, margin)
        self.length = (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins; those beyond the ends lie at the ends."""
        return min(100.0, max(0.0, 100 * (day - self.first).days / self.length))

    def ticks(self) -> list[Tick]:
        """Labels of the axis; where no day is known there is none."""
        if self.empty:
            return []
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in STEPS if months / step <= (MONTHS if step < 12 else YEARS)), STEPS[-1])
        begin = -(-(self.first.year * 12 + self.first.month - 1) // step) * step
        days = (date(month // 12, month % 12 + 1, 1) for month in range(begin, self.last.year * 12 + 12, step))
        within = [day for day in days if self.first <= day <= self.last]
        return [Tick(_percent(self.at(day)), day, _tick_label(day, step, day == within[0])) for day in within]


def _tick_label(day: date, step: int, first: bool) -> str:
    """A year, or a month that names its year where that is new."""
    if step >= 12:
        return str(day.year)
    return date_format(day, "M Y" if first or day.month == 1 else "M")


@dataclass(slots=True)
class Picture:
    """A timeline ready to be drawn. `name` sets its ids apart from those of other pictures on the page."""

    name: str
    title: str
    description: str
    scale: Scale
    ticks: list[Tick]
    headings: list[Heading]
    lanes: list[Lane]
    publications: list[Publication]
    height: int
    drawn: dict = field(default_factory=lambda: {"bar": BAR, "bar_height": BAR_HEIGHT, "plan_height": PLAN_HEIGHT,
                                                 "plan": BAR + BAR_HEIGHT + 3, "tip_height": TIP, "axis": AXIS,
                                                 "middle": MIDDLE})  # fmt: skip

    @property
    def stages(self) -> list[tuple[str, str]]:
        """The stages that are marked, for the legend."""
        found = {mark.stage for lane in self.lanes for mark in lane.marks}
        return [(stage.value, choice("status", stage)) for stage in Stage if stage in found]

    @property
    def foot(self) -> int:
        return self.height - BAND

    @property
    def has_plans(self) -> bool:
        return any(bar.kind.startswith("plan") for lane in self.lanes for bar in lane.bars)


def picture(
    groups: Iterable[tuple[str | None, str | None, list[Subject]]],
    *,
    name: str,
    title: str,
    description: str,
    articles: Iterable[Article] = (),
) -> Picture:
    """Groups of lanes (heading or None, its address, subjects) → the picture."""
    groups, articles = list(groups), [one for one in articles if one.published_earliest or one.published_latest]
    published = [day for one in articles for day in (one.published_earliest, one.published_latest) if day]
    scale = Scale([*(day for _title, _href, lanes in groups for lane in lanes for day in lane.days()), *published])
    headings, lanes, y = [], [], AXIS
    for heading, href, subjects in groups:
        if heading is not None:
            headings.append(Heading(heading, href, y))
            y += HEADING
        for subject in subjects:
            marks = sorted(_marks(subject, scale), key=lambda mark: mark.y)
            bars = [*_presence(subject, scale), *_plans(subject, scale)]
            lanes.append(Lane(subject.title, subject.address, subject.note, y, bars, marks))
            y += LANE + max((mark.y - MIDDLE for mark in marks), default=0)
    publications = [_publication(one, scale) for one in articles]
    return Picture(name, title, description, scale, scale.ticks(), headings, lanes, publications, y + BAND)


def _presence(subject: Subject, scale: Scale) -> Iterator[Bar]:
    presence = subject.presence
    if presence.any_day and not presence.possible:
        told = _("possibly there: %(days)s") % {"days": told_days(None, None)}
        middle = scale.first + (scale.last - scale.first) / 2
        yield _bar("opens", scale.first, middle, scale, told)
        yield _bar("closes", middle + timedelta(1), scale.last, scale, told)
    for reach in presence.reaches:
        told = _("possibly there: %(days)s") % {"days": told_days(reach.first, reach.last)}
        yield from _reach(reach, scale, told, "")
    for first, last in presence.certain:
        yield _bar("certain", first, last, scale, _("certainly there: %(days)s") % {"days": told_days(first, last)})


def _plans(subject: Subject, scale: Scale) -> Iterator[Bar]:
    for reach in subject.plan.reaches:
        yield from _reach(reach, scale, subject.told_plan, "plan-")
    for first, last in subject.plan.certain:
        yield _bar("plan-certain", first, last, scale, subject.told_plan)


def _reach(reach: Reach, scale: Scale, told: str, plan: str) -> Iterator[Bar]:
    """A possible stretch; where it is open it fades from the last day that is known up to the edge."""
    if reach.first is None:
        yield _bar(f"{plan}opens", scale.first, reach.known_first - timedelta(1), scale, told)
    yield _bar(f"{plan}possible", reach.known_first, reach.known_last, scale, told)
    if reach.last is None:
        yield _bar(f"{plan}closes", reach.known_last + timedelta(1), scale.last, scale, told)


def _bar(kind: str, first: date, last: date, scale: Scale, told: str) -> Bar:
    x = scale.at(first)
    return Bar(kind, _percent(x), _percent(max(0.0, scale.at(last + timedelta(1)) - x)), first, last, told)


def _marks(subject: Subject, scale: Scale) -> Iterator[Mark]:
    placed = sorted(((scale.at(_middle(first, last)), stage, planned, first, last, claims)
                     for stage, planned, first, last, claims in subject.marks), key=lambda one: one[0])  # fmt: skip
    ends: list[float] = []  # where the last mark of each level stands
    for x, stage, planned, first, last, claims in placed:
        level = next((level for level, end in enumerate(ends) if x - end >= CLOSE), len(ends))
        level = min(level, LEVELS - 1)
        ends[level : level + 1] = [x]
        yield Mark(stage, planned, _percent(x), MIDDLE + level * STEP, first, last, _told_mark(claims[0]),
                   claims[:PASSAGES], max(0, len(claims) - PASSAGES), address(claims[0]), _side(x))  # fmt: skip


def _side(x: float) -> str:
    return "left" if x < 100 / 3 else "right" if x > 200 / 3 else "middle"


def _told_mark(claim: Claim) -> str:
    stage = str(claim.get_stage_display())
    if claim.planned:
        stage = _("%(stage)s, planned") % {"stage": stage}
    if told := told_date(claim.date):
        return f"{stage}: {told}"
    published = told_date(claim.article.published)
    return _("%(stage)s, as reported %(date)s") % {"stage": stage, "date": published} if published else stage


def _publication(article: Article, scale: Scale) -> Publication:
    first = article.published_earliest or article.published_latest
    last = article.published_latest or article.published_earliest
    bar = _bar("article", first, last, scale, "")
    told = cited(article)
    return Publication(bar.x, bar.width, told, address(article))


def _middle(first: date | None, last: date | None) -> date:
    if first and last:
        return first + (last - first) / 2
    return first or last


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.max if by > timedelta(0) else date.min


def _percent(value: float) -> str:
    return f"{value:.3f}%"
