"""The feed of changes for readers: Atom, the newest first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.models import Article, Change, Claim, Deployment, Mission, Statement
from missions.models.passage import Passage
from missions.models.revision import ChangeKind
from missions.publication import TABLES, key_of, with_keys
from missions.site.addresses import address
from missions.site.facts import told
from missions.site.names import name_of

ENTRIES = 50
RELATED = {
    Deployment: ("contributing_country", "host_country", "mission"),
    Claim: ("article", "deployment__contributing_country", "deployment__host_country", "deployment__mission"),
    Statement: ("article", "country"),
}
TOLD = [model._meta.model_name for model in (Mission, Article, Deployment, Statement, Claim)]


def newest(tables: list[str], most: int) -> list[tuple[Change, object]]:
    """The last changes of some tables with the rows as they are now; None where the row is gone."""
    changes = list(Change.objects.filter(table__in=tables).order_by("-revision", "table", "key")[:most])
    rows = {}
    for table in {change.table for change in changes}:
        model = TABLES[table]
        keys = {change.key for change in changes if change.table == table}
        found = model.objects.public().filter(with_keys(model, keys)).select_related(*RELATED.get(model, ()))
        rows |= {(table, key_of(row)): row for row in found}
    return [(change, rows.get((change.table, change.key))) for change in changes]


def atom(request: HttpRequest) -> HttpResponse:
    feed = Atom1Feed(
        title=_("newsdb: what changed"),
        link=request.build_absolute_uri(reverse("site:home")),
        feed_url=request.build_absolute_uri(request.path),
        description=_("Military missions, with the words that say so"),
        language=(get_language() or "en")[:2],
        feed_guid=request.build_absolute_uri(request.path),
    )
    for change, row in newest(TOLD, ENTRIES):
        gone = change.kind == ChangeKind.WITHDRAWN or row is None
        link = request.build_absolute_uri(reverse("site:home") if gone else address(row))
        feed.add_item(
            title=_("%(table)s %(key)s is no longer published") % {"table": _table(change), "key": change.key}
            if gone
            else title_of(row),
            link=link,
            description="" if gone else words_of(row),
            unique_id=f"{request.build_absolute_uri('/')}#r{change.revision}-{change.table}-{change.key}",
            updateddate=change.at,
            pubdate=change.at,
            author_name="newsdb",
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _table(change: Change) -> str:
    return str(TABLES[change.table]._meta.verbose_name)


def title_of(row) -> str:
    if isinstance(row, Claim):
        stage = f": {row.get_stage_display()}" if row.stage else ""
        return f"{name_of(row.deployment)}{stage}"
    return name_of(row)


def words_of(row) -> str:
    """The passage, or what the row says."""
    if isinstance(row, Passage):
        return f"“{row.exact}”"
    return "; ".join(told(row).values()) if isinstance(row, Deployment) else ""
