"""What two replicas add to uncached reads.

    python -m bench.replicas [slices]

Starts a primary and two hot standbys of its own (tests/postgres.py), loads the fixtures and serves them as `make run` does, twice:
without replicas, and with two. READERS connections ask the one and the other for as many answers as they can, none of them
kept, in slices of a second that alternate, so that a noisy machine troubles both alike. Prints the median of requests a
second, the slowest of a hundred, the median ratio, and the share of queries that each server answered with two replicas.
"""

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from statistics import median

import psycopg

from bench.server import served
from tests.postgres import running

READERS = 8
SLICE = 1  # seconds
TOLD = 1.2  # seconds after which a server tells what it counted
ADDRESSES = {
    "one deployment with its claims": "/api/v1/deployments/nl-minusma-1/",
    "a country's deployments": "/api/v1/deployments/?country=NL",
    "the page of a mission": "/en/missions/minusma/",
}
# In autocommit each query is a transaction.
ANSWERED = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"


def answered(server) -> int:
    with psycopg.connect(server.url, autocommit=True) as connection:
        return connection.execute(ANSWERED).fetchone()[0]


def measure(port: int, address: str) -> list[float]:
    """How long each answer took in a second of asking, in milliseconds."""
    end, taken, lock = time.perf_counter() + SLICE, [], threading.Lock()

    def reads():
        connection, own = http.client.HTTPConnection("127.0.0.1", port), []
        while (begin := time.perf_counter()) < end:
            connection.request("GET", address)
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True), answer.status
            own.append((time.perf_counter() - begin) * 1000)
        connection.close()
        with lock:
            taken.extend(own)

    threads = [threading.Thread(target=reads) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def main(slices: int) -> None:
    with running() as primary, tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        servers = [primary, *(primary.copy(name, "-R").start() for name in ("one", "two"))]
        environment = {
            "DATABASE_URL": primary.url,
            "NEWSDB_VAR": folder,
            "NEWSDB_REQUESTS_PER_MINUTE": "100000000",
            "NEWSDB_KEPT_ANSWERS_MB": "0",
        }
        subprocess.run(
            [sys.executable, "manage.py", "prepare"], env=os.environ | environment, check=True, capture_output=True
        )
        replicas = ",".join(server.url for server in servers[1:])
        ports = [stack.enter_context(served(**environment, DATABASE_REPLICA_URLS=urls)).port for urls in ("", replicas)]
        print(
            f"{os.cpu_count()} cores for readers, server processes and databases; {READERS} connections; a second each"
        )
        print(f"{'':32}{'none':>8}{'p99 ms':>8}{'two':>8}{'p99 ms':>8}{'ratio':>7}   queries: primary, one, two")
        for name, address in ADDRESSES.items():
            rates: list[list[float]] = [[], []]
            times: list[list[float]] = [[], []]
            shares = [0] * len(servers)
            for port in ports:
                measure(port, address)  # connections are made, plans are kept
            for _ in range(slices):
                for which, port in enumerate(ports):
                    before = [answered(server) for server in servers]
                    taken = measure(port, address)
                    rates[which].append(len(taken) / SLICE)
                    times[which] += taken
                    time.sleep(TOLD)
                    if which:
                        after = [answered(server) for server in servers]
                        shares = [sum(one) - was for *one, was in zip(shares, after, before, strict=True)]
            none, two = map(median, rates)
            p99 = [sorted(one)[len(one) * 99 // 100] for one in times]
            ratio = median(two / none for none, two in zip(*rates, strict=True))
            told = ", ".join(f"{100 * one / sum(shares):.0f} %" for one in shares)
            print(f"{name:32}{none:>8.0f}{p99[0]:>8.0f}{two:>8.0f}{p99[1]:>8.0f}{ratio:>7.2f}   {told}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
