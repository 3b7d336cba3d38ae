"""Sheets of text: CSV and XLSX files read and written, cell by cell, without running what they hold."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import chain

import tablib
from django.utils.translation import gettext as _

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 20_000
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Unreadable(ValueError):
    """A file that is no sheet; says why, and the mend."""


class TooLong(ValueError):
    """More rows than a workbook is made of."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Column names, and rows of as many cells; an empty cell is an empty text. `places` are the rows' lines in the file."""

    header: list[str]
    rows: list[list[str]]
    places: list[int]


@dataclass(slots=True)
class Fate:
    """What becomes of a row that comes in."""

    place: int  # its line in the file
    # new, changed or unchanged; of a table of figures new (a claim on a new deployment), claim (on one that is there or
    # was made above) or nobody; or refused
    kind: str
    row: str = ""  # its natural key, as far as it is known
    messages: list[str] = field(default_factory=list)


def escaped(value):
    """A spreadsheet would run a text that begins like a formula: an apostrophe keeps it a text."""
    return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(FORMULA) else value


def plain(text: str) -> str:
    """The text of a cell without the apostrophe that kept it a text."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(FORMULA) else text


def write(kind: str, header: list[str], rows: Iterable[list]) -> bytes:
    """The bytes of a CSV or XLSX file."""
    return b"".join(pieces(kind, header, rows))


def pieces(kind: str, header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    """A CSV file row by row, or an XLSX file as one piece; that is made in memory, and so of at most MOST_ROWS rows."""
    return _csv_pieces(header, rows) if kind == "csv" else _xlsx_pieces(header, rows)


def _csv_pieces(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    for row in chain([header], rows):
        yield writer.writerow([escaped(cell) for cell in row]).encode()


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _xlsx_pieces(header: list[str], rows: Iterable[list]) -> Iterator[bytes]:
    sheet = tablib.Dataset(headers=header)
    for row in rows:
        if len(sheet) == MOST_ROWS:
            raise TooLong(_("There are more than %(rows)s rows: take CSV, or fewer rows.") % {"rows": f"{MOST_ROWS:,}"})
        sheet.append([escaped(cell) for cell in row])
    yield sheet.export("xlsx")


def read(name: str, raw: bytes) -> Sheet:
    """A sheet from a file's bytes; the first row that is not empty names the columns. Unreadable says what is wrong."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"{name}: larger than {MOST_BYTES:,} bytes; split it.")
    rows = _xlsx(name, raw) if raw.startswith(b"PK") else _csv(name, raw)
    filled = [(place, row) for place, row in enumerate(rows, start=1) if any(row)]
    if len(filled) > MOST_ROWS + 1:
        raise Unreadable(f"{name}: more than {MOST_ROWS:,} rows; split it.")
    if len(filled) < 2:
        raise Unreadable(f"{name}: there is no row below the columns’ names.")
    header = [cell.strip() for cell in filled[0][1]]
    while header and not header[-1]:
        header.pop()
    for number, column in enumerate(header, start=1):
        if not column:
            raise Unreadable(f"{name}: column {number} has no name; give it one in the first row.")
        if column in header[: number - 1]:
            raise Unreadable(f"{name}: two columns are named “{column}”; keep one.")
    for place, row in filled[1:]:
        if any(row[len(header) :]):
            raise Unreadable(
                f"{name}, row {place}: more cells than there are columns; quote cells that hold the separator."
            )
    wide = [[plain(cell) for cell in (row + [""] * len(header))[: len(header)]] for _, row in filled[1:]]
    return Sheet(header, wide, [place for place, _ in filled[1:]])


def _csv(name: str, raw: bytes) -> list[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: byte {error.start} is not UTF-8; save it as CSV in UTF-8, or as XLSX.") from error
    if "\0" in text:
        raise Unreadable(f"{name}: it holds a NUL, so it is no text; save it as CSV in UTF-8, or as XLSX.")
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Unreadable(f"{name}: {error}; check its quotation marks.") from error


def _xlsx(name: str, raw: bytes) -> list[list[str]]:
    from openpyxl import load_workbook  # brings numpy along, which no start should wait for

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Unreadable(f"{name}: unpacked it is larger than {MOST_UNPACKED:,} bytes; split it.")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        return [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
    except Unreadable:
        raise
    except Exception as error:  # a file made to harm can fail in any way there is
        raise Unreadable(f"{name}: no readable XLSX file ({error}); save it anew.") from error


def _text(value) -> str:
    """A cell as it would be typed."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return str(value)
