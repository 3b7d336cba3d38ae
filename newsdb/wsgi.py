"""The WSGI application that the production server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")

application = get_wsgi_application()

# What is loaded by now stays: the collector need not walk through it again; and a page of rows is too small a harvest to
# begin for.
gc.freeze()
gc.set_threshold(20_000, 20, 20)
