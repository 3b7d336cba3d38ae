import os
from itertools import chain

from django.core.management.base import CommandError
from django.core.management.commands import loaddata
from django.db import DEFAULT_DB_ALIAS

from missions.exchange.load import load
from missions.exchange.reading import Refused, read


class Command(loaddata.Command):
    """Django's loaddata finds the files; rows are ordered, written and audited by missions.exchange."""

    help = "Load fixtures in any order, all or nothing, with an audit; an error names file, row and field."

    def loaddata(self, fixture_labels):
        if self.using != DEFAULT_DB_ALIAS:
            raise CommandError("The audit reads the default database: set DATABASE_URL to load into another.")
        self.serialization_formats = ["json"]
        rows = chain.from_iterable(map(self._read, fixture_labels))
        try:
            report = load(rows, self._progress if self.verbosity >= 1 else lambda *_: None)
        except Refused as error:
            raise CommandError(f"{error}\nNothing was written.") from error
        if self.verbosity >= 1:
            self.stdout.write(str(report))

    def _read(self, label):
        for path, _, _ in self.find_fixtures(label):
            *_, cmp_fmt = self.parse_name(os.path.basename(path))
            opener, mode = self.compression_formats[cmp_fmt]
            with opener(path, mode) as file:
                yield from (row for row in read(str(path), file) if self._wanted(row.model))

    def _wanted(self, model):
        return model not in self.excluded_models and model._meta.app_config not in self.excluded_apps

    def _progress(self, what, done, whole):
        """A line a second, where somebody watches."""
