"""The WSGI application that the production server runs."""

import gc
import os
from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from missions.api.counters import counters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")

django = get_wsgi_application()


def application(environ: dict, start_response) -> Iterable[bytes]:
    """Django's answer. A whole one is a list, which granian takes at once; of others it asks piece by piece, each time waiting."""
    answer = django(environ, start_response)
    if getattr(answer, "streaming", True):
        return answer
    try:
        return [answer.content]
    finally:
        answer.close()


import_module(settings.ROOT_URLCONF)  # with the views, now and not with the first request
counters(settings.REQUEST_COUNTS)  # a folder that cannot be written is told at the start, and not to each reader

# What is loaded by now stays: the collector need not walk through it again; and a page of rows is too small a harvest to
# begin for.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
