"""The one way of writing: a row checked in full, held, kept with who and why, and its deployments brought up to date."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from missions import derived, history, search
from missions.models import Article, Claim, Deployment
from missions.models.passage import Passage
from missions.models.review import Reviewed, State
from missions.models.revision import ChangeKind
from missions.projection import project
from missions.publication import note, one_revision, watch


def held(row: Model) -> Model:
    """The row as the database has it, held until the transaction ends; of a passage, its article first."""
    await_turn(type(row))
    # Without the key, so that rows that refer to it may be written meanwhile.
    rows = type(row).objects.select_for_update(of=("self",), no_key=True)
    if isinstance(row, Passage):
        article_id = type(row).objects.values_list("article", flat=True).get(pk=row.pk)
        article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
        found = rows.get(pk=row.pk)
        found.article = article
        return found
    return rows.get(pk=row.pk)


def await_turn(model: type[Model]) -> None:
    """Before the first row is held: whoever may change a name that others are found by waits holding nothing."""
    if issubclass(model, search.NAMES):
        search.take_turn(names=True)


def write(row: Model, by, reason: str, related: dict[str, Collection] | None = None) -> None:
    require_reason(reason)
    row.full_clean()
    kind = "+" if row._state.adding else "~"
    row.save_without_historical_record()
    for name, rows in (related or {}).items():
        history.link(row, name, rows)
    history.keep([row], kind, by=by, reason=reason)
    search.keep([row])


def move(row: Reviewed, state: State, by, reason: str) -> None:
    """Write how far review has come, and nothing else: what the row says was checked when it was recorded."""
    require_reason(reason)
    row.state = state
    row.clean()
    row.save_without_historical_record(update_fields=["state"])
    history.keep([row], "~", by=by, reason=reason)


def erase(row: Model, by, reason: str) -> None:
    """Take a row out of its table; its history stays."""
    require_reason(reason)
    search.forget(row)
    row._change_reason, row._history_user = reason, by
    row.delete()


@one_revision()
def bring_up_to_date(deployment: Deployment, *, by=None, reason: str) -> bool:
    """Write the projection of a deployment's claims into its columns; whether anything changed.

    A published deployment that no published claim shows any more goes back into review.
    """
    # Held before its claims are read, so that of two curators the later one sees the claims of both.
    fresh = held(deployment)
    projected = project(fresh.claims.select_related("article")).columns()
    derived.keep_projections(Deployment.objects.filter(pk=fresh.pk))
    search.keep([fresh])
    changed = {name: value for name, value in projected.items() if getattr(fresh, name) != value}
    for name, value in projected.items():
        setattr(deployment, name, value)
        setattr(fresh, name, value)
    if changed:
        write(fresh, by, f"projection: {', '.join(sorted(changed))} ({reason})")
        if fresh.state == State.PUBLISHED:
            note({("deployment", fresh.slug): ChangeKind.CHANGED})
    if not fresh.claims.published().exists():
        take_back(fresh, by, f"no published claim shows it any more: {reason}")
        deployment.state = fresh.state
    return bool(changed)


_put_off: ContextVar[dict | None] = ContextVar("deployments to bring up to date at the end", default=None)


@contextmanager
def projecting_once() -> Iterator[None]:
    """Brings each deployment up to date once, at the end of the block, and not after every row of many."""
    waiting: dict[int, tuple] = {}
    token = _put_off.set(waiting)
    try:
        yield
    finally:
        _put_off.reset(token)
    for deployment in Deployment.objects.filter(pk__in=waiting).order_by("pk"):
        by, reason = waiting[deployment.pk]
        bring_up_to_date(deployment, by=by, reason=reason)


def bring_along(row: Model, by, reason: str, before: Model | None = None) -> None:
    """Bring the deployments up to date that the row speaks of, or spoke of before."""
    if isinstance(row, Claim):
        of = {row.deployment_id, before.deployment_id if before else row.deployment_id}
        deployments = Deployment.objects.filter(pk__in=of)
    elif isinstance(row, Article):
        # Undated claims hold at the article's publication, so a new date can move its deployments.
        deployments = Deployment.objects.filter(claims__article=row).distinct()
    else:
        return
    if (waiting := _put_off.get()) is not None:
        waiting.update((pk, (by, reason)) for pk in deployments.values_list("pk", flat=True))
        return
    # In one order for every writer, so that two of them never wait for each other in a circle.
    for deployment in deployments.order_by("pk"):
        same = isinstance(row, Claim) and deployment.pk == row.deployment_id
        bring_up_to_date(row.deployment if same else deployment, by=by, reason=reason)


def take_back(row: Reviewed, by, reason: str) -> None:
    """What the public can no longer check leaves its sight, for a curator to judge again."""
    if row.state == State.PUBLISHED:
        with watch(type(row), [row]):
            move(row, State.IN_REVIEW, by, reason)


def passages_of(article: Article) -> list[Passage]:
    return [*article.statements.order_by("number"), *article.claims.select_related("deployment").order_by("number")]


def require_reason(reason: str) -> None:
    if not reason or not reason.strip():
        raise ValidationError({"reason": _("Every change says why: give a reason.")})


def require_right(by, verb: str, row: Model) -> None:
    """Refuse a person who has no right to a verb."""
    if by is not None and not by.has_perm(f"missions.{verb}_{row._meta.model_name}"):
        told = _("%(user)s may not %(verb)s a %(row)s.")
        raise PermissionDenied(told % {"user": by, "verb": verb, "row": row._meta.verbose_name})


def require_right_to_the_published(by, row: Model) -> None:
    """What is published is changed and deleted by those who may publish."""
    if by is not None and not by.has_perm(f"missions.publish_{row._meta.model_name}"):
        told = _("This %(row)s is published, and %(user)s may not publish: a reviewer changes or deletes it.")
        raise PermissionDenied(told % {"user": by, "row": row._meta.verbose_name})
