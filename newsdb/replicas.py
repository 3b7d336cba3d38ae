"""Standbys of the database: what strangers read comes from one that shows the dataset's revision.

Each read asks the primary for the revision first, as it does without replicas. A replica answers for it if it shows that
revision or a later one, so that nobody is told what was no longer so when they asked. One that lags or fails rests; the
others or the primary answer, also where it fails midway. While the primary is away, the replica that has come furthest
answers, and nothing older than what was seen before. Accounts, and all that writes, use the primary alone.
"""

import logging
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from datetime import datetime
from itertools import count
from math import inf
from time import monotonic
from weakref import WeakKeyDictionary

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import Error, OperationalError, connections
from django.http import HttpRequest
from psycopg import Error as DriverError

from newsdb.failures import FAILURES

log = logging.getLogger(__name__)

# A server that failed rests this many times as long as finding out took: asking a dead one costs a twentieth of a thread.
REST = 20
LONGEST_REST = 5.0  # seconds
# One that lags rests as long as it has lagged already, within these seconds: a moment's lag costs a moment, and a standing
# one a query a second.
LAG = 0.005, 1.0
# While the primary refuses at once it is asked at once again: whoever writes as soon as it is back must be seen.
AT_ONCE = 0.1
OF_CLIENT = re.compile(r'"(?:v\d+)?r(\d{1,18})-')

Shown = tuple[int, datetime | None]  # a revision: its number, and its moment
Read = Callable[[str], Shown | None]  # asks the server of an alias for the revision that it shows
NOTHING: Shown = (0, None)
UNSEEN: Shown = (-1, None)

_reading: ContextVar["Reading | None"] = ContextVar("the running request of a stranger", default=None)


def revision(read: Read) -> Shown:
    """The dataset's revision. A stranger's request reads from here on where it is shown."""
    reading = _reading.get()
    found = reading.begin(read) if reading else read(PRIMARY) or NOTHING
    HIGHEST.see(found[0])
    return found


class Router:
    """A stranger's request reads where its revision is shown; everything else, and all writing, is the primary's."""

    def db_for_read(self, model, **hints) -> str:
        reading = _reading.get()
        return reading.alias if reading else PRIMARY

    def db_for_write(self, model, **hints) -> str:
        return PRIMARY

    def allow_relation(self, one, other, **hints) -> bool:
        return True

    def allow_migrate(self, alias, app_label, **hints) -> bool:
        return alias == PRIMARY


class Highest:
    """The highest revision that this process has seen: while the primary is away, nothing older is told."""

    def __init__(self):
        self.number, self.lock = 0, threading.Lock()

    def see(self, number: int) -> None:
        if number > self.number:
            with self.lock:
                self.number = max(self.number, number)


HIGHEST = Highest()


class Server:
    """What this process knows of one database server."""

    def __init__(self, alias: str):
        self.alias, self.name = alias, "primary" if alias == PRIMARY else alias
        # A replica that starts anew may show a time before its tables: that is no mistake of ours, as on the primary.
        self.failures = FAILURES if alias == PRIMARY else Error
        self.away = False  # it failed when it was last used
        self.rest = 0.0  # seconds that it was given when it failed
        self.rests_until = 0.0
        self.lags_since: float | None = None
        # For each connection by itself: a new one may lead to a server that was set up anew.
        self.seen: WeakKeyDictionary[object, Shown] = WeakKeyDictionary()

    @property
    def rests(self) -> bool:
        return monotonic() < self.rests_until

    def shown(self, read: Read, enough: float = inf) -> Shown | None:
        """The revision that it shows, or None where it fails; what was seen on this connection will do if it is enough."""
        begun = monotonic()
        if self.rest:  # one thread finds out, the others go on without it
            self.rests_until = begun + LONGEST_REST
        try:
            connections[self.alias].ensure_connection()
            found = self.seen.get(connections[self.alias].connection, UNSEEN)
            if found[0] < enough:
                found = read(self.alias) or NOTHING
                self._must_be_a_standby()
                self.seen[connections[self.alias].connection] = found
        except self.failures as failure:
            self.leave_out(str(failure), monotonic() - begun)
            return None
        if self.away:
            log.warning("%s is back.", self.name)
        self.away, self.rest, self.rests_until = False, 0.0, 0.0
        return found

    def shows(self, number: int, read: Read) -> bool:
        """Whether it has come as far as a revision; else it rests until it may have."""
        found = self.shown(read, enough=number)
        if found is None:
            return False
        if found[0] >= number:
            self.lags_since = None
            return True
        now = monotonic()
        shortest, longest = LAG
        # Where nobody asked in between, it may have caught up meanwhile and lag anew.
        if self.lags_since is None or now > self.rests_until + longest:
            self.lags_since = now
        self.rests_until = now + min(longest, max(shortest, now - self.lags_since))
        return False

    def leave_out(self, why: str, cost: float) -> None:
        """It failed, which took so many seconds to see: what is left of its connection is closed, and it rests."""
        with suppress(Error):
            connections[self.alias].close()
        if not self.away:
            log.warning("%s is left out: %s", self.name, why.strip())
        self.away = True
        self.rest = 0.0 if self.alias == PRIMARY and cost < AT_ONCE else min(REST * cost, LONGEST_REST)
        self.rests_until = monotonic() + self.rest

    def _must_be_a_standby(self) -> None:
        """One that was promoted counts revisions of its own, which are not the primary's."""
        if self.alias == PRIMARY:
            return
        with connections[self.alias].cursor() as cursor:
            cursor.execute("SELECT pg_is_in_recovery()")
            if not cursor.fetchone()[0]:
                raise OperationalError("it is no standby")


SERVERS = {alias: Server(alias) for alias in settings.DATABASES}
REPLICAS = [server for alias, server in SERVERS.items() if alias != PRIMARY]
_turns = count()


def _in_turn() -> list[Server]:
    """The replicas, each time another one first."""
    first = next(_turns) % len(REPLICAS)
    return REPLICAS[first:] + REPLICAS[:first]


class Reading:
    """A stranger's request: the revision that it is answered at, and the server that answers."""

    def __init__(self, least: int, failed: set[str]):
        self.least = least  # what the client has seen
        self.failed = failed  # aliases that broke this very request
        self.number: int | None = None
        self.chosen: str | None = None

    @property
    def alias(self) -> str:
        if self.chosen is None and self.number is not None:
            self.chosen = self._that_shows_it()
        return self.chosen or PRIMARY

    @property
    def broke(self) -> bool:
        """Whether the server that was read from failed meanwhile, whatever became of that in the answer."""
        if self.chosen is None:
            return False
        connection = connections[self.chosen]
        # Django takes no note of a failure to close a cursor.
        return connection.errors_occurred or (connection.connection is not None and connection.connection.closed)

    def begin(self, read: Read) -> Shown:
        self.read, self.chosen = read, None  # asked again, a later revision may be shown elsewhere
        primary = SERVERS[PRIMARY]
        found = None if primary.rests else primary.shown(read)
        if found is None:
            self.chosen, found = self._without_primary(read)
        self.number = found[0]
        return found

    def _that_shows_it(self) -> str:
        for server in _in_turn():
            if server.alias not in self.failed and not server.rests and server.shows(self.number, self.read):
                return server.alias
        return PRIMARY

    def _without_primary(self, read: Read) -> tuple[str, Shown]:
        least = max(self.least, HIGHEST.number)
        ready = [one for one in _in_turn() if one.alias not in self.failed and not (one.away and one.rests)]
        # Before a request is refused, those that rest are asked as well.
        for servers in (ready, [*_in_turn(), SERVERS[PRIMARY]]):
            found = [(one.alias, shown) for one in servers if (shown := one.shown(read)) and shown[0] >= least]
            if found:
                return max(found, key=lambda one: one[1][0])
        raise OperationalError(f"No database server shows revision {least}: the primary is away, the replicas lag.")


class ReadFromReplicas:
    """Middleware: a stranger's read comes from a replica, and is made anew elsewhere where its server broke."""

    def __init__(self, get_response):
        if not REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        if not _of_a_stranger(request):
            return self.get_response(request)
        least, failed = _seen_by(request), set()
        while True:
            reading, begun = Reading(least, failed), monotonic()
            try:
                response = self._answer(request, reading)
            except (Error, DriverError):
                if not reading.broke or reading.chosen in failed:
                    raise
            else:
                if not reading.broke or reading.chosen in failed:
                    return response
            SERVERS[reading.chosen].leave_out("it broke a request", monotonic() - begun)
            failed.add(reading.chosen)
            request.__dict__.pop("dataset", None)

    def _answer(self, request, reading: Reading):
        token = _reading.set(reading)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)


def _of_a_stranger(request: HttpRequest) -> bool:
    """An account reads from the primary, where it finds what it wrote."""
    return (
        request.method in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in request.META
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _seen_by(request: HttpRequest) -> int:
    """The latest revision among the ETags that the client holds."""
    return max(map(int, OF_CLIENT.findall(request.META.get("HTTP_IF_NONE_MATCH", ""))), default=0)
