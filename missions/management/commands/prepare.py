import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand

from missions.models import Country


class Command(BaseCommand):
    help = "Make a database ready to serve: migrations, fixtures where it is empty, static files, a first curator."

    def handle(self, **options):
        call_command("migrate", verbosity=0, interactive=False)
        if not Country.objects.exists():
            names = sorted(path.stem for path in settings.FIXTURE_DIRS[0].glob("*.json"))
            call_command("loaddata", *names, stdout=self.stdout)
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
            f"First curator: curator, password: {password}\nIt is shown this once; change it under /admin/."
        )
