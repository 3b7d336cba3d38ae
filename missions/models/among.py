"""`column__among=values`: as `in`, for thousands of values at once, which travel as one parameter.

The statement is the same however many they are, so that one that was compiled serves again.
"""

import json

from django.db.models import Field, Lookup


@Field.register_lookup
class Among(Lookup):
    lookup_name = "among"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", list(value)

    def as_sql(self, compiler, connection):
        lhs, parameters = self.process_lhs(compiler, connection)
        found = f"{lhs} IN (SELECT value FROM json_each(%s))"  # noqa: S608 — the compiler's own column
        return found, [*parameters, parameter(self.rhs, "sqlite")]

    def as_postgresql(self, compiler, connection):
        lhs, parameters = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*parameters, parameter(self.rhs, "postgresql")]


def parameter(values, vendor: str):
    """The values as the statement's one parameter."""
    values = list(values)
    if vendor == "postgresql":
        # Of numbers the literal is written in a moment; psycopg looks at each of them.
        return f"{{{','.join(map(str, values))}}}" if set(map(type, values)) <= {int} else values
    return json.dumps(values)
