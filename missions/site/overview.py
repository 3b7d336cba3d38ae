"""Several deployments as one overview: a picture, and a table that says the same."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from missions.models import Article, Deployment
from missions.models.claim import Verdict
from missions.models.dated_projection import as_known
from missions.site import lanes
from missions.site.asking import count_of, given, paged
from missions.site.facts import Value, in_time_order, told, values_of
from missions.site.strengths import strengths
from missions.site.timeline import Subject, picture

FEW = 30  # deployments that stand one by one; more of them stand by group
SHOW, STRENGTHS = "show", "strengths"  # which of the two pictures a file holds
REPORTED = 5  # claims that a line of the table lists; the deployment's page has them all
MOST_TICKS = 60  # articles marked on a picture

Grouping = Callable[[QuerySet], list[Subject]]


class Overview:
    """A page of deployments one by one, or of groups of them where they are many."""

    def __init__(
        self,
        request,
        rows: QuerySet,
        *,
        name: str,
        title: str,
        file: str,
        lane: Callable[[Deployment], str],
        grouping: Grouping | None = None,
        parameter: str = "page",
        known_on: date | None = None,
    ):
        rows = rows.select_related(*lanes.RELATED)
        self.name, self.parameter = name, parameter
        # The page's questions with the number of this overview's own page, which says which of a page's two is meant.
        asked = {name: value for name, value in given(request).items() if name != SHOW}
        self.source = f"{file}?{urlencode({parameter: 1} | asked)}"
        self.strengths_source = f"{self.source}&{SHOW}={STRENGTHS}"
        self.count = count_of(request, rows)
        self.grouped = grouping is not None and self.count > FEW
        self.lines, self.strengths, articles = [], None, []
        if self.grouped:
            self.page = paged(request, grouping(rows), parameter=parameter)
            self.subjects = list(self.page.object_list)
        else:
            self.page = paged(request, rows, FEW, parameter=parameter)
            found = list(self.page.object_list)
            if known_on:
                as_known(found, known_on)
            claims = lanes.claims_of(found, known_on)
            self.subjects = lanes.single(found, claims, lane)
            self.lines = [Line(lane(row), row, in_time_order(claims[row.pk])) for row in found]
            self.strengths = strengths([(lane(row), row) for row in found], name)
            articles = _articles(claims)
        self.timeline = picture(
            [(None, None, self.subjects)],
            name=name,
            title=title,
            description=self._description(),
            articles=articles,
        )

    def _description(self) -> str:
        if self.grouped:
            return _(
                "Each line is several deployments together: solid is certain presence of any, pale is possible. "
                "What was planned and reported is on the pages that the lines lead to. The table says the same."
            )
        return _("Solid is certain presence, pale is possible, hatched is planned. The table says the same.")


class Line:
    """A deployment as a line of the table: what is told by name, and what was reported of it."""

    def __init__(self, title: str, row: Deployment, claims: list):
        self.title, self.row, self.claims = title, row, claims
        self.told = told(row)
        self.values: dict[str, Value] = {value.name: value for value in values_of(row, claims)}
        staged = [claim for claim in claims if claim.stage and claim.verdict == Verdict.ACCEPTED]
        self.reported, self.more = staged[:REPORTED], max(0, len(staged) - REPORTED)


def _articles(claims: dict[int, list]) -> list[Article]:
    """Those that the lanes rest on; where they are a great many, none is marked."""
    known = {claim.article_id: claim.article for some in claims.values() for claim in some}
    return list(known.values()) if len(known) <= MOST_TICKS else []
