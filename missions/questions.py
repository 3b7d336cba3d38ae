"""The kinds of questions that may be asked of a table: each reads its words and becomes a condition.

A condition is a Q that holds or does not hold for every row, so that its negation (`status__not=`) is the exact complement:
rows of which the value is unknown are in it. Words that are not understood are refused with what is taken.
"""

import copy
import difflib
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time

from django.db.models import CharField, Model, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django_filters import rest_framework as filters

from missions import caching, search
from missions.models import Change, Claim, Country, DatedProjection, Merge
from missions.models.numbers import MOST
from missions.publication import PUBLIC

NAMED = 20  # names in a refusal
COMPARED = 5000  # keys a misspelt one is compared with
LONGEST = 200  # code points of a search
NOT = "__not"


def nearest(word: str, known: Iterable[str]) -> str:
    """“did you mean …?” where something is near, else what there is."""
    known = sorted(known)
    found = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    if found:
        return _("did you mean %(nearest)s?") % {"nearest": _(" or ").join(found)}
    return _("known are: %(known)s.") % {"known": ", ".join(known[:NAMED]) + (", …" if len(known) > NAMED else "")}


def there_is_no(what: str, word: str, known: Iterable[str]) -> str:
    """The refusal of a word that names nothing, with what is near."""
    return _("There is no %(what)s “%(word)s”; %(nearest)s") % {
        "what": what,
        "word": word,
        "nearest": nearest(word, known),
    }


class Question(filters.CharFilter):
    """One parameter. `read` turns its words into a value or raises ValueError; `condition` makes a Q of the value.

    `projected`: the condition speaks of projected columns, and so of an earlier projection where `known_on` is given.
    """

    def __init__(self, help_text: str, read: Callable, condition: Callable, *, schema: dict, example, projected=False):
        super().__init__(help_text=help_text)
        self.read, self.condition, self.projected = read, condition, projected
        self.schema, self.example = schema, example

    def negation(self) -> "Question":
        other = copy.deepcopy(self)
        other.exclude = True
        return other

    def value(self, filterset, words: str):
        """What the words mean."""
        return self.read(words)

    def asked(self, filterset, words: str) -> Q:
        condition = self.condition(filterset, self.value(filterset, words))
        if self.projected and filterset.known_on:
            known = DatedProjection.objects.known_on(filterset.known_on).filter(condition)
            condition = Q(pk__in=known.values("deployment"))
        return ~condition if self.exclude else condition


class KeyQuestion(Question):
    """A question that names rows by their keys; which rows those are is found out once a revision."""

    def __init__(self, table: type[Model], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.table = table

    def value(self, filterset, words):
        state = getattr(filterset.request, "dataset", None)
        if state is None:
            return self.read(words)
        return caching.remembered.get(state, (self.table, words), lambda: self.read(words))


class Modifier(filters.CharFilter):
    """A parameter that changes what the others mean, and has no negation."""

    def __init__(self, help_text: str, read: Callable, *, schema: dict, example):
        super().__init__(help_text=help_text)
        self.read, self.schema, self.example = read, schema, example


# --- reading


def read_day(words: str) -> date:
    try:
        found = parse_date(words)
    except ValueError:
        found = None
    if found is None or len(words) != 10:
        raise ValueError(_("“%(words)s” is no day of the calendar: write it as 2022-02-28.") % {"words": words})
    return found


def read_moment(words: str) -> datetime:
    """A day, or a moment with its offset; a `+` that a client did not encode comes as a space."""
    try:
        found = parse_datetime(words.replace(" ", "+")) if "T" in words else None
        if found is None:
            found = datetime.combine(read_day(words), time.min)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        told = _("“%(words)s” is no moment: write 2022-02-28 or 2022-02-28T12:00:00Z.")
        raise ValueError(told % {"words": words}) from error


def read_number(words: str) -> int:
    if not (words.isascii() and words.isdigit() and int(words[:20]) <= MOST):
        raise ValueError(_("“%(words)s” is no whole number from 0 to %(most)d.") % {"words": words, "most": MOST})
    return int(words)


def read_truth(words: str) -> bool:
    if words not in ("true", "false"):
        raise ValueError(_("“%(words)s” is neither true nor false.") % {"words": words})
    return words == "true"


def read_list(words: str) -> list[str]:
    found = [word.strip() for word in words.split(",")]
    if not all(found):
        raise ValueError(_("There is an empty word between the commas: take it out."))
    return found


def read_choices(choices) -> Callable[[str], list[str]]:
    def read(words: str) -> list[str]:
        found = read_list(words)
        for word in found:
            if word not in choices.values:
                raise ValueError(_no_such(word, choices.values))
        return found

    return read


def read_one(*known: str) -> Callable[[str], str]:
    def read(word: str) -> str:
        if word not in known:
            raise ValueError(_no_such(word, known))
        return word

    return read


def _no_such(word: str, known: Iterable[str]) -> str:
    return _("There is no “%(word)s”; %(nearest)s") % {"word": word, "nearest": nearest(word, known)}


def read_search(text: str) -> list[str]:
    words = search.words(text)
    if not words:
        raise ValueError(_("“%(text)s” holds no word to look for.") % {"text": text})
    if len(words) > search.MOST_WORDS or len(text) > LONGEST:
        most = {"words": search.MOST_WORDS, "characters": LONGEST}
        raise ValueError(_("Ask for %(words)d words and %(characters)d characters at most.") % most)
    return words


def names_of(table: type[Model], key: str) -> list[str]:
    """The columns by which a row is named; a country goes by either of its ISO codes."""
    return [key, "alpha3"] if table is Country else [key]


def pattern_of(table: type[Model]) -> str:
    """What a natural key in one word looks like."""
    return "^[A-Za-z]{2,3}$" if table is Country else "^[A-Za-z0-9_-]+$"


def read_keys(table: type[Model], key: str, any_case: bool) -> Callable[[str], list[int]]:
    """Natural keys → numbers of rows; a merged row's key leads on, any other that names
    no row the public sees is refused with the nearest."""

    def read(words: str) -> list[int]:
        asked = [word.upper() if any_case else word for word in read_list(words)]
        names, match = names_of(table, key), Q()
        for name in names:
            match |= Q(**{f"{name}__in": asked})
        rows = table.objects.public().filter(match).values_list("pk", *names)
        found = {name: pk for pk, *row in rows for name in row}
        for word in {*asked} - found.keys():
            today = Merge.objects.leads_to(table._meta.model_name, word)
            if row := today and table.objects.public().filter(slug=today).first():
                found[word] = row.pk
        for given, word in zip(read_list(words), asked, strict=True):
            if word not in found:
                known = table.objects.public().values_list(key, flat=True)[:COMPARED]
                raise ValueError(there_is_no(str(table._meta.verbose_name), given, known))
        return sorted({found[word] for word in asked})

    return read


def row_named(table: type[Model], word: str) -> Model:
    """The row of a natural key, drafts too; a merged row's key leads on. ValueError names the nearest key there is."""
    key = PUBLIC[table][0]
    asked = word.upper() if table is Country else word
    match = Q()
    for name in names_of(table, key):
        match |= Q(**{name: asked})
    found = table.objects.filter(match).first()
    if found is None and (today := Merge.objects.leads_to(table._meta.model_name, asked)):
        found = table.objects.filter(slug=today).first()
    if found is None:
        known = table.objects.values_list(key, flat=True)[:COMPARED]
        raise ValueError(there_is_no(str(table._meta.verbose_name), word, known))
    return found


# --- kinds of questions

LIST = {"type": "array", "minItems": 1}
DAY = {"type": "string", "format": "date"}
SEVERAL = "Several, separated by commas, mean one or the other."


def by_key(help_text: str, table: type[Model], condition: Callable, *, key="slug", example, any_case=False) -> Question:
    return KeyQuestion(
        table,
        f"{help_text} {SEVERAL}",
        read_keys(table, key, any_case),
        condition,
        schema=LIST | {"items": {"type": "string", "pattern": pattern_of(table)}},
        example=example,
    )


def by_column(column: str) -> Callable:
    return lambda filterset, pks: Q(**{f"{column}__in": pks})


def through(model: type[Model], *columns: str) -> Callable:
    """Rows that one of many related rows makes match, each once."""

    def condition(filterset, pks) -> Q:
        match = Q()
        for column in columns:
            match |= Q(**{f"{column}__in": pks})
        return Q(pk__in=model.objects.filter(match).values("pk"))

    return condition


def by_country(help_text: str, condition: Callable, example="NL") -> Question:
    codes = "ISO 3166-1 alpha-2 or alpha-3, in any case."
    return by_key(f"{help_text} {codes}", Country, condition, key="code", any_case=True, example=example)


def by_choice(help_text: str, choices, column: str, *, condition=None, projected=False, example=None) -> Question:
    return Question(
        f"{help_text} {SEVERAL}",
        read_choices(choices),
        condition or by_column(column),
        schema=LIST | {"items": {"type": "string", "enum": choices.values}},
        example=example or choices.values[0],
        projected=projected,
    )


def by_words(help_text: str, column: str, *, part=False, example) -> Question:
    """A text column, whole or by a part of it, whatever the capitals."""
    lookup = f"{column}__icontains" if part else f"{column}__iexact"

    def condition(filterset, words) -> Q:
        match = Q()
        for word in words:
            match |= Q(**{lookup: word})
        return match

    schema = LIST | {"items": {"type": "string", "minLength": 1, "pattern": r"^[^,\s\u0000]+( [^,\s\u0000]+)*$"}}
    return Question(f"{help_text} {SEVERAL}", read_list, condition, schema=schema, example=example)


def by_day(help_text: str, condition: Callable, *, projected=False, example="2022-02-28") -> Question:
    return Question(help_text, read_day, condition, schema=DAY, example=example, projected=projected)


def by_number(help_text: str, condition: Callable, *, projected=False, example=100) -> Question:
    schema = {"type": "integer", "minimum": 0, "maximum": MOST}
    return Question(help_text, read_number, condition, schema=schema, example=example, projected=projected)


def by_truth(help_text: str, holds: Callable, *, projected=False) -> Question:
    """`holds(filterset)` is the condition that is asked to be true."""

    def condition(filterset, true: bool) -> Q:
        return holds(filterset) if true else ~holds(filterset)

    return Question(help_text, read_truth, condition, schema={"type": "boolean"}, example=True, projected=projected)


def by_search(help_text: str, found: Callable) -> Question:
    """Every word of the search is found; `found(filterset, words)` is the condition."""
    return Question(
        f"{help_text} All words, in any ending of Dutch and English, whatever the capitals and accents.",
        read_search,
        found,
        schema={"type": "string", "minLength": 1, "maxLength": LONGEST},
        example="Malinese regime",
    )


def search_own(model: type[Model]) -> Callable:
    return lambda filterset, words: Q(pk__in=search.found(model, *words))


def by_change(model: type[Model]) -> Question:
    """Rows whose published columns changed since a moment."""

    def condition(filterset, moment: datetime) -> Q:
        changed = Change.objects.filter(table=model._meta.model_name, at__gte=moment).values("key")
        parts = PUBLIC[model]
        if len(parts) == 1:
            return Q(**{f"{parts[0]}__in": changed})
        article, number = parts
        key = Concat(article, Value(":"), Cast(number, CharField()), output_field=CharField())
        return Q(pk__in=model.objects.alias(key=key).filter(key__in=changed).values("pk"))

    return Question(
        "Published or changed at or after this moment (a day, or a moment in ISO 8601).",
        read_moment,
        condition,
        schema={"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]},
        example="2022-02-28",
    )


def after(name: str, *, known: str | None = None) -> Callable:
    """An imprecise date on or after a day: possibly, or certainly. `known` is a column that is null where there is none."""

    def condition(filterset, day: date) -> Q:
        if filterset.certainty == "certain":
            return Q(**{f"{name}_earliest__gte": day})
        open_end = Q(**{f"{name}_latest__isnull": True}) & _known(name, known)
        return Q(**{f"{name}_latest__gte": day}) | open_end

    return condition


def before(name: str, *, known: str | None = None) -> Callable:
    """An imprecise date on or before a day: possibly, or certainly."""

    def condition(filterset, day: date) -> Q:
        if filterset.certainty == "certain":
            return Q(**{f"{name}_latest__lte": day})
        open_start = Q(**{f"{name}_earliest__isnull": True}) & _known(name, known)
        return Q(**{f"{name}_earliest__lte": day}) | open_start

    return condition


def _known(name: str, known: str | None) -> Q:
    return Q(**{f"{known or f'{name}_edtf'}__isnull": False})


def known_claims(filterset):
    """The public's claims, as far as `known_on` allows."""
    return Claim.objects.public().known_on(filterset.known_on)


def of_claims(column: str) -> Callable:
    """Deployments of which any claim has one of the values."""

    def condition(filterset, values) -> Q:
        claims = known_claims(filterset).filter(**{f"{column}__in": values})
        return Q(pk__in=claims.values("deployment"))

    return condition
