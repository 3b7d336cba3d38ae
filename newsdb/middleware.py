from functools import partial

from django.conf import settings
from django.db import OperationalError
from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation


class KeepTheRequest(CommonMiddleware):
    """An address without its last slash is redirected with method and body: a POST must not become a GET (308)."""

    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)


class DeskLanguage(LocaleMiddleware):
    """The desk speaks the curator's language; everything else says the same words to everyone."""

    def process_request(self, request):
        if request.path_info.startswith("/admin/"):
            super().process_request(request)
        else:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE

    def process_response(self, request, response):
        return super().process_response(request, response) if request.path_info.startswith("/admin/") else response


class Busy:
    """Where a writer waited too long for another one, the page says so; the API has its own words for it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, OperationalError) or request.path_info.startswith("/api/"):
            return None
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "30"
        return response
