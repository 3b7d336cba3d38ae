"""The product as it is started: real processes on a database of their own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests import serving
from tests.postgres import free_port

ROOT = settings.BASE_DIR
MIGRATIONS = [path.stem for path in (ROOT / "missions" / "migrations").glob("0*.py")]


@pytest.fixture
def environment(tmp_path):
    return os.environ | {"NEWSDB_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/newsdb.sqlite3"}


def manage(environment, *words) -> str:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def rows(tmp_path, query):
    with sqlite3.connect(tmp_path / "newsdb.sqlite3") as database:
        return database.execute(query).fetchall()


def wait_for(address) -> bytes:
    for _ in range(100):
        try:
            with urlopen(address, timeout=5) as response:
                return response.read()
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer")


def test_a_fresh_database_is_prepared_once_and_served(environment, tmp_path):
    first = manage(environment, "prepare")
    assert re.search(r"password: \S{20}", first)
    with sqlite3.connect(tmp_path / "newsdb.sqlite3") as database:
        database.execute("update missions_article set title = 'Kept'")
    assert "password" not in manage(environment, "prepare")
    assert rows(tmp_path, "select title from missions_article") == [("Kept",)]
    assert rows(tmp_path, "pragma journal_mode") == [("wal",)]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert rows(tmp_path, "select migration from missions_computed") == [(max(MIGRATIONS),)]

    port = free_port()
    server = subprocess.Popen(serving.command(port), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        page = wait_for(f"http://127.0.0.1:{port}/").decode()
        assert "Nederland keerde in november 2021 terug naar Mali" in page
        style = re.search(r'href="(/static/[^"]+\.css)"', page)[1]
        assert wait_for(f"http://127.0.0.1:{port}{style}")
        assert b'"count":3' in wait_for(f"http://127.0.0.1:{port}/api/v1/deployments/?country=NL")
    finally:
        server.terminate()
        server.wait(20)


def test_one_command_prepares_a_fresh_database_and_serves_it(environment, tmp_path):
    port = free_port()
    command = serving.command(port, prepare=True)
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        told = iter(server.stdout.readline, "")
        assert any(f"http://127.0.0.1:{port}/admin/" in line for line in told)
        assert b'"count":3' in wait_for(f"http://127.0.0.1:{port}/api/v1/deployments/?country=NL")
        # Its processes were forked with all that it had loaded: none had to be started anew.
        for worker in serving.workers(server.pid):
            assert Path(f"/proc/{worker}/cmdline").read_bytes() == Path(f"/proc/{server.pid}/cmdline").read_bytes()
        second = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
        assert second.returncode == 1
        assert f"127.0.0.1:{port}: Address already in use. Choose another one" in second.stderr
        assert "Traceback" not in second.stderr
        assert "password" not in second.stdout  # it stops before it prepares anything
    finally:
        server.terminate()
        assert server.wait(20) == 0


@pytest.mark.parametrize("ended", ["by Ctrl-C", "by a kill of the parent", "at once"])
def test_all_processes_of_a_server_end_with_it(environment, ended):
    manage(environment, "prepare")
    port = free_port()
    command = serving.command(port)
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True)
    for _line in range(3):
        server.stdout.readline()  # what it serves
    if ended != "at once":
        wait_for(f"http://127.0.0.1:{port}/api/v1/")
    match ended:
        case "by Ctrl-C":
            os.killpg(server.pid, signal.SIGINT)  # as a terminal does
        case "by a kill of the parent":
            server.kill()
        case "at once":
            server.terminate()
    server.wait(20)
    for _ in range(100):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError("somebody answers still")


def test_two_that_prepare_one_fresh_database_at_once_both_find_it_prepared(environment, tmp_path):
    with serving.database_beside(settings.DATABASES["default"], "two_prepare", tmp_path) as url:
        known = environment | {"DATABASE_URL": url}
        command = [sys.executable, "manage.py", "prepare"]
        both = [subprocess.Popen(command, cwd=ROOT, env=known, stderr=subprocess.PIPE, text=True) for _ in range(2)]
        assert [one.communicate()[1] for one in both] == ["", ""]
        assert [one.returncode for one in both] == [0, 0]


def test_nothing_is_served_of_a_database_that_was_never_prepared(environment):
    done = subprocess.run(
        serving.command(free_port()), cwd=ROOT, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1 and "`serve --prepare` does it first" in done.stderr


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ({}, "has no tables of newsdb yet: python manage.py prepare makes them"),
        (
            {"DATABASE_URL": "postgres://newsdb:secret@127.0.0.1:1/newsdb"},
            "The database does not answer: connection failed",
        ),
        ({"DATABASE_URL": "sqlite:////nowhere/newsdb.sqlite3"}, "The database does not answer: unable to open"),
    ],
)
def test_a_command_without_a_prepared_database_says_so_in_a_few_lines(environment, database, told):
    command = [sys.executable, "manage.py", "audit"]
    done = subprocess.run(command, cwd=ROOT, env=environment | database, check=False, capture_output=True, text=True)
    assert done.returncode == 1 and told in done.stderr
    assert "Traceback" not in done.stderr and "secret" not in done.stderr


@pytest.mark.parametrize("words", [("--port", "0"), ("--port", "65536"), ("--workers", "0"), ("--threads", "-1")])
def test_a_number_with_which_nothing_can_be_served_is_refused(words):
    with pytest.raises(CommandError, match=rf"^{words[0]} {words[1]}: give a number from 1 to"):
        call_command("serve", *words)


def test_a_load_that_is_killed_leaves_nothing_half_written(environment, tmp_path):
    manage(environment, "migrate", "-v0")
    command = [sys.executable, "manage.py", "loaddata", *sorted(map(str, settings.FIXTURE_DIRS[0].glob("*.json")))]
    journal = tmp_path / "newsdb.sqlite3-wal"
    for delay in (0, 0.02, 0.1):
        load = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        before = journal.stat().st_size if journal.exists() else 0
        while load.poll() is None and (not journal.exists() or journal.stat().st_size == before):
            time.sleep(0.002)
        time.sleep(delay)
        load.send_signal(signal.SIGKILL)
        load.wait()
        claims, countries = rows(
            tmp_path, "select (select count(*) from missions_claim), (select count(*) from missions_country)"
        )[0]
        assert (claims, countries) in {(0, 0), (13, 250)}
    manage(environment, "loaddata", *command[3:])
    assert rows(tmp_path, "select count(*) from missions_claim") == [(13,)]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"DATABASE_URL": "mysql://x/y"}, "PostgreSQL and SQLite"),
        ({"NEWSDB_SECRET_KEY": "short"}, "too short"),
        ({"NEWSDB_DEBUG": "1", "NEWSDB_HTTPS": "1"}, "NEWSDB_DEBUG"),
        ({"NEWSDB_DEBUG": "maybe"}, "neither yes nor no"),
        ({"NEWSDB_KEPT_ANSWERS_MB": "9" * 5000}, "no whole number from 0 to 1,000,000"),
        ({"NEWSDB_LARGE_DOWNLOADS": "0"}, "no whole number from 1"),
        ({"DATABASE_URL": "sqlite://"}, "names no file"),
        ({"DATABASE_URL": "sqlite:////nowhere/newsdb.sqlite3?pool=2"}, "leave out pool"),
    ],
)
def test_a_dangerous_or_misspelt_setting_stops_the_start(environment, change, word):
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=environment | change, check=False, capture_output=True, text=True)
    assert done.returncode != 0
    assert word in done.stderr
