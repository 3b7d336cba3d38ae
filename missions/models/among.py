"""`pk__among=[…]`: one of several numbers, in a statement that is the same however many they are."""

import json

from django.db.models import BigAutoField, ForeignKey, Lookup


@BigAutoField.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """The numbers travel as one parameter, so that a statement that was compiled once serves for any of them."""

    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", [value]

    def as_sql(self, compiler, connection):
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"{lhs} IN (SELECT value FROM json_each(%s))", [*parameters, self.rhs]  # noqa: S608, a column of ours

    def as_postgresql(self, compiler, connection):
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*parameters, self.rhs]


def parameter(numbers: list[int], vendor: str):
    """The numbers as the statement's parameter."""
    return numbers if vendor == "postgresql" else json.dumps(numbers)
