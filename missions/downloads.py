"""Answers of any size. Each is made whole before it is sent: in memory while it is small, else in a file.

So what fails fails before the answer begins, and is told as such; the client knows the length, and sees when a transfer breaks
off; and no reader, however slow, holds a transaction of the database.
"""

import logging
import threading
import weakref
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
                body = Spooled(chain(held, pieces))
                headers = {"Content-Length": str(body.length), "Content-Disposition": disposition}
                return StreamingHttpResponse(body, content_type=content_type, headers=headers)
    return HttpResponse(b"".join(held), content_type=content_type, headers={"Content-Disposition": disposition})


class Spooled:
    """Pieces in a file that has no name: it goes with the process, also where that is killed."""

    def __init__(self, pieces: Iterable[bytes]):
        if not _places.acquire(blocking=False):
            raise NoRoom(_("As many large exports are on their way as this server sends at once."), SOON)
        held: list[BinaryIO] = []
        # Also once nobody holds this any more: an answer may be thrown away unclosed.
        self._end = weakref.finalize(self, _end, held)
        try:
            with _room():
                self.file = TemporaryFile(dir=settings.VAR_DIR)  # noqa: SIM115 — it is closed by _end
                held.append(self.file)
            self.length = sum(map(self._write, pieces))
            with _room():
                self.file.seek(0)  # which writes what is still in the buffer
        except BaseException:
            self.close()
            raise

    def _write(self, piece: bytes) -> int:
        with _room():
            return self.file.write(piece)

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


def _end(held: list[BinaryIO]) -> None:
    _places.release()
    for file in held:
        with suppress(OSError):  # a full disk complains again of what is still in the buffer
            file.close()
