"""Merging two rows that are one: what hangs on the first moves to the second, and can be moved back."""

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from missions.curation.writing import await_turn, bring_up_to_date, erase, held, require_reason, require_right, write
from missions.models import Claim, Deployment, Merge, Statement
from missions.models.deployment import PROJECTED
from missions.models.review import State
from missions.publication import TABLES, key_of, one_revision, watch, with_keys

ABOUT_BOTH = "about both"


@one_revision()
def merge(source: Model, target: Model, *, by=None, reason: str) -> Merge:
    """Merge a deployment or mission into another: its claims (or deployments and statements) move, its slug leads on."""
    require_reason(reason)
    require_right(by, "merge", source)
    if type(source) is not type(target) or source.pk == target.pk:
        raise ValidationError(_("Merge a row into another one of its table."))
    await_turn(type(source))
    moving = _attached(source)
    for row in moving:
        held(row)
    # In one order for every writer, so that two of them never wait for each other in a circle.
    source, target = sorted((held(source), held(target)), key=lambda row: row.pk != source.pk)
    if isinstance(source, Deployment):
        if source.contributing_country_id != target.contributing_country_id:
            raise ValidationError(_("A deployment is one country’s force: these two come from different countries."))
        if source.state == State.PUBLISHED != target.state:
            raise ValidationError(
                _("%(source)s is published and %(target)s is not: publish it first, or merge the other way.")
                % {"source": source, "target": target}
            )
    left = Merge(
        table=source._meta.model_name,
        slug=source.slug,
        into=target.slug,
        moved=[_entry(row, target) for row in moving],
        row=_snapshot(source),
    )
    told = f"{source.slug} merged into {target.slug}: {reason}"
    for row in moving:
        _move(row, source, target, by, told)
    with watch(type(source), [source]):
        erase(source, by, told)
    write(left, by, told)
    if isinstance(target, Deployment):
        bring_up_to_date(target, by=by, reason=told)
    return left


@one_revision()
def unmerge(merge: Merge, *, by=None, reason: str) -> Model:
    """Undo a merge: the row is there again under its slug, with what moved along and is still where it went."""
    require_reason(reason)
    model = TABLES[merge.table]
    await_turn(model)
    merge = held(merge)
    require_right(by, "merge", model())
    moving = [row for table in TABLES for row in _moved(merge, table)]
    for row in moving:
        held(row)
    target = model.objects.filter(slug=merge.into).first()
    if target is None:
        raise ValidationError(_("%(slug)s was merged itself: undo that first.") % {"slug": merge.into})
    target = held(target)
    told = f"merge of {merge.slug} into {merge.into} undone: {reason}"
    source, related = _from_snapshot(merge.row)
    with watch(model, [source]):
        write(source, by, told, related)
    both = {key for _table, key, *about in merge.moved if about == [ABOUT_BOTH]}
    for row in moving:
        _move(row, target, source, by, told, keep=isinstance(row, Statement) and key_of(row) in both)
    erase(merge, by, told)
    if isinstance(source, Deployment):
        for row in sorted((source, target), key=lambda row: row.pk):
            bring_up_to_date(row, by=by, reason=told)
    return source


def _attached(source: Model) -> list[Model]:
    """What hangs on a row, in the order in which rows are held."""
    if isinstance(source, Deployment):
        return list(source.claims.select_related("article").order_by("article__pk", "pk"))
    statements = source.statements.select_related("article").order_by("article__pk", "pk")
    return [*statements, *source.deployments.order_by("pk")]


def _entry(row: Model, target: Model) -> list[str]:
    """How a merge remembers a row that moves along; a statement that is about the target too stays so when it is undone."""
    both = isinstance(row, Statement) and row.missions.filter(pk=target.pk).exists()
    return [row._meta.model_name, key_of(row), *([ABOUT_BOTH] if both else [])]


def _moved(merge: Merge, table: str) -> list[Model]:
    """The rows of a table that moved along and are still there."""
    keys = [key for of, key, *_both in merge.moved if of == table]
    rows = TABLES[table].objects.filter(with_keys(TABLES[table], keys)) if keys else TABLES[table].objects.none()
    return list(rows.order_by("article__pk", "pk") if table in ("statement", "claim") else rows.order_by("pk"))


def _move(row: Model, source: Model, target: Model, by, reason: str, *, keep: bool = False) -> None:
    """Hang a row on the target where it hangs on the source; `keep` leaves it on the source too."""
    related = None
    with watch(type(row), [row]):
        match row:
            case Claim() if row.deployment_id == source.pk:
                row.deployment = target
            case Deployment() if row.mission_id == source.pk:
                row.mission = target
            case Statement() if row.missions.filter(pk=source.pk).exists():
                others = row.missions.all() if keep else row.missions.exclude(pk=source.pk)
                related = {"missions": [*others, target]}
            case _:
                return
        write(row, by, reason, related)


def _snapshot(row: Model) -> dict:
    (data,) = serializers.serialize("python", [row], use_natural_foreign_keys=True, use_natural_primary_keys=True)
    columns = {name: value for name, value in data["fields"].items() if name not in PROJECTED}
    return {"model": data["model"], "fields": {name: _plain(value) for name, value in columns.items()}}


def _plain(value):
    return value if value is None or isinstance(value, bool | int | float | str | list | tuple | dict) else str(value)


def _from_snapshot(data: dict) -> tuple[Model, dict]:
    (found,) = serializers.deserialize("python", [data])
    return found.object, found.m2m_data
