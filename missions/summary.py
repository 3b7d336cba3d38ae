"""How many deployments, and how many persons as far as it is told: by country, mission, status and year.

A strength that nobody tells is counted apart and adds nothing; a sum is over the rows that tell that number.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from missions.models import Country, DatedProjection, Mission

PARTS = ("low", "best", "high")
# name: the table that the column refers to, and the columns by which its rows are shown
GROUPS = {
    "contributing_country": (Country, "code", "name_en"),
    "host_country": (Country, "code", "name_en"),
    "mission": (Mission, "slug", "name"),
    "status": None,
}
YEARS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def summary(deployments: QuerySet, *, certainty: str = "possible", known_on=None) -> dict:
    """The summary of a filtered queryset of deployments, in one query a group, by the groups' numbers and without a join."""
    rows, identity = deployments.order_by(), ""
    if known_on:
        rows = DatedProjection.objects.known_on(known_on).filter(deployment__in=rows.values("pk")).order_by()
        identity = "deployment__"
    measures = _measures()
    found = {"total": _measured(rows.aggregate(**measures))}
    for name, referred in GROUPS.items():
        path = identity + name if referred else name
        groups = list(rows.values(path).annotate(**measures))
        shown = _shown(referred, [group[path] for group in groups])
        ordered = sorted(groups, key=lambda group: (group[path] is None, _key(shown[group[path]])))
        found[f"by_{name}"] = [{name: shown[group[path]]} | _measured(group) for group in ordered]
    found["by_year"] = list(_by_year(rows, measures, certainty))
    return found


def _measures() -> dict:
    """Aggregates of one group. No join multiplies rows here, so sums are true."""
    found = {"deployments": Count("pk"), "personnel_unknown": Count("pk", filter=Q(personnel_words__isnull=True))}
    for part in PARTS:
        found[f"sum_{part}"] = Sum(f"personnel_{part}")
        found[f"rows_{part}"] = Count(f"personnel_{part}")
    return found


def _measured(group: dict) -> dict:
    personnel = {part: {"sum": group[f"sum_{part}"], "deployments": group[f"rows_{part}"]} for part in PARTS}
    return {
        "deployments": group["deployments"],
        "personnel_unknown": group["personnel_unknown"],
        "personnel": personnel,
    }


def _shown(referred: tuple | None, values: list) -> dict:
    """What each group is shown as: a reference by its key and name, a word by itself."""
    if referred is None:
        return {value: value for value in values}
    table, key, name = referred
    rows = table.objects.filter(pk__in=[value for value in values if value is not None])
    return {None: None} | {row.pk: {key: getattr(row, key), "name": getattr(row, name)} for row in rows}


def _key(shown) -> str:
    return next(iter(shown.values())) if isinstance(shown, dict) else shown or ""


def _by_year(rows: QuerySet, measures: dict, certainty: str) -> Iterator[dict]:
    """Presence in each year, certainly or possibly; years run from the first to the last that any date names."""
    present = rows.filter(start_basis__isnull=False)
    years = {f"year_{column}": ExtractYear(column) for column in YEARS}
    groups = list(present.order_by().annotate(**years).values(*years).annotate(**measures))
    named = [group[name] for group in groups for name in years if group[name] is not None]
    if not named:
        return
    first, last = min(named), max(named)
    # What a group adds, it adds in its first year and takes back after its last: years are summed up in one pass.
    steps: dict[int, Counter] = defaultdict(Counter)
    for group in groups:
        begins, begun, ends, ended = (group[name] for name in years)
        if certainty == "certain":
            start, end = begun, ends
        else:
            start, end = begins or first, ended or last
        if start is None or end is None or start > end:
            continue
        told = {name: group[name] for name in measures if group[name]}
        steps[start].update(told)
        steps[end + 1].subtract(told)
    now: Counter = Counter()
    for year in range(first, last + 1):
        now.update(steps[year])
        if now["deployments"]:
            told = {name: now[name] for name in measures}
            untold = {f"sum_{part}": None for part in PARTS if not told[f"rows_{part}"]}
            yield {"year": year} | _measured(told | untold)
