"""What deployments rest on: their claims and the articles of these, read for many deployments at once.

Only what projection and audit look at is read, and no rows of models are made of it: of these a large load would make
hundreds of thousands.
"""

from collections import namedtuple
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from missions import bulk
from missions.models import Claim
from missions.models.dates import ImpreciseDate

ARTICLE = ("slug", "state", "published_earliest", "published_latest")
CLAIM = (
    "number", "state", "verdict", "planned", "derived", "stage", "onset", "date_words", "date_edtf", "date_earliest",
    "date_latest", "personnel_low", "personnel_best", "personnel_high", "personnel_words", "personnel_basis",
    "contribution", "exact",
)  # fmt: skip


class ArticleRead(NamedTuple):
    """An article as its claims know it."""

    slug: str
    state: str
    published_earliest: date | None
    published_latest: date | None

    @property
    def published(self) -> ImpreciseDate:
        return ImpreciseDate(None, None, self.published_earliest, self.published_latest)


class ClaimRead(namedtuple("ClaimRead", ("article", *CLAIM))):
    """A claim's columns under their names, and its article."""

    __slots__ = ()

    @property
    def date(self) -> ImpreciseDate:
        return ImpreciseDate(self.date_words, self.date_edtf, self.date_earliest, self.date_latest)

    @property
    def key(self) -> str:
        return f"{self.article.slug}:{self.number}"


def claims_of(deployments: Collection[int]) -> dict[int, list[ClaimRead]]:
    """All claims on each of the deployments, by the deployments' numbers."""
    found: dict[int, list[ClaimRead]] = {number: [] for number in deployments}
    columns = ("deployment_id", *(f"article__{name}" for name in ARTICLE), *CLAIM)
    rows = Claim.objects.filter(deployment__pk__among=deployments).order_by().values_list(*columns)
    last = 1 + len(ARTICLE)
    for row in bulk.selected(rows):
        found[row[0]].append(ClaimRead(ArticleRead._make(row[1:last]), *row[last:]))
    return found
