"""The words by which rows are found, reduced to their stems and kept beside the rows."""

from django.db.models import (
    CharField,
    Lookup,
    Manager,
    Model,
    PositiveBigIntegerField,
    TextField,
    UniqueConstraint,
)


class StemsField(TextField):
    """Stems separated by single spaces, with one before the first and one after the last."""

    def db_type(self, connection):
        return TextField().db_type(connection)


@StemsField.register_lookup
class HasAny(Lookup):
    """Whether one of several stems stands among the row's."""

    lookup_name = "has_any"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", list(value)

    def as_sql(self, compiler, connection):
        lhs, parameters = self.process_lhs(compiler, connection)
        words = [f" {stem} " for stem in self.rhs]
        conditions = " OR ".join(f"instr({lhs}, %s) > 0" for _ in words)
        return f"({conditions})", [one for word in words for one in (*parameters, word)]

    def as_postgresql(self, compiler, connection):
        # The expression of the index in migration 0002.
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"string_to_array({lhs}, ' ') && %s::text[]", [*parameters, list(self.rhs)]


class SearchEntryManager(Manager):
    def get_by_natural_key(self, table, row):
        return self.get(table=table, row=row)


class SearchEntry(Model):
    """The stems of one row, written by missions.search alone; no fact, and so in no fixture."""

    table = CharField(max_length=20, help_text="The row's table, such as claim.")
    row = PositiveBigIntegerField(help_text="The row's number in its table.")
    stems = StemsField(help_text="Its Dutch and its English stems.")

    objects = SearchEntryManager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [UniqueConstraint(fields=["table", "row"], name="missions_searchentry_once")]

    def __str__(self):
        return f"{self.table} {self.row}"

    def natural_key(self):
        return (self.table, self.row)
