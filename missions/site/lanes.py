"""Which lanes a timeline has: one for each deployment while they are few, else one for all of a country or a mission."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from missions.models import Claim, Country, Deployment, Mission
from missions.models.deployment import ForceType, Stage
from missions.site.addresses import address
from missions.site.facts import strength_of
from missions.site.names import choice, name_of, place_of
from missions.site.presence import Presence
from missions.site.timeline import Subject

RELATED = ("contributing_country", "host_country", "mission")
DATES = ("start_basis", "start_earliest", "start_latest", "end_earliest", "end_latest")
MOST_LANES = 60  # of the home page
MOST_PLACES = 25


def by_contributor(rows: QuerySet) -> QuerySet:
    """Deployments in the order in which a reader looks for a country, each country's in the order of their start."""
    name = "name_nl" if (get_language() or "").startswith("nl") else "name_en"
    start = Coalesce("start_earliest", "start_latest", "planned_start_earliest")
    return rows.order_by(f"contributing_country__{name}", start, "slug")


def claims_of(rows: Iterable[Deployment], known_on: date | None = None) -> dict[int, list[Claim]]:
    """The public claims of some deployments, by deployment; of articles out by a day where one is given."""
    found: dict[int, list[Claim]] = {row.pk: [] for row in rows}
    claims = Claim.objects.public().known_on(known_on).filter(deployment__in=found).select_related("article")
    for claim in claims.defer("article__body").order_by("article__slug", "number"):
        found[claim.deployment_id].append(claim)
    return found


def single(rows: list[Deployment], claims: dict[int, list[Claim]], title: Callable) -> list[Subject]:
    """A lane for each deployment; those of one title are told apart by their ordinal."""
    titles = [title(row) for row in rows]
    twice = {one for one, number in Counter(titles).items() if number > 1}
    told = [
        f"{one} #{row.slug.rsplit('-', 1)[1]}" if one in twice else one for one, row in zip(titles, rows, strict=True)
    ]
    return [Subject.of(row, claims[row.pk], one, note_of(row)) for one, row in zip(told, rows, strict=True)]


def note_of(row: Deployment) -> str:
    """What stands at the end of a lane: state and strength."""
    return " · ".join(part for part in (str(row.get_status_display() or ""), strength_of(row)) if part)


def contributor_title(row: Deployment) -> str:
    return _with_force(name_of(row.contributing_country), row)


def visitor_title(row: Deployment) -> str:
    title = name_of(row.contributing_country)
    return _with_force(f"{title}, {row.mission}" if row.mission else title, row)


def place_title(row: Deployment) -> str:
    return _with_force(place_of(row), row)


def _with_force(title: str, row: Deployment) -> str:
    return title if row.force_type == ForceType.UNSPECIFIED else f"{title}, {row.get_force_type_display()}"


@dataclass(slots=True)
class Together:
    """Several deployments as one lane: when any of them was there, and how far they have come."""

    presence: Presence = field(default_factory=Presence)
    statuses: Counter = field(default_factory=Counter)

    def __add__(self, other: "Together") -> "Together":
        return Together(self.presence + other.presence, self.statuses + other.statuses)

    @property
    def number(self) -> int:
        return self.statuses.total()

    @property
    def told_statuses(self) -> str:
        """“active 12, withdrawn 7”, in the order of the stages."""
        told = [
            (choice("status", stage.value), self.statuses[stage.value]) for stage in Stage if self.statuses[stage.value]
        ]
        return ", ".join(f"{name} {number}" for name, number in told)


def merged(rows: QuerySet, *columns: str) -> dict[tuple, Together]:
    """The deployments that share the values of some columns, together."""
    found: dict[tuple, Together] = defaultdict(Together)
    grouped = rows.order_by().values(*columns, "status", *DATES).annotate(number=Count("pk"))
    for *key, status, basis, begins, begun, ends, ended, number in grouped.values_list(
        *columns, "status", *DATES, "number"
    ):
        one = found[tuple(key)]
        one.statuses[status] += number
        if basis is not None:
            presence = Presence.between(begins, begun, ends, ended)
            one.presence.certain += presence.certain
            one.presence.possible += presence.possible
            one.presence.any_day |= presence.any_day
    return {key: one + Together() for key, one in found.items()}  # the stretches become one in one pass


def count_of(number: int) -> str:
    return ngettext("%(number)d deployment", "%(number)d deployments", number) % {"number": number}


def by_country(rows: QuerySet, link: Callable[[Country], str]) -> list[Subject]:
    """A lane for each contributing country."""
    found = merged(rows, "contributing_country")
    countries = Country.objects.in_bulk([pk for (pk,) in found])
    return _lanes((countries[pk], link(countries[pk]), one) for (pk,), one in found.items())


def by_place(rows: QuerySet, link: Callable[[Mission | Country], str]) -> list[Subject]:
    """A lane for each mission, and for each host country where no mission is named."""
    found = merged(rows, "mission", "host_country")
    missions = Mission.objects.in_bulk({mission for mission, _host in found if mission})
    countries = Country.objects.in_bulk({host for mission, host in found if not mission})
    places: dict[Mission | Country, Together] = {}
    for (mission, host), one in found.items():
        place = missions[mission] if mission else countries[host]
        places[place] = places.get(place, Together()) + one
    return _lanes((place, link(place), one) for place, one in places.items())


def _lanes(found: Iterable[tuple]) -> list[Subject]:
    drawn = [_lane(name_of(row), href, one) for row, href, one in found]
    return sorted(drawn, key=lambda lane: lane.title)


def _lane(title: str, href: str, one: Together) -> Subject:
    return Subject(title, href, count_of(one.number), one.told_statuses, one.presence)


def places_of() -> tuple[list[tuple[str | None, str | None, list[Subject]]], bool]:
    """All missions, and the host countries of which no mission is named, with their contributors while they are few;
    else the largest of these places, each in one lane. Second: whether some are left out.
    """
    rows = Deployment.objects.public().order_by()
    counted = list(rows.values_list("mission", "host_country").annotate(size=Count("pk")))
    if len(counted) <= MOST_LANES >= rows.values("mission", "host_country", "contributing_country").distinct().count():
        return _with_contributors(rows), False
    sizes = Counter()
    for mission, host, size in counted:
        sizes[("mission", mission) if mission else ("host", host)] += size
    largest = sorted(sizes, key=lambda place: (-sizes[place], place))[:MOST_PLACES]
    missions, hosts = ([pk for kind, pk in largest if kind == wanted] for wanted in ("mission", "host"))
    shown = rows.filter(Q(mission__in=missions) | Q(mission__isnull=True, host_country__in=hosts))
    return [(None, None, by_place(shown, address))], len(sizes) > MOST_PLACES


def _with_contributors(rows: QuerySet) -> list[tuple[str | None, str | None, list[Subject]]]:
    found = merged(rows, "mission", "host_country", "contributing_country")
    missions = Mission.objects.in_bulk([mission for mission, _host, _country in found if mission])
    countries = Country.objects.in_bulk({pk for _mission, *pks in found for pk in pks if pk})
    groups: dict[tuple, dict[int, Together]] = {}
    for (mission, host, country), one in found.items():
        lanes = groups.setdefault((mission, None if mission else host), {})
        lanes[country] = lanes.get(country, Together()) + one
    drawn = []
    for (mission, host), lanes in groups.items():
        place = missions[mission] if mission else countries[host]
        title = name_of(place) if mission else _("%(country)s, mission not named") % {"country": name_of(place)}
        subjects = [_lane(name_of(countries[pk]), address(countries[pk]), one) for pk, one in lanes.items()]
        for subject, one in zip(subjects, lanes.values(), strict=True):
            subject.note = count_of(one.number) if one.number > 1 else one.told_statuses.rsplit(" ", 1)[0]
        drawn.append((mission is None, title, address(place), sorted(subjects, key=lambda lane: lane.title)))
    return [(title, href, subjects) for _unnamed, title, href, subjects in sorted(drawn, key=lambda one: one[:2])]
