"""Imprecise dates as EDTF strings (ISO 8601-2): one day, known imprecisely. Pure Python.

Taken: `2022-02-10`, `2022-02`, `2022`, `202X`, a season `2022-21` (spring) … `2022-24` (winter), each with an
optional `~` (approximate) or `?` (uncertain), and one day somewhere in a range: `[2022-01-24..2022-02-27]`,
`[2022-01..]`, `[..2022-02]`. `~` widens a date by one unit of its precision either way; `?` leaves its days as they are.
Durations (`2014/2019`) are refused: a date here is the one day on which something began, ended or was so.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1000, 2999
TAKEN = "write 2022-02-10, 2022-02, 2022, 2014~, 202X, [2022-01-24..2022-02-27], [2022-01..] or [..2022-02]"
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_ONE = re.compile(r"(\d{3}X|\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%])?", re.ASCII)
_SET = re.compile(r"\[([^\[\]]*?)\.\.([^\[\]]*?)\]")

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class One:
    """A date of one precision: a decade, a year, a season (21 to 24) or month, or a day, with its mark if any."""

    year: int
    month: int | None = None
    day: int | None = None
    decade: bool = False
    mark: str = ""


Range = tuple[One | None, One | None]


def read(text: str) -> One | Range:
    """What an EDTF string consists of: one date, or the two ends of a range. ValueError names the mend."""
    if found := _SET.fullmatch(text):
        left, right = found.groups()
        if not left and not right:
            raise ValueError(f"“{text}” says nothing: {TAKEN}.")
        return _read(left) if left else None, _read(right) if right else None
    if "/" in text:
        raise ValueError(f"“{text}” is a duration, and a date is one day: {TAKEN}.")
    return _read(text)


@lru_cache(maxsize=10_000)  # a large load brings the same dates again and again
def days(text: str) -> Days:
    """The earliest and the latest day an EDTF string allows; None where it is open. ValueError names the mend."""
    found = read(text)
    if isinstance(found, One):
        return _days(found, text)
    left, right = found
    earliest = _days(left, text)[0] if left else None
    latest = _days(right, text)[1] if right else None
    if earliest and latest and earliest > latest:
        raise ValueError(f"“{text}” ends before it begins: put the earlier day first.")
    return earliest, latest


def between(earliest: date | None, latest: date | None) -> str | None:
    """The EDTF string of one day somewhere between two days; None when both are open."""
    if earliest is None and latest is None:
        return None
    if earliest == latest:
        return earliest.isoformat()
    return f"[{earliest or ''}..{latest or ''}]"


def _read(text: str) -> One:
    found = _ONE.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is no date newsdb knows: {TAKEN}.")
    year, month, day, mark = found.groups()
    decade = year.endswith("X")
    if decade and month:
        raise ValueError(f"“{text}” is not in the calendar: {TAKEN}.")
    number = int(year.replace("X", "0"))
    return One(number, int(month) if month else None, int(day) if day else None, decade, mark or "")


def _days(one: One, text: str) -> tuple[date, date]:
    try:
        first, last, unit = _calendar(one)
    except ValueError as error:
        raise ValueError(f"“{text}” is not in the calendar: {TAKEN}.") from error
    if one.mark in ("~", "%"):
        first, last = _add_months(first, -unit) if unit else first - timedelta(1), _later(last, unit)
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise ValueError(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return first, last


def _calendar(one: One) -> tuple[date, date, int]:
    """First day, last day and the unit of precision in months (0 is a day)."""
    y, m = one.year, one.month
    if one.decade:
        return date(y, 1, 1), date(y + 9, 12, 31), 120
    if m is None:
        return date(y, 1, 1), date(y, 12, 31), 12
    if m in SEASONS and one.day is None:
        start, end = SEASONS[m]
        end_year = y + (end < start)
        return date(y, start, 1), date(end_year, end, monthrange(end_year, end)[1]), 3
    if one.day is not None:
        exact = date(y, m, one.day)
        return exact, exact, 0
    return date(y, m, 1), date(y, m, monthrange(y, m)[1]), 1


def _add_months(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _later(last: date, unit: int) -> date:
    if not unit:
        return last + timedelta(1)
    return _add_months(last + timedelta(1), unit) - timedelta(1)
