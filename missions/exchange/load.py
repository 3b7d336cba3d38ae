"""fixtures/*.json → database, in one transaction: rows in any order of files, each error with its file, row and field."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter, itemgetter

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.serializers import sort_dependencies
from django.db import DatabaseError, DataError, IntegrityError, connection, models, transaction

from missions import audit, bulk, derived, history, search
from missions.bulk import batched
from missions.exchange.columns import MISSING, Cell, Column
from missions.exchange.marks import Marks
from missions.exchange.reading import Refused, Row
from missions.exchange.references import Keys, existing, key_columns
from missions.exchange.spool import ROWS, Waiting
from missions.ground import claims_of
from missions.models import DATASET, Article, Claim, DatedProjection, Deployment, EarlierText, Merge, Mission, Statement
from missions.models.passage import Passage
from missions.models.review import State
from missions.publication import dependences, one_revision, watch

MOST_FINDINGS = 20
ONE_LOAD = 2022_02_17  # the number of the lock that a load holds
NOT_TAKEN = (IntegrityError, DataError, OverflowError)  # how a database says that it does not take a row

READ, WRITTEN, LOOKED_AT = "rows read", "rows written", "deployments brought up to date"
# Told how much is done, of how much where that is known, and of what.
Progress = Callable[[int, int | None, str], None]


@dataclass(slots=True)
class Report:
    created: int = 0
    changed: int = 0
    unchanged: int = 0

    def __str__(self):
        return f"{self.created} created, {self.changed} changed, {self.unchanged} unchanged"


def load(rows: Iterable[Row], progress: Progress = lambda done, whole, what: None) -> Report:
    """Write the rows, audit what they touch, count the revision; Refused leaves the database as it was."""
    with closing(Waiting()) as waiting, _all_or_nothing():
        for row in rows:
            waiting.add(row)
            if waiting.count % ROWS == 0:
                progress(waiting.count, None, READ)
        _await_other_loads()
        writer = Writer(waiting.tables, None, "loaded from fixtures", progress)
        writer.write(waiting.count)
        writer.bring_up_to_date()
        writer.refuse_findings()
        return writer.report


def add(rows: list[Row], *, by=None, reason: str, progress: Callable[[int], None] = lambda done: None) -> Report:
    """Write rows that nobody has reviewed yet, in bulk; `progress` is told how many were written.

    No audit is needed: what it asks beyond the rules of a row concerns published rows, and these are suggested.
    """
    tables: dict[type[models.Model], list[Row]] = {}
    for row in rows:
        if row.fields.get("state", State.SUGGESTED) != State.SUGGESTED:
            raise row.refuse("a new row starts as suggested.", "state")
        tables.setdefault(row.model, []).append(row)
    batches = {model: list(batched(found, ROWS)) for model, found in tables.items()}
    with _all_or_nothing():
        writer = Writer(
            batches, by, reason, lambda done, whole, what: what == WRITTEN and progress(done), only_new=True
        )
        writer.write(len(rows))
        writer.bring_up_to_date()
        return writer.report


def _await_other_loads() -> None:
    """Until they end: of two files with the same new rows the second finds them there. On SQLite all writers wait."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_LOAD])


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    try:
        with one_revision():
            yield
    except DatabaseError as error:
        raise Refused(f"The database refuses the rows: {error}") from error


FIELDS = attrgetter("fields")


class Table:
    """How the rows of one table are read."""

    def __init__(self, model: type[models.Model]):
        self.model, self.key = model, key_columns(model)
        self.fields = model._meta.concrete_fields
        self.given = [field for field in self.fields if not field.primary_key]
        self.columns = {field.name: Column(field) for field in self.given if not field.is_relation}
        self.links = model._meta.many_to_many
        self.values = attrgetter(*(field.attname for field in self.fields))
        self.names = [field.name for field in self.given]
        self.all_given = itemgetter(*self.names) if len(self.names) > 1 else lambda fields: (fields[self.names[0]],)

    def cells(self, batch: list[Row]) -> dict[str, Sequence]:
        """By columns, the cells of each row."""
        try:
            columns = zip(*map(self.all_given, map(FIELDS, batch)), strict=True)
            return dict(zip(self.names, columns, strict=True))
        except KeyError:
            return {name: [row.fields.get(name, MISSING) for row in batch] for name in self.names}


class Writer:
    """Writes tables' rows, each table after those it refers to, and what is kept beside them."""

    def __init__(self, tables: dict, by, reason: str, progress: Progress, *, only_new: bool = False):
        self.tables, self.by, self.reason, self.progress, self.only_new = tables, by, reason, progress, only_new
        self.report, self.keys = Report(), Keys()
        self.written: dict[type[models.Model], Marks] = {}  # the rows that the load speaks of, unchanged ones too
        self.deployments, self.articles = Marks(), Marks()  # to be looked at again when all is written
        self.findings: dict[audit.Finding, None] = {}

    def write(self, whole: int) -> None:
        search.take_turn(names=any(model in search.NAMES for model in self.tables))
        done = 0
        for model in _in_order(self.tables):
            table, growth = Table(model), bulk.Growth(model)
            for batch in self.tables[model]:
                before = self.report.created
                self._write_batch(table, batch)
                growth.add(self.report.created - before)
                done += len(batch)
                self.progress(done, whole, WRITTEN)
            growth.look()

    def _write_batch(self, table: Table, batch: list[Row]) -> None:
        model, seen = table.model, self.written.setdefault(table.model, Marks())
        there = self._read(table, batch)
        created, changed = [], []
        for row, before in zip(batch, there, strict=True):
            if before is None:
                created.append(row)
            elif self._differs(table, row, before):
                changed.append(row)
        seen.add(before.pk for before in there if before is not None)
        self._hanging_on(model, changed)
        with watch(model, [row.instance for row in (*created, *changed)]):
            _store(created, changed)
            self._link(table, created, changed)
        seen.add(row.instance.pk for row in created)
        for rows, kind, keep_search in ((created, "+", search.keep_new), (changed, "~", search.keep)):
            if rows and hasattr(model, "history"):
                instances = [row.instance for row in rows]
                history.keep(instances, kind, by=self.by, reason=self.reason)
                keep_search(instances)
        self._to_be_looked_at(model, [row.instance for row in (*created, *changed)])
        self.report.created += len(created)
        self.report.changed += len(changed)
        self.report.unchanged += len(batch) - len(created) - len(changed)

    # --- reading a batch

    def _read(self, table: Table, batch: list[Row]) -> list[models.Model | None]:
        """Give each row its instance, checked; the rows as the database has them, None for new ones."""
        cells = table.cells(batch)
        wrong: list[tuple[int, str, str]] = []
        related, values = {}, {}
        for field in table.given:
            if field.is_relation:
                with _noting(wrong, field.name):
                    related[field.name] = self._referred(field, cells[field.name], whole=field.name in table.key)
        for field in table.links:
            with _noting(wrong, field.name):
                self._linked(field, batch)
        _refuse_first(batch, wrong)
        there = self._there(table, batch, cells, related)
        any_there = any(there)
        for field in table.given:
            kept = [MISSING if row is None else getattr(row, field.attname) for row in there] if any_there else None
            with _noting(wrong, field.name):
                if field.is_relation:
                    values[field.attname] = _numbers(field, related[field.name], kept)
                else:
                    values[field.attname] = table.columns[field.name].values(cells[field.name], kept)
        _refuse_first(batch, wrong)
        pk = table.model._meta.pk
        values[pk.attname] = [
            (None if table.key else row.pk) if before is None else before.pk
            for row, before in zip(batch, there, strict=True)
        ]
        ordered = (values[field.attname] for field in table.fields)
        for row, instance in zip(batch, bulk.made(table.model, zip(*ordered, strict=True)), strict=True):
            row.instance = instance
        for name in table.key:
            if name in related:
                field = table.model._meta.get_field(name)
                for row, found in zip(batch, related[name], strict=True):
                    field.set_cached_value(row.instance, found)
        for row, before in zip(batch, there, strict=True):
            row.instance._state.adding = before is None
            try:
                row.instance.clean()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    raise row.refuse(" ".join(messages), None if name == "__all__" else name) from error
        return there

    def _referred(self, field, cells: Sequence, *, whole: bool) -> list:
        """The numbers of the rows that cells refer to, or the whole rows; what is missing or null stays so."""
        target = field.related_model
        keys = list(map(_reference(target), cells))
        wanted = {key for key in keys if type(key) is tuple}
        found = (self.keys.rows if whole else self.keys.numbers)(target, wanted) if wanted else {}
        rows = [found.get(key) if type(key) is tuple else key for key in keys]
        for place, (cell, row) in enumerate(zip(cells, rows, strict=True)):
            if (row is None and cell is not None) or row is NO_KEY:
                message = f"there is no {target._meta.verbose_name} {_shown(cell)}; add it to the fixtures or correct the reference."
                raise Cell(place, message)
        return rows

    def _linked(self, field, batch: list[Row]) -> None:
        """Give each row the numbers of the rows that a many-to-many column leads to."""
        with_links = [place for place, row in enumerate(batch) if field.name in row.fields]
        flat, owners = [], []
        for place in with_links:
            cell = batch[place].fields[field.name]
            if not isinstance(cell, list):
                raise Cell(place, "is a list of references.")
            flat += [NO_KEY if one is None else one for one in cell]
            owners += [place] * len(cell)
        try:
            numbers = self._referred(field, flat, whole=False)
        except Cell as cell:
            raise Cell(owners[cell.place], cell.message) from cell
        for place in with_links:
            batch[place].related[field.name] = {}
        for place, number in zip(owners, numbers, strict=True):
            batch[place].related[field.name][number] = None

    def _there(self, table: Table, batch: list[Row], cells: dict, related: dict) -> list[models.Model | None]:
        """The rows as the database has them; twins are refused."""
        if not table.key:
            found = table.model._base_manager.in_bulk([row.pk for row in batch if row.pk is not None])
            return [found.get(row.pk) for row in batch]
        parts = []
        for name in table.key:
            column = related.get(name) or cells[name]
            for place, part in enumerate(column):
                if part is MISSING:
                    raise batch[place].refuse("is part of the natural key and missing; give it.", name)
                if part is None:
                    raise batch[place].refuse("is missing; every row needs it.", name)
                if isinstance(part, list | dict):
                    raise batch[place].refuse("the natural key is made of plain values.", name)
            parts.append([part.pk for part in column] if name in related else column)
        keys = list(zip(*parts, strict=True))
        found = existing(table.model, table.key, keys)
        first: dict[tuple, Row] = {}
        seen = self.written[table.model]
        for row, key in zip(batch, keys, strict=True):
            before = found.get(key)
            if key in first or (before is not None and before.pk in seen):
                key_in_file = _key_in_file(table, row)
                raise row.refuse(
                    f"{_shown(key_in_file)} stands already at {self._place(table, key_in_file)}; keep one of them."
                )
            first[key] = row
            if self.only_new and before is not None:
                raise row.refuse("is there already; new rows are added here, and none is changed.")
        return [found.get(key) for key in keys]

    def _place(self, table: Table, key: tuple) -> str | None:
        """Where a row first stands in the files; what a load does not find again it need not remember."""
        for batch in self.tables.get(table.model, ()):
            for row in batch:
                if _key_in_file(table, row) == key:
                    return row.place
        return None

    def _differs(self, table: Table, row: Row, before: models.Model) -> bool:
        if table.values(row.instance) != table.values(before):
            return True
        return any(
            set(numbers) != set(getattr(before, name).values_list("pk", flat=True))
            for name, numbers in row.related.items()
        )

    def _link(self, table: Table, created: list[Row], changed: list[Row]) -> None:
        """Write the many-to-many columns."""
        for field in table.links:
            through = field.remote_field.through
            columns = [
                through._meta.get_field(name()).column for name in (field.m2m_field_name, field.m2m_reverse_field_name)
            ]
            rows = [(row.instance.pk, number) for row in created for number in row.related.get(field.name, ())]
            if rows:
                bulk.insert_values(through._meta.db_table, columns, rows)
            for row in changed:
                if field.name in row.related:
                    history.link(row.instance, field.name, row.related[field.name])

    # --- what is looked at again when all is written

    def _hanging_on(self, model, changed: list[Row]) -> None:
        """Mark what hangs on rows that were there, as it hung on them before."""
        numbers = [row.instance.pk for row in changed]
        if not numbers:
            return
        if model is Article:
            self.articles.add(numbers)
        if model is Claim:
            self.deployments.add(Claim.objects.filter(pk__in=numbers).values_list("deployment", flat=True))
        for other, condition in dependences(model, numbers):
            if other in (Deployment, Claim):
                number = "pk" if other is Deployment else "deployment"
                self.deployments.add(other.objects.filter(condition).values_list(number, flat=True).iterator())

    def _to_be_looked_at(self, model, written: list[models.Model]) -> None:
        if model is Deployment:
            self.deployments.add(row.pk for row in written)
        elif model is Claim:
            self.deployments.add(row.deployment_id for row in written)
        elif model is EarlierText:
            self.articles.add(row.article_id for row in written)
        if issubclass(model, Passage):
            self._find(chain.from_iterable(map(audit.of_passage, written)))

    def bring_up_to_date(self) -> None:
        """Write the dated projections of the deployments that the load touched, and audit these."""
        whole, done = len(self.deployments), 0
        growth, named = bulk.Growth(DatedProjection), audit.Named()
        for batch in batched(self.deployments, ROWS):
            # Held before their claims are read, as by whoever changes one of these.
            held = Deployment.objects.filter(pk__among=batch).order_by("pk").select_for_update(no_key=True)
            rows = bulk.fetched(held)
            named.give(rows)
            claims = claims_of(batch)
            amounts = {number: derived.amount(of) for number, of in claims.items()}
            growth.add(derived.keep_amounts(amounts))
            search.keep_deployments(rows, claims)
            self._find(audit.of_deployments(rows, claims, amounts))
            done += len(batch)
            self.progress(done, whole, LOOKED_AT)

    def refuse_findings(self) -> None:
        """Refuse the load for what it made wrong.

        A question of the audit looks at a row and at what the row rests on: a passage at its article's texts, a deployment
        at its claims, their articles, its countries and mission, an entry of the search at its own row. So nothing else can
        have become wrong than what was written, which was checked then, and what rests on what was changed.
        """
        for batch in batched(self.articles, ROWS):
            for model in (EarlierText, Statement, Claim):
                rows = model.objects.filter(article__in=batch).select_related("article")
                for row in rows.prefetch_related("article__earlier_texts").iterator(chunk_size=ROWS):
                    self._find(audit.of_row(row))
                    if model is not EarlierText:
                        self._find(audit.of_passage(row))
        if {Merge, Deployment, Mission} & self.tables.keys():
            self._find(audit.misleading_merges())
        if self.findings:
            raise Refused("\n".join(map(self._told, self.findings)))

    def _find(self, found: Iterable[audit.Finding]) -> None:
        for finding in found:
            if len(self.findings) < MOST_FINDINGS:
                self.findings[finding] = None

    def _told(self, finding: audit.Finding) -> str:
        table = Table(apps.get_model("missions", finding.table))
        key = ":".join(map(str, finding.key))
        place = self._place(table, tuple(finding.key)) or f"in the database, {finding.table} {key}"
        return f"{place}{f', field {finding.field}' if finding.field else ''}: {finding.message}"


# --- reading


NO_KEY = object()  # a reference that can lead to no row
KEY_PARTS = {str, int}


@contextmanager
def _noting(wrong: list, column: str) -> Iterator[None]:
    try:
        yield
    except Cell as cell:
        wrong.append((cell.place, column, cell.message))


def _refuse_first(batch: list[Row], wrong: list) -> None:
    if wrong:
        place, column, message = min(wrong, key=itemgetter(0))
        raise batch[place].refuse(message, column)


def _reference(target) -> Callable:
    """What makes a key of a reference: none and a missing one stay as they are, NO_KEY is what leads nowhere."""
    if not hasattr(target._default_manager, "get_by_natural_key"):
        return lambda cell: (cell,) if type(cell) is int else cell if cell is None or cell is MISSING else NO_KEY

    def key(cell):
        if type(cell) is list:
            return tuple(cell) if KEY_PARTS.issuperset(map(type, cell)) else NO_KEY
        return cell if cell is None or cell is MISSING else NO_KEY

    return key


def _numbers(field, rows: Sequence, kept: Sequence | None) -> list[int | None]:
    """Of the rows referred to; of a missing reference that of the row that is there."""
    numbers = [row.pk if isinstance(row, models.Model) else row for row in rows]
    for place, number in enumerate(numbers):
        if number is MISSING:
            numbers[place] = number = kept[place] if kept and kept[place] is not MISSING else None
        if number is None and not field.null:
            raise Cell(place, "is missing; every row needs it.")
    return numbers


def _key_in_file(table: Table, row: Row) -> tuple:
    """The row's natural key as the file gives it."""
    key = []
    for name in table.key:
        value = row.fields.get(name)
        key += value if isinstance(value, list) else [value]
    return tuple(key)


def _shown(value) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


# --- writing


def _in_order(tables: Iterable) -> list:
    """Each table after those it refers to; a passage may quote an earlier text."""
    others = sort_dependencies([(config, None) for config in apps.get_app_configs()], allow_cycles=True)
    return [model for model in dict.fromkeys((*DATASET, *others)) if model in tables]


def _store(created: list[Row], changed: list[Row]) -> None:
    """Write a batch; a row that the database refuses is named."""
    rows = [*created, *changed]
    if not rows:
        return
    try:
        with transaction.atomic():
            _put(rows)
    except NOT_TAKEN as error:
        row = _first_refused(rows)
        with transaction.atomic():
            _put(rows[: rows.index(row)])
            try:
                row.instance.validate_unique()
                row.instance.validate_constraints()
            except ValidationError as refused:
                for name, messages in refused.message_dict.items():
                    raise row.refuse(" ".join(messages), None if name == "__all__" else name) from error
        raise row.refuse(str(error)) from error
    alias = connection.alias
    for row in created:
        state = row.instance._state
        state.adding, state.db = False, alias


def _put(rows: list[Row]) -> None:
    created = [row.instance for row in rows if row.instance._state.adding]
    changed = [row.instance for row in rows if not row.instance._state.adding]
    if rows and type(rows[0].instance) not in DATASET:
        manager = type(rows[0].instance)._base_manager
        manager.bulk_create(created)
        manager.bulk_update(
            changed, [field.name for field in rows[0].model._meta.concrete_fields if not field.primary_key]
        )
        return
    bulk.number(created)
    bulk.insert(created)
    bulk.update(changed)


def _first_refused(rows: list[Row]) -> Row:
    """The first row that the database does not take after those before it, found by halving."""
    taken, refused = 0, len(rows)  # so many from the first on go in, and so many do not
    while refused - taken > 1:
        middle = (taken + refused) // 2
        try:
            with transaction.atomic():
                _put(rows[:middle])
                transaction.set_rollback(True)
            taken = middle
        except NOT_TAKEN:
            refused = middle
    return rows[taken]
