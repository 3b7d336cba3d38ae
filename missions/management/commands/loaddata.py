import os

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS

from missions.exchange.load import Refused, load, read


class Command(loaddata.Command):
    """Django's loaddata finds the files; rows are ordered, written and audited by missions.exchange."""

    help = "Load fixtures in any order, all or nothing, with an audit; an error names file, row and field."

    def loaddata(self, fixture_labels):
        if self.using != DEFAULT_DB_ALIAS:
            raise CommandError("The audit reads the default database: set DATABASE_URL to load into another.")
        self.serialization_formats = ["json"]
        try:
            rows = [row for label in fixture_labels for row in self._read(label)]
            report = load(rows)
        except Refused as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        if self.verbosity >= 1:
            self.stdout.write(str(report))

    def _read(self, label):
        for path, _, _ in self.find_fixtures(label):
            *_, cmp_fmt = self.parse_name(os.path.basename(path))
            opener, mode = self.compression_formats[cmp_fmt]
            with opener(path, mode) as file:
                raw = file.read()
            try:
                text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
            except UnicodeDecodeError as error:
                raise Refused(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8.") from error
            rows = read(str(path), text)
            yield from (row for row in rows if self._wanted(row.model))

    def _wanted(self, model):
        return model not in self.excluded_models and model._meta.app_config not in self.excluded_apps
