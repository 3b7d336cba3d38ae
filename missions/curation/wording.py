"""Dates and strengths as they are typed → a row's columns; the same reading at the desk and in imported sheets."""

from django.db.models import Model

from missions.models import Article
from missions.models.dates import ImpreciseDate
from missions.wording import dates, numbers

STRENGTH = ("personnel_low", "personnel_best", "personnel_high")


def understood(words: str | None, means: str | None, article: Article | None) -> dates.Understood:
    """What a typed date means: its meaning if given, else its words. ValueError says what is taken."""
    if not (means or words):
        return dates.Understood()
    published = (article.published.earliest, article.published.latest) if article else None
    return dates.understand(means or words, published)


def read_date(row: Model, name: str, words: str | None, means: str | None, article: Article | None) -> dates.Understood:
    """Set an imprecise date of a row, and the rule by which it follows where one was needed."""
    found = understood(words, means, article)
    setattr(row, name, ImpreciseDate(words, found.edtf, found.earliest, found.latest))
    if found.derived and hasattr(row, "rule"):
        row.derived, row.rule = True, row.rule or found.rule
    return found


def read_strength(row: Model) -> None:
    """Set the numbers of a strength from its words where none was typed."""
    if row.personnel_words and all(getattr(row, part) is None for part in STRENGTH):
        found = numbers.understand(row.personnel_words)
        row.personnel_low, row.personnel_best, row.personnel_high = found.low, found.best, found.high
