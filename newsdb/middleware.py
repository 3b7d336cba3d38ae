from contextlib import suppress
from functools import partial

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from missions.downloads import Download, NoRoom
from newsdb.failures import FAILURES

REFERRING = ("user", "_cached_user", "auser", "session", "_messages")  # what Django's middleware hangs on a request


class KeepTheRequest(CommonMiddleware):
    """An address without its last slash is redirected with method and body: a POST must not become a GET (308)."""

    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)


class LetGo:
    """A stranger's request that is answered lets go of what refers to it, so that it goes at once, without the collector."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            own = vars(request)
            if nobody := own.get("_cached_user"):
                vars(nobody).clear()  # what asks for its second factor refers back to it and to the request
            for name in REFERRING:
                own.pop(name, None)
        return response


class NoBody:
    """The answer to HEAD has the headers of the one to GET and no body; the server would complain of one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []
            elif response.status_code == 304:  # its length would be that of the answer it stands for
                del response["Content-Length"]
            else:
                length = len(response.content)
                response.content = b""
                response["Content-Length"] = str(length)
        return response


class Gzip(GZipMiddleware):
    """Django's, but a large download is packed before it is sent: one that breaks off must not look complete."""

    def process_response(self, request, response):
        if not isinstance(response, Download):
            return super().process_response(request, response)
        patch_vary_headers(response, ("Accept-Encoding",))
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            with suppress(NoRoom):
                response.pack()
        return response


class ContentSecurityPolicy:
    """django-csp's header. No page of ours changes the policy or takes a nonce, so that it is built once."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request):
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in (404, 500)):  # Django's debug pages have styles in them
            response.headers.setdefault(HEADER, self.policy)
        return response


class Busy:
    """Where a writer waited too long for another one, the page says so; the API has its own words for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, FAILURES) or request.path_info.startswith("/api/"):
            return None
        return busy(request)


def busy(request):
    """The page that says so."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "30"
    return response
