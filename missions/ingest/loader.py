"""Sources → articles, in one transaction: all of a batch or none of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from missions import curation
from missions.ingest.reader import Source
from missions.models import Article
from missions.models.dates import ImpreciseDate
from missions.publication import one_revision


@dataclass(slots=True)
class Report:
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)

    def __str__(self):
        return f"{len(self.created)} created, {len(self.changed)} changed, {len(self.unchanged)} unchanged"


@one_revision()
def load(sources: Iterable[Source], *, language: str = "und", by=None, reason: str = "ingested") -> Report:
    """Bring the sources in; a text that changed is a correction (curation.correct)."""
    report = Report()
    for source in sources:
        article = Article.objects.select_for_update(of=("self",)).filter(slug=source.slug).first()
        if article is None:
            article = Article(slug=source.slug, body=source.body, raw_sha256=source.raw_sha256, language=language)
            article.published = _published(source)
            curation.record(article, by=by, reason=reason)
            report.created.append(source.slug)
        elif _update(article, source, by, reason, report):
            report.changed.append(source.slug)
        else:
            report.unchanged.append(source.slug)
    return report


def _update(article: Article, source: Source, by, reason: str, report: Report) -> bool:
    changed = False
    if article.body != source.body:
        correction = curation.correct(article, source.body, source.raw_sha256, by=by, reason=reason)
        report.moved += correction.moved
        report.unplaced += correction.unplaced
        changed = True
    # A header that says nothing takes nothing away, and one that says the same keeps a curator's words for it.
    new_date = source.published_edtf is not None and source.published_edtf != article.published.edtf
    if new_date or article.raw_sha256 != source.raw_sha256:
        if new_date:
            article.published = _published(source)
        article.raw_sha256 = source.raw_sha256
        curation.record(article, by=by, reason=reason)
        changed = True
    return changed


def _published(source: Source) -> ImpreciseDate:
    return ImpreciseDate(
        source.published_edtf, source.published_edtf, source.published_earliest, source.published_latest
    )
