"""Which language is spoken at an address: the site's stands in it, the desk's is the reader's, the API's is English."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import LocalePrefixPattern, is_valid_path
from django.utils import translation
from django.utils.cache import patch_vary_headers

from missions.site.addresses import prefix

DESK, API = "/admin/", "/api/"


class LanguagePrefix(LocalePrefixPattern):
    """/en/… and /nl/…"""

    @property
    def language_prefix(self):
        return f"{prefix()}/"


class Language(LocaleMiddleware):
    """Speaks the address's language, else the reader's; an address without one leads to the reader's."""

    def process_request(self, request):
        if request.path_info.startswith(API):
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        else:
            super().process_request(request)

    def process_response(self, request, response):
        path = request.path_info
        if path.startswith(API):
            return response
        if response.status_code == 404 and request.method in ("GET", "HEAD") and not path.startswith(DESK):
            address = f"/{prefix()}{path}"
            if is_valid_path(address) or is_valid_path(f"{address}/"):
                asked = request.META.get("QUERY_STRING")
                response = HttpResponseRedirect(f"{address}?{asked}" if asked else address)
                patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", prefix())
        if path.startswith(DESK):
            patch_vary_headers(response, ("Accept-Language",))
        return response
