"""Words as people ask for them: Dutch and English, whatever their ending, capitals and accents, on every database."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import snowballstemmer
from django.db import connection
from django.db.models import Model, Q, QuerySet

from missions import bulk
from missions.bulk import batched
from missions.ground import claims_of
from missions.models import Article, Claim, Country, Deployment, Mission, SearchEntry, Statement
from missions.models.deployment import of
from missions.models.review import State

PUBLISHED = State.PUBLISHED.value
LANGUAGES = ("dutch", "english")
MOST_WORDS = 12
WORD = re.compile(r"\w+")
# The bytes of ASCII without capitals, and what is in no word as blanks: where this is enough it is four times as quick.
PLAIN = bytes(ord(chr(byte).lower()) if byte < 128 and WORD.match(chr(byte)) else ord(" ") for byte in range(256))
BATCH = 500


def words(text: str) -> list[str]:
    """The distinct words of a text, without capitals and accents, in their order."""
    return list(dict.fromkeys(_words(text)))


def _words(text: str) -> list[str]:
    if text.isascii():
        return text.encode().translate(PLAIN).decode().split()
    plain = unicodedata.normalize("NFKD", text.casefold())
    for mark in filter(unicodedata.combining, set(plain)):
        plain = plain.replace(mark, "")
    return WORD.findall(plain)


@lru_cache(maxsize=100_000)
def stems(word: str) -> tuple[str, ...]:
    """A word's Dutch and its English stem; texts mix languages, so each word is both. A number is its own."""
    if word.isdecimal():
        return (word,)
    return tuple(sorted({snowballstemmer.stemmer(language).stemWord(word) for language in LANGUAGES}))


def stems_in(text: str) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(stems, _words(text))))


def text_of(row: Model) -> str:
    """What of a row is searched, but for a deployment: it is found by what others say."""
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


SEARCHED = (Country, Mission, Article, Statement, Claim, Deployment)
NAMES = (Country, Mission)  # by which deployments are found
ENTERED_AT_ONCE = tuple(model for model in SEARCHED if model is not Deployment)


class Stems:
    """The stems of rows. It remembers those of names: many deployments go by the same countries and missions."""

    def __init__(self):
        self.of_names: dict[tuple[type[Model], int], frozenset[str]] = {}

    def of(self, row: Model) -> str:
        """As they are kept. A deployment is found by its mission, its countries, and what is published of its claims."""
        if isinstance(row, Deployment):
            named = [one for one in (row.mission, row.contributing_country, row.host_country) if one]
            found = frozenset().union(
                *map(self._of_name, named), *[stems_in(one.exact) for one in row.published_claims]
            )
        elif isinstance(row, Claim):
            found = stems_in(row.exact)
        else:
            found = stems_in(text_of(row))
        return f" {' '.join(sorted(found))} "

    def _of_name(self, one: Model) -> frozenset[str]:
        key = type(one), one.id
        if (found := self.of_names.get(key)) is None:
            found = self.of_names[key] = stems_in(text_of(one))
        return found


def with_names(rows: QuerySet) -> QuerySet:
    """The rows with those by whose names they go."""
    names = ("mission", "contributing_country", "host_country")
    return rows.select_related(*names) if rows.model is Deployment else rows


def give_claims(rows: list[Model], claims: dict[int, list] | None = None) -> None:
    """Give deployments the claims in which their words stand; `claims` are all claims on each, where they are known."""
    rows = [row for row in rows if isinstance(row, Deployment)]
    if claims is None:
        claims = claims_of([row.pk for row in rows]) if rows else {}
    for row in rows:
        row.published_claims = [one for one in claims[row.pk] if one.state == one.article.state == PUBLISHED]


def take_turn(*, names: bool) -> None:
    """Wait until what the entries rest on can be read, and stays so until this transaction ends.

    Deployments are found by the names of their missions and countries. Whoever changes a name writes the entries of all
    that go by it, during which nobody else writes entries; all others write side by side, each holding its own deployments.
    """
    if connection.vendor == "postgresql":
        mode = "SHARE ROW EXCLUSIVE" if names else "ROW EXCLUSIVE"
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {SearchEntry._meta.db_table} IN {mode} MODE")


def keep_new(rows: Iterable[Model]) -> None:
    """Write the entries of rows that have none yet; those of deployments are written with their claims."""
    _insert([row for row in rows if isinstance(row, ENTERED_AT_ONCE)])


def keep_deployments(rows: list[Deployment], claims: dict[int, list]) -> None:
    """Write the entries of deployments, given all claims on each of them."""
    give_claims(rows, claims)
    SearchEntry.objects.filter(table=Deployment._meta.model_name, row__among=[row.pk for row in rows]).delete()
    _insert(rows)


def _insert(rows: Iterable[Model]) -> None:
    """One by one as they are sent: the database writes some while the stems of others are found."""
    stems = Stems()
    found = ((row._meta.model_name, row.id, stems.of(row)) for row in rows)
    bulk.insert_tuples(SearchEntry, ["table", "row", "stems"], found)


def keep(rows: Iterable[Model]) -> None:
    """Write the entries of rows of one or several tables, and of the deployments that go by their names."""
    rows = [row for row in rows if isinstance(row, SEARCHED)]
    if not rows:
        return
    take_turn(names=any(isinstance(row, NAMES) for row in rows))
    _write(row for row in rows if not isinstance(row, Deployment))
    by_their_names = Q(mission__in=[row.pk for row in rows if isinstance(row, Mission)]) | of(
        [row.pk for row in rows if isinstance(row, Country)]
    )
    themselves = Q(pk__in=[row.pk for row in rows if isinstance(row, Deployment)])
    # Read anew: what hangs on them counts, and may have changed since they were read.
    numbers = list(Deployment.objects.filter(by_their_names | themselves).order_by("pk").values_list("pk", flat=True))
    for batch in batched(numbers, BATCH):
        deployments = list(with_names(Deployment.objects.filter(pk__among=batch)))
        give_claims(deployments)
        _write(deployments)


def _write(rows: Iterable[Model]) -> None:
    stems = Stems()
    SearchEntry.objects.bulk_create(
        [SearchEntry(table=row._meta.model_name, row=row.pk, stems=stems.of(row)) for row in rows],
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
