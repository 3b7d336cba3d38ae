"""Databases to measure on."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import django
from django.test.utils import setup_databases, setup_test_environment, teardown_databases


def on_its_own(measure: Callable[[int], None], size: int) -> None:
    """On an empty one: in memory or, with DATABASE_URL, beside the one named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()
    setup_test_environment()
    old = setup_databases(verbosity=0, interactive=False)
    try:
        measure(size)
    finally:
        teardown_databases(old, verbosity=0)


@contextmanager
def filled(deployments: int) -> Iterator[None]:
    """A PostgreSQL with so many deployments for this process and those it starts; with DATABASE_URL the one that is named there."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    os.environ.setdefault("NEWSDB_REQUESTS_PER_MINUTE", "1000000000")
    with ExitStack() as stack:
        named = "DATABASE_URL" in os.environ
        if not named:
            from tests import postgres

            os.environ["DATABASE_URL"] = stack.enter_context(postgres.running(shared_buffers="1GB")).url
        django.setup()
        from django.core.management import call_command

        if not named:
            from bench import generate

            call_command("migrate", verbosity=0)
            generate.fill(deployments)
        call_command("collectstatic", verbosity=0, interactive=False)
        from missions.models import Claim, Deployment

        print(f"{Deployment.objects.count():,} deployments, {Claim.objects.count():,} claims; {os.cpu_count()} cores")
        yield
