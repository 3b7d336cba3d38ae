"""Rows as an answer shows them, read by their columns: no model is made of a row, and no serializer walks it.

A shape's serializer says which fields there are and what they are called; here it becomes, once for each selection of
fields, a list of columns to read and of what each field makes of them. A row is known by its columns, and then by its fields.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import attrgetter, itemgetter

from django.db.models import Model, QuerySet
from rest_framework import serializers

from missions import caching
from missions.api import statements
from missions.api.parameters import Selection
from missions.api.references import References
from missions.api.serializers import CountryRef, Include, Made, MissionRef, Shape
from missions.models import DatedProjection
from missions.models.deployment import PROJECTED

BATCH = 1000
VERSION = "version"
KNOWN_FROM = "article__published_latest"  # when a passage was certainly published
REFERRED = {CountryRef: attrgetter("shown_countries"), MissionRef: attrgetter("shown_missions")}


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """How the rows of a shape are read and shown for one selection of fields. There is one of each, known by itself."""

    shape: type[Shape]
    columns: tuple[str, ...]  # the primary key first
    fields: tuple[tuple[str, Made], ...]
    references: tuple[tuple[str, str, type], ...]  # fields, their columns, and what each refers to a row as
    links: tuple[tuple[str, type], ...]  # many-to-many columns, and what their members are shown as
    includes: tuple[tuple[str, Include], ...]
    names: tuple[str, ...]  # of the fields
    places: dict[str, int]  # of the columns
    take: Callable[[Sequence], tuple]  # from the columns' values, those of the fields that simply are a column
    made: tuple[tuple[str, Callable], ...]  # those that are made of columns

    def read(self, rows: QuerySet) -> QuerySet:
        """The rows by the plan's columns."""
        computed = {**self.shape.expressions, VERSION: caching.version_of(self.shape.Meta.model)}
        computed = {name: expression for name, expression in computed.items() if name in self.columns}
        return rows.annotate(**computed).values_list(*self.columns)


class Row:
    """One row by its columns, of which most are never asked for by name."""

    __slots__ = ("places", "values")

    def __init__(self, places: dict[str, int], values: Sequence):
        self.places, self.values = places, values

    def __getitem__(self, column: str):
        return self.values[self.places[column]]

    def __contains__(self, column: str) -> bool:
        return column in self.places

    def update(self, columns: dict) -> None:
        """Put other values in the place of some columns'."""
        self.values = list(self.values)
        for column, value in columns.items():
            self.values[self.places[column]] = value


@dataclass(slots=True)
class Asked:
    """What of an answer's rows is shown, and how they are to be read."""

    shape: type[Shape]
    selection: Selection
    references: References
    known_on: object = None
    drafts: bool = False
    also: tuple[str, ...] = ()  # columns that the caller reads beside the fields

    @property
    def plan(self) -> Plan:
        return plan(self.shape, self.selection, self.also)

    @property
    def dated(self) -> bool:
        """Whether what was known on a day stands in the place of what the rows hold."""
        return bool(self.known_on) and hasattr(self.shape.Meta.model, "dated_projections")


@lru_cache(maxsize=512)
def plan(shape: type[Shape], selection: Selection, also: tuple[str, ...] = ()) -> Plan:
    fields, referring, links, includes = {}, [], [], []
    declared = shape().fields
    for name in (*shape.Meta.fields, *sorted(selection.includes - set(shape.Meta.fields))):
        if name in selection.includes:
            includes.append((name, shape.includes[name]))
            fields[name] = Made(())
        elif name in selection.names:
            field = declared[name]
            if isinstance(field, serializers.ListSerializer) and type(field.child) in REFERRED:
                links.append((name, type(field.child)))
                fields[name] = Made(())
            elif type(field) in REFERRED:
                referring.append((name, f"{field.source}_id", type(field)))
                fields[name] = Made((f"{field.source}_id",))
            else:
                fields[name] = shape.made.get(name) or _made(field)
    own = tuple(f"{name}_id" for name, include in includes if include.one)
    columns = dict.fromkeys(("pk", *also, *own, *(column for made in fields.values() for column in made.columns)))
    places = {column: place for place, column in enumerate(columns)}
    taken = [places[made.columns[0]] if made.columns else 0 for made in fields.values()]
    return Plan(
        shape,
        tuple(columns),
        tuple(fields.items()),
        tuple(referring),
        tuple(links),
        tuple(includes),
        tuple(fields),
        places,
        itemgetter(*taken, 0, 0),  # a tuple, however few the fields
        tuple((name, made.make) for name, made in fields.items() if made.make),
    )


def _made(field: serializers.Field) -> Made:
    if isinstance(field, serializers.SlugRelatedField):
        return Made((f"{field.source}__{field.slug_field}",))
    return Made((field.source,))


# --- reading


def shown(rows: QuerySet, asked: Asked) -> Iterator[tuple[Row, dict]]:
    """(columns, fields) of the rows in their order, streamed: in so many queries a batch whatever its size."""
    found = asked.plan.read(rows).iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        yield from of_batch(batch, asked)


def shown_by_number(numbers: list[int], asked: Asked) -> list[tuple[Row, dict]]:
    """The same of the rows with these numbers, in the order of the numbers."""
    rows = statements.of_plan(asked.plan, "pk", public=False).rows(numbers=numbers) if numbers else ()
    found = {row[0]: row for row in rows}
    return of_batch([found[number] for number in numbers if number in found], asked)


def shown_by_key(key: dict, asked: Asked) -> list[tuple[Row, dict]]:
    """The same of the one row with this natural key, if there is one that the asker sees."""
    statement = statements.of_one(asked.plan, not asked.drafts, *key)
    return of_batch(statement.rows(**key), asked)


def of_batch(batch: list[tuple], asked: Asked) -> list[tuple[Row, dict]]:
    plan = asked.plan
    rows = [Row(plan.places, values) for values in batch]
    if asked.dated:
        _as_known(rows, asked.known_on)
    plan.shape.mend(rows)
    made = [dict(zip(plan.names, plan.take(row.values), strict=False)) for row in rows]
    for name, make in plan.made:
        for row, fields in zip(rows, made, strict=True):
            fields[name] = make(row, asked)
    for name, column, reference in plan.references:
        known = REFERRED[reference](asked.references)
        for row, fields in zip(rows, made, strict=True):
            fields[name] = known[row[column]]
    for name, reference in plan.links:
        _link(rows, made, plan.shape.Meta.model, name, REFERRED[reference](asked.references))
    for name, include in plan.includes:
        (_one if include.one else _many)(rows, made, asked, name, include)
    return list(zip(rows, made, strict=True))


def _as_known(rows: list[Row], day) -> None:
    """Puts what was known on a day in the place of what is known now."""
    columns = [name for name in PROJECTED if rows and name in rows[0]]
    earlier = DatedProjection.objects.known_on(day).filter(deployment__in=[row["pk"] for row in rows])
    found = {pk: values for pk, *values in earlier.order_by().values_list("deployment_id", *columns)}
    for row in rows:
        if row["pk"] in found:
            row.update(dict(zip(columns, found[row["pk"]], strict=True)))


def _link(rows: list[Row], made: list[dict], model: type[Model], name: str, known: Mapping[int, dict]) -> None:
    column = model._meta.get_field(name)
    own, other = column.m2m_field_name(), column.m2m_reverse_field_name()
    through = getattr(model, name).through.objects
    ordering = [f"{other}__{key}" for key in column.related_model._meta.ordering]
    found = through.filter(**{f"{own}__in": [row["pk"] for row in rows]}).order_by(*ordering)
    members = defaultdict(list)
    for owner, member in found.values_list(f"{own}_id", f"{other}_id"):
        members[owner].append(known[member])
    for row, fields in zip(rows, made, strict=True):
        fields[name] = members[row["pk"]]


def _one(rows: list[Row], made: list[dict], asked: Asked, name: str, include: Include) -> None:
    """The row that each row refers to, whole."""
    shape, column = include.shape(), f"{name}_id"
    numbers = sorted({row[column] for row in rows} - {None})
    whole = by_number(shown_by_number(numbers, Asked(shape, shape.slim(), asked.references, drafts=asked.drafts)))
    for row, fields in zip(rows, made, strict=True):
        fields[name] = whole.get(row[column])


def _many(rows: list[Row], made: list[dict], asked: Asked, name: str, include: Include) -> None:
    """The public rows that refer to each row."""
    shape, owner = include.shape(), f"{include.owner}_id"
    also = (owner, KNOWN_FROM) if asked.known_on and hasattr(shape.Meta.model.objects, "known_on") else (owner,)
    inner = Asked(shape, shape.slim(), asked.references, asked.known_on, asked.drafts, also)
    statement = statements.of_plan(inner.plan, f"{include.owner}__pk", public=True, order=include.order)
    members = defaultdict(list)
    for columns, fields in of_batch(statement.rows(numbers=[row["pk"] for row in rows]), inner):
        if KNOWN_FROM not in also or (columns[KNOWN_FROM] and columns[KNOWN_FROM] <= asked.known_on):
            members[columns[owner]].append(fields)
    for row, fields in zip(rows, made, strict=True):
        fields[name] = members[row["pk"]]


def by_number(rows: Iterable[tuple[Row, dict]]) -> dict[int, dict]:
    """Fields by the rows' numbers."""
    return {columns["pk"]: fields for columns, fields in rows}
