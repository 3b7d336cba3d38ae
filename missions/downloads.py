"""Answers of any size. Each is made whole before it is sent: in memory while it is small, else in a file.

So what fails fails before the answer begins, and is told as such; the client knows the length, and sees when a transfer breaks
off; and no reader, however slow, holds a transaction of the database.
"""

import logging
import threading
import weakref
import zlib
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain
from tempfile import TemporaryFile
from typing import BinaryIO

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _

IN_MEMORY = 1 << 20  # bytes
BLOCK = 1 << 18  # bytes that are sent at once
PACKED, GZIP = 4, 31  # how closely, of 9; zlib's number of the format
SOON, LATER = 5, 60  # seconds

log = logging.getLogger(__name__)
_places = threading.BoundedSemaphore(settings.NEWSDB_LARGE_DOWNLOADS)


class NoRoom(Exception):
    """A large answer cannot be made now; `wait` seconds later it may."""

    def __init__(self, why: str, wait: int):
        super().__init__(why)
        self.wait = wait


def download(pieces: Generator[bytes], content_type: str, disposition: str) -> HttpResponse | StreamingHttpResponse:
    """The pieces as an answer.

    Raises what the pieces raise, and NoRoom where as many large ones are on their way as one process sends, or no disk holds it.
    """
    held, size = [], 0
    with closing(pieces):
        for piece in pieces:
            held.append(piece)
            size += len(piece)
            if size > IN_MEMORY:
                return Download(Spooled(chain(held, pieces)), content_type, disposition)
    return HttpResponse(b"".join(held), content_type=content_type, headers={"Content-Disposition": disposition})


class Download(StreamingHttpResponse):
    """A large answer, which knows its length, packed or not."""

    def __init__(self, body: "Spooled", content_type: str, disposition: str):
        super().__init__(body, content_type=content_type, headers={"Content-Disposition": disposition})
        self.body = body
        self["Content-Length"] = str(body.length)

    def pack(self) -> None:
        """Send it as gzip; raises NoRoom where there is none for the packed file, and then stays as it is."""
        self.body.pack()
        self["Content-Length"] = str(self.body.length)
        self["Content-Encoding"] = "gzip"
        if self.has_header("ETag"):
            self["ETag"] = f"W/{self['ETag'].removeprefix('W/')}"


class Spooled:
    """Pieces in a file that has no name: it goes with the process, also where that is killed."""

    def __init__(self, pieces: Iterable[bytes]):
        if not _places.acquire(blocking=False):
            raise NoRoom(_("As many large exports are on their way as this server sends at once."), SOON)
        self.files: list[BinaryIO] = []
        # Also once nobody holds this any more: an answer may be thrown away unclosed.
        self._end = weakref.finalize(self, _end, self.files)
        try:
            self.file, self.length = self._kept(pieces)
        except BaseException:
            self.close()
            raise

    def pack(self) -> None:
        """Put the same as gzip in its place; NoRoom leaves it as it was."""
        plain = self.file
        try:
            self.file, self.length = self._kept(_packed(self))
            plain.close()
        except NoRoom:
            plain.seek(0)
            raise

    def _kept(self, pieces: Iterable[bytes]) -> tuple[BinaryIO, int]:
        """A file that holds the pieces, and how many bytes it has."""
        with _room():
            file = TemporaryFile(dir=settings.VAR_DIR)  # noqa: SIM115 — it is closed by _end
            self.files.append(file)
        length = 0
        try:
            for piece in pieces:
                with _room():
                    length += file.write(piece)
            with _room():
                file.seek(0)  # which writes what is still in the buffer
        except BaseException:
            _close(file)
            raise
        return file, length

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(BLOCK):
            yield block

    def close(self) -> None:
        """The server calls it at the end, or when the reader has gone."""
        self._end()


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        log.error("An export cannot be kept in %s: %s", settings.VAR_DIR, error)
        raise NoRoom(
            _("The server has no room for an answer of this size: ask for less of it, or later."), LATER
        ) from error


def _packed(blocks: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(PACKED, wbits=GZIP)
    for block in blocks:
        yield packer.compress(block)
    yield packer.flush()


def _end(files: list[BinaryIO]) -> None:
    _places.release()
    for file in files:
        _close(file)


def _close(file: BinaryIO) -> None:
    with suppress(OSError):  # a full disk complains again of what is still in the buffer
        file.close()
