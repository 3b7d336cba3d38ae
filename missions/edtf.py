"""Imprecise dates as EDTF strings (ISO 8601-2): one day, known imprecisely. Pure Python.

Taken: `2022-02-10`, `2022-02`, `2022`, `202X`, a season `2022-21` (spring) … `2022-24` (winter), each with an
optional `~` (approximate) or `?` (uncertain), and one day somewhere in a range: `[2022-01-24..2022-02-27]`,
`[2022-01..]`, `[..2022-02]`. `~` widens a date by one unit of its precision either way; `?` leaves its days as they are.
Durations (`2014/2019`) are refused: a date here is the one day on which something began, ended or was so.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1000, 2999
TAKEN = "write 2022-02-10, 2022-02, 2022, 2014~, 202X, [2022-01-24..2022-02-27], [2022-01..] or [..2022-02]"
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_ONE = re.compile(r"(\d{3}X|\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([~?%])?", re.ASCII)
_SET = re.compile(r"\[([^\[\]]*?)\.\.([^\[\]]*?)\]")

Days = tuple[date | None, date | None]


def days(text: str) -> Days:
    """The earliest and the latest day an EDTF string allows; None where it is open. ValueError names the mend."""
    if found := _SET.fullmatch(text):
        left, right = found.groups()
        if not left and not right:
            raise ValueError(f"“{text}” says nothing: {TAKEN}.")
        earliest = _one(left)[0] if left else None
        latest = _one(right)[1] if right else None
        if earliest and latest and earliest > latest:
            raise ValueError(f"“{text}” ends before it begins: put the earlier day first.")
        return earliest, latest
    if "/" in text:
        raise ValueError(f"“{text}” is a duration, and a date is one day: {TAKEN}.")
    return _one(text)


def between(earliest: date | None, latest: date | None) -> str | None:
    """The EDTF string of one day somewhere between two days; None when both are open."""
    if earliest is None and latest is None:
        return None
    if earliest == latest:
        return earliest.isoformat()
    return f"[{earliest or ''}..{latest or ''}]"


def _one(text: str) -> tuple[date, date]:
    found = _ONE.fullmatch(text)
    if not found:
        raise ValueError(f"“{text}” is no date newsdb knows: {TAKEN}.")
    year, month, day, mark = found.groups()
    try:
        first, last, unit = _calendar(year, month, day)
    except ValueError as error:
        raise ValueError(f"“{text}” is not in the calendar: {TAKEN}.") from error
    if mark in ("~", "%"):
        first, last = _add_months(first, -unit) if unit else first - timedelta(1), _later(last, unit)
    if not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR:
        raise ValueError(f"“{text}” lies outside the years {FIRST_YEAR} to {LAST_YEAR}.")
    return first, last


def _calendar(year: str, month: str | None, day: str | None) -> tuple[date, date, int]:
    """First day, last day and the unit of precision in months (0 is a day)."""
    if year.endswith("X"):
        if month:
            raise ValueError("a decade has no month")
        decade = int(year[:3]) * 10
        return date(decade, 1, 1), date(decade + 9, 12, 31), 120
    y = int(year)
    if not month:
        return date(y, 1, 1), date(y, 12, 31), 12
    m = int(month)
    if m in SEASONS and not day:
        start, end = SEASONS[m]
        end_year = y + (end < start)
        return date(y, start, 1), date(end_year, end, monthrange(end_year, end)[1]), 3
    if day:
        exact = date(y, m, int(day))
        return exact, exact, 0
    return date(y, m, 1), date(y, m, monthrange(y, m)[1]), 1


def _add_months(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def _later(last: date, unit: int) -> date:
    if not unit:
        return last + timedelta(1)
    return _add_months(last + timedelta(1), unit) - timedelta(1)
