"""fixtures/*.json → database, in one transaction: rows in any order of files, each error with its file, row and field."""

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers import sort_dependencies
from django.db import DatabaseError, models, transaction

from missions import audit, derived, history, search
from missions.models import Article, Claim, Deployment
from missions.models.review import State
from missions.publication import one_revision, watch

BATCH = 500
MOST_FINDINGS = 20


class Refused(Exception):
    """A fixture that cannot be loaded; says where, what and the mend. Nothing of the load is kept."""


@dataclass(slots=True)
class Report:
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self):
        return f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged"


@dataclass(slots=True)
class Row:
    """One object of a file, and what has been made of it."""

    place: str
    model: type[models.Model]
    key: tuple
    pk: object
    fields: dict
    instance: models.Model | None = None
    related: dict = field(default_factory=dict)
    was_there: bool = False

    def refuse(self, message: str, column: str | None = None) -> Refused:
        return Refused(f"{self.place}{f', field {column}' if column else ''}: {message}")


def read(name: str, text: str) -> list[Row]:
    """The rows of one JSON file."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{name}: {error}; a fixture is a JSON list of objects.") from error
    if not isinstance(data, list):
        raise Refused(f"{name}: a fixture is a JSON list of objects.")
    return [_row(f"{name}, row {number}", entry) for number, entry in enumerate(data, start=1)]


def load(rows: list[Row]) -> Report:
    """Write the rows, audit the dataset, count the revision; Refused leaves the database as it was."""
    try:
        with one_revision():
            return _load(rows)
    except DatabaseError as error:
        raise Refused(f"The database refuses the rows: {error}") from error


def add(rows: list[Row], *, by=None, reason: str, progress: Callable[[int], None] = lambda done: None) -> Report:
    """Write rows that nobody has reviewed yet, in bulk; `progress` is told how many were written.

    No audit is needed: what it asks beyond the rules of a row concerns published rows, and these are suggested.
    """
    for row in rows:
        if row.fields.get("state", State.SUGGESTED) != State.SUGGESTED:
            raise row.refuse("a new row starts as suggested.", "state")
    try:
        with one_revision():
            report = _write_all(rows, by, reason, progress)
            if there := next((row for row in rows if row.was_there), None):
                raise there.refuse("is there already; new rows are added here, and none is changed.")
            return report
    except DatabaseError as error:
        raise Refused(f"The database refuses the rows: {error}") from error


def _load(rows: list[Row]) -> Report:
    report = _write_all(rows, None, "loaded from fixtures")
    _refuse_findings(rows)
    return report


def _write_all(rows: list[Row], by, reason: str, progress: Callable[[int], None] = lambda done: None) -> Report:
    _refuse_twins(rows)
    by_model: dict[type[models.Model], list[Row]] = {}
    for row in rows:
        by_model.setdefault(row.model, []).append(row)
    report, keys = Report(), Keys()
    projected: set[int] = set()  # deployments whose claims or articles were written
    done = 0
    for model in _in_order(by_model):
        for batch in _batches(by_model[model]):
            written = _load_batch(model, batch, keys, report, projected)
            for kind, those in written.items():
                if those:
                    history.keep(those, kind, by=by, reason=reason)
                    search.keep(those)
            done += len(batch)
            progress(done)
    for batch in _batches(sorted(projected)):
        derived.keep_projections(Deployment.objects.filter(pk__in=batch))
        search.keep(Deployment.objects.filter(pk__in=batch))
    return report


def _deployments_of(model, rows: Iterable[Row]) -> set[int]:
    """Deployments that the rows are claims on, or articles of claims on, as the database has them now."""
    if model not in (Claim, Article):
        return set()
    claims = Claim.objects.filter(**{"pk__in" if model is Claim else "article__in": [row.instance.pk for row in rows]})
    return set(claims.values_list("deployment", flat=True))


# --- reading


def _no_constant(name: str):
    raise ValueError(f"{name} is no number")


def _row(place: str, entry) -> Row:
    if (
        not isinstance(entry, dict)
        or not isinstance(entry.get("model"), str)
        or not isinstance(entry.get("fields"), dict)
    ):
        raise Refused(f"{place}: a row is an object with “model” and “fields”.")
    try:
        model = apps.get_model(entry["model"])
    except (LookupError, ValueError) as error:
        raise Refused(f"{place}, field model: there is no table “{entry['model']}”.") from error
    row = Row(place, model, (), entry.get("pk"), entry["fields"])
    for name in row.fields:
        try:
            known = model._meta.get_field(name)
        except FieldDoesNotExist:
            known = None
        if known is None or known.auto_created or not (known.concrete or known.many_to_many):
            raise row.refuse(f"the table {model._meta.model_name} has no such column; check its spelling.", name)
    return row


def _refuse_twins(rows: list[Row]) -> None:
    places: dict[tuple, str] = {}
    for row in rows:
        row.key = _natural_key(row)
        if not row.key:
            continue
        if (row.model, row.key) in places:
            raise row.refuse(f"{_shown(row.key)} stands already at {places[row.model, row.key]}; keep one of them.")
        places[row.model, row.key] = row.place


def _natural_key(row: Row) -> tuple:
    """The row's natural key as the file gives it, without asking the database; empty for a table that has none."""
    names = _key_columns(row.model)
    key = []
    for name in names:
        if name not in row.fields:
            raise row.refuse("is part of the natural key and missing; give it.", name)
        value = row.fields[name]
        key += value if isinstance(value, list) else [value]
    try:
        hash(tuple(key))
    except TypeError as error:
        raise row.refuse("the natural key is made of plain values.", names[0]) from error
    return tuple(key)


def _key_columns(model) -> tuple[str, ...]:
    if not hasattr(model, "natural_key"):
        return ()
    for constraint in model._meta.total_unique_constraints:
        return constraint.fields
    return tuple(f.name for f in model._meta.fields if f.unique and not f.primary_key)[:1]


def _in_order(by_model: dict) -> list:
    found = sort_dependencies([(config, None) for config in apps.get_app_configs()], allow_cycles=True)
    return [model for model in found if model in by_model]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch


# --- resolving references


class Keys:
    """Natural key → row, asked of the database once a key."""

    def __init__(self):
        self.known: dict[tuple, models.Model | None] = {}

    def find(self, model, key: tuple) -> models.Model | None:
        if (model, key) not in self.known:
            try:
                self.known[model, key] = model._default_manager.get_by_natural_key(*key)
            except (model.DoesNotExist, ValueError, TypeError):
                self.known[model, key] = None
        return self.known[model, key]

    def add(self, model, key: tuple, instance: models.Model) -> None:
        self.known[model, key] = instance

    def referred(self, row: Row, column: str, target, value) -> models.Model:
        found = None
        if hasattr(target._default_manager, "get_by_natural_key"):
            if isinstance(value, list) and all(isinstance(part, (str, int)) for part in value):
                found = self.find(target, tuple(value))
        elif isinstance(value, int):
            found = target._default_manager.filter(pk=value).first()
        if found is None:
            raise row.refuse(
                f"there is no {target._meta.verbose_name} {_shown(value)}; add it to the fixtures or correct the reference.",
                column,
            )
        return found


def _shown(value) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


# --- writing


def _load_batch(model, batch: list[Row], keys: Keys, report: Report, projected: set[int]) -> dict[str, list]:
    """Write a batch; what was created (+) and what was changed (~)."""
    created, changed = [], []
    for row in batch:
        existing = keys.find(model, row.key) if row.key else model._default_manager.filter(pk=row.pk).first()
        before = _values(existing) if existing else None
        row.was_there = existing is not None
        row.instance = _build(row, existing or model(), keys)
        if existing is None:
            created.append(row)
        elif _values(existing) != before or _related_differs(row):
            changed.append(row)
        else:
            report.unchanged += 1
    projected |= _deployments_of(model, changed)
    with watch(model, [row.instance for row in (*created, *changed)]):
        _write(model, created, changed)
        for row in (*created, *changed):
            for name, found in row.related.items():
                history.link(row.instance, name, found)
            keys.add(model, row.key, row.instance)
    projected |= _deployments_of(model, (*created, *changed))
    report.created += len(created)
    report.changed += len(changed)
    return {"+": [row.instance for row in created], "~": [row.instance for row in changed]}


def _build(row: Row, instance: models.Model, keys: Keys) -> models.Model:
    for name, value in row.fields.items():
        column = row.model._meta.get_field(name)
        if column.many_to_many:
            if not isinstance(value, list):
                raise row.refuse("is a list of references.", name)
            row.related[name] = [keys.referred(row, name, column.related_model, one) for one in value]
        elif column.is_relation:
            setattr(instance, name, None if value is None else keys.referred(row, name, column.related_model, value))
        else:
            setattr(instance, name, _plain(row, column, value))
    if row.pk is not None and not row.key:
        instance.pk = row.pk
    try:
        instance.clean_fields(exclude=[f.name for f in row.model._meta.fields if f.is_relation])
        instance.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            raise row.refuse(" ".join(messages), None if name == "__all__" else name) from error
    for column in row.model._meta.fields:
        if column.is_relation and not column.null and getattr(instance, column.attname) is None:
            raise row.refuse("is missing; every row needs it.", column.name)
    return instance


def _plain(row: Row, column, value):
    if value is None or isinstance(column, models.JSONField):
        return value
    whole = isinstance(column, models.IntegerField) and (isinstance(value, bool) or not isinstance(value, (int, str)))
    text = isinstance(column, (models.CharField, models.TextField, models.DateField)) and not isinstance(value, str)
    truth = isinstance(column, models.BooleanField) and not isinstance(value, bool)
    number = isinstance(column, models.FloatField) and (
        isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value)
    )
    if isinstance(value, str) and ("\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise row.refuse("holds a character that is no text (NUL or half a surrogate pair); take it out.", column.name)
    if whole or text or truth or number:
        raise row.refuse(f"{_shown(value)} is not of the column's kind ({column.get_internal_type()}).", column.name)
    try:
        return column.to_python(value)
    except ValidationError as error:
        raise row.refuse(" ".join(error.messages), column.name) from error


def _values(instance: models.Model) -> dict:
    return {column.attname: getattr(instance, column.attname) for column in instance._meta.concrete_fields}


def _related_differs(row: Row) -> bool:
    return any(
        {one.pk for one in found} != set(getattr(row.instance, name).values_list("pk", flat=True))
        for name, found in row.related.items()
    )


def _write(model, created: list[Row], changed: list[Row]) -> None:
    manager = model._base_manager
    columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
    try:
        with transaction.atomic():
            manager.bulk_create([row.instance for row in created])
            if changed:
                manager.bulk_update([row.instance for row in changed], columns)
    except (DatabaseError, OverflowError) as error:
        # Found in bulk, named one by one.
        for row in (*created, *changed):
            try:
                row.instance.validate_unique()
                row.instance.validate_constraints()
            except ValidationError as refused:
                for name, messages in refused.message_dict.items():
                    raise row.refuse(" ".join(messages), None if name == "__all__" else name) from error
        raise Refused(f"{created[0].place if created else changed[0].place} and those after it: {error}") from error


def _refuse_findings(rows: list[Row]) -> None:
    places = {(row.model._meta.model_name, row.key): row.place for row in rows}
    found = []
    for finding in islice(audit.findings(), MOST_FINDINGS):
        place = places.get((finding.table, tuple(finding.key)), "in the database")
        found.append(f"{place}{f', field {finding.field}' if finding.field else ''}: {finding.message}")
    if found:
        raise Refused("\n".join(found))
