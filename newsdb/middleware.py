from functools import partial

from django.http import HttpResponsePermanentRedirect
from django.middleware.common import CommonMiddleware


class KeepTheRequest(CommonMiddleware):
    """An address without its last slash is redirected with method and body: a POST must not become a GET (308)."""

    response_redirect_class = partial(HttpResponsePermanentRedirect, preserve_request=True)
