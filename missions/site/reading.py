"""An article as its readers see it: its facts, and its text or, where that may not be shown, the cited passages."""

from dataclasses import dataclass

from missions.models import Article, Claim, Statement
from missions.models.passage import CONTEXT, Passage
from missions.segments import Segment, segments_of, stretches_of
from missions.site.addresses import anchor


@dataclass(frozen=True, slots=True)
class PublicFact:
    """A published statement or claim beside the text."""

    name: str
    kind: str  # statement or claim
    row: Passage
    marked: bool


def facts_of(article: Article) -> list[PublicFact]:
    """The article's published statements and claims in the order of the text."""
    statements = Statement.objects.public().filter(article=article).select_related("country")
    claims = Claim.objects.public().filter(article=article)
    related = ("deployment__contributing_country", "deployment__host_country", "deployment__mission")
    found = []
    for row in (*statements, *claims.select_related(*related)):
        row.article = article
        kind = row._meta.model_name
        found.append(PublicFact(anchor(row), kind, row, row.article_revision == article.revision))
    return sorted(found, key=lambda fact: (fact.row.start, fact.row.end, fact.name))


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that is shown; whether there is more before and after it."""

    segments: list[Segment]
    before: bool = False
    after: bool = False


def pieces_of(article: Article, facts: list[PublicFact]) -> list[Piece]:
    """The whole text as one piece, or a piece for each stretch that is cited."""
    if article.text_public:
        return [Piece(list(segments_of(article.body, facts)))]
    return [
        Piece(list(segments_of(article.body, within, first, last)), first > 0, last < len(article.body))
        for first, last, within in stretches_of(article.body, facts, CONTEXT)
    ]
