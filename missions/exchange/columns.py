"""Cells of a file → values of a table's columns, one column of many rows at a time.

A quick check takes what is plainly right. What it does not take is asked of the column itself, cell by cell: the words of
a refusal are Django's and its rules stand once.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

MISSING = object()  # the file does not give this cell
NOTHING = type(None)
NO_TEXT = re.compile("[\0\ud800-\udfff]")
NO_TEXT_ESCAPED = re.compile(r"\\u(0000|d[89a-f])|NaN|Infinity")  # and numbers that JSON does not have

Quick = Callable[[Sequence], Sequence | None]  # cells → values; None where one of them is not plainly right


class Cell(Exception):
    """A cell that is refused: the row it stands in, counted from 0, and why."""

    def __init__(self, place: int, message: str):
        self.place, self.message = place, message


class Column:
    """One plain column of a table: no key, no relation."""

    def __init__(self, field: models.Field):
        self.field = field
        self.quick = _quick(field)

    def values(self, cells: Sequence, kept: Sequence | None = None) -> Sequence:
        """The values of cells; of a missing one that of the row that is there (`kept`), else the column's default."""
        if MISSING in cells:
            return self._filled(cells, kept)
        values = self.quick(cells)
        return self._slow(cells) if values is None else values

    def _filled(self, cells: Sequence, kept: Sequence | None) -> list:
        given = [place for place, cell in enumerate(cells) if cell is not MISSING]
        try:
            values = dict(zip(given, self.values([cells[place] for place in given]), strict=True)) if given else {}
        except Cell as cell:
            raise Cell(given[cell.place], cell.message) from cell
        for place in range(len(cells)):
            if place not in values:
                there = kept[place] if kept else MISSING
                values[place] = self._default(place) if there is MISSING else there
        return [values[place] for place in range(len(cells))]

    def _default(self, place: int):
        return self._clean(place, self.field.get_default())

    def _slow(self, cells: Sequence) -> list:
        return [self._clean(place, self._plain(place, cell)) for place, cell in enumerate(cells)]

    def _clean(self, place: int, value):
        if self.field.blank and value in self.field.empty_values:
            return value
        try:
            return self.field.clean(value, None)
        except ValidationError as error:
            raise Cell(place, " ".join(error.messages)) from error

    def _plain(self, place: int, cell):
        """A cell that is of the column's kind, which Django would not ask for."""
        field = self.field
        if cell is None:
            return None
        if isinstance(field, models.JSONField):
            if NO_TEXT_ESCAPED.search(json.dumps(cell)) and not _is_text(cell):
                raise Cell(
                    place,
                    "holds a character or a number that no database keeps (NUL, half a surrogate pair, infinity); take it out.",
                )
            return cell
        if isinstance(cell, str) and NO_TEXT.search(cell):
            raise Cell(place, "holds a character that is no text (NUL or half a surrogate pair); take it out.")
        if not _of_kind(field, cell):
            shown = json.dumps(cell, ensure_ascii=False, default=str)
            raise Cell(place, f"{shown} is not of the column's kind ({field.get_internal_type()}).")
        try:
            return field.to_python(cell)
        except ValidationError as error:
            raise Cell(place, " ".join(error.messages)) from error


def _of_kind(field: models.Field, cell) -> bool:
    truth = isinstance(cell, bool)
    match field:
        case models.IntegerField():
            return not truth and isinstance(cell, int | str)
        case models.CharField() | models.TextField() | models.DateField():
            return isinstance(cell, str)
        case models.BooleanField():
            return truth
        case models.FloatField():
            return not truth and isinstance(cell, int | float) and math.isfinite(cell)
    return True


def _is_text(value) -> bool:
    """Whether every word and number of a JSON value can be kept."""
    match value:
        case str():
            return not NO_TEXT.search(value)
        case float():
            return math.isfinite(value)
        case list():
            return all(map(_is_text, value))
        case dict():
            return all(map(_is_text, value)) and all(map(_is_text, value.values()))
    return True


# --- what is plainly right


def _quick(field: models.Field) -> Quick:
    nulls = {NOTHING} if field.null else set()
    if field.choices:
        return _one_of({value for value, _ in field.flatchoices} | ({None} if field.null else set()))
    match field:
        case models.BooleanField():
            return lambda cells: cells if {bool} | nulls >= set(map(type, cells)) else None
        case models.IntegerField():
            return _whole_numbers(field, {int} | nulls)
        case models.DateTimeField():
            return lambda cells: None
        case models.DateField():
            return _days({str} | nulls)
        case models.CharField() | models.TextField():
            return _texts(field, {str} | nulls)
        case models.JSONField() if field.blank and not field.validators and not field.null:
            return _data
    return lambda cells: None


def _one_of(known: set) -> Quick:
    def quick(cells):
        try:
            return cells if known.issuperset(cells) else None
        except TypeError:  # a list or an object
            return None

    return quick


def _whole_numbers(field: models.Field, kinds: set) -> Quick:
    if not all(type(rule) in (MinValueValidator, MaxValueValidator) for rule in field.validators):
        return lambda cells: None
    least = max(rule.limit_value for rule in field.validators if isinstance(rule, MinValueValidator))
    most = min(rule.limit_value for rule in field.validators if isinstance(rule, MaxValueValidator))

    def quick(cells):
        if not kinds.issuperset(map(type, cells)):
            return None
        numbers = [cell for cell in cells if cell is not None]
        return cells if not numbers or (least <= min(numbers) and max(numbers) <= most) else None

    return quick


def _days(kinds: set) -> Quick:
    def quick(cells):
        if not kinds.issuperset(map(type, cells)):
            return None
        try:
            return [None if cell is None else date.fromisoformat(cell) for cell in cells]
        except ValueError:
            return None

    return quick


def _texts(field: models.Field, kinds: set) -> Quick:
    forms = [rule for rule in field.validators if isinstance(rule, RegexValidator)]
    others = [rule for rule in field.validators if not isinstance(rule, RegexValidator | MaxLengthValidator)]
    plain = not others and all(not rule.inverse_match for rule in forms)

    def quick(cells):
        if not kinds.issuperset(map(type, cells)):
            return None
        texts = [cell for cell in cells if cell is not None]
        if not texts:
            return cells
        if not plain or not all(texts) or (field.max_length and max(map(len, texts)) > field.max_length):
            return None
        if not all(all(map(rule.regex.search, texts)) for rule in forms):
            return None
        whole = "".join(texts)
        return None if "\0" in whole or not (whole.isascii() or _encodes(whole)) else cells

    return quick


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _data(cells):
    """JSON, which Django checks by writing it down."""
    return None if None in cells or NO_TEXT_ESCAPED.search(json.dumps(cells)) else cells
