"""A strength as people write it → lowest, best and highest number of persons.

`understand("bijna 90")` is at most 89, `"about 1,100"` is 1100, `"2400-2500"` lies between the two. A number's words for
“about” stay in the words of the claim: the projection widens by them, this does not.
"""

import re
from dataclasses import dataclass

from text_to_num import text2num

from missions.wording import NotUnderstood, told

TAKES = told("write it as 90, bijna 90, about 1,100, 2400-2500, at least 50, up to 500, more than 100 or negentig")
MOST = 10_000_000

ABOUT = ("about", "around", "some", "roughly", "approximately", "circa", "ca.", "ca", "zo'n", "ongeveer", "rond de",
         "rond", "plusminus", "~")  # fmt: skip
BELOW = ("almost", "nearly", "less than", "fewer than", "under", "bijna", "minder dan", "nog geen", "net geen", "<")
UP_TO = (
    "up to",
    "at most",
    "no more than",
    "a maximum of",
    "maximaal",
    "ten hoogste",
    "hoogstens",
    "hooguit",
    "tot",
    "≤",
)
ABOVE = ("more than", "over", "meer dan", "ruim", "upwards of", ">")
AT_LEAST = ("at least", "a minimum of", "minstens", "ten minste", "minimaal", "zeker", "≥")
# What is counted here are persons, and not these.
NO_PERSONS = {
    "day", "days", "dag", "dagen", "week", "weeks", "weken", "month", "months", "maand", "maanden", "year", "years",
    "jaar", "jaren", "hour", "hours", "uur", "uren", "minutes", "minuten", "ago", "geleden", "percent", "procent", "euro",
    "euros", "dollar", "dollars", "kilometer", "kilometers", "km", "miles",
}  # fmt: skip
ARTICLES = ("een", "a", "one")
ROUND = {"dozen": 12, "a dozen": 12, "dozijn": 12, "een dozijn": 12, "a hundred": 100, "a thousand": 1000}

_DIGITS = r"\d{1,3}(?:[.,  ]\d{3})+|\d+"


@dataclass(frozen=True, slots=True)
class Strength:
    """Persons; what the words leave open is None."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


def understand(text: str) -> Strength:
    """The numbers in the words of a strength. ValueError says what is taken."""
    words = re.sub(r"\s+", " ", text.strip().casefold()).replace("’", "'").strip(" .;:")
    if not words:
        raise NotUnderstood(text, told("there is no number in it"), TAKES)
    between = re.fullmatch(
        r"(?:between |tussen (?:de )?|from |van )?(.+?) ?(?:-|–|—| to | tot | and | en | à ) ?(.+)", words
    )
    if between and (low := _number(between[1])) and (high := _number(_without_noun(between[2]))):
        if low > high:
            raise NotUnderstood(text, told("the lower number comes first"), TAKES)
        return _bounded(text, Strength(low=low, high=high))
    for leads, read in (
        (BELOW, lambda number: Strength(high=number - 1)),
        (UP_TO, lambda number: Strength(high=number)),
        (ABOVE, lambda number: Strength(low=number + 1)),
        (AT_LEAST, lambda number: Strength(low=number)),
        (ABOUT, lambda number: Strength(best=number)),
        (("",), lambda number: Strength(best=number)),
    ):
        for lead in sorted(leads, key=len, reverse=True):
            if words.startswith(lead) and (number := _number(_without_noun(words[len(lead) :].strip()))) is not None:
                return _bounded(text, read(number))
    raise NotUnderstood(text, told("newsdb does not understand this number"), TAKES)


def _bounded(text: str, strength: Strength) -> Strength:
    given = [number for number in (strength.low, strength.best, strength.high) if number is not None]
    if not all(1 <= number <= MOST for number in given):
        raise NotUnderstood(
            text,
            told("a strength lies between 1 and %(most)s; unknown is left empty and never 0"),
            TAKES,
            most=f"{MOST:,}",
        )
    return strength


def _without_noun(words: str) -> str:
    """“1,100 troops” without what is counted; a second number would be lost, so nothing that holds one is cut."""
    found = re.match(_DIGITS, words)
    if found:
        rest = words[found.end() :]
        if {*rest.split()} & NO_PERSONS:
            return words
        return found[0] if re.fullmatch(r"(?: [^\W\d]+(?:[-'][^\W\d]+)*)*", rest) and not _counts(rest) else words
    parts = words.split(" ")
    for end in range(len(parts), 0, -1):
        if " ".join(parts[:end]) in ARTICLES and end < len(parts):
            break  # “een bataljon” counts no person
        if _number(" ".join(parts[:end])) is not None:
            rest = parts[end:]
            return " ".join(parts[:end]) if not _counts(" ".join(rest)) and not {*rest} & NO_PERSONS else words
    return words


def _counts(words: str) -> bool:
    return any(_number(word) is not None for word in words.split() if word not in (*ARTICLES, "en"))


def _number(words: str) -> int | None:
    if re.fullmatch(_DIGITS, words):
        return int(re.sub(r"\D", "", words))
    if words in ROUND:
        return ROUND[words]
    for language in ("nl", "en"):
        try:
            return int(text2num(words, language))
        except ValueError:
            continue
    return None
