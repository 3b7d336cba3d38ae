"""What the history tells: who changed a row when and why, and what each change did to each column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Value
from django.utils import timezone
from simple_history.models import HistoricalRecords

from missions import bulk
from missions.models import Deployment
from missions.models.deployment import PROJECTED

# Columns that no person writes: review moves the one, the projection writes the others.
NOT_CONTENT = {Deployment: {"state", *PROJECTED}}


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after a change, in words; `because` are the keys of the claims that decide it."""

    field: str
    before: object
    after: object
    because: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """One recorded change of a row."""

    record: Model
    at: datetime
    by: str | None
    reason: str | None
    kind: str  # + created, ~ changed, - deleted
    differences: list[Difference]


def keep(rows: list[Model], kind: str, *, by=None, reason: str) -> None:
    """Record rows of one table as the database has them now, their many-to-many columns with them."""
    model = type(rows[0])
    record, numbers = model.history.model, [row.pk for row in rows]
    by = by or record.get_default_history_user(rows[0])
    told = {
        "history_date": timezone.now(),
        "history_change_reason": reason,
        "history_type": kind,
        "history_user_id": by and by.pk,
    }
    # The database copies what it has: the values do not travel again.
    names = [column.attname for column in record.tracked_fields]
    values = (Value(value, record._meta.get_field(name)) for name, value in told.items())
    bulk.insert_selected(
        record,
        [*names, *told],
        model._base_manager.filter(pk__among=numbers).order_by("pk").values_list(*names, *values),
    )
    if record._history_m2m_fields:
        _keep_links(model, record, numbers)


def _keep_links(model: type[Model], record: type[Model], numbers: list[int]) -> None:
    found = record.objects.filter(id__among=numbers).order_by("history_id")
    record_of = dict(found.values_list("id", "history_id"))
    for column in record._history_m2m_fields:
        table = HistoricalRecords.m2m_models[column]
        through = getattr(model, column.name).through
        names = [field.attname for field in through._meta.fields]
        own = names.index(f"{column.m2m_field_name()}_id")
        links = (
            through.objects.filter(**{f"{column.m2m_field_name()}__pk__among": numbers})
            .order_by("pk")
            .values_list(*names)
        )
        bulk.insert_tuples(table, ["history_id", *names], [(record_of[link[own]], *link) for link in links])


def link(row: Model, column: str, rows: Iterable[Model]) -> None:
    """Set a many-to-many column without a record of its own: `keep` records the row as a whole."""
    row.skip_history_when_saving = True
    try:
        getattr(row, column).set(rows)
    finally:
        del row.skip_history_when_saving


def versions(row: Model, *, since: int = 0) -> Iterator[Version]:
    """The changes of a row in their order, each with what it changed; from a history number on, that one as the ground."""
    records = row.history.filter(history_id__gte=since).select_related("history_user").order_by("history_id")
    yield from of_records(records, ground=bool(since))


def of_records(records, *, ground: bool = False) -> Iterator[Version]:
    before = None
    for record in records:
        if before is not None or not ground:
            differences = list(_differences(before, record)) if before is not None else []
            by = str(record.history_user) if record.history_user else None
            yield Version(
                record, record.history_date, by, record.history_change_reason, record.history_type, differences
            )
        before = record


def content(row: Model) -> dict:
    """The columns that persons write, by attribute, of a row or of one of its versions."""
    model = getattr(row, "instance_type", type(row))
    left_out = NOT_CONTENT.get(model, {"state"})
    return {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if field.name not in left_out
    }


def way_back(row: Model, version) -> list[Difference]:
    """What going back to a version would change of what a row says now."""
    now = row.history.order_by("-history_id").first()
    left_out = NOT_CONTENT.get(type(row), {"state"})
    return [one for one in _differences(now, version) if one.field not in left_out]


def authors(row: Model) -> set:
    """Everybody who wrote what the row says: its recorder, and all who changed more than its state."""
    found, before = set(), None
    for record in row.history.select_related("history_user").order_by("history_id"):
        said = content(record), links(record)
        if record.history_user and said != before:
            found.add(record.history_user)
        before = said
    return found


def links(record) -> dict:
    """The rows that many-to-many columns led to, by name."""
    return {
        column.name: frozenset(
            getattr(record, column.name).values_list(f"{column.m2m_reverse_field_name()}_id", flat=True)
        )
        for column in record._history_m2m_fields
    }


def _differences(before, after) -> Iterator[Difference]:
    evidence = getattr(after, "evidence", None) or {}
    for column in after.instance_type._meta.concrete_fields:
        values = [getattr(record, column.attname) for record in (before, after)]
        if values[0] != values[1] and column.name != "evidence":
            yield Difference(column.name, *(_word(column, value) for value in values), _deciding(evidence, column.name))
    sides = links(before), links(after)
    for column in after._history_m2m_fields:
        if sides[0][column.name] != sides[1][column.name]:
            yield Difference(column.name, *(_names(column.related_model, side[column.name]) for side in sides))


def _deciding(evidence: dict, column: str) -> tuple[str, ...]:
    """Keys of the claims that decide a projected column."""
    for value, keys in evidence.items():
        if column == value or column.startswith(f"{value}_"):
            return tuple(keys) if isinstance(keys, list) else (keys,)
    return ()


def _word(column, value):
    if column.is_relation and value is not None:
        return _names(column.related_model, [value])
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def _names(model: type[Model], pks: Iterable) -> str | None:
    """Rows by their names; those that are gone by their number."""
    found = model._base_manager.in_bulk(pks)
    return ", ".join(sorted(str(found.get(pk, f"#{pk}")) for pk in pks)) or None
