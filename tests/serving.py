"""The server as `make run` starts it, and a database that other processes than the tests' may work on."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def command(port: int, *, workers: int = 2, prepare: bool = False) -> list[str]:
    words = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", str(workers)]
    return [*words, "--prepare"] if prepare else words


def workers(server: int) -> list[int]:
    """The processes that answer for a running server: its children without the one that watches over shared resources."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [int(pid) for pid in children if b"resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


@contextmanager
def database_beside(database: dict, name: str, folder: Path) -> Iterator[str]:
    """The URL of an empty database of the same kind as one of Django's: a file in the folder, or one on its server."""
    if database["ENGINE"].endswith("sqlite3"):
        yield f"sqlite:///{folder}/newsdb.sqlite3"
        return
    server = {"user": database["USER"], "password": database["PASSWORD"] or None}
    server |= {"host": database["HOST"], "port": database["PORT"]}
    name = f"newsdb_{name}_{os.getpid()}"
    with psycopg.connect(dbname="postgres", autocommit=True, **server) as connection:
        connection.execute(f"create database {name}")
        yield f"postgres://{server['user']}:{server['password'] or ''}@{server['host']}:{server['port']}/{name}"
        connection.execute(f"drop database {name} with (force)")
