from pathlib import Path

from django.core.management.base import BaseCommand

from missions import codebook


class Command(BaseCommand):
    help = "Write the codebook, every table and column in the models' own words."

    def add_arguments(self, parser):
        parser.add_argument("--output", type=Path, help="A file; standard output without it.")

    def handle(self, *, output, **options):
        if output:
            output.write_text(codebook.text(), encoding="utf-8")
        else:
            self.stdout.write(codebook.text())
