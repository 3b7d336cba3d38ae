"""How fast whole lists are exported, beside a bare COPY, and how much memory they take of the server.

    python -m bench.exports [deployments]

The deployments of the most popular contributor, as CSV and as JSON lines, through the real server; the same rows by COPY straight from
PostgreSQL, which is the limit, and by REST framework as it is usually written (bench/plain), in one answer, which is the floor. Rows
a second by the best of three, taken in turn; megabytes are what the server's processes grew by at their most.

DATABASE_URL names a PostgreSQL that bench.generate has filled; without it one is started and filled.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

import psycopg

from bench.bare import COLUMNS, JOINED
from bench.client import lines
from bench.database import filled
from bench.server import Served, served

ROUNDS = 3


class Memory:
    """What a server's processes hold at most while something is done, in bytes."""

    def __init__(self, server: Served | None):
        self.server, self.ends = server, threading.Event()

    def __enter__(self) -> "Memory":
        self.before = self.most = self.held()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *problem) -> None:
        self.ends.set()
        self.thread.join()

    def watch(self) -> None:
        while not self.ends.wait(0.02):
            self.most = max(self.most, self.held())

    @property
    def grown(self) -> int:
        return self.most - self.before

    def held(self) -> int:
        return sum(self.server.memory()) if self.server else 0


def read(port: int, path: str) -> int:
    return sum(map(len, lines(port, path)))


def copied(statement: str) -> int:
    statement = f"COPY ({statement}) TO STDOUT (FORMAT csv)"
    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as connection,
        connection.cursor() as cursor,
        cursor.copy(statement) as copy,
    ):
        return sum(map(len, copy))


def take(server: Served | None, do: Callable[[], int]) -> tuple[float, int, int]:
    """Seconds, bytes of the answer, and bytes of memory that the server grew by."""
    with Memory(server) as memory:
        begun = time.perf_counter()
        size = do()
        return time.perf_counter() - begun, size, memory.grown


def measure() -> None:
    from django.db.models import Count

    from missions.models import Deployment

    (country, code, rows), *_ = (
        Deployment.objects.values_list("contributing_country", "contributing_country__code")
        .annotate(rows=Count("pk"))
        .order_by("-rows")[:1]
    )
    path = f"/api/v1/deployments/?contributing_country={code}&format="
    bare = f"SELECT {COLUMNS} FROM {JOINED} WHERE d.contributing_country_id = {country} AND d.state = 'published'"
    with ExitStack() as servers:
        ours = servers.enter_context(served())
        settings = {"DJANGO_SETTINGS_MODULE": "bench.plain.settings", "PLAIN_PAGE_SIZE": str(rows)}
        plain = servers.enter_context(served(**settings))
        roads = {
            "newsdb, CSV": (ours, lambda: read(ours.port, f"{path}csv")),
            "newsdb, JSON lines": (ours, lambda: read(ours.port, f"{path}jsonl")),
            "bare COPY, in order": (None, lambda: copied(f"{bare} ORDER BY d.slug")),
            "plain REST framework, JSON": (
                plain,
                lambda: read(plain.port, f"/deployments/?contributing_country__code={code}"),
            ),
        }
        taken = {name: [] for name in roads}
        for _ in range(ROUNDS):
            for name, (server, do) in roads.items():
                taken[name].append(take(server, do))
    print(f"{f'{rows:,} rows':32}{'seconds':>10}{'rows/s':>10}{'MB':>8}{'grew by MB':>12}{'of COPY':>9}")
    limit = min(taken["bare COPY, in order"])[0]
    for name, found in taken.items():
        seconds, size, _ = min(found)
        grown = max(one[2] for one in found)
        print(f"{name:32}{seconds:>10.2f}{rows / seconds:>10,.0f}{size / 1e6:>8.1f}{grown / 1e6:>12.1f}", end="")
        print(f"{limit / seconds:>9.2f}")


if __name__ == "__main__":
    with filled(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000):
        measure()
