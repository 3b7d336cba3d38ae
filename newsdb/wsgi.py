"""The WSGI application that the production server runs."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")

application = get_wsgi_application()

from missions.api.counters import counters  # noqa: E402 — it needs the settings

counters(settings.REQUEST_COUNTS)  # a folder that cannot be written is told at the start, and not to each reader

# What is loaded by now stays: the collector need not walk through it again; and a page of rows is too small a harvest to
# begin for.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
