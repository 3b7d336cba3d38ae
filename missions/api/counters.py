"""Counts that all processes of a machine share: a file of fixed size, mapped into memory, a few microseconds a count."""

import fcntl
import hashlib
import mmap
import os
import struct
import threading
from functools import cache
from pathlib import Path

SLOT = struct.Struct("<QII")  # whose count, in which window, how many
SLOTS = 1 << 16
NEAR = 8  # slots that a name may take


class Counters:
    """How often each name was counted in a window of time; the counts of past windows give way."""

    def __init__(self, path: Path):
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.file, SLOTS * SLOT.size)
        self.counts = mmap.mmap(self.file, SLOTS * SLOT.size)
        self.lock = threading.Lock()  # the file's own lock keeps out other processes, not this one's threads

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


@cache
def counters(path: Path) -> Counters:
    """This process's view of the file."""
    return Counters(path)
