"""A JSON fixture read as a stream: of a file of any size a piece is held at a time, and every error names its place."""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from missions.models import DATASET, Country

PIECE = 1 << 18  # characters or bytes read at once
LONGEST_ROW = 1 << 26  # characters; a text is at most 5 MiB
# How near the end of what was read an error may be and come of what was not read yet: "-Infinity" and its kin.
CUT_OFF = 16
BLANK = re.compile(r"[ \t\n\r]*")
SHAPE = "a fixture is a JSON list of objects."


class Refused(Exception):
    """A fixture that cannot be loaded; says where, what and the mend. Nothing of the load is kept."""


@dataclass(slots=True)
class Row:
    """One object of a file, and what has been made of it."""

    place: str
    model: type[models.Model]
    fields: dict
    pk: object = None
    length: int = 0  # characters in the file
    instance: models.Model | None = None
    related: dict = field(default_factory=dict)

    def refuse(self, message: str, column: str | None = None) -> Refused:
        return Refused(f"{self.place}{f', field {column}' if column else ''}: {message}")


def read(name: str, file) -> Iterator[Row]:
    """The rows of one JSON file, which is opened for reading bytes or text."""
    source = Source(name, file)
    if source.next() != "[":
        raise Refused(f"{name}: {SHAPE}")
    source.skip()
    number = 0
    if source.next() == "]":
        source.skip()
    else:
        while True:
            number += 1
            place = f"{name}, row {number}"
            entry, length = source.value(place)
            yield _row(place, entry, length)
            sign = source.next()
            source.skip()
            if sign == "]":
                break
            if sign != ",":
                raise Refused(f"{place} and after it, line {source.line()}: a comma or ] is missing; {SHAPE}")
    if source.next():
        raise Refused(f"{name}, line {source.line()}: something follows the list; {SHAPE}")


class Source:
    """The text of a file around the place that is being read."""

    def __init__(self, name: str, file):
        self.name, self.file = name, file
        self.text, self.at, self.lines_before, self.ended = "", 0, 0, False
        self.decoder, self.bytes_before = codecs.getincrementaldecoder("utf-8")(), 0
        self.json = json.JSONDecoder(parse_constant=_no_constant)

    def next(self) -> str:
        """The next character that is no white space, not taken yet; empty at the end of the file."""
        while True:
            self.at = BLANK.match(self.text, self.at).end()
            if self.at < len(self.text):
                return self.text[self.at]
            if self.ended:
                return ""
            self._more(PIECE)

    def skip(self) -> None:
        self.at += 1

    def value(self, place: str) -> tuple[object, int]:
        """The value that begins here, and how long it is."""
        self.next()
        piece = PIECE
        while True:
            try:
                found, end = self.json.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                whole = error.pos < len(self.text) - CUT_OFF and not error.msg.startswith("Unterminated string")
                if self.ended or whole:
                    raise Refused(f"{place}, line {self.line(error.pos)}: {error.msg}; {SHAPE}") from error
            except (ValueError, RecursionError) as error:
                raise Refused(f"{place}: {error}; {SHAPE}") from error
            else:
                length, self.at = end - self.at, end
                return found, length
            if len(self.text) - self.at > LONGEST_ROW:
                raise Refused(f"{place}: longer than {LONGEST_ROW:,} characters; check its quotation marks.")
            self._more(piece)
            piece *= 2  # so that a long value is not begun anew too often

    def line(self, at: int | None = None) -> int:
        return self.lines_before + self.text.count("\n", 0, self.at if at is None else at) + 1

    def _more(self, size: int) -> None:
        """Forget what was read and take in the next piece."""
        raw = self.file.read(size)
        self.ended = not raw
        if isinstance(raw, bytes):
            pending = len(self.decoder.getstate()[0])
            try:
                piece = self.decoder.decode(raw, final=self.ended)
            except UnicodeDecodeError as error:
                place = self.bytes_before - pending + error.start
                raise Refused(f"{self.name}: byte {place} is not UTF-8; save the file as UTF-8.") from error
            self.bytes_before += len(raw)
        else:
            piece = raw
        self.lines_before += self.text.count("\n", 0, self.at)
        self.text, self.at = self.text[self.at :] + piece, 0


def _no_constant(name: str):
    raise ValueError(f"{name} is no number")


def _row(place: str, entry, length: int) -> Row:
    if not isinstance(entry, dict) or not isinstance(entry.get("fields"), dict):
        raise Refused(f"{place}: a row is an object with “model” and “fields”.")
    label = entry.get("model")
    if not isinstance(label, str):
        raise Refused(f"{place}: a row is an object with “model” and “fields”.")
    if (known := _tables.get(label)) is None:
        known = _tables[label] = _table(place, label)
    model, columns = known
    row = Row(place, model, entry["fields"], entry.get("pk"), length)
    if not columns.issuperset(row.fields):
        name = next(name for name in row.fields if name not in columns)
        raise row.refuse(f"the table {model._meta.model_name} has no such column; check its spelling.", name)
    return row


_tables: dict[str, tuple[type[models.Model], frozenset[str]]] = {}


def _table(place: str, label: str) -> tuple[type[models.Model], frozenset[str]]:
    """A table by its label, and the columns that a file may give."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError) as error:
        raise Refused(f"{place}, field model: there is no table “{label}”.") from error
    if model._meta.app_label == Country._meta.app_label and model not in DATASET:
        names = ", ".join(table._meta.model_name for table in DATASET)
        raise Refused(f"{place}, field model: newsdb writes “{label}” itself; of its tables a file may hold {names}.")
    found = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return model, frozenset(column.name for column in found if not column.auto_created)
