import gc
import lzma
import os
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS

from missions.exchange.load import load
from missions.exchange.reading import Refused, read

SECONDS = 1  # between two lines of progress
UNREADABLE = (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
OBJECTS = 50_000  # made before Python looks for circles among them


class Command(loaddata.Command):
    """Django's loaddata finds the files; rows are ordered, written and audited by missions.exchange."""

    help = "Load fixtures in any order, all or nothing, with an audit; an error names file, row and field."
    told_at = 0.0

    def loaddata(self, fixture_labels):
        if self.using != DEFAULT_DB_ALIAS:
            raise CommandError("The audit reads the default database: set DATABASE_URL to load into another.")
        self.serialization_formats = ["json"]
        rows = chain.from_iterable(map(self._read, fixture_labels))
        try:
            with rarely_collecting():
                report = load(rows, self._tell)
        except Refused as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        if self.verbosity >= 1:
            self.stdout.write(str(report))

    def _read(self, label):
        for path, _, _ in self.find_fixtures(label):
            with self._opened(path) as file:
                rows = read(str(path), file)
                if self.excluded_models or self.excluded_apps:
                    rows = (row for row in rows if self._wanted(row.model))
                yield from rows

    @contextmanager
    def _opened(self, path):
        *_, cmp_fmt = self.parse_name(os.path.basename(path))
        opener, mode = self.compression_formats[cmp_fmt] if cmp_fmt != "zip" else (zipfile.ZipFile, "r")
        try:
            with opener(path, mode) as file:
                yield _member(path, file) if isinstance(file, zipfile.ZipFile) else file
        except UNREADABLE as error:
            why = getattr(error, "strerror", None) or error
            raise Refused(
                f"{path}: cannot be read: {why}. If it is packed, it may be cut off: pack it anew."
            ) from error

    def _wanted(self, model):
        return model not in self.excluded_models and model._meta.app_config not in self.excluded_apps

    def _tell(self, done: int, whole: int | None, what: str) -> None:
        """How far the load has come, a line a second, where somebody watches."""
        if self.verbosity < 1 or not (self.stderr.isatty() or sys.flags.dev_mode):
            return
        now = time.monotonic()
        if now - self.told_at >= SECONDS or done == whole:
            self.told_at = now
            self.stderr.write(f"{done:,} {f'/ {whole:,} ' if whole else ''}{what}")


def _member(path, archive: zipfile.ZipFile):
    """The one file of an archive."""
    names = archive.namelist()
    if len(names) != 1:
        raise Refused(f"{path}: it holds {len(names)} files, and must hold one: pack each by itself.")
    try:
        return archive.open(names[0])
    except (RuntimeError, NotImplementedError) as error:  # a password, or a method of its own
        raise Refused(f"{path}: cannot be read: {error}. Pack it anew, without a password.") from error


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """A load makes millions of objects and hardly a circle among them: looking for circles would take a fifth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(OBJECTS, *before[1:])
    gc.freeze()  # what is there already is not looked through again and again
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
