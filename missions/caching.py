"""ETag, Last-Modified and 304, all from the one revision: a read that changed nothing costs one query."""

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags, parse_http_date_safe

from missions import prepared
from missions.models import Change
from newsdb import replicas
from newsdb.failures import FAILURES

Shown = tuple[int, datetime]  # a revision: its number, and its moment

SHAPING = {".py", ".html", ".svg", ".css", ".js", ".json", ".mo"}
TAG = re.compile(r'"(?:v\d{1,18})?r\d{1,18}-([0-9a-f]+)"')
VERSION = re.compile(r'(?:W/)?"v(\d{1,18})(?:r\d+)?-[0-9a-f]+"')
PLACES = ("/api/", *(f"/{code.split('-')[0]}/" for code, _ in settings.LANGUAGES))  # where strangers read
REVISION = "SELECT number, at FROM missions_revision WHERE id = 1"
OF_BODY = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"}
LONGEST = 1000  # characters of a key
LONGEST_WAIT = 10  # seconds for what another thread is finding out


@cache
def code() -> str:
    """A fingerprint of the files that shape answers, so that a new release is never answered by an old ETag."""
    folder = Path(__file__).resolve().parent
    found = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in SHAPING):
        found.update(path.read_bytes())
    return found.hexdigest()


class State:
    """The dataset as a request finds it: the number of its last change, and when that was."""

    def __init__(self):
        self.number, self.at = replicas.revision(_revision)
        self.found: dict[Hashable, object] = {}  # what a request found out about it

    @property
    def identity(self) -> tuple[int, datetime | None]:
        """One revision among all that this number ever had: a database that is restored counts some numbers again."""
        return self.number, self.at

    def answer_to(self, request) -> str:
        """Names what the public is answered to a request, in the form of an ETag's second half."""
        parts = (code(), self.identity, request.get_full_path(), request.headers.get("Accept", ""))
        return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]

    def etag(self, request, version: int | None = None) -> str:
        """`"r7-…"` for the dataset's seventh revision, `"v3r7-…"` for the third recorded change of one row, shown in it."""
        return f'"{"" if version is None else f"v{version}"}r{self.number}-{self.answer_to(request)}"'

    @property
    def last_modified(self) -> int | None:
        """The second in which the dataset became what it is."""
        return self.at and int(self.at.timestamp())

    def is_known_by(self, second: int) -> bool:
        """Whether this is the revision whose Last-Modified a client holds: none before it was made in the same second.

        That the client's is later proves nothing: it may have come from a dataset that a backup replaced meanwhile.
        """
        if second != self.last_modified:
            return False
        before = Change.objects.filter(revision=self.number - 1).order_by().values_list("at", flat=True).first()
        return before.timestamp() < second if before else self.number == 1


def _revision(alias: str) -> Shown | None:
    """The row of the revision on one database, in the plainest way there is: every read begins with it.

    It is the check of the connection as well, which Django would make by a query of its own: one that the server has closed
    meanwhile is opened anew.
    """
    used = connections[alias]
    used.health_check_done = True
    try:
        found = _row(used)
    except FAILURES:
        if used.in_atomic_block or used.connection is None:  # no connection was to be had
            raise
        used.close()
        found = _row(used)
    return found


def _row(used) -> Shown | None:
    found = prepared.first(used, REVISION)
    if found is None:
        return None
    number, at = found
    at = datetime.fromisoformat(at)
    return int(number), at if at.tzinfo else at.replace(tzinfo=UTC)  # SQLite has no type for moments


def of_a_stranger(request: HttpRequest) -> bool:
    """Whether somebody reads the site or the API whom nothing in the request sets apart from all others."""
    return (
        request.method == "GET"
        and request.path_info.startswith(PLACES)
        and "HTTP_AUTHORIZATION" not in request.META
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def state_of(request: HttpRequest) -> State:
    """The dataset as the request found it when it came in, or finds it now."""
    return getattr(request, "dataset", None) or State()


class Remembered:
    """What was found out at one revision: in this process, for as long as the dataset stays there."""

    def __init__(self, most: int):
        self.most, self.identity = most, None
        self.found: OrderedDict[Hashable, object] = OrderedDict()
        self.under_way: dict[Hashable, Future] = {}
        self.lock = threading.Lock()

    def get(self, state: State, key: Hashable, find: Callable[[], object]) -> object:
        """The value under the key; found now if it was not yet, and then the request's own until it is kept."""
        with self.lock:
            if state.identity == self.identity and key in self.found:
                self.found.move_to_end(key)
                return self.found[key]
        if key not in state.found:
            state.found[key] = self._found_once(state, key, find)
        return state.found[key]

    def _found_once(self, state: State, key: Hashable, find: Callable[[], object]) -> object:
        """Found by one thread while the others wait that ask the same at this revision: eight counts at once take eight times as long.

        It cannot be too old for them: who found it began at the revision at which they began. What is found out may ask for
        other keys, but none of them for this one again.
        """
        if not state.number:  # what came before the first revision came uncounted
            return find()
        place, own = (state.identity, key), Future()
        with self.lock:
            first = self.under_way.setdefault(place, own)
        if first is not own:
            with suppress(Exception):  # what failed there need not fail here
                return first.result(LONGEST_WAIT)
            return find()
        try:
            own.set_result(find())
            return own.result()
        finally:
            with self.lock:
                del self.under_way[place]
            own.cancel()  # where it failed, those who wait are told

    def keep(self, state: State) -> None:
        """Remember what a request found out, now that no commit fell into it.

        Not before the first revision, and not under a key so long that many of them would fill the memory.
        """
        if not state.number:
            return
        found = {key: value for key, value in state.found.items() if len(repr(key)) <= LONGEST}
        with self.lock:
            if state.identity != self.identity:
                self.found.clear()
                self.identity = state.identity
            self.found.update(found)
            while len(self.found) > self.most:
                self.found.popitem(last=False)


remembered = Remembered(4000)


def tag_held(request, state: State) -> str | None:
    """The tag in If-None-Match by which the client holds what it would be answered: it was sent with that answer alone."""
    asked = request.headers.get("If-None-Match")
    if asked is None:
        return None
    answer = state.answer_to(request)
    named = ((one, TAG.fullmatch(one.removeprefix("W/"))) for one in parse_etags(asked))
    return next((one for one, found in named if found and found[1] == answer), None)


def is_held(request, state: State) -> bool:
    """Whether the client holds what the request is answered, where that is a 200: by its tag, any tag, or its second."""
    asked = request.headers.get("If-None-Match")
    if asked is not None:
        return asked.strip() == "*" or tag_held(request, state) is not None
    since = request.headers.get("If-Modified-Since")
    second = parse_http_date_safe(since) if since else None
    return second is not None and state.is_known_by(second)


def not_modified(answer: HttpResponse) -> HttpResponse:
    """The 304 in place of an answer."""
    return HttpResponseNotModified(headers={name: value for name, value in answer.items() if name not in OF_BODY})


def mark(response: HttpResponse, request, tag: str, state: State) -> None:
    """The headers of a read: everyone's may be kept and asked for again, an account's may hold drafts."""
    response["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])  # which a short answer would not tell, nor a 304
    if request.user.is_authenticated:
        response["Cache-Control"] = "private, no-store"
        return
    response["Cache-Control"] = "public, no-cache"
    if state.at:
        response["Last-Modified"] = http_date(state.last_modified)


def concluded(answer: HttpResponse, request, state: State, version: int | None = None) -> HttpResponse:
    """The answer to a read with its headers, or the 304 in its place where a stranger holds it."""
    mark(answer, request, state.etag(request, version), state)
    held = answer.status_code == 200 and not request.user.is_authenticated and is_held(request, state)
    return not_modified(answer) if held else answer


@cache  # the library makes a manager's class anew whenever it is asked for one
def version_of(model: type[Model]) -> Coalesce:
    """A column that counts with every recorded change of a row; read with the row, so that both are of one moment."""
    changes = model.history.filter(**{model._meta.pk.attname: OuterRef("pk")}).order_by("-history_id")
    return Coalesce(Subquery(changes.values("history_id")[:1]), 0)


def with_version(rows: QuerySet) -> QuerySet:
    """The rows with their `version`."""
    return rows.annotate(version=version_of(rows.model))


def versions_asked(header: str) -> set[int] | None:
    """The versions that an If-Match names; None for `*`. ETags of other kinds name none."""
    if header.strip() == "*":
        return None
    return {int(found[1]) for one in parse_etags(header) if (found := VERSION.fullmatch(one))}
