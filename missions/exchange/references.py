"""Natural keys → rows, asked of the database for many rows at once."""

from collections.abc import Iterable, Sequence

from django.db import models

from missions.exchange.columns import NO_TEXT
from missions.models import DATASET


class Keys:
    """What one batch refers to; of the batch before only what both refer to is remembered, so that it never grows."""

    def __init__(self):
        self.known: dict[tuple, dict[tuple, object]] = {}

    def numbers(self, model, keys: Iterable[tuple]) -> dict[tuple, int]:
        """The numbers of the rows that are there."""
        return self._found(model, keys, _numbers)

    def rows(self, model, keys: Iterable[tuple]) -> dict[tuple, models.Model]:
        """The rows that are there."""
        return self._found(model, keys, _rows)

    def _found(self, model, keys: Iterable[tuple], ask) -> dict:
        keys = set(keys)
        before = self.known.get((model, ask), {})
        found = {key: before[key] for key in keys if key in before}
        if missing := keys - found.keys():
            found |= ask(model, missing)
        self.known[model, ask] = found
        return found


def key_columns(model) -> tuple[str, ...]:
    """The columns of a table's natural key; none for a table that has no such key."""
    if not hasattr(model, "natural_key"):
        return ()
    for constraint in model._meta.total_unique_constraints:
        return constraint.fields
    return tuple(column.name for column in model._meta.fields if column.unique and not column.primary_key)[:1]


def rows_with(model, columns: Sequence[str], keys: Iterable[tuple]) -> models.QuerySet:
    """Rows whose columns are, each for itself, among those of the keys."""
    parts = [set(part) for part in zip(*keys, strict=True)]
    return model._base_manager.filter(**{f"{name}__among": part for name, part in zip(columns, parts, strict=True)})


def existing(model, columns: Sequence[str], keys: list[tuple]) -> dict[tuple, models.Model]:
    """The rows of natural keys whose relations are numbers."""
    fields = [model._meta.get_field(name) for name in columns]
    kinds = [int if isinstance(field, models.IntegerField) or field.is_relation else str for field in fields]
    askable = [key for key in keys if all(map(_may_be, key, kinds))]
    if not askable:
        return {}
    paths = [f"{name}__pk" if field.is_relation else name for name, field in zip(columns, fields, strict=True)]
    # Each column for itself finds more than the keys: numbers first, and only the keys' own rows whole.
    numbers = rows_with(model, paths, askable).values_list("pk", *(field.attname for field in fields))
    wanted = set(askable)
    keys_of = {pk: tuple(key) for pk, *key in numbers if tuple(key) in wanted}
    return {keys_of[row.pk]: row for row in model._base_manager.filter(pk__among=keys_of)} if keys_of else {}


def _numbers(model, keys: set[tuple]) -> dict[tuple, int]:
    if model not in DATASET:
        return {key: row.pk for key, row in _one_by_one(model, keys).items()}
    columns = natural_key_paths(model)
    if not (askable := _askable(model, columns, keys)):
        return {}
    found = rows_with(model, columns, askable).values_list("pk", *columns)
    return {tuple(key): pk for pk, *key in found if tuple(key) in keys}


def _rows(model, keys: set[tuple]) -> dict[tuple, models.Model]:
    if model not in DATASET:
        return _one_by_one(model, keys)
    columns = natural_key_paths(model)
    if not (askable := _askable(model, columns, keys)):
        return {}
    return {row.natural_key(): row for row in rows_with(model, columns, askable)}


def _one_by_one(model, keys: set[tuple]) -> dict[tuple, models.Model]:
    found = {}
    for key in keys:
        try:
            found[key] = model._default_manager.get_by_natural_key(*key)
        except (model.DoesNotExist, ValueError, TypeError):
            continue
    return found


def natural_key_paths(model) -> list[str]:
    """The natural key as a question puts it: plain columns, of the tables referred to as well."""
    paths = []
    for name in key_columns(model):
        column = model._meta.get_field(name)
        paths += (
            [f"{name}__{path}" for path in natural_key_paths(column.related_model)] if column.is_relation else [name]
        )
    return paths


def _askable(model, paths: list[str], keys: set[tuple]) -> list[tuple]:
    """The keys that a row can have: as long as the key is, each part of its column's kind."""
    kinds = [int if isinstance(column_of(model, path), models.IntegerField) else str for path in paths]
    return [key for key in keys if len(key) == len(kinds) and all(map(_may_be, key, kinds))]


def column_of(model, path: str) -> models.Field:
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return model._meta.get_field(name)


def _may_be(part, kind: type) -> bool:
    if type(part) is not kind:
        return False
    return 0 <= part < 1 << 63 if kind is int else not NO_TEXT.search(part)
