"""A list as CSV made by PostgreSQL itself: COPY of one SELECT, with an expression for each flat column.

It gives the bytes that formats.py would write. A column that SQL cannot say has no expression: then there is no such SELECT.
"""

import re
from collections.abc import Iterator

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connections, transaction
from django.db.models import Case, Expression, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Ord
from django.db.models.lookups import GreaterThanOrEqual, Range
from rest_framework import serializers

from missions.api import flat
from missions.api.rows import Asked
from missions.api.serializers import text_after, text_before
from missions.exchange.sheets import FORMULA
from missions.models import EarlierText
from newsdb.failures import FAILURES

LINE = b"\r\n"
BLOCK = 1 << 16  # bytes that are sent at once
PLAIN = (serializers.ChoiceField, serializers.DateField, serializers.IntegerField)  # no text of anybody's own


def flat_rows(rows: QuerySet, asked: Asked) -> QuerySet | None:
    """The rows as flat columns; None where PostgreSQL is not asked or cannot say one of them."""
    columns = flat.columns(asked.shape, asked.selection)
    if connections[rows.db].vendor != "postgresql" or asked.dated:
        return None
    if len(columns) == 1:  # an empty cell would be an empty line, which readers leave out
        return None
    cells = {f"cell_{number}": _cell(column, asked) for number, column in enumerate(columns)}
    return None if None in cells.values() else rows.annotate(**cells).values_list(*cells)


def blocks(rows: QuerySet, header: bytes) -> Iterator[bytes]:
    """The header and the rows as lines of CSV. Closed before its end it cancels the COPY and leaves the connection clean."""
    connection = connections[rows.db]
    sql, parameters = rows.query.get_compiler(rows.db, elide_empty=False).as_sql()
    statement = connection.ops.compose_sql(f"COPY ({sql}) TO STDOUT WITH (FORMAT csv)", parameters)
    lines, size = [header], len(header)
    try:
        with transaction.atomic(rows.db), connection.cursor() as cursor:
            cursor.execute("SET LOCAL datestyle TO ISO")
            with connection.wrap_database_errors, cursor.copy(statement) as copied:
                for line in copied:  # of which each ends with a newline alone
                    lines.append(line[:-1])
                    size += len(line)
                    if size >= BLOCK:
                        yield _joined(lines)
                        lines, size = [], 0
    except FAILURES:
        # The transaction's end may have connected anew, and so have forgotten that the server had gone.
        connection.errors_occurred = True
        raise
    if lines:
        yield _joined(lines)


def _joined(lines: list) -> bytes:
    return LINE.join([*lines, b""])


# --- what a cell is, in SQL


def _cell(column: flat.Column, asked: Asked) -> Expression | F | None:
    """What the column holds; None where SQL cannot say it."""
    if column.many:
        return _costly_text(_members(column, asked))
    if column.part:
        return _text(F(f"{column.shown_as.source}__{column.shown_as.fields[column.part].source}"))
    made = dict(asked.plan.fields)[column.field]
    if made.make:
        said = MADE.get(column.field)
        return said and said(asked)
    value = F(made.columns[0])
    match column.shown_as:
        case serializers.BooleanField():
            return Cast(value, TextField())
        case serializers.ChoiceField() | serializers.DateField() | serializers.IntegerField():
            return value
        case serializers.CharField() | serializers.SlugRelatedField():
            return _text(value)


def _members(column: flat.Column, asked: Asked) -> Expression:
    """A part of each of the rows that a row refers to, in their order."""
    model = asked.shape.Meta.model
    relation, part = model._meta.get_field(column.field), column.shown_as.child.fields[column.part].source
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    members = getattr(model, column.field).through.objects.filter(**{own: OuterRef("pk")})
    ordered = members.order_by(*(f"{other}__{key}" for key in relation.related_model._meta.ordering))
    array = ArraySubquery(ordered.values(f"{other}__{part}"))
    return Func(array, Value(flat.SEPARATOR), function="array_to_string", output_field=TextField())


def _text(value: F) -> Expression:
    """A text as sheets.escaped writes it. Most begin with a letter or a digit, which is found out faster than by a pattern."""
    first = Ord(value)
    harmless = Q(GreaterThanOrEqual(first, ord("A"))) | Q(Range(first, (ord("0"), ord("<"))))
    return Case(When(harmless, then=value), default=_costly_text(value), output_field=TextField())


def _costly_text(value: Expression | F) -> Expression:
    """The same where the value is worth computing once."""
    escaped = Func(value, Value(ESCAPED), Value("'"), function="regexp_replace", output_field=TextField())
    return NullIf(escaped, Value("", output_field=TextField()))


ESCAPED = f"^(?='*({'|'.join(map(re.escape, FORMULA))}))"  # before what a spreadsheet would run


def _body_of_passage() -> Expression:
    """The text that the offsets of a passage count in."""
    earlier = EarlierText.objects.filter(article=OuterRef("article"), revision=OuterRef("article_revision"))
    present = When(article_revision=F("article__revision"), then=F("article__body"))
    return Case(present, default=Coalesce(Subquery(earlier.values("body")), Value("")), output_field=TextField())


def _body(asked: Asked) -> Expression:
    body = _text(F("body"))
    return body if asked.drafts else Case(When(text_public=True, then=body), output_field=TextField())


MADE = {
    "key": lambda asked: _costly_text(
        Concat("article__slug", Value(":"), Cast("number", TextField()), output_field=TextField())
    ),
    "prefix": lambda asked: _costly_text(text_before(_body_of_passage())),
    "suffix": lambda asked: _costly_text(text_after(_body_of_passage())),
    "body": _body,
}
