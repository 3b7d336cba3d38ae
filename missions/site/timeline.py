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
from django.utils.translation import ngettext

from missions.models import Article, Claim, Deployment
from missions.models.deployment import Stage
from missions.projection import RANK, when
from missions.site.addresses import address
from missions.site.names import choice, cited
from missions.telling import told_date, told_days

LABELS = 8  # on the axis at most, so that they stand apart on a phone
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000)  # months between labels
MARGIN = 0.05  # of the span, at either end, for what fades out
LEAST_MARGIN = timedelta(20)
CLOSE = 1.8  # percent: marks closer than this stand side by side

# Heights in pixels.
AXIS, HEADING, LANE, BAND = 28, 34, 50, 26
BAR, BAR_HEIGHT, PLAN_HEIGHT = 22, 14, 6
MARK = 14  # also its width
TIP = 150
PASSAGES = 3  # in a mark's tip
STRETCHES = 4  # told of a lane


@dataclass(frozen=True, slots=True)
class Reach:
    """A possible presence: its outermost days, None where open, and the days between which something is known."""

    first: date | None
    known_first: date
    known_last: date
    last: date | None


@dataclass(slots=True)
class Presence:
    """When a force, or several, were there: certainly from day to day, and possibly."""

    certain: list[tuple[date, date]] = field(default_factory=list)
    possible: list[Reach] = field(default_factory=list)

    @classmethod
    def of(cls, row) -> "Presence":
        """Of a deployment's columns, or of those of a dated projection."""
        if row.start_basis is None:
            return cls()
        days = (row.start_earliest, row.start_latest, row.end_earliest, row.end_latest)
        begins, begun, ends, ended = days
        within = [day for day in days if day and (begins or day) <= day <= (ended or day)]
        if not within:
            return cls()
        certain = [(begun, ends)] if begun and ends and begun <= ends else []
        return cls(certain, [Reach(begins, min(within), max(within), ended)])

    @property
    def told_certain(self) -> str:
        return _listed([told_days(first, last) for first, last in self.certain])

    @property
    def told_possible(self) -> str:
        return _listed([told_days(reach.first, reach.last) for reach in self.possible])

    def __add__(self, other: "Presence") -> "Presence":
        return Presence(_united(self.certain + other.certain), _joined(self.possible + other.possible))


def _listed(stretches: list[str]) -> str:
    """Stretches of days in words, the first few of them."""
    more = len(stretches) - STRETCHES
    told = "; ".join(stretches[:STRETCHES])
    return (
        told
        if more <= 0
        else told + ngettext("; and %(number)d more", "; and %(number)d more", more) % {"number": more}
    )


def _united(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(1):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _joined(reaches: list[Reach]) -> list[Reach]:
    found: list[Reach] = []
    for one in sorted(reaches, key=lambda reach: (reach.first or date.min, reach.known_first)):
        if found and (found[-1].last is None or (one.first or date.min) <= found[-1].last):
            other = found.pop()
            one = Reach(
                None if None in (one.first, other.first) else min(one.first, other.first),
                min(one.known_first, other.known_first),
                max(one.known_last, other.known_last),
                None if None in (one.last, other.last) else max(one.last, other.last),
            )
        found.append(one)
    return found


@dataclass(slots=True)
class Subject:
    """What a lane is about, before it has a place."""

    title: str
    address: str | None
    note: str = ""
    presence: Presence = field(default_factory=Presence)
    plan: tuple[date | None, date, date] | None = None  # from, until at the earliest, until at the latest
    plan_open: tuple[date, date] | None = None  # a planned start without an end: between these days
    marks: list[tuple[str, bool, date | None, date | None, list[Claim]]] = field(default_factory=list)

    @classmethod
    def of(cls, row: Deployment, claims: Iterable[Claim], title: str, note: str) -> "Subject":
        """One deployment with its claims, articles and all."""
        found = cls(title, address(row), note, Presence.of(row))
        found._plan(row)
        found.marks = list(_reported(row, claims))
        return found

    def _plan(self, row) -> None:
        if row.planned_end_latest:
            known = [reach.known_first for reach in self.presence.possible]
            begins = row.planned_start_earliest or min(known, default=None)
            if begins and begins > row.planned_end_latest:
                begins = None
            self.plan = (begins, row.planned_end_earliest or row.planned_end_latest, row.planned_end_latest)
        elif row.planned_start_earliest or row.planned_start_latest:
            first = row.planned_start_earliest or row.planned_start_latest
            self.plan_open = (first, row.planned_start_latest or first)

    def days(self) -> Iterator[date]:
        """Every day that the lane shows."""
        for first, last in self.presence.certain:
            yield from (first, last)
        for reach in self.presence.possible:
            yield from (reach.known_first, reach.known_last)
        yield from (day for plan in (self.plan, self.plan_open) if plan for day in plan if day)
        for _stage, _planned, first, last, _claims in self.marks:
            yield from (day for day in (first, last) if day)


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
    kind: str  # certain, possible, opens, closes, plan, plan-edge, plan-opens
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
    shift: str  # pixels to the right, where marks stand close
    first: date | None
    last: date | None
    told: str
    claims: list[Claim]
    more: int
    address: str
    side: str  # of the picture that it stands on, where its tip is shown


@dataclass(frozen=True, slots=True)
class Lane:
    title: str
    address: str | None
    note: str
    y: int
    bars: list[Bar]
    marks: list[Mark]

    @property
    def tip(self) -> int:
        """Where a mark's tip is hung up, its foot above the bar."""
        return BAR - 4 - TIP


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
        first, last = (known[0], known[-1]) if known else (date(2000, 1, 1), date(2000, 12, 31))
        margin = max((last - first) * MARGIN, LEAST_MARGIN)
        self.first, self.last = _shifted(first, -margin), _shifted(last, margin)
        self.length = (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins; those beyond the ends lie at the ends."""
        return min(100.0, max(0.0, 100 * (day - self.first).days / self.length))

    def ticks(self) -> list[Tick]:
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next((step for step in STEPS if months / step <= LABELS), STEPS[-1])
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
                                                 "middle": BAR + BAR_HEIGHT // 2})  # fmt: skip

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
            bars = [*_bars(subject, scale), *_plans(subject, scale)]
            lanes.append(Lane(subject.title, subject.address, subject.note, y, bars, list(_marks(subject, scale))))
            y += LANE
    publications = [_publication(one, scale) for one in articles]
    return Picture(name, title, description, scale, scale.ticks(), headings, lanes, publications, y + BAND)


def _bars(subject: Subject, scale: Scale) -> Iterator[Bar]:
    for reach in subject.presence.possible:
        told = _("possibly there: %(days)s") % {"days": told_days(reach.first, reach.last)}
        if reach.first is None:
            yield _bar("opens", scale.first, reach.known_first - timedelta(1), scale, told)
        yield _bar("possible", reach.known_first, reach.known_last, scale, told)
        if reach.last is None:
            yield _bar("closes", reach.known_last + timedelta(1), scale.last, scale, told)
    for first, last in subject.presence.certain:
        yield _bar("certain", first, last, scale, _("certainly there: %(days)s") % {"days": told_days(first, last)})


def _plans(subject: Subject, scale: Scale) -> Iterator[Bar]:
    if subject.plan:
        begins, earliest, latest = subject.plan
        told = _("planned: %(days)s") % {"days": told_days(begins, latest)}
        if begins and begins < earliest:
            yield _bar("plan", begins, earliest - timedelta(1), scale, told)
        yield _bar("plan-edge", earliest, latest, scale, told)
    if subject.plan_open:
        first, last = subject.plan_open
        told = _("planned: %(days)s") % {"days": told_days(first, None)}
        yield _bar("plan-edge", first, last, scale, told)
        yield _bar("plan-opens", last + timedelta(1), scale.last, scale, told)


def _bar(kind: str, first: date, last: date, scale: Scale, told: str) -> Bar:
    x = scale.at(first)
    return Bar(kind, _percent(x), _percent(max(0.0, scale.at(last + timedelta(1)) - x)), first, last, told)


def _marks(subject: Subject, scale: Scale) -> Iterator[Mark]:
    placed = sorted(((scale.at(_middle(first, last)), stage, planned, first, last, claims)
                     for stage, planned, first, last, claims in subject.marks), key=lambda one: one[0])  # fmt: skip
    clusters: list[list] = []
    for one in placed:
        if clusters and one[0] - clusters[-1][0][0] < CLOSE:
            clusters[-1].append(one)
        else:
            clusters.append([one])
    for cluster in clusters:
        x = sum(one[0] for one in cluster) / len(cluster)
        for number, (_x, stage, planned, first, last, claims) in enumerate(cluster):
            shift = (number - (len(cluster) - 1) / 2) * (MARK + 2)
            yield Mark(stage, planned, _percent(x), f"{shift:g}", first, last, _told_mark(claims[0]),
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
