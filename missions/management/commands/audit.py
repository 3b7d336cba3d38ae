from django.core.management.base import BaseCommand, CommandError

from missions import audit


class Command(BaseCommand):
    help = "Ask every question whose answer must be “none”; one line a finding, exit code 1 where there is one."

    def handle(self, **options):
        count = 0
        for finding in audit.findings():
            count += 1
            self.stdout.write(str(finding))
        if count:
            raise CommandError(f"{count} finding{'s' if count > 1 else ''}.", returncode=1)
        self.stdout.write("audit: none")
