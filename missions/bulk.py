"""Many rows at once by the quickest road of each database: COPY on PostgreSQL, one prepared statement on SQLite."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from operator import itemgetter

import orjson
from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model, QuerySet
from django.db.models.base import ModelState

WORTH_A_LOOK = 1000  # new rows
GROWN = 8  # times as many as at the last look
GLANCE = 10  # PostgreSQL's measure of how closely it looks: at a tenth of the rows that it takes by itself


def batched(rows: Iterable, size: int) -> Iterator[list]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


class Growth:
    """Lets PostgreSQL look at a table as it grows: of one that it thinks is small it reads every row, batch after batch."""

    def __init__(self, model: type[Model]):
        self.model, self.rows, self.looked_at = model, 0, 0

    def add(self, rows: int) -> None:
        self.rows += rows
        if self.rows >= max(WORTH_A_LOOK, GROWN * self.looked_at):
            self._look(GLANCE)

    def look(self) -> None:
        """When the table is whole."""
        if self.rows > self.looked_at and self.rows >= WORTH_A_LOOK:
            self._look()

    def _look(self, detail: int | None = None) -> None:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                if detail:
                    cursor.execute(f"SET LOCAL default_statistics_target = {detail}")
                cursor.execute(f"ANALYZE {connection.ops.quote_name(self.model._meta.db_table)}")
                if detail:
                    cursor.execute("SET LOCAL default_statistics_target TO DEFAULT")
        self.looked_at = self.rows


def selected(rows: QuerySet) -> list[tuple]:
    """What a question finds, as the driver gives it: words, numbers, days and truth as they are, data as text.

    Only for plain columns; Django would look at every value once more.
    """
    question, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return cursor.fetchall()


def fetched(rows: QuerySet) -> list[Model]:
    """The whole rows of one table that a question finds."""
    columns = rows.model._meta.concrete_fields
    data = [(place, _reading(column)) for place, column in enumerate(columns) if isinstance(column, JSONField)]
    found = made(rows.model, _prepare(data, selected(rows.values_list(*(column.attname for column in columns)))))
    for row in found:
        row._state.adding, row._state.db = False, connection.alias
    return found


def _reading(column: JSONField) -> Callable:
    return lambda text: column.from_db_value(text, None, connection)


def made(model: type[Model], rows: Iterable[Sequence]) -> list[Model]:
    """New rows of a model, of the values of all its columns.

    They are what Model() makes, which takes long: for each row it looks for names, defaults and somebody who listens.
    """
    names, made = [column.attname for column in model._meta.concrete_fields], []
    for values in rows:
        row = model.__new__(model)
        row.__dict__ = dict(zip(names, values, strict=True))
        row._state = ModelState()
        made.append(row)
    return made


def number(rows: Sequence[Model]) -> None:
    """Give new rows of one table their numbers, in their order."""
    new = [row for row in rows if row.pk is None]
    if not new:
        return
    meta = new[0]._meta
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "WITH its AS MATERIALIZED (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence)"
                " SELECT nextval(sequence) FROM its, generate_series(1, %s)",
                [meta.db_table, meta.pk.column, len(new)],
            )
            numbers = [given for (given,) in cursor.fetchall()]
        else:
            # Nobody else writes meanwhile; SQLite raises its count with each row.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [meta.db_table])
            last = (cursor.fetchone() or (0,))[0]
            numbers = range(last + 1, last + 1 + len(new))
    for row, given in zip(new, numbers, strict=True):
        row.pk = given


def insert(rows: Sequence[Model]) -> None:
    """Write rows of one table that have their numbers."""
    if rows:
        columns = rows[0]._meta.concrete_fields
        insert_values(rows[0]._meta.db_table, [column.column for column in columns], _values(columns, rows))


def insert_tuples(model: type[Model], names: Sequence[str], rows: Iterable[tuple]) -> None:
    """Write rows of one table whose numbers nobody asks for, as the values of the named columns."""
    columns = [model._meta.get_field(name) for name in names]
    prepared = _prepared(columns)
    insert_values(model._meta.db_table, [column.column for column in columns], _prepare(prepared, rows))


def update(rows: Sequence[Model]) -> None:
    """Write rows of one table, which are there, anew."""
    if not rows:
        return
    meta = rows[0]._meta
    columns = [column for column in meta.concrete_fields if not column.primary_key]
    quoted = connection.ops.quote_name
    settings = ", ".join(f"{quoted(column.column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(meta.db_table)} SET {settings} WHERE {quoted(meta.pk.column)} = %s",  # noqa: S608 — names
            list(_values([*columns, meta.pk], rows)),
        )


def insert_values(table: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
    """Write rows of values, as the database takes them."""
    names = ", ".join(map(connection.ops.quote_name, columns))
    table = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 — names


def insert_selected(model: type[Model], names: Sequence[str], selected: QuerySet) -> None:
    """Write what a question finds into a table: its values, in the order of the columns' names."""
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(model._meta.get_field(name).column) for name in names)
    question, parameters = selected.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quoted(model._meta.db_table)} ({columns}) {question}", parameters)


def _values(columns: Sequence, rows: Iterable[Model]) -> Iterator[tuple]:
    """The rows' values as the database takes them."""
    return _prepare(_prepared(columns), map(itemgetter(*(column.attname for column in columns)), map(vars, rows)))


def _prepared(columns: Sequence[Field]) -> list[tuple[int, Callable]]:
    """The places of columns whose values a database does not take as they are, and what makes it take them."""
    return [
        (place, _preparing(column))
        for place, column in enumerate(columns)
        if isinstance(column, JSONField | DateTimeField)
    ]


def _preparing(column: Field) -> Callable:
    if isinstance(column, JSONField):
        return lambda value: None if value is None else _json(value)
    return lambda value: column.get_db_prep_save(value, connection)


def _json(value) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a number that is longer than 64 bits
        return json.dumps(value, ensure_ascii=False)


def _prepare(prepared: list[tuple[int, Callable]], rows: Iterable[tuple]) -> Iterable[tuple]:
    return (_with(prepared, row) for row in rows) if prepared else rows


def _with(prepared: list[tuple[int, Callable]], row: tuple) -> tuple:
    values = list(row)
    for place, prepare in prepared:
        values[place] = prepare(values[place])
    return tuple(values)
