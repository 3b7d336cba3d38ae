"""The feed of changes for readers: Atom, the newest first."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.models import Article, Change, Claim, Deployment, Mission, Statement
from missions.models.claim import Verdict
from missions.models.passage import Passage
from missions.models.revision import ChangeKind
from missions.publication import TABLES, key_of, with_keys
from missions.site.addresses import address
from missions.site.facts import told
from missions.site.files import for_xml
from missions.site.names import name_of

ENTRIES = 50
LOOKED_BACK = 8  # changes for each row that is shown: a row may have changed many times
RELATED = {
    Deployment: ("contributing_country", "host_country", "mission"),
    Claim: ("article", "deployment__contributing_country", "deployment__host_country", "deployment__mission"),
    Statement: ("article", "country"),
}
TOLD = [model._meta.model_name for model in (Mission, Article, Deployment, Statement, Claim)]


def newest(tables: list[str], most: int, **conditions) -> list[tuple[Change, object]]:
    """The last change of each row of some tables, the newest first, with the row as it is now; None where it is gone."""
    changes = Change.objects.filter(table__in=tables, **conditions).order_by(
        "-revision", "-table", "-key"
    )  # backwards along the index
    last: dict[tuple[str, str], Change] = {}
    for change in changes[: most * LOOKED_BACK]:
        if len(last) < most:
            last.setdefault((change.table, change.key), change)
    rows = {}
    for table in {table for table, _key in last}:
        model = TABLES[table]
        keys = {key for name, key in last if name == table}
        found = model.objects.public().filter(with_keys(model, keys)).select_related(*RELATED.get(model, ()))
        rows |= {(table, key_of(row)): row for row in found}
    return [(change, rows.get(key)) for key, change in last.items()]


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
            title=for_xml(_gone(change) if gone else title_of(row)),
            link=link,
            description=None if gone else words_of(row),
            unique_id=f"{request.build_absolute_uri('/')}#r{change.revision}-{change.table}-{change.key}",
            updateddate=change.at,
            pubdate=change.at,
            author_name="newsdb",
        )
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


def _gone(change: Change) -> str:
    table = str(TABLES[change.table]._meta.verbose_name)
    return _("%(table)s %(key)s is no longer published") % {"table": table, "key": change.key}


def title_of(row) -> str:
    if not isinstance(row, Claim):
        return name_of(row)
    told = [str(row.get_stage_display())] if row.stage else []
    if row.planned:
        told.append(_("planned"))
    if row.verdict != Verdict.ACCEPTED:
        told.append(str(row.get_verdict_display()))
    return f"{name_of(row.deployment)}: {', '.join(told)}" if told else name_of(row.deployment)


def words_of(row) -> str | None:
    """The passage, or what the row says, as HTML; None where there is nothing to say."""
    if isinstance(row, Passage):
        return escape(for_xml(f"“{row.exact}”"))
    return escape(for_xml("; ".join(told(row).values()))) if isinstance(row, Deployment) else None
