"""SQL statements that are compiled once: rows by their numbers, or by the numbers of those they belong to.

Django takes longer to write a statement with many columns than PostgreSQL to answer it.
"""

from functools import lru_cache

from django.db import connections, router
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from missions.models import among

PLACE = object()  # stands for the numbers while a statement is compiled


class Statement:
    """`SELECT columns … WHERE column among (numbers)`, ready to be executed for any numbers."""

    def __init__(self, rows: QuerySet, column: str, alias: str):
        self.alias, self.vendor = alias, connections[alias].vendor
        query = rows.filter(**{f"{column}__among": PLACE}).query
        compiler: SQLCompiler = query.get_compiler(alias)
        self.sql, parameters = compiler.as_sql()
        self.parameters = list(parameters)
        self.place = next(at for at, one in enumerate(self.parameters) if one is PLACE)
        self.converters = list(compiler.get_converters([expression for expression, *_ in compiler.select]).items())

    def rows(self, numbers: list[int]) -> list[tuple]:
        parameters = list(self.parameters)
        parameters[self.place] = among.parameter(numbers, self.vendor)
        connection = connections[self.alias]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            found = cursor.fetchall()
        return self._converted(found, connection) if self.converters else found

    def _converted(self, rows: list[tuple], connection) -> list[tuple]:
        """Values as Python has them, where the database has them otherwise."""
        columns = list(zip(*rows, strict=True))
        for place, (converters, expression) in self.converters if rows else ():
            for convert in converters:
                columns[place] = [convert(value, expression, connection) for value in columns[place]]
        return list(zip(*columns, strict=True))


@lru_cache(maxsize=1024)
def compiled(plan, column: str, public: bool, order: tuple[str, ...], alias: str) -> Statement:
    """The statement that reads the rows of a plan by a column of numbers."""
    objects = plan.shape.Meta.model.objects
    return Statement(plan.read((objects.public() if public else objects.all()).order_by(*order)), column, alias)


def read(plan, column: str, numbers: list[int], *, public=False, order: tuple[str, ...] = ()) -> list[tuple]:
    """The rows of a plan whose column is among the numbers."""
    alias = router.db_for_read(plan.shape.Meta.model)
    return compiled(plan, column, public, order, alias).rows(numbers)
