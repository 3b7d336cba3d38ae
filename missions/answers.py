"""Answers to strangers, kept in each process's memory for as long as the dataset stays at its revision."""

import threading
from collections import OrderedDict

from django.conf import settings
from django.http import HttpResponse

from missions import caching
from missions.api import throttling

API = "/api/"
# What an answer may depend on beside its address.
NEGOTIATED = ("HTTP_HOST", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE")
TRIES = 3
LARGEST = 1 << 20  # bytes of one answer
OVERHEAD = 2000  # bytes of its headers' and the table's own objects, about


class Kept:
    """The answers of one revision, up to so many bytes; the one that was asked for longest ago gives way."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.revision = None
        self.answers: OrderedDict[tuple, HttpResponse] = OrderedDict()
        self.lock = threading.Lock()

    def find(self, revision, key: tuple) -> HttpResponse | None:
        with self.lock:
            self._turn_to(revision)
            found = self.answers.get(key)
            if found is not None:
                self.answers.move_to_end(key)
            return found

    def add(self, revision, key: tuple, answer: HttpResponse) -> None:
        size = _size(key, answer)
        if size > min(self.most, LARGEST):
            return
        with self.lock:
            self._turn_to(revision)
            if key in self.answers:
                return
            self.answers[key] = answer
            self.size += size
            while self.size > self.most:
                self.size -= _size(*self.answers.popitem(last=False))

    def _turn_to(self, revision) -> None:
        if revision != self.revision:
            self.answers.clear()
            self.revision, self.size = revision, 0


def _size(key: tuple, answer: HttpResponse) -> int:
    """Bytes of memory, about: who asks chooses the length of the key, and of the links that repeat it."""
    words = [*key, *(word for header in answer.items() for word in header)]
    return len(answer.content) + sum(len(word) for word in words if isinstance(word, str)) + OVERHEAD


class KeptAnswers:
    """Middleware: a stranger's repeated question costs one query, that for the revision.

    Each request asks the database for the revision before anything else, so that nothing kept outlives a commit. An
    answer is kept if it says of itself that everyone may have it, and if no commit fell into its making.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.kept = Kept(settings.NEWSDB_KEPT_ANSWERS_MB << 20)

    def __call__(self, request):
        if not caching.of_a_stranger(request):
            return self.get_response(request)
        counted = throttling.count(request) if request.path_info.startswith(API) else None
        if counted and not counted.allowed:
            return self.get_response(request)  # which refuses in its own words
        state = caching.State()
        sent = request.META
        key = (request.get_full_path(), request.scheme, "HTTP_ORIGIN" in sent, *map(sent.get, NEGOTIATED))
        kept = self.kept.find(state.identity, key)
        if kept is None:
            return self._made(request, key, state)
        answer = caching.not_modified(kept) if caching.is_held(request, state) else _copy(kept)
        if counted:
            counted.tell(answer)
        return answer

    def _made(self, request, key: tuple, state: caching.State) -> HttpResponse:
        """The answer made anew, and made again where a commit fell into its making: else it might tell of two revisions."""
        for _ in range(TRIES):
            request.dataset = state
            answer = self.get_response(request)
            if not _for_everyone(answer):
                return answer
            now = caching.State()
            if now.identity == state.identity:
                self._keep(state, key, answer)
                break
            state = now
        return answer  # at worst it is no older than the revision it names

    def _keep(self, state: caching.State, key: tuple, answer: HttpResponse) -> None:
        caching.remembered.keep(state)
        if state.number and self.kept.most:  # what came before the first revision came uncounted
            self.kept.add(state.identity, key, _copy(answer))


def _for_everyone(answer) -> bool:
    return (
        answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and answer.headers.get("Cache-Control", "").startswith("public")
        and answer.has_header("ETag")
    )


def _copy(answer: HttpResponse) -> HttpResponse:
    """Whoever adds a header to an answer adds it to this one alone. What the headers say was checked when they were set."""
    copied = HttpResponse(answer.content)
    copied.headers._store = answer.headers._store.copy()
    return copied
