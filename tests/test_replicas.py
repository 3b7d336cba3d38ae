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
from email.message import Message

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from newsdb import environment
from tests import serving
from tests.postgres import free_port, running

pytestmark = pytest.mark.once  # it starts servers of its own

ROOT = settings.BASE_DIR
ARTICLE = "/api/v1/articles/000_94c2593ff7c6a45b/"
# A row, a page of the site, and an export.
ADDRESSES = (ARTICLE, "/en/articles/000_94c2593ff7c6a45b/", "/api/v1/articles/?format=csv")
TITLE = re.compile(rb"Title No (\d+)")
READERS = 4


class Site:
    """newsdb's server processes, with what a test asks of them."""

    def __init__(self, primary, standbys, folder):
        self.primary, self.standbys, self.folder = primary, standbys, folder
        self.port, self.written, self.process = free_port(), 0, None

    def environment(self, **variables) -> dict[str, str]:
        known = {
            "DATABASE_URL": self.primary.url,
            "DATABASE_REPLICA_URLS": ",".join(standby.url.replace("newsdb@", "reader@") for standby in self.standbys),
            "NEWSDB_VAR": str(self.folder),
            "NEWSDB_REQUESTS_PER_MINUTE": "1000000",
            "NEWSDB_REQUESTS_PER_MINUTE_ACCOUNT": "1000000",
            "NEWSDB_REVIEW_OWN_WORK": "1",
            "NEWSDB_KEPT_ANSWERS_MB": "0",  # each read is made anew
        }
        return os.environ | known | variables

    def manage(self, *words, check=True, **variables) -> str:
        command = [sys.executable, "manage.py", *words]
        variables = self.environment(**variables)
        done = subprocess.run(command, cwd=ROOT, env=variables, check=check, capture_output=True, text=True)
        return done.stdout

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                serving.command(self.port), cwd=ROOT, env=self.environment(), stdout=log, stderr=log
            )
        wait_until(lambda: self.answers(ARTICLE))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def answers(self, path) -> bool:
        try:
            return self.ask(path)[0] == 200
        except OSError:
            return False

    def ask(self, path, method="GET", body=None, headers=None) -> tuple[int, bytes, Message]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body and json.dumps(body), headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read(), answer.headers
        finally:
            connection.close()

    def write(self) -> tuple[int, bytes, Message]:
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


def wait_until(holds, seconds=60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def ask(server, query, *values):
    with psycopg.connect(server.url, autocommit=True) as connection:
        return connection.execute(query, values or None).fetchone()[0]


def tell(server, *commands: str) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        for command in commands:
            connection.execute(command)


def revision(server) -> int:
    return ask(server, "SELECT number FROM missions_revision")


def asked_since(server, moment) -> bool:
    """Whether a server was asked for more than its revision after a moment."""
    query = """SELECT count(*) FROM pg_stat_activity
               WHERE query_start > %s AND backend_type = 'client backend' AND pid <> pg_backend_pid()
               AND query !~ '^SELECT (number, at|pg_|set_config)'"""
    return ask(server, query, moment) > 0


def reads_spare_the_primary(site, paths=(ARTICLE,) * 10) -> bool:
    """Whether some reads in a row, by any of the processes, leave it alone and are a standby's.

    That no standby was asked is told as well: the revision, which is read last, may hide that the primary was.
    """
    begin = now(site.primary)
    answered = all(site.answers(path) for path in paths)
    spared = any(asked_since(standby, begin) for standby in site.standbys) and not asked_since(site.primary, begin)
    return answered and spared


def now(server):
    return ask(server, "SELECT clock_timestamp()")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    # A file of the archive is whole as soon as it is there.
    archive = "mkdir -p ../archive && cp %p ../archive/%f.part && mv ../archive/%f.part ../archive/%f"
    with running(archive_mode="on", archive_command=archive) as primary:
        standbys = [
            primary.copy(name, "-R", "-C", "-S", name, wal_retrieve_retry_interval="200ms").start()
            for name in ("one", "two")
        ]
        found = Site(primary, standbys, tmp_path_factory.mktemp("site"))
        found.manage("prepare", DATABASE_REPLICA_URLS="")
        tell(primary, "CREATE ROLE reader LOGIN", "GRANT pg_read_all_data TO reader")
        found.token = found.manage(
            "token", "issue", "curator", "tests", "--scope", "curate", "--scope", "review"
        ).strip()
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
        wait_until(lambda: all(asked_since(standby, begin) for standby in site.standbys))
    assert site.replicas().count("in use") == 3


def test_an_account_reads_from_the_primary(site):
    wait_until(lambda: reads_spare_the_primary(site))
    begin = now(site.primary)
    for _ in range(4):
        status, _, _ = site.ask(ARTICLE, headers={"Authorization": f"Bearer {site.token}"})
        assert status == 200
    assert asked_since(site.primary, begin)
    assert not any(asked_since(standby, begin) for standby in site.standbys)


def test_an_export_is_made_by_a_replica(site):
    exports = [f"/api/v1/articles/?format={form}" for form in ("csv", "jsonl")]
    wait_until(lambda: reads_spare_the_primary(site, exports))
    for path in exports:
        assert f"Title No {site.written}".encode() in site.ask(path)[1]


def test_a_column_that_changes_its_type_under_the_server_fails_no_read(site):
    """On the primary, where nothing stands in for a statement that was planned for the earlier type."""
    account = {"Authorization": f"Bearer {site.token}"}
    for size in (900, 901):
        assert {site.ask(ARTICLE, headers=account)[0] for _ in range(60)} == {200}  # each thread plans its statement
        tell(site.primary, f"ALTER TABLE missions_article ALTER COLUMN publisher TYPE varchar({size})")
    assert {site.ask(ARTICLE, headers=account)[0] for _ in range(60)} == {200}


def test_a_replica_that_dies_under_load_fails_no_read_and_is_taken_back(site):
    victim = site.standbys[0]
    with load(site) as running_load:
        running_load.goes_on(writing=False)  # so that each thread takes its connection for good
        victim.kill()
        running_load.goes_on(writing=False)
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
    wait_until(lambda: revision(site.standbys[0]) == revision(site.primary))
    seen = revision(site.primary)
    with load(site) as running_load:
        running_load.goes_on(writing=False)
        site.primary.kill()
        running_load.goes_on(writing=False)
        status, body, headers = site.write()
        assert (status, headers["Retry-After"], json.loads(body)["type"]) == (503, "1", "/api/v1/problems/busy/")
        status, body, headers = site.ask("/admin/", headers={"Cookie": "sessionid=somebody"})
        assert (status, headers["Retry-After"]) == (503, "30")
        assert "primary\tleft out" in site.replicas()
        for tag, expected in ((f'"r{seen}-0"', 200), (f'"r{seen + 1}-0"', 503), (f'W/"v3r{seen + 1}-0"', 503)):
            assert site.ask(ARTICLE, headers={"If-None-Match": tag})[0] == expected

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


def test_a_backup_is_restored_to_a_moment_between_two_changes(site):
    backup = site.primary.copy("backup")
    site.primary.programs.run("pg_verifybackup", backup.data)
    assert site.write()[0] == 200
    time.sleep(0.01)
    moment, kept = now(site.primary), (site.written, revision(site.primary))
    assert site.write()[0] == 200
    name = ask(site.primary, "SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(lambda: (site.primary.programs.home / "archive" / name).exists())

    (backup.data / "recovery.signal").touch()
    backup.settings |= {
        "restore_command": "cp ../archive/%f %p",
        "recovery_target_time": moment.isoformat(),
        "recovery_target_action": "promote",
        "archive_mode": "off",
    }
    backup.start()
    wait_until(lambda: not ask(backup, "SELECT pg_is_in_recovery()"))
    title = ask(backup, "SELECT title FROM missions_article WHERE slug = '000_94c2593ff7c6a45b'")
    assert (title, revision(backup)) == (f"Title No {kept[0]}", kept[1])
    assert "audit: none" in site.manage("audit", DATABASE_URL=backup.url, DATABASE_REPLICA_URLS="")


def test_a_promoted_standby_takes_the_place_of_the_primary(site):
    heir, other = site.standbys
    wait_until(lambda: revision(heir) == revision(other) == revision(site.primary))
    site.primary.kill()
    heir.promote()
    # Until newsdb is told, it reads from no server that goes its own way.
    assert "replica1\tleft out: it is no standby" in site.replicas()
    tell(heir, "SELECT pg_create_physical_replication_slot('two')")
    address = f"host=127.0.0.1 port={heir.port} user=newsdb"
    tell(other, f"ALTER SYSTEM SET primary_conninfo = '{address}'", "SELECT pg_reload_conf()")
    site.stop()
    new = heir.copy("three", "-R", "-C", "-S", "three").start()
    site.primary, site.standbys = heir, [other, new]
    site.start()
    begin = now(heir)
    with load(site) as running_load:
        running_load.goes_on()
        wait_until(lambda: all(asked_since(standby, begin) for standby in site.standbys))
    assert site.replicas().count("in use") == 3


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({"DATABASE_URL": "", "DATABASE_REPLICA_URLS": "postgres://newsdb@one/newsdb"}, "only PostgreSQL has replicas"),
        ({"DATABASE_REPLICA_URLS": "sqlite:////nowhere/newsdb.sqlite3"}, "only PostgreSQL has replicas"),
        ({"DATABASE_REPLICA_URLS": "one:5432"}, "DATABASE_REPLICA_URLS is not understood"),
        ({"DATABASE_REPLICA_URLS": "mysql://one/newsdb"}, "DATABASE_REPLICA_URLS names another engine"),
        ({"DATABASE_REPLICA_URLS": "postgres://newsdb@one/newsdb?pool=4"}, "pool"),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?pool=many"}, "pool=many"),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?pool=1000000"}, "pool=1000000"),
        ({"DATABASE_URL": "postgres://newsdb@primary/"}, "names no database"),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?pgbouncer=maybe"}, "pgbouncer=maybe"),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?sslmod=require"}, "sslmod is none of PostgreSQL's options"),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?prepare_threshold=9"}, "prepare_threshold is none"),
        (
            {"DATABASE_URL": "postgres://newsdb@primary/newsdb?options=1"},
            "options=1 is no option of PostgreSQL's server",
        ),
        ({"DATABASE_URL": "postgres://newsdb@primary/newsdb?connect_timeout=abc"}, "connect_timeout=abc"),
        ({"DATABASE_REPLICA_URLS": "postgres://newsdb@one/newsdb?sslmod=require"}, "DATABASE_REPLICA_URLS: sslmod"),
    ],
)
def test_replicas_and_pools_that_cannot_be_are_refused(monkeypatch, tmp_path, variables, word):
    monkeypatch.setenv("DATABASE_URL", "postgres://newsdb@primary/newsdb")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match=word):
        environment.databases(tmp_path / "newsdb.sqlite3")


def test_replicas_and_poolers_are_set_up_as_their_urls_say(monkeypatch, tmp_path):
    def databases(url, replicas=""):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("DATABASE_REPLICA_URLS", replicas)
        return environment.databases(tmp_path / "newsdb.sqlite3")

    assert list(databases("", " , ")) == ["default"]
    unpooled = [databases(url)["default"] for url in ("", "postgres://newsdb@primary/newsdb")]
    assert [one["CONN_MAX_AGE"] for one in unpooled] == [60, 60]  # to open a file anew takes longer than most answers
    found = databases(
        "postgres://newsdb@primary/newsdb", "postgres://newsdb@one/newsdb?connect_timeout=9, postgres://two/x"
    )
    assert [found[name]["HOST"] for name in ("default", "replica1", "replica2")] == ["primary", "one", "two"]
    assert [one["OPTIONS"]["connect_timeout"] for one in found.values()] == [3, 9, 3]
    assert not any(one["DISABLE_SERVER_SIDE_CURSORS"] for one in found.values())
    bounced = databases("postgres://newsdb@bouncer:6432/newsdb?pgbouncer=true")["default"]
    assert bounced["DISABLE_SERVER_SIDE_CURSORS"]
    assert not {"pgbouncer", "prepare_threshold", "options"} & set(bounced["OPTIONS"])  # nothing outlives a transaction
    own = databases("postgres://newsdb@primary/newsdb?options=-c%20work_mem%3D8MB")["default"]["OPTIONS"]
    assert (
        own["options"] == "-c max_parallel_workers_per_gather=0 -c work_mem=8MB -c plan_cache_mode=force_generic_plan"
    )
    pooled = databases("postgres://newsdb@primary/newsdb?pool=8")["default"]
    assert (pooled["OPTIONS"]["pool"]["max_size"], pooled["CONN_MAX_AGE"]) == (8, 0)
    assert pooled["OPTIONS"]["pool"]["reconnect_timeout"] == 5  # a server that is back is found by the next request
