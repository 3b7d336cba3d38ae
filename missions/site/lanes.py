"""Which lanes a timeline has: one for each deployment while they are few, else one for all of a country or a mission."""

from collections.abc import Callable, Iterable
from datetime import date
from types import SimpleNamespace

from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from missions.models import Claim, Country, Deployment, Mission
from missions.models.deployment import ForceType
from missions.site.addresses import address
from missions.site.facts import strength_of
from missions.site.names import name_of, place_of
from missions.site.timeline import Presence, Subject

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
    """A lane for each deployment."""
    return [Subject.of(row, claims[row.pk], title(row), note_of(row)) for row in rows]


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


def merged(rows: QuerySet, *columns: str) -> dict[tuple, tuple[Presence, int]]:
    """Presence and number of the deployments that share the values of some columns."""
    found: dict[tuple, list] = {}
    grouped = rows.order_by().values(*columns, *DATES).annotate(number=Count("pk"))
    for *key, basis, begins, begun, ends, ended, number in grouped.values_list(*columns, *DATES, "number"):
        days = SimpleNamespace(
            start_basis=basis, start_earliest=begins, start_latest=begun, end_earliest=ends, end_latest=ended
        )
        found.setdefault(tuple(key), []).append((Presence.of(days), number))
    return {key: (_sum(one for one, _number in parts), sum(n for _one, n in parts)) for key, parts in found.items()}


def _sum(presences: Iterable[Presence]) -> Presence:
    """All of them as one, in one pass over their days."""
    whole = Presence()
    for one in presences:
        whole.certain += one.certain
        whole.possible += one.possible
    return whole + Presence()


def count_of(number: int) -> str:
    return ngettext("%(number)d deployment", "%(number)d deployments", number) % {"number": number}


def by_country(rows: QuerySet, link: Callable[[Country], str]) -> list[Subject]:
    """A lane for each contributing country."""
    found = merged(rows, "contributing_country")
    countries = Country.objects.in_bulk([pk for (pk,) in found])
    return _lanes((countries[pk], link(countries[pk]), *parts) for (pk,), parts in found.items())


def by_place(rows: QuerySet, link: Callable[[Mission | Country], str]) -> list[Subject]:
    """A lane for each mission, and for each host country where no mission is named."""
    found = merged(rows, "mission", "host_country")
    missions = Mission.objects.in_bulk({mission for mission, _host in found if mission})
    countries = Country.objects.in_bulk({host for mission, host in found if not mission})
    places: dict[Mission | Country, tuple[Presence, int]] = {}
    for (mission, host), (presence, number) in found.items():
        place = missions[mission] if mission else countries[host]
        other, count = places.get(place, (Presence(), 0))
        places[place] = (other + presence, count + number)
    return _lanes((place, link(place), *parts) for place, parts in places.items())


def _lanes(found: Iterable[tuple]) -> list[Subject]:
    drawn = [Subject(name_of(row), href, count_of(number), presence) for row, href, presence, number in found]
    return sorted(drawn, key=lambda lane: lane.title)


def places_of() -> list[tuple[str | None, str | None, list[Subject]]]:
    """All missions, and the host countries of which no mission is named, with their contributors while they are few."""
    rows = Deployment.objects.public()
    places = rows.order_by().values("mission", "host_country", "contributing_country").distinct()
    if places.count() <= MOST_LANES:
        return _with_contributors(rows)
    sizes = rows.order_by().filter(mission__isnull=False).values("mission").annotate(size=Count("pk"))
    largest = [one["mission"] for one in sizes.order_by("-size", "mission")[:MOST_PLACES]]
    found = merged(rows.filter(mission__in=largest), "mission")
    missions = Mission.objects.in_bulk(largest)
    lanes = [
        Subject(name_of(missions[pk]), address(missions[pk]), count_of(found[pk,][1]), found[pk,][0]) for pk in largest
    ]
    return [(None, None, lanes)]


def _with_contributors(rows: QuerySet) -> list[tuple[str | None, str | None, list[Subject]]]:
    found = merged(rows, "mission", "host_country", "contributing_country")
    missions = Mission.objects.in_bulk([mission for mission, _host, _country in found if mission])
    countries = Country.objects.in_bulk({pk for _mission, *pks in found for pk in pks if pk})
    groups: dict[tuple, dict[int, tuple[Presence, int]]] = {}
    for (mission, host, country), (presence, number) in found.items():
        lanes = groups.setdefault((mission, None if mission else host), {})
        other, count = lanes.get(country, (Presence(), 0))
        lanes[country] = (other + presence, count + number)
    drawn = []
    for (mission, host), lanes in groups.items():
        place = missions[mission] if mission else countries[host]
        title = name_of(place) if mission else _("%(country)s, mission not named") % {"country": name_of(place)}
        subjects = [
            Subject(name_of(countries[pk]), address(countries[pk]), count_of(number) if number > 1 else "", presence)
            for pk, (presence, number) in lanes.items()
        ]
        drawn.append((mission is None, title, address(place), sorted(subjects, key=lambda lane: lane.title)))
    return [(title, href, subjects) for _unnamed, title, href, subjects in sorted(drawn, key=lambda one: one[:2])]
