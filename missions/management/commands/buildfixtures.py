from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from missions.exchange.build import build


class Command(BaseCommand):
    help = "Write the dataset to fixtures/*.json: the same rows give the same bytes."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, default=settings.FIXTURE_DIRS[0], help="The folder to write into.")

    def handle(self, *, output, **options):
        for path, count in build(output):
            self.stdout.write(f"{path.name}: {count} rows")
