"""Two moments side by side: who was there on a day, by what the articles of a day told."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Max, Min, Q, QuerySet
from django.urls import reverse

from missions.filtersets import DeploymentFilterSet
from missions.models import Article, DatedProjection, Deployment
from missions.site.facts import told

GONE, NEW, SAME, OTHER = "gone", "new", "same", "other"


@dataclass(slots=True)
class Moment:
    """A day, and the day whose knowledge answers; None is everything that is known today."""

    label: str
    on_name: str  # of the parameters
    known_name: str
    on: date
    known_on: date | None
    filters: dict[str, str]
    certain: int = 0
    possible: int = 0

    @property
    def questions(self) -> dict[str, str]:
        """What the API is asked for those who may have been there."""
        asked = self.filters | {"on": self.on.isoformat()}
        return asked | ({"known_on": self.known_on.isoformat()} if self.known_on else {})

    @property
    def api(self) -> str:
        return f"{reverse('deployment-list')}?{urlencode(self.questions)}"

    def present(self, certainty: str) -> QuerySet:
        """The public deployments that were there, by the very questions that the API asks."""
        asked = self.questions | {"certainty": certainty}
        return DeploymentFilterSet(asked, queryset=Deployment.objects.public()).qs.order_by()

    def count(self) -> None:
        self.certain, self.possible = self.present("certain").count(), self.present("possible").count()

    def seen(self, rows: list[Deployment]) -> dict[int, "Sight"]:
        """What was told of some deployments, for those that may have been there."""
        pks = [row.pk for row in rows]
        possible = set(self.present("possible").filter(pk__in=pks).values_list("pk", flat=True))
        certain = set(self.present("certain").filter(pk__in=pks).values_list("pk", flat=True))
        columns = {row.pk: row for row in rows}
        if self.known_on:
            dated = DatedProjection.objects.known_on(self.known_on).filter(deployment__in=pks)
            columns = {row.deployment_id: row for row in dated}
        return {pk: Sight(pk in certain, told(columns[pk])) for pk in possible}


@dataclass(frozen=True, slots=True)
class Sight:
    """One deployment at one moment."""

    certain: bool
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """One deployment at both moments; None where it was certainly not there, or not known of."""

    deployment: Deployment
    first: Sight | None
    second: Sight | None

    @property
    def change(self) -> str:
        if self.first is None or self.second is None:
            return NEW if self.second else GONE
        return SAME if self.first == self.second else OTHER


def extent() -> tuple[date, date]:
    """The first and the last day of which the public facts and articles speak."""
    first, last = ("start_earliest", "start_latest", "end_earliest"), ("end_latest", "end_earliest", "start_latest")
    found = Deployment.objects.public().aggregate(
        **{f"first_{name}": Min(name) for name in first}, **{f"last_{name}": Max(name) for name in last}
    )
    published = Article.objects.public().aggregate(last_published=Max("published_latest"))
    days = [day for day in (*found.values(), *published.values()) if day]
    return min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 12, 31))


def either(first: Moment, second: Moment) -> QuerySet:
    """The deployments that may have been there at one of the moments."""
    there = Q(pk__in=first.present("possible").values("pk")) | Q(pk__in=second.present("possible").values("pk"))
    rows = Deployment.objects.public().filter(there)
    rows = rows.select_related("contributing_country", "host_country", "mission")
    return rows.order_by("mission__slug", "host_country__code", "contributing_country__code", "slug")


def pairs(rows: list[Deployment], first: Moment, second: Moment) -> list[Pair]:
    one, other = first.seen(rows), second.seen(rows)
    return [Pair(row, one.get(row.pk), other.get(row.pk)) for row in rows]
