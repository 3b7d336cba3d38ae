from django.core.management.base import BaseCommand

from missions import derived


class Command(BaseCommand):
    help = "Write what is computed from the facts anew: dated projections and search entries."

    def handle(self, **options):
        deployments, entries = derived.refresh()
        self.stdout.write(f"{deployments} deployments, {entries} search entries written")
