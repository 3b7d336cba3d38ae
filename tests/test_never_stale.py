"""No read is older than the last write that was answered before it began: with two processes of the server, whatever falls."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from itertools import count

import pytest
from django.conf import settings

from tests import serving
from tests.postgres import free_port

WRITERS, READERS = 2, 3
SLUG = "writer-{}"
TITLE = re.compile(r"Writer (\d), No (\d+)")
REVISION = re.compile(r'(?:W/)?"(?:v\d+)?r(\d+)-')
LOADED = 1_000_000  # the number in the titles of the loaded fixture
EXPORT, CHANGES = "/api/v1/articles/?format=csv", "/api/v1/changes/"
PLACES = (
    "/api/v1/articles/",
    EXPORT,
    *(f"/api/v1/articles/{SLUG.format(writer)}/" for writer in range(WRITERS)),
    *(f"/en/articles/{SLUG.format(writer)}/" for writer in range(WRITERS)),
    *(f"/api/v1/claims/?article={SLUG.format(writer)}&page_size=1" for writer in range(WRITERS)),
)
SHOWING_TITLES = (*(path for path in PLACES if "/claims/" not in path), CHANGES)


class Site:
    """newsdb's server with two processes, and what its writers were told is written."""

    def __init__(self, url: str, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        self.environment = os.environ | {
            "DATABASE_URL": url,
            "NEWSDB_VAR": str(folder),
            "NEWSDB_REQUESTS_PER_MINUTE": "1000000",
            "NEWSDB_REQUESTS_PER_MINUTE_ACCOUNT": "1000000",
            "NEWSDB_REVIEW_OWN_WORK": "1",
        }
        self.keys = count(1)
        self.written = {"revision": 0}  # what → the highest number that was answered for

    def manage(self, *words) -> str:
        command = [sys.executable, "manage.py", *map(str, words)]
        return subprocess.run(
            command, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True, text=True
        ).stdout

    def start(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                serving.command(self.port),
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self.answers)

    def answers(self) -> bool:
        connection = Connection(self.port)
        try:
            return connection.ask("GET", "/api/v1/")[0] == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """All its processes at once, as when the power goes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)

    def note(self, what, number: int) -> None:
        self.written[what] = max(self.written.get(what, 0), number)


class Connection(http.client.HTTPConnection):
    def __init__(self, port: int):
        super().__init__("127.0.0.1", port, timeout=30)

    def ask(self, method, path, body=None, headers=None) -> tuple[int, str, str]:
        """Status, text and ETag; it is closed by an error, and opened anew by the next question."""
        try:
            self.request(method, path, body and json.dumps(body), headers or {})
            answer = self.getresponse()
            return answer.status, answer.read().decode(), answer.headers["ETag"] or ""
        except BaseException:
            self.close()
            raise


class Worker(threading.Thread):
    """A reader or a writer that goes on until it is told to end, over one connection."""

    def __init__(self, load: "Load", number: int):
        super().__init__()
        self.load, self.site, self.number, self.done = load, load.site, number, 0
        self.connection = Connection(self.site.port)

    def run(self) -> None:
        try:
            while not self.load.ends.is_set():
                self.turn()
                self.done += 1
        except Exception as error:
            self.load.faults.append(f"{self.name}: {error!r}")
        finally:
            self.connection.close()

    def ask(self, *question) -> tuple[int, str, str]:
        """The answer; where connections may break, to the same question asked until there is one."""
        while True:
            try:
                return self.connection.ask(*question)
            except (OSError, http.client.HTTPException):
                if not self.load.may_break or self.load.ends.is_set():
                    raise
                time.sleep(0.02)


class Writer(Worker):
    """Gives its article one title after the other, and publishes a claim after each."""

    def turn(self) -> None:
        slug, number = SLUG.format(self.number), next(self.load.numbers[self.number])
        self.write("PATCH", f"articles/{slug}/", title=f"Writer {self.number}, No {number}")
        self.site.note(("title", self.number), number)
        fields = {"article": slug, "deployment": "nl-minusma-1", "stage": "announced"}
        claim = json.loads(self.write("POST", "claims/", exact=sentence(number), **fields))
        for verb in ("submit", "publish"):
            self.write("POST", f"claims/{claim['key']}/{verb}/")
        self.site.note(("claims", self.number), number)

    def write(self, method, path, **body) -> str:
        headers = {"Authorization": f"Bearer {self.site.token}", "Content-Type": "application/json"}
        if method == "POST":  # so that it is done once, however often a broken connection makes us ask
            headers["Idempotency-Key"] = f"key-{next(self.site.keys)}"
        status, text, etag = self.ask(method, f"/api/v1/{path}", body | {"reason": "a test"}, headers)
        assert status in (200, 201), f"{method} {path}: {status} {text[:300]}"
        self.site.note("revision", int(REVISION.match(etag)[1]))
        return text


class Reader(Worker):
    """Reads each place in turn; every other reader asks with the ETag that it holds."""

    def __init__(self, *given):
        super().__init__(*given)
        self.held, self.seen, self.cursor, self.mirror = {}, 0, "0", {}

    def turn(self) -> None:
        for path in PLACES:
            self.read(path)
        self.read_changes()

    def read(self, path: str) -> None:
        before = self.site.written.copy()
        text, revision = self.fetch(path, before)
        self.compare(path, before, revision, numbers_in(path, text))

    def read_changes(self) -> None:
        """The feed from where it was left: a mirror that follows it must be as new as any other read."""
        before = self.site.written.copy()
        while True:
            path = f"{CHANGES}?since={self.cursor}&page_size=500"
            text, revision = self.fetch(path, before)
            feed = json.loads(text)
            for change in feed["results"]:
                place = change["table"], change["key"]
                self.mirror.pop(place, None)
                if change["row"] is not None:
                    self.mirror[place] = json.dumps(change["row"])
            self.cursor = feed["cursor"]
            if feed["next"] is None:
                break
        found = numbers_in(path, "".join(self.mirror.values()))
        for writer in range(WRITERS):
            mine = [key for table, key in self.mirror if table == "claim" and SLUG.format(writer) in key]
            found["claims", writer] = len(mine)
        self.compare(CHANGES, before, revision, found)

    def fetch(self, path: str, before: dict) -> tuple[str, int]:
        """Text and revision of the answer, or of the one that is held where it is said to be unchanged."""
        etag, held = self.held.get(path, ("", ""))
        headers = {"If-None-Match": etag} if etag and self.number % 2 else {}
        status, text, etag_now = self.ask("GET", path, None, headers)
        assert status in (200, 304), f"{path}: {status} {text[:300]}"
        assert status == 200 or headers, f"{path}: 304, but nothing was held"
        self.load.answers[status] = self.load.answers.get(status, 0) + 1
        if status == 304:
            text, etag_now = held, etag_now or etag
        self.held[path] = etag_now, text
        return text, int(REVISION.match(etag_now)[1])

    def compare(self, path: str, before: dict, revision: int, found: dict) -> None:
        faults = self.load.faults
        assert found, f"{path} shows none of the numbers"
        if revision < self.seen:
            faults.append(f"{path}: revision {revision} after {self.seen} was shown")
        self.seen = max(self.seen, revision)
        for what, number in (found | {"revision": revision}).items():
            if number < before.get(what, 0):
                faults.append(f"{path}: {what} {number} after {before[what]} was written")
        titles = {number == LOADED for (what, _), number in found.items() if what == "title"}
        if len(titles) > 1:
            faults.append(f"{path}: half of a load: {found}")
        self.load.observed |= {(path, revision, loaded) for loaded in titles}


def numbers_in(path: str, text: str) -> dict:
    """What an answer shows of the writers' work; of a number that stands there several times the lowest."""
    if "/claims/" in path:
        return {("claims", int(path.split(SLUG.format(""))[1][0])): json.loads(text)["count"]}
    found = {}
    for writer, number in TITLE.findall(text):
        what = "title", int(writer)
        found[what] = min(int(number), found.get(what, LOADED))
    return found


class Load:
    """Readers and writers at work, and what they were told that they should not have been."""

    def __init__(self, site: Site, *, writing: bool):
        self.site, self.numbers = site, site.numbers
        self.faults, self.observed, self.answers = [], set(), {}
        self.ends, self.may_break = threading.Event(), False
        self.writers = [Writer(self, number) for number in range(WRITERS if writing else 0)]
        self.readers = [Reader(self, number) for number in range(READERS)]

    def goes_on(self, turns=1) -> None:
        """Until each has had so many more whole turns."""
        workers = [*self.writers, *self.readers]
        enough = {worker: worker.done + turns + 1 for worker in workers}
        wait_until(lambda: self.faults or all(worker.done >= turn for worker, turn in enough.items()))
        assert not self.faults, self.faults[:5]

    @contextmanager
    def breaking(self):
        """Meanwhile connections may break: that is all that anybody may see."""
        self.may_break = True
        yield
        self.goes_on()
        self.may_break = False


@contextmanager
def load(site: Site, *, writing=True):
    found = Load(site, writing=writing)
    workers = [*found.writers, *found.readers]
    for worker in workers:
        worker.start()
    try:
        yield found
    finally:
        found.ends.set()
        for worker in workers:
            worker.join()
    assert not found.faults, found.faults[:5]


def wait_until(holds, seconds=30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def sentence(number: int) -> str:
    return f"Nederland stuurt ploeg {number} naar Mali."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("never_stale")
    with serving.database_beside(settings.DATABASES["default"], "never_stale", folder) as url:
        found = Site(url, folder)
        found.manage("prepare")
        scopes = [word for scope in ("read", "curate", "review") for word in ("--scope", scope)]
        found.token = found.manage("token", "issue", "curator", "tests", *scopes).strip()
        found.numbers = [count(1) for _ in range(WRITERS)]
        found.start()
        try:
            for writer in Load(found, writing=True).writers:
                slug = SLUG.format(writer.number)
                fields = {"slug": slug, "language": "nl", "published_edtf": "2022-03-01"}
                body = " ".join(map(sentence, range(1, 1000)))
                writer.write("POST", "articles/", title=f"Writer {writer.number}, No 0", body=body, **fields)
                for verb in ("submit", "publish"):
                    writer.write("POST", f"articles/{slug}/{verb}/")
                found.note(("title", writer.number), 0)
                writer.connection.close()
            yield found
        finally:
            found.stop()


def test_every_read_shows_what_was_written_before_it_began(site):
    with load(site) as running:
        running.goes_on(turns=3)
    assert running.answers[304] and running.answers[200]


def test_a_server_process_that_is_killed_while_writing_is_replaced_and_nothing_is_stale(site):
    with load(site) as running:
        running.goes_on()
        victim, other = serving.workers(site.process.pid)
        with running.breaking():
            os.kill(victim, signal.SIGKILL)
            wait_until(lambda: len(set(serving.workers(site.process.pid)) - {victim}) == 2)
        assert other in serving.workers(site.process.pid)
        running.goes_on()


def test_a_server_that_is_killed_while_writing_left_nothing_half_written(site):
    with load(site) as running:
        running.goes_on()
        with running.breaking():
            site.kill()
            site.start()
        running.goes_on()
    assert "audit: none" in site.manage("audit")


def test_a_load_is_seen_whole_from_its_commit_and_not_before(site):
    site.manage("buildfixtures", "--output", site.folder / "fixtures")
    [fixture] = (site.folder / "fixtures").glob("*articles.json")
    fixture.write_text(TITLE.sub(rf"Writer \1, No {LOADED}", fixture.read_text()))
    with load(site, writing=False) as running:
        running.goes_on()
        assert "changed" in site.manage("loaddata", fixture)
        for writer in range(WRITERS):
            site.note(("title", writer), LOADED)
        running.goes_on()
    before, after = sorted({revision for _, revision, _ in running.observed})
    assert after == before + 1
    expected = {(path, revision, revision == after) for path in SHOWING_TITLES for revision in (before, after)}
    # A stream that begins as the load is committed is of one moment, but that may be later than the revision it names.
    assert expected <= running.observed <= expected | {(EXPORT, before, True)}
