"""A date as people write it → EDTF. What counts from the article's publication is derived, and names its rule.

`understand("nov 2021")` is 2021-11, `"early 2022"` the first half of the year, `"vorige week"` the calendar week before
the publication. A part of a period is half of it: no word draws a narrower line. Words such as “now” date nothing.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from missions import edtf
from missions.edtf import Days
from missions.wording import NotUnderstood, told

TAKES = told(
    "write it as nov 2021, 5 mei 2022, 2013, early 2022, spring 2022, around 2014, before May 2022, "
    "between 2013 and 2014, last week, vorige week, tot mei, or in EDTF"
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januari",
            "february feb februari",
            "march mar maart mrt",
            "april apr",
            "may mei",
            "june jun juni",
            "july jul juli",
            "august aug augustus",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday maandag",
            "tuesday dinsdag",
            "wednesday woensdag",
            "thursday donderdag",
            "friday vrijdag",
            "saturday zaterdag",
            "sunday zondag",
        )
    )
    for name in names.split()
}
SEASONS = {
    "spring": 21, "lente": 21, "voorjaar": 21,
    "summer": 22, "zomer": 22,
    "autumn": 23, "fall": 23, "herfst": 23, "najaar": 23,
    "winter": 24,
}  # fmt: skip
ORDINALS = {"first": 1, "eerste": 1, "second": 2, "tweede": 2, "third": 3, "derde": 3, "fourth": 4, "vierde": 4}
UNITS = {
    "day": "day", "days": "day", "dag": "day", "dagen": "day",
    "week": "week", "weeks": "week", "weken": "week",
    "month": "month", "months": "month", "maand": "month", "maanden": "month",
    "year": "year", "years": "year", "jaar": "year", "jaren": "year",
}  # fmt: skip
# How far from the publication: the period before it, its own, the one after it.
SHIFTS = {
    "last": -1, "previous": -1, "past": -1, "vorige": -1, "vorig": -1, "afgelopen": -1,
    "this": 0, "deze": 0, "dit": 0,
    "next": 1, "coming": 1, "volgende": 1, "volgend": 1, "komende": 1, "komend": 1,
}  # fmt: skip
DAYS = {"today": 0, "vandaag": 0, "yesterday": -1, "gisteren": -1, "eergisteren": -2, "tomorrow": 1, "morgen": 1}
COUNTS = {
    name: number
    for number, names in enumerate(
        ("a een één one", "two twee", "three drie", "four vier", "five vijf", "six zes", "seven zeven", "eight acht",
         "nine negen", "ten tien"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
UNDATED = {
    "now", "nu", "currently", "thans", "momenteel", "still", "nog", "already", "al", "earlier", "eerder", "recently",
    "onlangs", "inmiddels", "meanwhile", "then", "toen", "later", "soon", "binnenkort",
}  # fmt: skip

# Words that lead a date without changing its day, and those that say on which side of publication it lies.
PLAIN = ("on", "op", "in", "of", "van", "the", "de", "het", "per", "as of", "at", "the year", "het jaar")
PAST = ("since", "sinds", "sedert")
AHEAD = ("until", "till", "tot", "tot en met", "from", "vanaf")
ROUGHLY = ("around", "about", "circa", "ca.", "ca", "c.", "rond", "omstreeks", "ongeveer", "roughly")
BEFORE = ("before", "vóór", "voor")
BY = ("by", "no later than", "uiterlijk", "uiterlijk in")
AFTER = ("after", "na")
PARTS = {
    "early": 0, "begin": 0, "beginning of": 0, "start of": 0, "begin van": 0, "vroeg in": 0, "early in": 0,
    "mid": 1, "medio": 1, "midden": 1, "mid-": 1, "middle of": 1, "halverwege": 1,
    "late": 2, "end of": 2, "eind": 2, "einde": 2, "eind van": 2, "late in": 2, "laat in": 2,
}  # fmt: skip
PART_NAMES = ("first half", "middle half", "second half")


@dataclass(frozen=True, slots=True)
class Understood:
    """What words mean: an EDTF string and its days, all None for words that date nothing; the rule where one was needed."""

    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    rule: str | None = None

    @property
    def derived(self) -> bool:
        return self.rule is not None


@dataclass(frozen=True, slots=True)
class _Period:
    """A span of days in which the one day lies; its EDTF where that is more than the span, and the rule if any."""

    earliest: date
    latest: date
    edtf: str | None = None
    rule: str | None = None

    def written(self) -> str:
        return self.edtf or shortest(self.earliest, self.latest)


def understand(text: str, published: Days | None = None) -> Understood:
    """The meaning of a date in words; `published` are the article's earliest and latest day. ValueError says what is taken."""
    words = re.sub(r"\s+", " ", text.strip().strip(".,;:").casefold()).replace("’", "'")
    if not words:
        raise NotUnderstood(text, told("there is no date in it"), TAKES)
    if words in UNDATED:
        return Understood()
    try:
        return Understood(text.strip(), *edtf.days(text.strip()))
    except ValueError:
        if re.fullmatch(r"[\[\]\d~?%X./-]+", text.strip()) and not re.fullmatch(
            r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", words
        ):
            raise
    found = _Reader(text, published).read(words)
    return Understood(found.edtf, found.earliest, found.latest, found.rule)


def shortest(earliest: date, latest: date) -> str:
    """The EDTF string of one day between two: the year, month or day where they are its ends."""
    for length in (4, 7, 10):
        written = earliest.isoformat()[:length]
        if edtf.days(written) == (earliest, latest):
            return written
    return f"[{earliest}..{latest}]"


class _Reader:
    """Reads one date; `text` is what refusals quote."""

    def __init__(self, text: str, published: Days | None):
        self.text, self.published = text, published

    def read(self, words: str) -> Understood:
        if found := re.fullmatch(r"(?:between|tussen) (.+?) (?:and|en) (.+)", words):
            first, last = (self._period(part) for part in found.groups())
            if first.earliest > last.latest:
                raise self._refusal(told("it ends before it begins: put the earlier date first"))
            return self._understood(_Period(first.earliest, last.latest, rule=first.rule or last.rule))
        if rest := _after(words, BEFORE):
            period = self._period(rest, side=1)
            return self._open(None, period.earliest - timedelta(1), period.rule)
        if rest := _after(words, BY):
            period = self._period(rest, side=1)
            return self._open(None, period.latest, period.rule)
        if rest := _after(words, AFTER):
            period = self._period(rest)
            return self._open(period.latest + timedelta(1), None, period.rule)
        return self._understood(self._period(words))

    def _understood(self, period: _Period) -> Understood:
        written = period.written()
        return Understood(written, *edtf.days(written), period.rule)

    def _open(self, earliest: date | None, latest: date | None, rule: str | None) -> Understood:
        return Understood(edtf.between(earliest, latest), earliest, latest, rule)

    def _period(self, words: str, side: int = 0) -> _Period:
        """The span that words name. `side`: where a month without a year lies, -1 before publication, 1 after it."""
        if rest := _after(words, PAST):
            return self._period(rest, -1)
        if rest := _after(words, AHEAD):
            return self._period(rest, 1)
        if rest := _after(words, ROUGHLY):
            period = self._period(rest, side)
            written = period.written()
            if written.startswith("["):
                raise self._refusal(told("“around” takes a day, a month or a year"))
            written = written.rstrip("~") + "~"
            return _Period(*edtf.days(written), written, period.rule)
        for word, part in sorted(PARTS.items(), key=lambda one: -len(one[0])):
            rest = words.removeprefix(word).lstrip(" -") if words.startswith(word) else None
            if rest and words[len(word.rstrip("-"))] in " -":
                return self._part(self._period(rest, side), part)
        if rest := _after(words, PLAIN):
            return self._period(rest, side)
        return self._calendar(words) or self._relative(words, side) or self._no_year(words, side)

    def _part(self, period: _Period, part: int) -> _Period:
        length = (period.latest - period.earliest).days + 1
        if length < 7:
            raise self._refusal(told("only a week, month or year has an early and a late part"))
        if length in (365, 366):
            year = period.earliest.year
            first = date(year, (1, 4, 7)[part], 1)
            last = date(year, (6, 9, 12)[part], (30, 30, 31)[part])
        else:
            quarter = length // 4
            first = period.earliest + timedelta((0, quarter, length // 2)[part])
            last = period.latest - timedelta((length // 2, quarter, 0)[part])
        return _Period(first, last, rule=period.rule)

    def _calendar(self, words: str) -> _Period | None:
        """A date that needs no publication."""
        year = r"(?P<year>[12]\d{3})"
        month = rf"(?P<month>{'|'.join(MONTHS)})\.?"
        day = r"(?P<day>\d{1,2})(?:st|nd|rd|th|e|ste|de)?"
        for pattern in (
            rf"{day} (?:of )?{month},? {year}",
            rf"{month} {day},? {year}",
            rf"{month},? (?:of |van )?{year}",
        ):
            if found := re.fullmatch(pattern, words):
                return self._of(found, int(found["year"]))
        if found := re.fullmatch(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2{year}", words):
            first, second = int(found[1]), int(found[3])
            if first <= 12 and second <= 12 and first != second and found[2] == "/":
                raise self._refusal(told("day and month could be either: write the month as a word"))
            day_, month_ = (first, second) if second <= 12 else (second, first)
            return self._exact(int(found["year"]), month_, day_)
        if found := re.fullmatch(year, words):
            return _Period(*edtf.days(words), words)
        if found := re.fullmatch(r"(?:the |de )?(?:jaren |years )?'?(\d{2}|\d{4})(?:s|er jaren)?", words):
            decade = found[1]
            if decade.endswith("0") and words != decade:
                year_ = decade if len(decade) == 4 else f"{'19' if int(decade) >= 30 else '20'}{decade}"
                return _Period(*edtf.days(f"{year_[:3]}X"), f"{year_[:3]}X")
        if found := re.fullmatch(rf"({'|'.join(SEASONS)})(?: of| van)? {year}", words):
            written = f"{found['year']}-{SEASONS[found[1]]}"
            return _Period(*edtf.days(written), written)
        quarter = (
            rf"(?:q(?P<q>[1-4])|(?:the |het )?(?P<w>{'|'.join(ORDINALS)}) (?:quarter|kwartaal))(?: of| van)? {year}"
        )
        if found := re.fullmatch(quarter, words):
            number = int(found["q"]) if found["q"] else ORDINALS[found["w"]]
            first, last = (f"{found['year']}-{month:02}" for month in (3 * number - 2, 3 * number))
            return _Period(edtf.days(first)[0], edtf.days(last)[1])
        return None

    def _relative(self, words: str, side: int) -> _Period | None:
        """A date that counts from the publication."""
        if words in DAYS:
            first, last = self._publication()
            shift = timedelta(DAYS[words])
            return _Period(
                first + shift, last + shift, rule=f"“{words.capitalize()}” counts from the day of publication."
            )
        if found := re.fullmatch(rf"({'|'.join(SHIFTS)}) (week|month|maand|year|jaar)", words):
            unit, shift = UNITS[found[2]], SHIFTS[found[1]]
            first, last = self._publication()
            where = ("before that", "", "after that")[shift + 1]
            rule = f"“{words.capitalize()}” is the calendar {unit} {where or 'that holds the day'} of publication."
            rule = rule.replace("before that of", "before the one of").replace("after that of", "after the one of")
            return _Period(_shifted(first, unit, shift)[0], _shifted(last, unit, shift)[1], rule=rule)
        of_a_year = rf"(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(MONTHS)})\.? (?:of |van )?(?P<which>{'|'.join(SHIFTS)}) (?:year|jaar)"
        if found := re.fullmatch(of_a_year, words):
            shift = SHIFTS[found["which"]]
            spans = [self._of(found, day.year + shift) for day in self._publication()]
            which = ("year before that of publication", "year of publication", "year after that of publication")[
                shift + 1
            ]
            rule = f"“{words.capitalize()}” lies in the calendar {which}."
            return _Period(spans[0].earliest, spans[1].latest, rule=rule)
        counted = rf"(\d{{1,3}}|{'|'.join(COUNTS)}) ({'|'.join(UNITS)}) (?:ago|geleden)"
        if found := re.fullmatch(counted, words):
            count = COUNTS.get(found[1]) or int(found[1])
            first, last = self._publication()
            unit = UNITS[found[2]]
            rule = f"“{words.capitalize()}” counts back from the day of publication, to within a {unit}."
            return _Period(_shifted(first, unit, -count)[0], _shifted(last, unit, -count)[1], rule=rule)
        if found := re.fullmatch(rf"(?:({'|'.join(SHIFTS)}) )?({'|'.join(WEEKDAYS)})", words):
            shift = SHIFTS[found[1]] if found[1] else (side or -1)
            first, last = self._publication()
            wanted = WEEKDAYS[found[2]]
            rule = f"“{words.capitalize()}” is the {'next' if shift > 0 else 'last'} such day {'after' if shift > 0 else 'before'} publication."
            if shift > 0:
                return _Period(_weekday(first, wanted, 1), _weekday(last, wanted, 1), rule=rule)
            return _Period(_weekday(first, wanted, -1), _weekday(last, wanted, -1), rule=rule)
        return None

    def _no_year(self, words: str, side: int) -> _Period:
        """A month, or a day of one, whose year follows from the publication."""
        for word, shift in SHIFTS.items():
            if shift and (rest := _after(words, (word,))):
                words, side = rest, shift
                break
        month = rf"(?P<month>{'|'.join(MONTHS)})\.?"
        found = re.fullmatch(rf"(?:(?P<day>\d{{1,2}}) )?{month}", words) or re.fullmatch(
            rf"{month} (?P<day>\d{{1,2}})", words
        )
        if not found:
            raise self._refusal()
        if not side:
            name = found["month"].capitalize()
            raise self._refusal(
                told(
                    "which %(month)s? Add the year, or write last %(month)s, next %(month)s, since or until %(month)s"
                ),
                month=name,
            )
        first, last = self._publication()
        spans = [self._of(found, day.year + shift) for day in (first, last) for shift in (-1, 0, 1)]
        if side > 0:
            reached = [next(s for s in spans if s.latest > day) for day in (first, last)]
        else:
            reached = [[s for s in spans if s.earliest <= day][-1] for day in (first, last)]
        which = "next such month after" if side > 0 else "last such month before"
        rule = f"A month without a year is the {which} the article’s publication."
        return _Period(min(s.earliest for s in reached), max(s.latest for s in reached), rule=rule)

    def _of(self, found: re.Match, year: int) -> _Period:
        month = MONTHS[found["month"]]
        if (day := found.groupdict().get("day")) is not None:
            return self._exact(year, month, int(day))
        return _Period(*edtf.days(f"{year}-{month:02}"))

    def _exact(self, year: int, month: int, day: int) -> _Period:
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise self._refusal(told("there is no such day in the calendar")) from error
        return _Period(found, found)

    def _publication(self) -> tuple[date, date]:
        if self.published is None or None in self.published:
            raise self._refusal(told("it counts from the publication, of which no date is known here; write it out"))
        return self.published

    def _refusal(self, why: str = told("newsdb does not understand this date"), **parts) -> NotUnderstood:
        return NotUnderstood(self.text, why, TAKES, **parts)


def _after(words: str, leads: tuple[str, ...]) -> str | None:
    """The words after one of the leads; the longest lead counts."""
    for lead in sorted(leads, key=len, reverse=True):
        if words.startswith(f"{lead} "):
            return words.removeprefix(f"{lead} ")
    return None


def _shifted(day: date, unit: str, count: int) -> tuple[date, date]:
    """First and last day of the calendar unit that lies `count` units from a day's own."""
    if unit == "day":
        return (day + timedelta(count),) * 2
    if unit == "week":
        monday = day - timedelta(day.weekday()) + timedelta(weeks=count)
        return monday, monday + timedelta(6)
    if unit == "year":
        return edtf.days(str(day.year + count))
    months = day.year * 12 + day.month - 1 + count
    return edtf.days(f"{months // 12}-{months % 12 + 1:02}")


def _weekday(day: date, wanted: int, direction: int) -> date:
    """The nearest such weekday strictly after (1) or before (-1) a day."""
    distance = (wanted - day.weekday()) % 7 or 7
    return day + timedelta(distance) if direction > 0 else day - timedelta(7 - distance or 7)
