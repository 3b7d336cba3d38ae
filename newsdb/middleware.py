from functools import partial

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.shortcuts import render


class KeepTheRequest(CommonMiddleware):
    """An address without its last slash is redirected with method and body: a POST must not become a GET (308)."""

    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)


class NoBody:
    """The answer to HEAD has the headers of the one to GET and no body; the server would complain of one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "HEAD":
            if response.streaming:
                response.streaming_content = []
            else:
                length = len(response.content)
                response.content = b""
                response["Content-Length"] = str(length)
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
        if not isinstance(exception, OperationalError) or request.path_info.startswith("/api/"):
            return None
        return busy(request)


def busy(request):
    """The page that says so."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "30"
    return response
