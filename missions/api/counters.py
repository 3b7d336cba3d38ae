"""Counts that all processes of a machine share: a file of fixed size, mapped into memory, a few microseconds a count."""

import errno
import fcntl
import hashlib
import mmap
import os
import struct
import threading
from functools import cache
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SLOT = struct.Struct("<QII")  # whose count, in which window, how many
SLOTS = 1 << 16
SIZE = SLOTS * SLOT.size
NEAR = 8  # slots that a name may take
_opening = threading.Lock()


class Counters:
    """How often each name was counted in a window of time; the counts of past windows give way."""

    def __init__(self, path: Path):
        self.lock = threading.Lock()  # the file's own lock keeps out other processes, not this one's threads
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            self._grow()
            self.counts = mmap.mmap(self.file, SIZE)
        except OSError as error:
            raise ImproperlyConfigured(
                f"Requests cannot be counted in {path}: {error.strerror}. NEWSDB_VAR names a folder on a local disk that "
                "the server may write in."
            ) from error

    def _grow(self) -> None:
        """Bring the file to its size. It is never cut: a process that has mapped more of it would die of that."""
        fcntl.lockf(self.file, fcntl.LOCK_EX)
        try:
            there = os.fstat(self.file).st_size
            if there < SIZE:
                # Written, not only reserved: a disk that is full says so now, and not by a signal while counting.
                written = os.pwrite(self.file, bytes(SIZE - there), there)
                if written < SIZE - there:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            fcntl.lockf(self.file, fcntl.LOCK_UN)

    def add(self, name: str, window: int) -> int:
        """Count the name once more; how often it was counted in the window, this time included."""
        whose = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
        with self.lock:
            fcntl.lockf(self.file, fcntl.LOCK_EX)
            try:
                place, count = self._slot(whose, window)
                SLOT.pack_into(self.counts, place, whose, window, count + 1)
            finally:
                fcntl.lockf(self.file, fcntl.LOCK_UN)
        return count + 1

    def _slot(self, whose: int, window: int) -> tuple[int, int]:
        """Where the name's count stands, and how much it is: its own slot, else a free one.

        Where all slots near it are taken the least count gives way: under such a crowd one may ask too often, but nobody is
        charged with another's requests.
        """
        found: tuple[int, int, int] | None = None  # count of who would give way, place, own count
        for step in range(NEAR):
            place = (whose + step) % SLOTS * SLOT.size
            owner, when, count = SLOT.unpack_from(self.counts, place)
            if when == window and owner == whose:
                return place, count
            taken = count if when == window else 0
            if found is None or taken < found[0]:
                found = taken, place, 0
        return found[1:]


def counters(path: Path) -> Counters:
    """This process's view of the file: one, or its threads would not wait for each other."""
    with _opening:
        return _opened(path)


_opened = cache(Counters)
