"""SQL statements that are compiled once and executed for any values: Django takes longer to write one than PostgreSQL to
answer it. On PostgreSQL those whose plan depends on no value are planned once, too: of a row with its claims, planning is half
of the database's work.

Where a value will stand, a mark stands while the statement is compiled.
"""

import secrets
from collections.abc import Mapping
from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import QuerySet

from missions import prepared
from missions.models import among


def text_mark() -> str:
    """A text that nobody can ask for."""
    return secrets.token_hex(16)


def number_mark() -> int:
    return 2_000_000_000 + secrets.randbelow(100_000_000)


NUMBERS = [number_mark()]


class Statement:
    """The rows of a queryset by its columns; `marks` are the values to come, by name.

    A `steady` one goes by a key: it is planned once a connection, while others are planned for the values that they bring,
    since some of these are common and others rare.
    """

    def __init__(self, rows: QuerySet, marks: Mapping[str, object] | None = None, *, steady: bool = False):
        self.model, self.steady = rows.model, steady
        compiler = rows.query.get_compiler(router.db_for_read(rows.model))
        self.vendor = compiler.connection.vendor
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            self.sql, parameters = None, ()  # no row can be meant
        self.parameters = list(parameters)
        marks = {name: self._parameter(mark) for name, mark in (marks or {}).items()}
        self.places = {
            place: name for place, one in enumerate(parameters) for name, mark in marks.items() if one == mark
        }
        self.converters = list(compiler.get_converters([one for one, *_ in compiler.select or ()]).items())

    def rows(self, *, start: int = 0, most: int | None = None, **values) -> list[tuple]:
        """The rows for these values of the marks, from one place in their order on, and so many at most."""
        if self.sql is None:
            return []
        parameters = list(self.parameters)
        for place, name in self.places.items():
            parameters[place] = self._parameter(values[name])
        sql = self.sql if most is None else f"{self.sql} LIMIT {most:d} OFFSET {start:d}"
        connection = connections[router.db_for_read(self.model)]
        if self.steady:
            found = prepared.fetched(connection, sql, parameters)
        else:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                found = cursor.fetchall()
        return self._converted(found, connection) if self.converters else found

    def _parameter(self, value):
        return among.parameter(value, self.vendor) if isinstance(value, list) else value

    def _converted(self, rows: list[tuple], connection) -> list[tuple]:
        """Values as Python has them, where the database has them otherwise."""
        columns = list(zip(*rows, strict=True))
        for place, (converters, expression) in self.converters if rows else ():
            for convert in converters:
                columns[place] = [convert(value, expression, connection) for value in columns[place]]
        return list(zip(*columns, strict=True))


def numbers(rows: QuerySet, marks: Mapping[str, object] | None = None) -> Statement:
    """The numbers of the rows, in their order."""
    return Statement(rows.values_list("pk"), marks)


@lru_cache(maxsize=1024)
def of_plan(plan, column: str, public: bool, order: tuple[str, ...] = ()) -> Statement:
    """The rows of a plan whose `column` is among numbers."""
    rows = _objects(plan, public).filter(**{f"{column}__among": NUMBERS})
    return Statement(plan.read(rows.order_by(*order)), {"numbers": NUMBERS}, steady=True)


@lru_cache(maxsize=1024)
def of_one(plan, public: bool, *columns: str) -> Statement:
    """The row of a plan that a natural key names; its columns are the marks."""
    marks = {column: number_mark() if column == "number" else text_mark() for column in columns}
    return Statement(plan.read(_objects(plan, public).filter(**marks).order_by()), marks, steady=True)


def _objects(plan, public: bool) -> QuerySet:
    objects = plan.shape.Meta.model.objects
    return objects.public() if public else objects.all()
