"""How often one client may ask, told with every answer (RateLimit headers of the IETF's draft)."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from rest_framework.throttling import BaseThrottle

from missions.api.counters import counters

WINDOW = 60  # seconds


@dataclass(frozen=True, slots=True)
class Count:
    """A client's requests of the running minute, this one included."""

    kind: str  # address or account
    number: int
    limit: int
    reset: int  # seconds until the next minute

    @property
    def allowed(self) -> bool:
        return self.number <= self.limit

    def tell(self, response: HttpResponse) -> None:
        response["RateLimit-Policy"] = f'"{self.kind}";q={self.limit};w={WINDOW}'
        response["RateLimit"] = f'"{self.kind}";r={max(0, self.limit - self.number)};t={self.reset}'


def count(request: HttpRequest, user=None) -> Count:
    """Counts a request, once however often it is asked for: by account, or by address where there is none."""
    counted = getattr(request, "count", None)
    kind = "account" if user else "address"
    if counted is None or counted.kind != kind:
        now = int(time.time())
        client = user.pk if user else BaseThrottle().get_ident(request)
        number = counters(settings.REQUEST_COUNTS).add(f"{kind} {client}", now // WINDOW)
        limit = settings.NEWSDB_REQUESTS_PER_MINUTE[kind]
        counted = request.count = Count(kind, number, limit, WINDOW - now % WINDOW)
    return counted


class PerMinute(BaseThrottle):
    """Refuses whoever asks too often."""

    def allow_request(self, request, view):
        self.count = count(request._request, request.user if request.user.is_authenticated else None)
        return self.count.allowed

    def wait(self):
        return self.count.reset
