import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from missions import derived
from missions.models import Country

MANIFEST = settings.STATIC_ROOT / "staticfiles.json"  # of the static files that were collected
ONE_PREPARES = 2022_02_18  # the number of the lock that is held meanwhile


def static_files_are_current() -> bool:
    """Whether the collected files are younger than the packages and folders they come from: collecting takes seconds."""
    sources = [settings.BASE_DIR / "requirements.txt", *(settings.BASE_DIR / "missions" / "static").rglob("*")]
    return MANIFEST.exists() and all(path.stat().st_mtime < MANIFEST.stat().st_mtime for path in sources)


def migrations_to_come() -> list:
    executor = MigrationExecutor(connection)
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


@contextmanager
def alone_here() -> Iterator[None]:
    """Of those that start together on one machine, one prepares and the others find it prepared."""
    with (settings.VAR_DIR / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def await_others() -> None:
    """Until no other machine fills the database, and they until this one's connection ends, which it does once it is filled."""
    # Through pgbouncer no lock outlives a transaction.
    if connection.vendor == "postgresql" and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_PREPARES])


class Command(BaseCommand):
    help = "Make a database ready to serve: migrations, fixtures where it is empty, static files, a first curator."
    requires_system_checks = ()  # a fifth of a second at each start; migrations and the tests run them

    def handle(self, **options):
        with alone_here():
            await_others()
            self.prepare()
            connection.close()

    def prepare(self):
        if migrations_to_come():
            call_command("migrate", verbosity=0, interactive=False)
        if not Country.objects.exists():
            names = sorted(path.stem for path in settings.FIXTURE_DIRS[0].glob("*.json"))
            call_command("loaddata", *names, stdout=self.stdout)
        derived.complete()
        call_command("clearsessions")
        if not static_files_are_current():
            call_command("collectstatic", verbosity=0, interactive=False)
        self.first_curator()

    def first_curator(self):
        """An account with a random password, shown this once: where there is none, nobody could get in."""
        users = get_user_model().objects
        if users.exists():
            return
        password = secrets.token_urlsafe(15)
        users.create_superuser("curator", password=password)
        self.stdout.write(
            f"First curator: curator, password: {password}\nIt is shown this once; change it under /admin/.\n"
            "Alone? NEWSDB_REVIEW_OWN_WORK=1 lets you publish what you recorded yourself."
        )
