"""Rows as tables hold them: a reference is two columns, its key and its name; a list is its members by semicolons."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import orjson
from rest_framework import serializers

from missions.api.parameters import Selection
from missions.api.serializers import REFERENCES, Shape, reference_key

SEPARATOR = "; "
COMPOSED = (serializers.JSONField, serializers.SerializerMethodField)  # fields that may hold a list or an object


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: a field of the rows, or a part (key or name) of the row or rows that it refers to."""

    name: str
    field: str
    shown_as: serializers.Field
    part: str | None = None

    @property
    def many(self) -> bool:
        return isinstance(self.shown_as, serializers.ListSerializer)

    def read(self, rows: list[dict]) -> list:
        """Its values in rows by field."""
        field, part = self.field, self.part
        if self.many:
            return [SEPARATOR.join([one[part] for one in row[field]]) for row in rows]
        if part:
            return [(one := row[field]) and one[part] for row in rows]
        if isinstance(self.shown_as, COMPOSED):
            return [_plain(row[field]) for row in rows]
        return [row[field] for row in rows]


@lru_cache(maxsize=512)
def columns(shape: type[Shape], selection: Selection) -> tuple[Column, ...]:
    """The flat columns of the selected fields, in the shape's order."""
    return tuple(
        column
        for name, field in shape().fields.items()
        if name in selection.names
        for column in _columns_of(name, field)
    )


def _columns_of(name: str, field: serializers.Field) -> Iterator[Column]:
    reference = field.child if isinstance(field, serializers.ListSerializer) else field
    if isinstance(reference, REFERENCES):
        yield Column(name, name, field, reference_key(reference))
        yield Column(f"{name}_name", name, field, "name")
    else:
        yield Column(name, name, field)


def _plain(value):
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return SEPARATOR.join(value)
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else value
