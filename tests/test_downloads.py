"""Exports are made whole before they are sent: nothing that breaks off looks complete, and no reader holds the database."""

import gc
import gzip
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager, suppress
from itertools import cycle

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from missions import downloads
from missions.models import Country
from missions.models.article import sha256
from tests import serving
from tests.postgres import free_port

pytestmark = pytest.mark.django_db

ROOT = settings.BASE_DIR
EXPORTS = [f"/api/v1/articles/?format={form}&fields=slug,body" for form in ("csv", "jsonl")]
ARTICLES, LENGTH = 1500, 10_000
CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'active'
"""


def pieces(count: int, then: Exception | None = None):
    """So many pieces of 100 KB; after them the exception."""
    for number in range(count):
        yield b"%09d\n" % number * 10_000
    if then:
        raise then


def sent(count: int):
    return downloads.download(pieces(count), "text/csv", "inline")


@pytest.mark.parametrize("count", [0, 1, 10, 11, 40])
def test_an_answer_is_its_pieces_and_tells_its_length_where_it_is_large(count):
    answer, whole = sent(count), b"".join(pieces(count))
    assert answer.streaming == (len(whole) > downloads.IN_MEMORY)
    if answer.streaming:
        assert answer["Content-Length"] == str(len(whole))
    assert answer.getvalue() == whole


def test_a_large_one_is_packed_as_a_whole_and_stays_as_it_is_where_there_is_no_room(settings, tmp_path):
    whole = b"".join(pieces(20))
    packed = sent(20)
    packed["ETag"] = '"r1-abc"'
    packed.pack()
    assert packed["Content-Encoding"] == "gzip" and packed["ETag"] == 'W/"r1-abc"'
    body = packed.getvalue()
    assert packed["Content-Length"] == str(len(body)) and len(body) < len(whole)
    assert gzip.decompress(body) == whole
    plain = sent(20)
    settings.VAR_DIR = tmp_path / "gone"
    with pytest.raises(downloads.NoRoom):
        plain.pack()
    assert plain["Content-Length"] == str(len(whole)) and "Content-Encoding" not in plain
    assert plain.getvalue() == whole
    packed.close()
    plain.close()


@pytest.mark.parametrize("count", [0, 5, 20])
def test_what_fails_fails_before_the_answer_begins_and_holds_no_place(count):
    for _ in range(settings.NEWSDB_LARGE_DOWNLOADS + 1):
        with pytest.raises(OperationalError, match="gone"):
            downloads.download(pieces(count, OperationalError("gone")), "text/csv", "inline")


def test_no_more_large_ones_are_under_way_than_there_are_places():
    under_way = [sent(20) for _ in range(settings.NEWSDB_LARGE_DOWNLOADS)]
    refused = pieces(20)
    with pytest.raises(downloads.NoRoom) as refusal:
        downloads.download(refused, "text/csv", "inline")
    assert refusal.value.wait == downloads.SOON
    assert list(refused) == []  # it was closed, and with it its query
    assert not sent(5).streaming  # small ones need none
    under_way.pop().close()
    under_way.append(sent(20))
    under_way.pop()  # thrown away
    gc.collect()
    sent(20).close()
    for answer in under_way:
        answer.close()


def test_a_disk_that_is_full_is_said_and_holds_no_place(settings, caplog):
    settings.VAR_DIR = settings.VAR_DIR / "gone"
    for _ in range(settings.NEWSDB_LARGE_DOWNLOADS + 1):
        with pytest.raises(downloads.NoRoom, match="no room") as refusal:
            sent(20)
    assert refusal.value.wait == downloads.LATER
    assert "gone" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_an_export_that_is_refused_is_a_problem_and_leaves_the_connection_clean(monkeypatch, form):
    call_command("loaddata", "10_countries", verbosity=0)
    monkeypatch.setattr(downloads, "IN_MEMORY", 500)  # bytes
    address = f"/api/v1/countries/?format={form}&fields=code,name,region"
    under_way = [Client().get(address) for _ in range(settings.NEWSDB_LARGE_DOWNLOADS)]
    used = connection.connection
    refused = Client().get(address)
    assert refused.status_code == 503
    assert refused["Retry-After"] == str(downloads.SOON)
    assert refused["Content-Type"] == "application/problem+json"
    assert Country.objects.count() == 250
    assert connection.connection is used
    for answer in under_way:
        assert answer.getvalue().count(b"\n") == 250 + (form == "csv")
        answer.close()
    assert Client().get(address).getvalue().count(b"\n") == 250 + (form == "csv")


# --- through the server


@pytest.fixture(scope="module")
def environment(django_db_setup, django_db_blocker, tmp_path_factory):
    """Of a database whose exports take some fifteen megabytes, more than what waits between server and reader."""
    folder = tmp_path_factory.mktemp("downloads")
    with serving.database_beside(settings.DATABASES["default"], "downloads", folder) as url:
        known = os.environ | {"DATABASE_URL": url, "NEWSDB_VAR": str(folder), "NEWSDB_REQUESTS_PER_MINUTE": "1000000"}
        articles = folder / "articles.json"
        articles.write_text(json.dumps([article(number) for number in range(ARTICLES)]))
        for words in (["prepare"], ["loaddata", str(articles)]):
            command = [sys.executable, "manage.py", *words]
            subprocess.run(command, cwd=ROOT, env=known, check=True, capture_output=True)
        yield known


def article(number: int) -> dict:
    body = f"Article {number}. ".ljust(LENGTH, "x")
    fields = {"slug": f"a-{number}", "body": body, "text_public": True, "state": "published"}
    fields |= dict.fromkeys(("body_sha256", "raw_sha256"), sha256(body))
    return {"model": "missions.article", "fields": fields}


@contextmanager
def served(environment, **how):
    """A server's port, and its process."""
    port = free_port()
    with open(f"{environment['NEWSDB_VAR']}/log", "a") as log:
        server = subprocess.Popen(serving.command(port, **how), cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_until(lambda: ask(port, "/api/v1/")[0] == 200)
        yield port, server
    finally:
        server.terminate()  # which it tells its workers
        server.wait(20)


@pytest.fixture(scope="module")
def port(environment):
    with served(environment) as (port, _):
        yield port


class Reader(http.client.HTTPConnection):
    """It takes little at a time, so that the rest of an answer stays at the server."""

    def __init__(self, port: int):
        super().__init__("127.0.0.1", port, timeout=30)

    def connect(self):
        self.sock = socket.socket()
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        self.sock.settimeout(self.timeout)
        self.sock.connect((self.host, self.port))

    def begin(self, path: str, encoding: str = "identity") -> http.client.HTTPResponse:
        self.request("GET", path, headers={"Accept-Encoding": encoding})
        return self.getresponse()


def wait_until(holds, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with suppress(OSError):
            if holds():
                return
        time.sleep(0.1)
    raise AssertionError("it did not come to pass")


def ask(port: int, path: str) -> tuple[int, bytes]:
    with closing(Reader(port)) as reader:
        answer = reader.begin(path)
        return answer.status, answer.read()


def test_a_transfer_that_breaks_off_is_seen_by_its_reader(environment):
    with served(environment, workers=1) as (port, server), closing(Reader(port)) as reader:
        status, whole = ask(port, EXPORTS[0])
        assert status == 200 and whole.count(b"\n") > ARTICLES
        answer = reader.begin(EXPORTS[0])
        assert answer.getheader("Content-Length") == str(len(whole))
        read = answer.read(1000)
        for worker in serving.workers(server.pid):
            os.kill(worker, signal.SIGKILL)
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            read += answer.read()
    assert whole.startswith(read) and len(read) < len(whole)


@pytest.mark.parametrize("path", EXPORTS)
def test_a_packed_export_tells_its_length_and_is_the_same(port, path):
    _, whole = ask(port, path)
    with closing(Reader(port)) as reader:
        answer = reader.begin(path, "gzip")
        packed = answer.read()
    assert answer.getheader("Content-Encoding") == "gzip"
    assert answer.getheader("Content-Length") == str(len(packed))
    assert gzip.decompress(packed) == whole


def test_readers_who_do_not_read_leave_the_others_their_answers(port):
    readers = [Reader(port) for _ in range(12)]
    try:
        answers = [reader.begin(path) for reader, path in zip(readers, cycle(EXPORTS), strict=False)]
        assert {answer.status for answer in answers} == {200, 503}
        assert all(answer.getheader("Retry-After") for answer in answers if answer.status == 503)
        for path in ("/api/v1/articles/", "/en/", "/api/v1/countries/?format=csv") * 4:
            assert ask(port, path)[0] == 200
    finally:
        for reader in readers:
            reader.close()
    wait_until(lambda: ask(port, EXPORTS[0])[0] == 200)


def test_an_export_that_the_database_cuts_off_is_refused_and_never_short(port, environment):
    """On SQLite nobody can cut it off."""
    whole = {path: ask(port, path) for path in EXPORTS}
    with cutting(environment["DATABASE_URL"]) as cut:
        answers = [(path, *ask(port, path)) for path in EXPORTS * 20]
    assert {status for _, status, _ in answers} == ({200, 503} if cut else {200})
    assert all((status, body) == whole[path] for path, status, body in answers if status == 200)
    assert bool(cut) == environment["DATABASE_URL"].startswith("postgres")


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_is_cut_while_a_cursor_is_closed_is_a_problem_too(monkeypatch):
    """There Django lets the driver's own error through. SQLite has no such cursor."""
    call_command("loaddata", "10_countries", verbosity=0)
    close, cut = psycopg.ServerCursor.close, []

    def closed_too_late(cursor):
        pid = cursor.connection.info.backend_pid
        with psycopg.connect(cursor.connection.info.dsn, password=cursor.connection.info.password) as other:
            cut.extend(other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid]).fetchall())
        close(cursor)

    monkeypatch.setattr(psycopg.ServerCursor, "close", closed_too_late)
    answer = Client(raise_request_exception=False).get("/api/v1/countries/?format=jsonl")
    connection.close()
    assert answer.status_code == (503 if cut else 200)
    assert bool(cut) == (connection.vendor == "postgresql")


@contextmanager
def cutting(url: str):
    """On PostgreSQL whoever asks the database for something loses the connection now and then."""
    ended, cut = threading.Event(), []

    def cut_on():
        with psycopg.connect(url, autocommit=True) as server:
            while not ended.wait(0.05):
                cut.extend(server.execute(CUT).fetchall())

    thread = threading.Thread(target=cut_on if url.startswith("postgres") else ended.wait)
    thread.start()
    try:
        yield cut
    finally:
        ended.set()
        thread.join()
