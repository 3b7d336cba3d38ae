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
BODY = {"Content-Type", "Content-Length", "Content-Encoding", "Content-Disposition"}
LARGEST = 1 << 20  # bytes of one answer
OVERHEAD = 2000  # bytes of its headers and of the table's own, about


class Kept:
    """The answers of one revision, up to so many bytes; the one that was asked for longest ago gives way."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.revision = None
        self.answers: OrderedDict[tuple, HttpResponse] = OrderedDict()
        self.lock = threading.Lock()

    def find(self, revision, key: tuple) -> HttpResponse | None:
        with self.lock:
            if revision != self.revision:
                self.answers.clear()
                self.revision, self.size = revision, 0
            found = self.answers.get(key)
            if found is not None:
                self.answers.move_to_end(key)
            return found

    def add(self, revision, key: tuple, answer: HttpResponse) -> None:
        size = len(answer.content) + OVERHEAD
        with self.lock:
            if revision != self.revision or key in self.answers or size > min(self.most, LARGEST):
                return
            self.answers[key] = answer
            self.size += size
            while self.size > self.most:
                _, oldest = self.answers.popitem(last=False)
                self.size -= len(oldest.content) + OVERHEAD


class KeptAnswers:
    """Middleware: a stranger's repeated question costs one query, that for the revision.

    Each request asks the database for the revision before anything else, so that nothing kept outlives a commit. An
    answer is kept if it says of itself that everyone may have it.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.kept = Kept(settings.NEWSDB_KEPT_ANSWERS_MB << 20)

    def __call__(self, request):
        if not caching.of_a_stranger(request):
            return self.get_response(request)
        state = request.dataset = caching.State()
        counted = throttling.count(request) if request.path_info.startswith(API) else None
        if counted and not counted.allowed:
            return self.get_response(request)  # which refuses in its own words
        sent = request.META
        key = (request.get_full_path(), request.scheme, "HTTP_ORIGIN" in sent, *map(sent.get, NEGOTIATED))
        kept = self.kept.find(state.identity, key)
        if kept is None:
            answer = self.get_response(request)
            if _for_everyone(answer):
                self.kept.add(state.identity, key, _copy(answer))
            return answer
        if caching.not_modified(request, state):
            answer = HttpResponse(status=304, headers={name: value for name, value in kept.items() if name not in BODY})
        else:
            answer = _copy(kept)
        caching.date(answer, state)
        if counted:
            counted.tell(answer)
        return answer


def _for_everyone(answer) -> bool:
    return (
        answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and answer.headers.get("Cache-Control", "").startswith("public")
        and answer.has_header("ETag")
    )


def _copy(answer: HttpResponse) -> HttpResponse:
    """Whoever adds a header to an answer adds it to this one alone."""
    return HttpResponse(answer.content, headers=answer.headers)
