from functools import partial

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware
from django.middleware.locale import LocaleMiddleware
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
