"""What the public sees, and what a change of one row changes there: one truth for feed, ETags and caches."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

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

_collected: ContextVar[Changes | None] = ContextVar("changes of the running verb", default=None)


@contextmanager
def one_revision() -> Iterator[None]:
    """A transaction whose changes of public rows count as one revision.

    The revision row is locked last, by the outermost block, so that two writers never wait for each other in a circle.
    """
    if (outer := _collected.get()) is not None:
        noted = dict(outer)
        try:
            with transaction.atomic():
                yield
        except BaseException:  # what was taken back here did not change, whatever the outer block makes of it
            outer.clear()
            outer.update(noted)
            raise
        return
    changes: Changes = {}
    token = _collected.set(changes)
    try:
        with transaction.atomic():
            yield
            if changes:
                if connection.vendor == "postgresql":
                    # It checks references at the end, and holds the rows referred to: now, before the revision is held.
                    connection.check_constraints()
                _count(changes)
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
    own_before, others_before = _keys(model, rows), _dependents(model, rows)
    yield
    own, others = _keys(model, rows), _dependents(model, rows)
    # An article's own columns stand in no other row; names and identities do.
    redrawn = others if model is not Article else others - others_before
    note(dict.fromkeys((own_before | others_before) - own - others, ChangeKind.WITHDRAWN))
    note(dict.fromkeys(own | redrawn, ChangeKind.CHANGED))


def note(changes: Changes) -> None:
    """Add to what the running verb has changed; the last word on a row counts."""
    _collected.get().update(changes)


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


def _count(changes: Changes) -> int:
    Revision.objects.get_or_create(pk=1)
    revision = Revision.objects.select_for_update().get(pk=1)
    revision.number += 1
    revision.at = max(revision.at, timezone.now())  # clocks of several machines differ
    revision.save()
    Change.objects.bulk_create(
        (
            Change(revision=revision.number, table=table, key=key, kind=kind, at=revision.at)
            for (table, key), kind in sorted(changes.items())
        ),
        batch_size=1000,
    )
    return revision.number


def _keys(model: type[Model], rows: list[Model]) -> set[Key]:
    return _public_keys(model.objects.filter(pk__in=[row.pk for row in rows if row.pk]))


def _dependents(model: type[Model], rows: list[Model]) -> set[Key]:
    """Keys of the public rows that show these rows' names, quote them or are seen only beside them."""
    pks = [row.pk for row in rows if row.pk]
    found: set[Key] = set()
    for other, condition in _dependences(model, pks) if pks else ():
        found |= _public_keys(other.objects.filter(condition).distinct())
    return found


def _dependences(model: type[Model], pks: list[int]) -> Iterator[tuple[type[Model], Q]]:
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


def _public_keys(rows: QuerySet) -> set[Key]:
    table, columns = rows.model._meta.model_name, PUBLIC[rows.model]
    public = rows.model.objects.public().filter(pk__in=rows.order_by().values("pk"))
    return {(table, ":".join(map(str, key))) for key in public.order_by().values_list(*columns)}
