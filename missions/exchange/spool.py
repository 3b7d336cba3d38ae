"""Rows that wait until the tables they refer to are written: in memory if they are few, else in a temporary file."""

import marshal
from collections.abc import Iterator
from os import SEEK_END
from tempfile import SpooledTemporaryFile

from django.db.models import Model

from missions.exchange.reading import Row

IN_MEMORY = 1 << 22  # bytes of one table
ROWS, CHARACTERS = 1000, 1 << 22  # of a batch
HEAD = 8


class Spool:
    """The rows of one table, given back in batches and in their order, as often as one asks."""

    def __init__(self, model: type[Model]):
        self.model = model
        self.file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — closed with the Waiting it belongs to
        self.batch, self.length = [], 0

    def add(self, row: Row) -> None:
        self.batch.append((row.place, row.fields, row.pk))
        self.length += row.length
        if len(self.batch) >= ROWS or self.length >= CHARACTERS:
            self._set_down()

    def _set_down(self) -> None:
        if not self.batch:
            return
        written = marshal.dumps(self.batch)
        self.file.write(len(written).to_bytes(HEAD, "big"))
        self.file.write(written)
        self.batch, self.length = [], 0

    def __iter__(self) -> Iterator[list[Row]]:
        self._set_down()
        self.file.seek(0, SEEK_END)
        at, end = 0, self.file.tell()
        while at < end:
            self.file.seek(at)  # somebody else may read along
            size = int.from_bytes(self.file.read(HEAD), "big")
            batch = marshal.loads(self.file.read(size))  # noqa: S302 — our own file, which no other process can name
            at += HEAD + size
            yield [Row(place, self.model, fields, pk) for place, fields, pk in batch]


class Waiting:
    """All rows of a load by their tables."""

    def __init__(self):
        self.tables: dict[type[Model], Spool] = {}
        self.count = 0

    def add(self, row: Row) -> None:
        if (spool := self.tables.get(row.model)) is None:
            spool = self.tables[row.model] = Spool(row.model)
        spool.add(row)
        self.count += 1

    def close(self) -> None:
        for spool in self.tables.values():
            spool.file.close()
