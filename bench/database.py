"""A database of its own for a measurement: in memory or, with DATABASE_URL, beside the one named."""

import os
from collections.abc import Callable

import django
from django.test.utils import setup_databases, setup_test_environment, teardown_databases


def on_its_own(measure: Callable[[int], None], size: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        measure(size)
    finally:
        teardown_databases(old, verbosity=0)
