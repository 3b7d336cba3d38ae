"""Words as people ask for them: Dutch and English, whatever their ending, capitals and accents, on every database."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from django.db.models import Model, QuerySet

from missions import bulk
from missions.models import Article, Claim, Country, Mission, SearchEntry, Statement

LANGUAGES = ("dutch", "english")
MOST_WORDS = 12
WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The distinct words of a text, without capitals and accents, in their order."""
    plain = text.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return list(dict.fromkeys(WORD.findall(plain)))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """A word's Dutch and its English stem; texts mix languages, so each word is both."""
    return tuple(sorted({snowballstemmer.stemmer(language).stemWord(word) for language in LANGUAGES}))


def text_of(row: Model) -> str:
    """What of a row is searched. A deployment is found by its claims, its mission and its countries."""
    match row:
        case Claim():
            found = [row.exact]
        case Statement():
            found = [row.exact, row.speaker, row.role, row.organization]
        case Article():
            found = [row.title, row.publisher, row.author, row.body if row.text_public else None]
        case Mission():
            found = [row.name, row.abbreviation, row.conducting_organization, *row.aliases]
        case Country():
            lists = (*row.demonyms.values(), *row.aliases.values())
            found = [row.code, row.alpha3, row.name_en, row.name_nl, *(word for one in lists for word in one)]
    return "\n".join(text for text in found if text)


SEARCHED = (Country, Mission, Article, Statement, Claim)


def stems_of(row: Model) -> str:
    """As they are kept."""
    return f" {' '.join(sorted({stem for word in words(text_of(row)) for stem in stems(word)}))} "


def keep_new(rows: Iterable[Model]) -> None:
    """Write the entries of rows that have none yet."""
    found = [(row._meta.model_name, row.pk, stems_of(row)) for row in rows if isinstance(row, SEARCHED)]
    bulk.insert_tuples(SearchEntry, ["table", "row", "stems"], found)


def keep(rows: Iterable[Model]) -> None:
    """Write the entries of rows of one or several tables."""
    SearchEntry.objects.bulk_create(
        [
            SearchEntry(table=row._meta.model_name, row=row.pk, stems=stems_of(row))
            for row in rows
            if isinstance(row, SEARCHED)
        ],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["table", "row"],
        update_fields=["stems"],
    )


def forget(row: Model) -> None:
    SearchEntry.objects.filter(table=row._meta.model_name, row=row.pk).delete()


def found(model: type[Model], word: str) -> QuerySet:
    """Numbers of the model's rows in which a word stands, as a subquery."""
    return SearchEntry.objects.filter(table=model._meta.model_name, stems__has_any=stems(word)).values("row")
