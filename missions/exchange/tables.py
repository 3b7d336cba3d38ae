"""The tables as sheets: a column a field, references by natural key; rows come in by the rules of typing, all or none."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BooleanField, JSONField, Model, QuerySet
from import_export import fields, resources, widgets
from import_export.results import RowResult
from tablib import Dataset

from missions import curation
from missions.curation import wording
from missions.exchange.sheets import Fate, Sheet
from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.dates import imprecise_dates
from missions.models.deployment import PROJECTED
from missions.publication import PUBLIC, key_of, one_revision
from missions.questions import nearest, row_named

SEPARATOR = "; "
BATCH = 500
MOST_ROWS = 1_000  # each goes through the verbs, some fifty a second, while other writers wait
# What review, projection and checksums write: shown in a sheet, never taken from one.
WRITTEN_BY_NEWSDB = {
    Article: {"state", "body_sha256", "raw_sha256", "revision"},
    Deployment: {"state", *PROJECTED},
    Statement: {"state", "article_revision"},
    Claim: {"state", "article_revision"},
}


class Unknown(ValidationError):
    """Columns that a table does not have, or more rows than are taken at once."""


@dataclass(slots=True)
class Outcome:
    fates: list[Fate]
    written: bool

    @property
    def refused(self) -> list[Fate]:
        return [fate for fate in self.fates if fate.kind == "refused"]

    @property
    def counts(self) -> dict[str, int]:
        kinds = ("new", "changed", "unchanged", "refused")
        return {kind: sum(fate.kind == kind for fate in self.fates) for kind in kinds}


class Plain(widgets.Widget):
    """A value of a column's kind; an empty cell is null, the dataset's word for silence."""

    def __init__(self, column):
        self.column = column
        super().__init__()

    def clean(self, value, row=None, **kwargs):
        try:
            return self.column.to_python(value) if value else None
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class Truth(widgets.Widget):
    TRUE, FALSE = {"true", "yes", "ja", "1", "waar"}, {"false", "no", "nee", "0", "onwaar", ""}

    def clean(self, value, row=None, **kwargs):
        word = str(value or "").strip().casefold()
        if word not in self.TRUE | self.FALSE:
            raise ValueError(f"“{value}” is neither true nor false.")
        return word in self.TRUE

    def render(self, value, obj=None, **kwargs):
        return "true" if value else "false"


class Data(widgets.Widget):
    """A JSON column; a plain list of words may be written with semicolons."""

    def clean(self, value, row=None, **kwargs):
        if not value:
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            if value.lstrip().startswith(("{", "[")):
                raise ValueError(f"This is no JSON: {error}.") from error
            return [word.strip() for word in value.split(";") if word.strip()]

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)


class Key(widgets.Widget):
    """A row of another table by its natural key."""

    def __init__(self, table: type[Model]):
        self.table = table
        super().__init__()

    def clean(self, value, row=None, **kwargs):
        return row_named(self.table, value.strip()) if value and value.strip() else None

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else key_of(value)


class Keys(Key):
    def clean(self, value, row=None, **kwargs):
        return [row_named(self.table, word.strip()) for word in (value or "").split(";") if word.strip()]

    def render(self, value, obj=None, **kwargs):
        return SEPARATOR.join(sorted(key_of(row) for row in value.all()))


class Table(resources.ModelResource):
    """Rows of a table that come in by curation's verbs, in the name of a person and for a reason."""

    def __init__(self, by=None, reason: str = ""):
        super().__init__()
        self.by, self.reason = by, reason

    def get_instance(self, instance_loader, row):
        """The row of a natural key; none where a part of the key is left to newsdb to give."""
        keys = [self.fields[name] for name in self.get_import_id_fields()]
        found = {one.attribute: one.clean(row) for one in keys if row.get(one.column_name)}
        return self._meta.model.objects.filter(**found).first() if len(found) == len(keys) else None

    def import_instance(self, instance, row, **kwargs):
        words_before = {date.name: getattr(instance, f"{date.name}_words") for date in imprecise_dates(type(instance))}
        taken = self._writable() - {column.name for column in instance._meta.many_to_many}
        super().import_instance(instance, {name: value for name, value in row.items() if name in taken}, **kwargs)
        for name, before in words_before.items():
            self._read_date(instance, name, row, before)
        if "personnel_words" in row and isinstance(instance, Claim):
            wording.read_strength(instance)

    def _read_date(self, instance, name: str, row: dict, before: str | None) -> None:
        words, means = getattr(instance, f"{name}_words"), row.get(f"{name}_edtf")
        if f"{name}_words" not in self._writable() or not {f"{name}_words", f"{name}_edtf"} & row.keys():
            return
        if f"{name}_edtf" not in row and words == before:
            return
        try:
            wording.read_date(instance, name, words, means, getattr(instance, "article", None))
        except ValueError as error:
            raise ValidationError({f"{name}_edtf" if means else f"{name}_words": str(error)}) from error

    def _writable(self) -> set[str]:
        return {name for name, one in self.fields.items() if not one.readonly}

    def skip_row(self, instance, original, row, import_validation_errors=None):
        if import_validation_errors or instance._state.adding:
            return False
        return not curation.differs(instance, curation.held(instance), self._related(instance, row))

    def save_instance(self, instance, is_create, row, **kwargs):
        if isinstance(instance, Deployment) and not instance.slug and instance.contributing_country_id:
            instance.slug = curation.new_slug(instance)
        curation.record(instance, by=self.by, reason=self.reason, related=self._related(instance, row))

    def _related(self, instance, row) -> dict[str, list]:
        many = {column.name for column in instance._meta.many_to_many} & row.keys()
        return {name: self.fields[name].clean(row) for name in many}

    def save_m2m(self, instance, row, **kwargs):
        """Set by record, with the row."""

    def after_import(self, dataset, result, **kwargs):
        """The library would reset sequences of ids it wrote; here the database gives them."""


def _table(model: type[Model]) -> type[Table]:
    hidden = {"id"}
    days = {f"{date.name}_{part}" for date in imprecise_dates(model) for part in ("earliest", "latest")}
    found = {}
    for column in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if column.name in hidden:
            continue
        if column.many_to_many:
            widget = Keys(column.related_model)
        elif column.is_relation:
            widget = Key(column.related_model)
        elif isinstance(column, BooleanField):
            widget = Truth()
        elif isinstance(column, JSONField):
            widget = Data()
        else:
            widget = Plain(column)
        options = {} if column.null or not column.has_default() else {"default": column.get_default}
        readonly = column.name in days | WRITTEN_BY_NEWSDB.get(model, set())
        found[column.name] = fields.Field(
            attribute=column.name, column_name=column.name, widget=widget, readonly=readonly, **options
        )
    keys = tuple(name.split("__")[0] for name in PUBLIC[model])
    found["Meta"] = type(
        "Meta",
        (),
        {
            "model": model,
            "fields": tuple(found),
            "import_id_fields": keys,
            "skip_diff": True,
            "report_skipped": True,
            "use_transactions": False,
        },
    )
    return type(f"{model.__name__}Table", (Table,), found)


TABLES = {model: _table(model) for model in (Country, Mission, Article, Statement, Deployment, Claim)}


def columns_of(model: type[Model]) -> list[str]:
    """The columns that may be taken from a sheet."""
    return [name for name, one in TABLES[model]().fields.items() if not one.readonly]


def exported(model: type[Model], rows: QuerySet) -> tuple[list[str], Iterator[list]]:
    """Column names, and a list of cells for each row, which are read as they are asked for."""
    relations = [column.name for column in model._meta.concrete_fields if column.is_relation]
    links = [column.name for column in model._meta.many_to_many]
    table = TABLES[model]()
    if "article" in relations:
        rows = rows.defer("article__body")  # of which only the slug is told
    found = rows.select_related(*relations).prefetch_related(*links).iterator(chunk_size=BATCH)
    return table.get_export_headers(), map(table.export_resource, found)


class _TakenBack(Exception):
    """Ends a transaction whose rows are only looked at."""


def take_in(model: type[Model], sheet: Sheet, *, by=None, reason: str, rehearse: bool = False) -> Outcome:
    """Record a sheet's rows, all or, where one is refused, none; a rehearsal tells their fates and writes nothing."""
    resource = TABLES[model](by, reason)
    if len(sheet.rows) > MOST_ROWS:
        raise Unknown(
            [f"There are {len(sheet.rows):,} rows: take in at most {MOST_ROWS:,} at once, others wait meanwhile."]
        )
    if strangers := [name for name in sheet.header if name not in resource.fields]:
        known = columns_of(model)
        raise Unknown([f"There is no column “{name}” in this table; {nearest(name, known)}" for name in strangers])
    missing = [name for name in resource.get_import_id_fields() if name not in sheet.header]
    if missing:
        raise Unknown([f"The column “{name}” is missing: rows are known by it." for name in missing])
    _refuse_twins(sheet, resource.get_import_id_fields())
    try:
        with one_revision():
            dataset = Dataset(*sheet.rows, headers=sheet.header)
            with curation.projecting_once():
                result = resource.import_data(dataset, raise_errors=False, use_transactions=False)
            fates = [
                _fate(place, row, cells, sheet.header, model)
                for place, row, cells in zip(sheet.places, result.rows, sheet.rows, strict=True)
            ]
            outcome = Outcome(fates, written=not rehearse and not any(fate.kind == "refused" for fate in fates))
            if not outcome.written:
                raise _TakenBack
    except _TakenBack:
        pass
    return outcome


def _refuse_twins(sheet: Sheet, columns: tuple[str, ...]) -> None:
    """Two rows of one key would be written over each other."""
    places: dict[tuple, int] = {}
    wheres = [sheet.header.index(name) for name in columns]
    for place, cells in zip(sheet.places, sheet.rows, strict=True):
        key = tuple(cells[where].strip() for where in wheres)
        if all(key) and key in places:
            raise Unknown([f"“{':'.join(key)}” stands in rows {places[key]} and {place}: keep one of them."])
        places[key] = place


KINDS = {
    RowResult.IMPORT_TYPE_NEW: "new",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_SKIP: "unchanged",
}


def _fate(place: int, result: RowResult, cells: list[str], header: list[str], model: type[Model]) -> Fate:
    given = dict(zip(header, cells, strict=True))
    key = ":".join(given.get(name.split("__")[0], "") for name in PUBLIC[model])
    kind = KINDS.get(result.import_type, "refused")
    if kind != "refused":
        return Fate(place, kind, key_of(result.instance) if result.instance is not None else key)
    messages = []
    for refusal in [result.validation_error, *(error.error for error in result.errors)]:
        if refusal is None:
            continue
        if hasattr(refusal, "error_dict"):
            for name, said in refusal.message_dict.items():
                messages += [one if name == "__all__" else f"{name}: {one}" for one in said]
        elif isinstance(refusal, ValidationError | PermissionDenied | ValueError):
            messages += getattr(refusal, "messages", None) or [str(refusal)]
        else:
            raise refusal
    return Fate(place, kind, key, messages)
