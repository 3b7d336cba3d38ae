"""Imprecise dates and strengths in the reader's language: “november 2021”, “about 2014”, “at most 89”."""

from datetime import date

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from missions import edtf
from missions.edtf import One
from missions.models.dates import ImpreciseDate
from missions.projection import ABOUT


def day(value: date) -> str:
    return date_format(value, "j F Y")


def told_date(value: ImpreciseDate) -> str | None:
    """One day known imprecisely, in words; None where nothing is known of it."""
    if value.edtf is None:
        return None
    found = edtf.read(value.edtf)
    if isinstance(found, One):
        return _one(found)
    first, last = found
    if first == last:
        return _one(first)
    if last is None:
        return _("%(date)s or later") % {"date": _one(first)}
    if first is None:
        return _("%(date)s or earlier") % {"date": _one(last)}
    return _("between %(first)s and %(last)s") % {"first": _shortened(first, last), "last": _one(last)}


def told_days(first: date | None, last: date | None) -> str:
    """A stretch of days in words, open where an end is None."""
    if first is None and last is None:
        return _("at any time")
    if first is None:
        return _("until %(date)s") % {"date": day(last)}
    if last is None:
        return _("from %(date)s") % {"date": day(first)}
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def told_number(value: int) -> str:
    return number_format(value, force_grouping=True)


def told_strength(low: int | None, best: int | None, high: int | None, words: str | None = None) -> str | None:
    """A strength in persons; None where none is known. “About” is said where the source's words say it."""
    numbers = {name: told_number(n) for name, n in (("low", low), ("best", best), ("high", high)) if n is not None}
    if best is None:
        if low is None and high is None:
            return None
        return _bounds(numbers)
    told = _("about %(best)s") % numbers if ABOUT.search(words or "") else numbers.pop("best")
    numbers.pop("best", None)
    return f"{told} ({_bounds(numbers)})" if numbers else told


def _bounds(numbers: dict[str, str]) -> str:
    if len(numbers) == 2:
        return f"{numbers['low']}–{numbers['high']}"
    return _("at least %(low)s") % numbers if "low" in numbers else _("at most %(high)s") % numbers


def _one(one: One) -> str:
    told = _plain(one)
    if one.mark in ("~", "%"):
        told = _("about %(best)s") % {"best": told}
    if one.mark in ("?", "%"):
        told = _("%(date)s (uncertain)") % {"date": told}
    return told


def _plain(one: One) -> str:
    if one.decade:
        return _("the %(year)ds") % {"year": one.year}
    if one.month is None:
        return str(one.year)
    if one.month in edtf.SEASONS:
        name = {21: _("spring"), 22: _("summer"), 23: _("autumn"), 24: _("winter")}[one.month]
        return f"{name} {one.year}" if one.month != 24 else f"{name} {one.year}/{(one.year + 1) % 100:02}"
    if one.day is None:
        return date_format(date(one.year, one.month, 1), "F Y")
    return day(date(one.year, one.month, one.day))


def _shortened(first: One, last: One) -> str:
    """The earlier end without what the later one repeats: “between 3 and 9 January 2022”."""
    plain = not first.mark and not last.mark and None not in (first.month, last.month)
    if plain and first.year == last.year and first.month not in edtf.SEASONS and last.month not in edtf.SEASONS:
        if first.day and last.day:
            begun = date(first.year, first.month, first.day)
            return date_format(begun, "j" if first.month == last.month else "j F")
        if first.day is None and last.day is None:
            return date_format(date(first.year, first.month, 1), "F")
    return _one(first)
