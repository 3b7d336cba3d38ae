"""Words as people ask for them: Dutch and English, whatever their ending, capitals and accents, on every database."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer
from django.db.models import Model, Q, QuerySet

from missions.models import Article, Claim, Country, Deployment, Mission, SearchEntry, Statement
from missions.models.deployment import of
from missions.models.review import State

LANGUAGES = ("dutch", "english")
MOST_WORDS = 12
WORD = re.compile(r"\w+")
BATCH = 500


def words(text: str) -> list[str]:
    """The distinct words of a text, without capitals and accents, in their order."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return list(dict.fromkeys(WORD.findall(plain)))


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """A word's Dutch and its English stem; texts mix languages, so each word is both."""
    return tuple(sorted({snowballstemmer.stemmer(language).stemWord(word) for language in LANGUAGES}))


def text_of(row: Model) -> str:
    """What of a row is searched. A deployment is found by its mission, its countries, and what is published of its claims."""
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
        case Deployment():
            names = [text_of(one) for one in (row.mission, row.contributing_country, row.host_country) if one]
            found = [*names, *(claim.exact for claim in row.claims.all() if _is_published(claim))]
    return "\n".join(text for text in found if text)


SEARCHED = (Country, Mission, Article, Statement, Claim, Deployment)


def _is_published(claim: Claim) -> bool:
    return claim.state == claim.article.state == State.PUBLISHED


def with_words(rows: QuerySet) -> QuerySet:
    """The rows with all that their words stand in."""
    if rows.model is not Deployment:
        return rows
    return rows.select_related("mission", "contributing_country", "host_country").prefetch_related("claims__article")


def entry(row: Model) -> SearchEntry:
    found = sorted({stem for word in words(text_of(row)) for stem in stems(word)})
    return SearchEntry(table=row._meta.model_name, row=row.pk, stems=f" {' '.join(found)} ")


def keep(rows: Iterable[Model]) -> None:
    """Write the entries of rows of one or several tables, and of the deployments that go by their names."""
    rows = [row for row in rows if isinstance(row, SEARCHED)]
    _write(row for row in rows if not isinstance(row, Deployment))
    by_their_names = Q(mission__in=[row.pk for row in rows if isinstance(row, Mission)]) | of(
        [row.pk for row in rows if isinstance(row, Country)]
    )
    themselves = Q(pk__in=[row.pk for row in rows if isinstance(row, Deployment)])
    # Read anew: what hangs on them counts, and may have changed since they were read.
    deployments = with_words(Deployment.objects.filter(by_their_names | themselves).order_by("pk"))
    numbers = list(deployments.values_list("pk", flat=True))
    for first in range(0, len(numbers), BATCH):
        _write(deployments.filter(pk__in=numbers[first : first + BATCH]))


def _write(rows: Iterable[Model]) -> None:
    SearchEntry.objects.bulk_create(
        [entry(row) for row in rows],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["table", "row"],
        update_fields=["stems"],
    )


def forget(row: Model) -> None:
    SearchEntry.objects.filter(table=row._meta.model_name, row=row.pk).delete()


def found(model: type[Model], *words: str) -> QuerySet:
    """Numbers of the model's rows in which all the words stand, as a subquery."""
    entries = SearchEntry.objects.filter(table=model._meta.model_name)
    for word in words:
        entries = entries.filter(stems__has_any=stems(word))
    return entries.values("row")
