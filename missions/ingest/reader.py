"""A source file → what it says. No Django, no database.

The rule for the text: UTF-8 with or without a byte order mark, which is dropped; \\r\\n and \\r become \\n; Unicode
is put in NFC; an optional header (`date YYYY[-MM[-DD]]` and the white space around it, at the very start) is read as
the publication date and taken off. Nothing else changes: white space, quotation marks and misprints stay as published.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from missions import edtf

MAX_BYTES = 5 * 1024 * 1024
HEADER = re.compile(r"\s*date[ \t]+(\d[\d-]*)(?:\s+|$)")
SLUG = re.compile(r"[A-Za-z0-9_-]{1,100}")


class Unreadable(ValueError):
    """A source that cannot be taken in; says which, and the mend."""


@dataclass(frozen=True, slots=True)
class Source:
    slug: str
    body: str
    raw_sha256: str
    published_edtf: str | None = None
    published_earliest: date | None = None
    published_latest: date | None = None


def find(paths: list[Path]) -> list[Path]:
    """Files as given, and the *.txt files of folders, in the order of their names."""
    files = []
    for path in paths:
        if path.is_dir():
            inside = sorted(file for file in path.rglob("*.txt") if file.is_file())
            if not inside:
                raise Unreadable(f"{path}: no *.txt file in this folder; name the folder that holds the texts.")
            files += inside
        elif path.is_file():
            files.append(path)
        else:
            raise Unreadable(f"{path}: no such file or folder; check the path.")
    stems: dict[str, Path] = {}
    for file in dict.fromkeys(files):
        if file.stem in stems:
            raise Unreadable(f"{file}: {stems[file.stem]} has the same stem, which is the article's slug; rename one.")
        stems[file.stem] = file
    return list(stems.values())


def normalized(text: str) -> str:
    """The text by the rule above, header aside."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> Source:
    try:
        with path.open("rb") as file:
            raw = file.read(max_bytes + 1)
    except OSError as error:
        raise Unreadable(f"{path}: cannot be read ({error.strerror}); check its permissions.") from error
    return read(raw, path.stem, name=str(path), max_bytes=max_bytes)


def read(raw: bytes, slug: str, *, name: str | None = None, max_bytes: int = MAX_BYTES) -> Source:
    """The source in some bytes. Unreadable names the source and the mend."""
    name = name or slug
    if not SLUG.fullmatch(slug):
        raise Unreadable(
            f"{name}: the stem “{slug}” cannot be a slug; rename it with letters, digits, - and _, 100 at most."
        )
    if len(raw) > max_bytes:
        raise Unreadable(f"{name}: larger than {max_bytes:,} bytes; split it into one file an article.")
    if b"\0" in raw:
        raise Unreadable(f"{name}: byte {raw.index(0)} is NUL, so this is no text; save it as plain UTF-8 text.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{name}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
    text = normalized(text)
    published, days = None, (None, None)
    if header := HEADER.match(text):
        published = header[1]
        try:
            if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", published):
                raise ValueError("the header's date is written YYYY, YYYY-MM or YYYY-MM-DD")
            days = edtf.days(published)
        except ValueError as error:
            raise Unreadable(f"{name}: header “date {published}”: {error}") from error
        text = text[header.end() :]
    if not text.strip():
        raise Unreadable(f"{name}: there is no text in it; leave the file out or fill it.")
    return Source(slug, text, hashlib.sha256(raw).hexdigest(), published, *days)
