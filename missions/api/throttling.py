"""How often one client may ask, told with every answer (RateLimit headers of the IETF's draft)."""

import time

from django.conf import settings
from django.core.cache import cache
from rest_framework.throttling import BaseThrottle

WINDOW = 60  # seconds


class PerMinute(BaseThrottle):
    """Counts a client's requests of the running minute: by address, or by account where there is one."""

    def allow_request(self, request, view):
        signed_in = request.user.is_authenticated
        name = "account" if signed_in else "address"
        self.limit = settings.NEWSDB_REQUESTS_PER_MINUTE[name]
        client = request.user.pk if signed_in else self.get_ident(request)
        now = time.time()
        self.reset = WINDOW - int(now) % WINDOW
        key = f"requests-{name}-{client}-{int(now) // WINDOW}"
        cache.add(key, 0, timeout=2 * WINDOW)
        try:
            count = cache.incr(key)
        except ValueError:  # dropped between the two
            count = 1
        remaining = max(0, self.limit - count)
        request._request.rate_limit = {
            "RateLimit-Policy": f'"{name}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{name}";r={remaining};t={self.reset}',
        }
        return count <= self.limit

    def wait(self):
        return self.reset
