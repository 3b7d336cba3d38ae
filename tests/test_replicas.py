"""A primary, two hot standbys and the server processes that read from them, all real: killed, paused, promoted, restored."""

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings

from tests.postgres import free_port, running

pytestmark = pytest.mark.xdist_group("replicas")  # one after the other: they share servers

ROOT = settings.BASE_DIR
ARTICLE = "/api/v1/articles/000_94c2593ff7c6a45b/"
# A row, a page of the site, and a stream.
ADDRESSES = (ARTICLE, "/en/articles/000_94c2593ff7c6a45b/", "/api/v1/articles/?format=csv")
TITLE = re.compile(rb"Title No (\d+)")
READERS = 4


class Site:
    """newsdb's server processes, with what a test asks of them."""

    def __init__(self, primary, standbys, folder):
        self.primary, self.standbys, self.folder = primary, standbys, folder
        self.port, self.written, self.process = free_port(), 0, None
        self.environment = os.environ | {
            "DATABASE_URL": primary.url,
            "DATABASE_REPLICA_URLS": ",".join(standby.url for standby in standbys),
            "NEWSDB_VAR": str(folder),
            "NEWSDB_REQUESTS_PER_MINUTE": "1000000",
            "NEWSDB_REQUESTS_PER_MINUTE_ACCOUNT": "1000000",
            "NEWSDB_REVIEW_OWN_WORK": "1",
            "NEWSDB_KEPT_ANSWERS_MB": "0",  # each read is made anew
        }

    def manage(self, *words, check=True) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, check=check, capture_output=True, text=True)
        return done.stdout

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "newsdb.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            "2",
        ]
        command += ["--threads", "4", "--no-control-socket"]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=log)
        wait_until(lambda: self.answers(ARTICLE))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def answers(self, path) -> bool:
        try:
            return self.ask(path)[0] == 200
        except OSError:
            return False

    def ask(self, path, method="GET", body=None, headers=None) -> tuple[int, bytes, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body and json.dumps(body), headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), dict(answer.getheaders())
        finally:
            connection.close()

    def write(self) -> tuple[int, bytes, dict]:
        """Give the article its next title; what was answered."""
        body = {"title": f"Title No {self.written + 1}", "reason": "a test"}
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        answer = self.ask(ARTICLE, "PATCH", body, headers)
        if answer[0] == 200:
            self.written += 1
        return answer

    def replicas(self) -> str:
        return self.manage("replicas", check=False)


class Load:
    """Readers that never rest, and what they were told that they should not have been."""

    def __init__(self, site: Site):
        self.site, self.read, self.faults, self.ends = site, 0, [], threading.Event()
        self.threads = [threading.Thread(target=self._reads, args=(number,)) for number in range(READERS)]

    def _reads(self, number: int) -> None:
        while not self.ends.is_set():
            number += 1
            path, written = ADDRESSES[number % len(ADDRESSES)], self.site.written
            try:
                status, body, _ = self.site.ask(path)
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(f"{path}: {error!r}")
                continue
            title = TITLE.search(body)
            if status != 200 or title is None:
                self.faults.append(f"{path}: {status} {body[:200]}")
            elif int(title[1]) < written:
                self.faults.append(f"{path}: shows {int(title[1])} after {written} was written")
            self.read += 1

    def goes_on(self, writing=True, reads=40) -> None:
        """So many more reads, with a write now and then."""
        enough = self.read + reads
        while self.read < enough:
            if writing:
                status, body, _ = self.site.write()
                assert status == 200, body
            time.sleep(0.05)


@contextmanager
def load(site: Site):
    found = Load(site)
    for thread in found.threads:
        thread.start()
    try:
        yield found
    finally:
        found.ends.set()
        for thread in found.threads:
            thread.join()
    assert found.read and not found.faults, found.faults[:5]


def wait_until(holds, seconds=20) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def ask(server, query, *values):
    with psycopg.connect(server.url, autocommit=True) as connection:
        return connection.execute(query, values or None).fetchone()[0]


def asked_since(server, moment) -> bool:
    """Whether a server was asked for more than its revision after a moment."""
    query = """SELECT count(*) FROM pg_stat_activity
               WHERE query_start > %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
               AND query !~ '^SELECT (number, at|pg_|set_config)'"""
    return ask(server, query, moment) > 0


def now(server):
    return ask(server, "SELECT clock_timestamp()")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with running() as primary:
        standbys = [primary.copy(name, "-R").start() for name in ("one", "two")]
        found = Site(primary, standbys, tmp_path_factory.mktemp("site"))
        found.manage("prepare")
        found.token = found.manage("token", "issue", "curator", "tests", "--scope", "curate", "--scope", "review").strip()
        found.start()
        try:
            status, body, _ = found.write()
            assert status == 200, body
            yield found
        finally:
            found.stop()


def test_reads_come_from_both_replicas_and_tell_of_every_write(site):
    begin = now(site.primary)
    with load(site) as running_load:
        running_load.goes_on()
    assert all(asked_since(standby, begin) for standby in site.standbys)
    assert site.replicas().count("in use") == 3


def test_an_account_reads_from_the_primary(site):
    begin = now(site.primary)
    for _ in range(4):
        status, _, _ = site.ask(ARTICLE, headers={"Authorization": f"Bearer {site.token}"})
        assert status == 200
    assert asked_since(site.primary, begin)
    assert not any(asked_since(standby, begin) for standby in site.standbys)


def test_an_export_is_streamed_from_a_replica(site):
    begin = now(site.primary)
    for form in ("csv", "jsonl"):
        status, body, _ = site.ask(f"/api/v1/articles/?format={form}")
        assert status == 200
        assert f"Title No {site.written}".encode() in body
    assert not asked_since(site.primary, begin)
    assert any(asked_since(standby, begin) for standby in site.standbys)


def test_a_replica_that_dies_under_load_fails_no_read_and_is_taken_back(site):
    victim = site.standbys[0]
    with load(site) as running_load:
        running_load.goes_on()
        victim.kill()
        running_load.goes_on()
        assert re.search(r"replica1\tleft out: .*refused", site.replicas())
        victim.start()
        back = now(site.primary)
        wait_until(lambda: asked_since(victim, back))
        running_load.goes_on()


def test_a_replica_that_lags_is_left_out_until_it_has_caught_up(site):
    victim = site.standbys[1]
    with load(site) as running_load:
        running_load.goes_on()
        ask(victim, "SELECT pg_wal_replay_pause()::text")
        wait_until(lambda: ask(victim, "SELECT pg_get_wal_replay_pause_state()") == "paused")
        running_load.goes_on()
        begin = now(site.primary)
        running_load.goes_on()
        assert not asked_since(victim, begin)
        assert re.search(r"replica2\tleft out: its replay is paused\trevision \d+, [1-9]", site.replicas())
        ask(victim, "SELECT pg_wal_replay_resume()::text")
        back = now(site.primary)
        wait_until(lambda: asked_since(victim, back))
        running_load.goes_on()


def test_both_replicas_may_go_at_once(site):
    with load(site) as running_load:
        running_load.goes_on()
        ask(site.standbys[1], "SELECT pg_wal_replay_pause()::text")
        site.standbys[0].kill()
        running_load.goes_on()
        ask(site.standbys[1], "SELECT pg_wal_replay_resume()::text")
        site.standbys[0].start()
        back = now(site.primary)
        wait_until(lambda: all(asked_since(standby, back) for standby in site.standbys))


def test_without_the_primary_reads_go_on_and_writes_are_refused(site):
    ask(site.standbys[1], "SELECT pg_wal_replay_pause()::text")
    status, _, headers = site.write()
    assert status == 200
    wait_until(lambda: ask(site.standbys[0], "SELECT number FROM missions_revision") == revision(site))
    with load(site) as running_load:
        running_load.goes_on(writing=False)
        site.primary.kill()
        running_load.goes_on(writing=False)
        status, body, headers = site.write()
        assert (status, headers["Retry-After"], json.loads(body)["type"]) == (503, "1", "/api/v1/problems/busy/")
        status, body, headers = site.ask("/admin/", headers={"Cookie": "sessionid=somebody"})
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "primary\tleft out" in site.replicas()

    # The other one is behind what was told: alone it answers nobody.
    site.standbys[0].kill()
    status, body, headers = site.ask(ARTICLE)
    assert (status, headers["Retry-After"]) == (503, "1"), body
    ask(site.standbys[1], "SELECT pg_wal_replay_resume()::text")
    wait_until(lambda: site.answers(ARTICLE))

    site.standbys[0].start()
    site.primary.start()
    with load(site) as running_load:
        running_load.goes_on()
        back = now(site.primary)
        wait_until(lambda: all(asked_since(standby, back) for standby in site.standbys))


def revision(site) -> int:
    return ask(site.primary, "SELECT number FROM missions_revision")
