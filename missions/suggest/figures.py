"""Numbers of persons, things contributed and dates in a clause, each as printed."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from missions.edtf import Days
from missions.suggest import kinds, lexicon
from missions.suggest.clauses import Clause
from missions.suggest.text import TOKEN, Sentence, Text, breaking
from missions.wording import dates, numbers

HEDGES = (
    "bijna", "ruim", "zo'n", "zo’n", "ongeveer", "circa", "ca.", "ca", "rond de", "minstens", "ten minste", "zeker", "maximaal", "hoogstens",
    "ten hoogste", "hooguit", "meer dan", "minder dan", "tot", "nog geen", "about", "around", "some", "roughly", "approximately", "nearly",
    "almost", "more than", "over", "at least", "up to", "fewer than", "less than", "at most", "no more than", "a maximum of", "between", "tussen",
)  # fmt: skip
HEDGING: dict[str, list[str]] = {}  # by the word before the number, the longest first
for _hedge in sorted(HEDGES, key=len, reverse=True):
    HEDGING.setdefault(TOKEN.findall(_hedge)[-1].replace("’", "'"), []).append(_hedge)
BEFORE = 24  # code points before a number in which its hedge stands
ADJECTIVES = 4  # between a number and what is counted, at most
GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}\b)")  # thousands
DIGITS = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+")
YEAR = r"(?:19|20)\d{2}"
MONTH = "|".join(sorted((name for name in dates.MONTHS if len(name) > 2), key=len, reverse=True))
ONLY_YEAR = re.compile(YEAR)
OF_A_MONTH = re.compile(rf"\b(?:{MONTH})\b", re.IGNORECASE)
WEEKDAY = "|".join(dates.WEEKDAYS)
LEAD = r"(?:since|sinds|sedert|until|till|tot en met|tot|from|vanaf|before|vóór|by|uiterlijk|around|about|circa|rond|omstreeks|early|late|mid|begin|eind|medio|halverwege|end of|in|op|on|the|after|na|de|het|aan het eind van|at the end of)"
WHEN = re.compile(  # matched where a word begins that may begin a date, and never sought: that took ten times as long
    rf"\b((?:{LEAD}[ -]){{0,3}}"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTH})(?:,? {YEAR})?|(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? {YEAR}|(?:{MONTH})(?: of| van)?,? {YEAR}"
    rf"|(?:{'|'.join(dates.SEASONS)})(?: of| van)? {YEAR}|{YEAR}(?!\d)"
    rf"|(?:last|this|next|vorige|vorig|deze|dit|volgende|volgend|afgelopen|komende|komend) (?:week|month|maand|year|jaar|{WEEKDAY}|{MONTH})"
    rf"|(?:{'|'.join(dates.COUNTS)}|\d{{1,2}}) (?:days?|weeks?|months?|years?|dagen|weken|maanden|jaar) (?:ago|geleden)"
    rf"|(?<=on )(?:{MONTH}) \d{{1,2}}(?:st|nd|rd|th)?(?![\w,]|[.]\d)"
    rf"|(?:{MONTH})(?: (?:of |van )?(?:last|this|next|vorig|dit|volgend|afgelopen|komend) (?:year|jaar))?\b|vandaag|today|gisteren|yesterday|(?:{WEEKDAY})\b))"
)
LEADING = 64  # code points of words before what says a date
SAID = re.compile(r"\b(?:said|says|told \w+|added|zei|zegt|zeiden|meldde|verklaarde|schreef|vertelde) (?:\w+ )?$")
# What every date has: most clauses have none of it.
DATING = re.compile(rf"{YEAR}|{MONTH}|{WEEKDAY}|day|week|month|year|dag|weken|maand|jaar|geleden|gister")
LEADS = re.compile(
    rf"\d|(?:{LEAD.replace(' ', '|')}|{'|'.join(dates.SEASONS)}|{'|'.join(dates.COUNTS)}|of|van"
    r"|last|this|next|vorige|vorig|deze|dit|volgende|volgend|afgelopen|komende|komend)\b"
)
UNTIL = re.compile(r"(?:until|till|tot)\b", re.IGNORECASE)


PERSONS = kinds.of_words(lexicon.PERSONS)


class Strength(NamedTuple):
    words: str
    low: int | None
    best: int | None
    high: int | None
    start: int


class When(NamedTuple):
    words: str
    edtf: str | None
    days: Days
    until: bool  # the words tell an end

    @property
    def since(self) -> bool:
        return self.words.casefold().partition(" ")[0] in dates.PAST

    @property
    def of_a_month(self) -> bool:
        """Whether the words tell a month and no year."""
        return OF_A_MONTH.search(self.words) is not None and not re.search(YEAR, self.words)


def strengths(text: Text, sentence: Sentence, inhabitants: Sequence[int]) -> list[Strength]:
    """Numbers of persons in a sentence, each with its hedge: “bijna negentig”, “between 170 and 180”; places of inhabitants count."""
    found: list[Strength] = []
    if not inhabitants and not sentence.kinds & PERSONS:
        return found
    body, folded, begin = text.body, text.folded, sentence.first
    counted = [number for number, kind in enumerate(text.kinds[begin : sentence.last], begin) if kind & PERSONS]
    if inhabitants:
        counted = sorted(
            {*counted, *(bisect_left(text.starts, place) for place in inhabitants if place >= sentence.start)}
        )
    for number in counted:
        for last in range(number - 1, max(begin - 1, number - 2 - ADJECTIVES), -1):
            if is_number(folded[last]):
                break
        else:
            continue
        if _broken(text, last, number) or _of_a_date(folded, begin, last, number):
            continue
        first = last
        while (
            first > begin
            and (is_number(folded[first - 1]) or folded[first - 1] in RANGE)
            and not _broken(text, first - 1, first)
        ):
            first -= 1
        while first < last and folded[first] in WITHIN_RANGE:
            first += 1
        start = text.starts[first]
        if first > begin and (hedges := HEDGING.get(folded[first - 1])):
            start = _hedged(body, start, hedges)
        strength = read_strength(body[start : text.ends[last]], start)
        if strength:
            found.append(strength)
    return found


IN_A_YEAR = {"in", *dates.PAST}
ALL_PERSONS = frozenset().union(*lexicon.PERSONS.values())
BY_A_YEAR = {"by", "from", "vanaf", "until", "tot"}  # or before a number of persons


def _of_a_date(folded: list[str], begin: int, last: int, noun: int) -> bool:
    """Whether the number before a noun is that of a year or a day: “In 2014 trok Polen zijn militairen terug”."""
    before = folded[last - 1] if last > begin else ""
    if folded[last + 1] in dates.MONTHS:
        return True
    if not ONLY_YEAR.fullmatch(folded[last]):
        return before in dates.MONTHS and last > begin + 1 and folded[last - 2] == "on"
    if before in BY_A_YEAR:
        return noun > last + 1 or folded[noun] not in ALL_PERSONS  # “By 2023 French soldiers…”, “by 2000 soldiers”
    return before in IN_A_YEAR or before in dates.MONTHS


WITHIN_RANGE = {"en", "and", "to", "tot", "à"}
RANGE = WITHIN_RANGE | {"between", "tussen"}


@lru_cache(maxsize=20_000)
def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or written out; an article is none."""
    if DIGITS.fullmatch(word):
        return True
    return len(word) > 2 and word not in numbers.ARTICLES and (word in numbers.ROUND or _spelt(word))


def _spelt(word: str) -> bool:
    try:
        numbers.understand(word)
    except (ValueError, IndexError, KeyError):
        return False
    return True


def _broken(text: Text, first: int, last: int) -> bool:
    """Whether more than a space, a hyphen or a mark of thousands stands between words, from one up to another."""
    body, starts, ends = text.body, text.starts, text.ends
    for number in range(first, last):
        gap = body[ends[number] : starts[number + 1]]
        if gap != " " and (", " in gap or gap.strip(" -.,’'\u00a0\u202f")):
            return True
    return False


def _hedged(body: str, start: int, hedges: list[str]) -> int:
    """Where a number at a place begins, with the longest hedge that stands before it."""
    first = max(0, start - BEFORE)
    lead = body[first:start].removesuffix("\n").removesuffix(" ")
    words = lead.lower()
    for hedge in hedges:
        if words.endswith(hedge):
            place = first + len(lead) - len(hedge)
            return start if place and body[place - 1].isalnum() else place
    return start


@lru_cache(maxsize=20_000)
def _understood(words: str) -> numbers.Strength | None:
    try:
        return numbers.understand(breaking(GROUPED.sub("", words)))
    except (ValueError, IndexError, KeyError):
        return None


def read_strength(words: str, start: int) -> Strength | None:
    """What some words at a place say as a strength."""
    for shown in (words, words[len(words) - len(words.lstrip()) :]):
        if read := _understood(shown):
            return Strength(shown, read.low, read.best, read.high, start)
    return None


OF_A_TYPE = re.compile(r"(?:-\w++)*(?:['’]s\b)?")  # “vier F-16's”, “drie NH90-helikopters”
EQUIPMENT = {language: frozenset(nouns) for language, nouns in lexicon.EQUIPMENT.items()}


def equipment(text: Text, numbers: Sequence[int], language: str) -> str | None:
    """What is contributed beside persons: from its article or number up to the thing itself."""
    body, folded, nouns, persons = text.body, text.folded, EQUIPMENT[language], lexicon.PERSONS[language]
    for at, number in enumerate(numbers):
        word = folded[number]
        if word in persons or (
            word not in nouns and not (language == "nl" and len(word) > 8 and word.endswith(lexicon.COMPOUNDS))
        ):
            continue
        end = OF_A_TYPE.match(body, text.ends[number]).end()
        for first in numbers[max(0, at - 4) : at + 1][::-1]:
            start, word = text.starts[first], folded[first]
            of_a_type = body.startswith("-", start - 1)  # “een C-130-transportvliegtuig”
            if word in lexicon.ARTICLES[language] or (is_number(word) and not of_a_type):
                return body[start:end]
        return body[text.starts[number] : end]
    return None


DATED = kinds.of_words(set(), lambda word, _language: DATING.search(word) is not None)
TODAY = kinds.of_words({"vandaag"})
TO_A_DATE = kinds.of_words(
    set(), lambda word, _language: LEADS.match(word) is not None
)  # before the word that tells it


def _beginnings(text: Text, start: int, end: int) -> list[int]:
    """Where a date may begin: at a word that tells one, and at those that lead to it."""
    found, starts, of = [], text.starts, text.kinds
    first = bisect_left(starts, start)
    telling = DATED | TODAY
    for number in [number for number, kind in enumerate(of[first : bisect_left(starts, end)], first) if kind & telling]:
        leading = number
        while leading > first and of[leading - 1] & TO_A_DATE and not of[leading - 1] & telling:
            leading -= 1
        found += starts[leading : number + 1]
    return found


def when(text: Text, clause: Clause, published: Days | None, ahead: bool) -> When | None:
    """The first date of a clause that says a day; a month without a year lies where the clause does."""
    if not clause.kinds & DATED:
        return None
    starts, of, numbers, end = text.starts, text.kinds, clause.numbers, clause.end
    for dated in numbers:
        if of[dated] & DATED:
            break
    start = max(starts[numbers[0]], starts[dated] - LEADING)
    known = published if published and None not in published else None
    free = start
    for place in _beginnings(text, start, end):
        found = WHEN.match(text.lower, place, end) if place >= free else None
        if not found:
            continue
        free = found.end()
        if SAID.search(text.lower, max(start, place - 30), place):
            continue  # the day on which it was said
        if ONLY_YEAR.fullmatch(found[0]) and _counts(text, free):
            continue  # “2000 soldiers”
        read = _dated(text.body[found.start() : found.end()], known, ahead)
        if read:
            return read
    return None


def _counts(text: Text, place: int) -> bool:
    """Whether persons are counted by what ends at a place."""
    number = bisect_left(text.starts, place)
    return number < len(text.kinds) and bool(text.kinds[number] & PERSONS)


@lru_cache(maxsize=5_000)
def _dated(words: str, published: Days | None, ahead: bool) -> When | None:
    until = bool(UNTIL.match(words))
    bare = re.sub(rf"^(?:{LEAD}[ -])+", "", words, flags=re.IGNORECASE)
    if bare.casefold() in dates.WEEKDAYS and published and published[0] == published[1]:
        return _weekday(words, dates.WEEKDAYS[bare.casefold()], published[0], ahead)
    for asked in (words, bare, f"{'until' if ahead or until else 'since'} {bare}"):
        try:
            read = dates.understand(asked, published)
        except (ValueError, IndexError, OverflowError):
            continue
        if read.edtf:
            return When(words, read.edtf, (read.earliest, read.latest), until)
    return None


def _weekday(words: str, wanted: int, published: date, ahead: bool) -> When:
    """The last such day up to that of publication, or of what lies ahead the next after it."""
    days = (wanted - published.weekday()) % 7 or 7
    day = published + timedelta(days if ahead else days % 7 and days - 7)
    return When(words, day.isoformat(), (day, day), bool(UNTIL.match(words)))
