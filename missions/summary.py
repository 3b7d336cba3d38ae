"""How many deployments, and how many persons as far as it is told: by country, mission, status and year.

A strength that nobody tells is counted apart and adds nothing; a sum is over the rows that tell that number.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from missions.models import DatedProjection, Deployment

PARTS = ("low", "best", "high")
# name: (columns of the group, the names under which they are shown)
GROUPS = {
    "contributing_country": ("contributing_country__code", "contributing_country__name_en"),
    "host_country": ("host_country__code", "host_country__name_en"),
    "mission": ("mission__slug", "mission__name"),
    "status": ("status",),
}
YEARS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


def summary(deployments: QuerySet, *, certainty: str = "possible", known_on=None) -> dict:
    """The summary of a filtered queryset of deployments, in one query a group."""
    pks = deployments.order_by().values("pk")
    if known_on:
        rows = DatedProjection.objects.known_on(known_on).filter(deployment__in=pks)
        identity = "deployment__"
    else:
        rows, identity = Deployment.objects.filter(pk__in=pks), ""
    measures = _measures()
    found = {"total": _measured(rows.aggregate(**measures))}
    for name, columns in GROUPS.items():
        paths = [column if column == "status" else identity + column for column in columns]
        groups = rows.order_by().values(*paths).annotate(**measures)
        ordered = sorted(groups, key=lambda group: (group[paths[0]] is None, group[paths[0]] or ""))
        found[f"by_{name}"] = [_named(name, [group[path] for path in paths]) | _measured(group) for group in ordered]
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


def _named(name: str, values: list) -> dict:
    if name == "status":
        return {"status": values[0]}
    key, label = values
    return {name: key if key is None else {("slug" if name == "mission" else "code"): key, "name": label}}


def _by_year(rows: QuerySet, measures: dict, certainty: str) -> Iterator[dict]:
    """Presence in each year, certainly or possibly; years run from the first to the last that any date names."""
    present = rows.filter(start_basis__isnull=False)
    years = {f"year_{column}": ExtractYear(column) for column in YEARS}
    groups = list(present.order_by().annotate(**years).values(*years).annotate(**measures))
    named = [group[name] for group in groups for name in years if group[name] is not None]
    if not named:
        return
    first, last = min(named), max(named)
    totals: dict[int, dict] = defaultdict(dict)
    for group in groups:
        begins, begun, ends, ended = (group[name] for name in years)
        if certainty == "certain":
            if begun is None or ends is None:
                continue
            span = range(begun, ends + 1)
        else:
            span = range(begins or first, (ended or last) + 1)
        for year in span:
            _add(totals[year], group)
    for year in sorted(totals):
        yield {"year": year} | _measured(totals[year])


def _add(total: dict, group: dict) -> None:
    for name in _measures():
        if group[name] is not None:
            total[name] = (total.get(name) or 0) + group[name]
        else:
            total.setdefault(name, None)
