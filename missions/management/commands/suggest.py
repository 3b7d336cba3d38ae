import json
import sys
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from missions import edtf, suggest
from missions.curation import suggesting
from missions.ingest import reader
from missions.models import Article

# What is printed of each kind, in this order.
PRINTED = {
    "countries": ("code", "start", "end", "exact"),
    "missions": ("slug", "name", "start", "end", "exact"),
    "statements": ("start", "end", "exact", "form", "speaker", "role", "organization", "country", "attribution"),
    "claims": ("start", "end", "exact", "contributing_country", "host_country", "mission", "stage", "planned", "personnel_low",
               "personnel_best", "personnel_high", "personnel_words", "contribution", "date"),
}  # fmt: skip


class Command(BaseCommand):
    help = "Suggest statements and claims from the texts of articles, as drafts for a person; or show what a file would give."

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--article", metavar="SLUG", help="Only this article; else all whose text was not read yet.")
        what.add_argument(
            "--file", metavar="FILE", help="A text file that is no article; takes --json, writes nothing."
        )
        parser.add_argument(
            "--date", help="When the file's text was published, in EDTF such as 2022-02; else its first line says."
        )
        parser.add_argument("--language", help="nl or en; else the text tells.")
        parser.add_argument("--json", action="store_true", help="Print what is found, and write nothing.")
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="How many processes read.")

    def handle(self, *, article, file, date, language, jobs, **options):
        if jobs < 1:
            raise CommandError(f"--jobs {jobs}: give a whole number from 1.")
        if language is not None and language not in suggest.LANGUAGES:
            raise CommandError(f"--language {language}: give {' or '.join(suggest.LANGUAGES)}.")
        if file is not None:
            if not options["json"]:
                raise CommandError("--file shows what a text would give: add --json; to keep it, ingest it first.")
            self._print(*self._read(Path(file), date, language))
            return
        if date is not None or language is not None:
            raise CommandError("--date and --language go with --file: an article has its own.")
        articles = Article.objects.all()
        if article is not None:
            articles = articles.filter(slug=article)
            if not articles.exists():
                raise CommandError(f"There is no article “{article}”.")
        if options["json"]:
            if article is None:
                raise CommandError("--json goes with --article or --file.")
            row = articles.get()
            days = (row.published_earliest, row.published_latest)
            self._print(row.body, row.language, days if None not in days else None)
            return
        self.stdout.write(tell(articles, jobs, self.stderr))

    def _read(self, path: Path, date: str | None, language: str | None) -> tuple:
        try:
            source = reader.read_file(path, settings.INGEST_MAX_BYTES)
            said = source.published_edtf if date is None else date
            published = edtf.days(said) if said is not None else None
        except reader.Unreadable as error:
            raise CommandError(str(error)) from error
        except ValueError as error:
            raise CommandError(f"--date: {error}") from error
        return source.body, language, published if published and None not in published else None

    def _print(self, body: str, language: str | None, published) -> None:
        found = asdict(suggest.find(body, language, published, suggesting.gazetteer()))
        shown = {kind: [{name: one[name] for name in names} for one in found[kind]] for kind, names in PRINTED.items()}
        self.stdout.write(json.dumps(shown, ensure_ascii=False))


def tell(articles, jobs: int, progress) -> str:
    """Read what was not read yet, showing how far it has come where somebody watches; a line that sums it up."""
    whole, count, suggestions = suggesting.unread(articles).count(), 0, 0
    for slug, number in suggesting.suggest_for(articles, jobs=jobs):
        count, suggestions = count + 1, suggestions + number
        if progress.isatty() or sys.flags.dev_mode:
            progress.write(f"{count} / {whole} {slug}: {number} suggestions")
    texts, found = "text" if count == 1 else "texts", "suggestion waits" if suggestions == 1 else "suggestions wait"
    return f"{count} {texts} read, {suggestions} {found}"
