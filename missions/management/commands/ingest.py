import sys
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from missions.ingest import loader, reader
from missions.management.commands.suggest import tell
from missions.models import Article


class Command(BaseCommand):
    help = "Bring articles in from text files, folders of *.txt, or standard input (-)."

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="A file, a folder, or - for standard input.")
        parser.add_argument("--slug", help="The article's slug, for standard input.")
        parser.add_argument("--language", default="und", help="BCP 47 tag of new articles, such as nl.")
        parser.add_argument("--suggest", action="store_true", help="Read the texts for suggestions at once.")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="How many processes read for suggestions.")
        parser.add_argument("--reason", default="ingested", help="Why, for the history.")

    def handle(self, *, paths, slug, language, reason, jobs, **options):
        if jobs < 1:
            raise CommandError(f"--jobs {jobs}: give a whole number from 1.")
        limit = settings.INGEST_MAX_BYTES
        try:
            files = reader.find([Path(path) for path in paths if path != "-"])
            sources = [reader.read_file(file, limit) for file in files]
            if "-" in paths:
                if not slug:
                    raise reader.Unreadable("standard input: no file name to take the slug from; give --slug.")
                raw = sys.stdin.buffer.read(limit + 1)
                sources.append(reader.read(raw, slug, name="standard input", max_bytes=limit))
            report = loader.load(sources, language=language, reason=reason)
        except reader.Unreadable as error:
            raise CommandError(f"{error} Nothing was written.") from error
        except ValidationError as error:
            raise CommandError(f"{'; '.join(error.messages)} Nothing was written.") from error
        for passage in report.moved:
            self.stdout.write(f"moved: {passage}")
        for passage in report.unplaced:
            self.stderr.write(f"could not be placed, still quotes the earlier text: {passage}")
        self.stdout.write(str(report))
        if options["suggest"]:  # after an interruption the same command goes on with the texts that were not read yet
            slugs = [source.slug for source in sources]
            self.stdout.write(tell(Article.objects.filter(slug__in=slugs), jobs, self.stderr))
