"""What the public sees, and what a change of one row changes there: one truth for feed, ETags and caches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Model, Q
from django.utils import timezone

from missions import bulk
from missions.models import Article, Change, Claim, Country, Deployment, Mission, Revision, Statement
from missions.models.revision import ChangeKind

# The tables that the public sees, each after those it refers to, and the columns of its natural key.
PUBLIC = {
    Country: ("code",),
    Mission: ("slug",),
    Article: ("slug",),
    Deployment: ("slug",),
    Statement: ("article__slug", "number"),
    Claim: ("article__slug", "number"),
}
TABLES = {model._meta.model_name: model for model in PUBLIC}

Key = tuple[str, str]  # table and natural key in one word
Changes = dict[Key, ChangeKind]

IN_MEMORY = 50_000  # changes
WAITING = "missions_noted"
TAKE_UP = """
    INSERT INTO missions_change (revision, "table", "key", kind, at)
    SELECT %s, "table", "key", kind, %s FROM missions_noted
    WHERE id IN (SELECT max(id) FROM missions_noted GROUP BY "table", "key") ORDER BY "table", "key"
"""


class Noted:
    """What the running verb has changed; of a large load a part waits for its end in a temporary table."""

    def __init__(self):
        self.changes: Changes = {}
        self.set_down = False  # whether there is such a table
        self.recomputed = False  # whether what is computed of the rows was written anew

    def __bool__(self):
        return bool(self.changes) or self.set_down or self.recomputed

    def add(self, changes: Changes) -> None:
        self.changes.update(changes)
        if len(self.changes) > IN_MEMORY:
            self._set_down()

    def _set_down(self) -> None:
        if not self.set_down:
            with connection.cursor() as cursor:
                number = "bigserial" if connection.vendor == "postgresql" else "integer"
                cursor.execute(
                    f'CREATE TEMPORARY TABLE {WAITING} (id {number} PRIMARY KEY, "table" text, "key" text, kind text)'
                )
            self.set_down = True
        rows = ((*key, kind.value) for key, kind in self.changes.items())
        bulk.insert_values(WAITING, ["table", "key", "kind"], rows)
        self.changes = {}

    def write(self, revision: Revision) -> None:
        """As the changes of a revision, in the order of tables and keys."""
        if not self.set_down:
            rows = [(revision.number, *key, kind.value, revision.at) for key, kind in sorted(self.changes.items())]
            bulk.insert_tuples(Change, ["revision", "table", "key", "kind", "at"], rows)
            return
        self._set_down()
        at = Change._meta.get_field("at").get_db_prep_save(revision.at, connection)
        with connection.cursor() as cursor:
            cursor.execute(TAKE_UP, [revision.number, at])
            cursor.execute(f"DROP TABLE {WAITING}")
        self.set_down = False


_collected: ContextVar[Noted | None] = ContextVar("changes of the running verb", default=None)


@contextmanager
def one_revision() -> Iterator[None]:
    """A transaction whose changes of public rows count as one revision.

    The revision row is locked last, by the outermost block, so that two writers never wait for each other in a circle.
    """
    if (outer := _collected.get()) is not None:
        kept = dict(outer.changes), outer.set_down, outer.recomputed
        try:
            with transaction.atomic():
                yield
        except BaseException:  # what was taken back here did not change, whatever the outer block makes of it
            outer.changes, outer.set_down, outer.recomputed = kept
            raise
        return
    noted = Noted()
    token = _collected.set(noted)
    try:
        with transaction.atomic():
            yield
            if noted:
                if connection.vendor == "postgresql":
                    # It checks references at the end, and holds the rows referred to: now, before the revision is held.
                    connection.check_constraints()
                _count(noted)
    finally:
        _collected.reset(token)


@contextmanager
def watch(model: type[Model], rows: Iterable[Model]) -> Iterator[None]:
    """Notes what the block changes of rows of one table, and of the rows that show them or hang on them.

    Rows that are new when the block starts may be passed without a primary key.
    """
    if model not in PUBLIC:
        yield
        return
    rows = list(rows)
    there = [number for row in rows if (number := row.pk)]
    own_before, others_before = _keys(model, there), _dependents(model, there)
    yield
    own = _keys(model, [number for row in rows if (number := row.pk)])
    others = _dependents(model, there)  # nothing shows a new row, or hangs on it
    # An article's own columns stand in no other row; names and identities do.
    redrawn = others if model is not Article else others - others_before
    note(dict.fromkeys((own_before | others_before) - own - others, ChangeKind.WITHDRAWN))
    note(dict.fromkeys(own | redrawn, ChangeKind.CHANGED))


def note(changes: Changes) -> None:
    """Add to what the running verb has changed; the last word on a row counts."""
    _collected.get().add(changes)


def note_recomputed() -> None:
    """What is computed of the rows was written anew: no row changed, but what is found of them, so that a revision counts it."""
    _collected.get().recomputed = True


def key_of(row: Model) -> str:
    """The natural key in one word."""
    return ":".join(str(part) for part in row.natural_key())


def with_keys(model: type[Model], keys: Iterable[str]) -> Q:
    """The rows that have one of the keys."""
    columns = PUBLIC[model]
    if len(columns) == 1:
        return Q(**{f"{columns[0]}__in": set(keys)})
    numbers: dict[str, set[str]] = {}
    for key in keys:
        slug, _, number = key.partition(":")
        numbers.setdefault(slug, set()).add(number)
    condition = Q(pk__in=[])
    for slug, found in numbers.items():
        condition |= Q(**{columns[0]: slug, f"{columns[1]}__in": found})
    return condition


def _count(noted: Noted) -> None:
    Revision.objects.get_or_create(pk=1)
    revision = Revision.objects.select_for_update().get(pk=1)
    revision.number += 1
    revision.at = max(revision.at, timezone.now())  # clocks of several machines differ
    revision.save()
    noted.write(revision)


def _keys(model: type[Model], pks: list[int]) -> set[Key]:
    return _public_keys(model, Q(pk__among=pks)) if pks else set()


def _dependents(model: type[Model], pks: list[int]) -> set[Key]:
    """Keys of the public rows that show these rows' names, quote them or are seen only beside them."""
    found: set[Key] = set()
    for other, condition in dependences(model, pks) if pks else ():
        found |= _public_keys(other, condition)
    return found


def dependences(model: type[Model], pks: list[int]) -> Iterator[tuple[type[Model], Q]]:
    """Which rows of which tables show the rows' names, quote them or are seen only beside them."""
    if model is Country:
        sends = Q(contributing_country__in=pks) | Q(host_country__in=pks)
        yield Mission, Q(host_countries__in=pks)
        yield Deployment, sends
        yield Statement, Q(country__in=pks) | Q(countries__in=pks)
        yield Claim, Q(deployment__in=Deployment.objects.filter(sends).values("pk"))
    elif model is Mission:
        yield Deployment, Q(mission__in=pks)
        yield Statement, Q(missions__in=pks)
        yield Claim, Q(deployment__mission__in=pks)
    elif model is Article:
        yield Statement, Q(article__in=pks)
        yield Claim, Q(article__in=pks)
    elif model is Deployment:
        yield Claim, Q(deployment__in=pks)


def _public_keys(model: type[Model], condition: Q) -> set[Key]:
    table = model._meta.model_name
    keys = model.objects.public().filter(condition).order_by().values_list(*PUBLIC[model])
    return {(table, ":".join(map(str, key))) for key in keys}
