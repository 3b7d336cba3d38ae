"""The verbs of curation: the one way a fact enters, changes and leaves the dataset.

Every verb checks the row in full, writes it in one transaction with who and why, brings the deployments it
concerns up to date, and counts the revision where published data changed. A refusal is a ValidationError
(what is wrong) or a PermissionDenied (who may not), and leaves the database as it was.
`by` is the acting user; None is the system itself: ingest, import, a command.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from missions.models import Article, Change, Claim, Country, Deployment, EarlierText, Mission, Revision
from missions.models.article import sha256
from missions.models.passage import CONTEXT, Passage
from missions.models.review import Reviewed, State
from missions.models.revision import ChangeKind
from missions.projection import project

# verb: (states it starts from, state it leads to)
EDGES = {
    "submit": ({State.SUGGESTED}, State.IN_REVIEW),
    "publish": ({State.IN_REVIEW}, State.PUBLISHED),
    "reject": ({State.SUGGESTED, State.IN_REVIEW, State.PUBLISHED}, State.REJECTED),
}


# --- verbs


@transaction.atomic
def record(row: Model, *, by=None, reason: str, related: dict[str, Iterable] | None = None) -> Model:
    """Create or change a row; `related` sets many-to-many columns by name.

    A published row stays published, so changing it takes the right to publish. A new row starts as suggested.
    """
    before = type(row).objects.filter(pk=row.pk).first() if row.pk else None
    if isinstance(row, Reviewed):
        kept = before.state if before else State.SUGGESTED
        if row.state != kept:
            raise ValidationError({"state": f"This row is {kept}: change that with submit, publish or reject."})
        if kept == State.PUBLISHED:
            _require(by, "publish", row)
    if isinstance(row, Article):
        _keep_text(row, before)
    if isinstance(row, Passage) and before is None:
        row.number = row.number or next_number(type(row), row.article)
        row.article_revision = row.article.revision
    _write(row, by, reason, related)
    if isinstance(row, Claim) and before and before.deployment_id != row.deployment_id:
        bring_up_to_date(before.deployment, reason=reason, by=by)
    _after(row, by, reason)
    return row


def submit(row: Reviewed, *, by=None, reason: str = "submitted for review") -> Reviewed:
    return _move(row, "submit", by, reason)


def publish(row: Reviewed, *, by=None, reason: str = "published") -> Reviewed:
    return _move(row, "publish", by, reason)


def reject(row: Reviewed, *, by=None, reason: str) -> Reviewed:
    """Turn a row down, published ones too: it stays in the database, with the reason, and leaves the public's sight."""
    if not reason.strip():
        raise ValidationError("A rejection needs a reason: say why.")
    return _move(row, "reject", by, reason)


@transaction.atomic
def delete(row: Model, *, by=None, reason: str) -> None:
    """Delete a row nothing refers to; its history stays."""
    key, table, public = key_of(row), row._meta.model_name, is_public(row)
    if public and isinstance(row, Reviewed):
        _require(by, "publish", row)
    deployment = row.deployment if isinstance(row, Claim) else None
    row._change_reason, row._history_user = reason, by
    row.delete()
    if public:
        count_revision([(table, key, ChangeKind.WITHDRAWN)])
    if deployment:
        bring_up_to_date(deployment, by=by, reason=reason)


@dataclass(slots=True)
class Correction:
    """What a corrected text did to the passages: keys of those placed anew and those left where they were."""

    moved: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


@transaction.atomic
def correct(article: Article, body: str, raw_sha256: str, *, by=None, reason: str) -> Correction:
    """Give an article a new text, keeping the old one.

    A passage is placed anew only where its exact words stand once, or once between the same words. One that
    cannot be placed goes on quoting the earlier text and, if published, back into review: its claim is the
    curator's to judge again.
    """
    earlier = EarlierText(
        article=article,
        revision=article.revision,
        body=article.body,
        body_sha256=article.body_sha256,
        raw_sha256=article.raw_sha256,
    )
    placed, unplaced = [], []
    for passage in _passages(article):
        place = _place(passage, body) if passage.article_revision == article.revision else None
        (placed if place is not None else unplaced).append((passage, place))

    article.body, article.body_sha256, article.raw_sha256 = body, sha256(body), raw_sha256
    article.revision += 1
    _write(article, by, reason)
    _write(earlier, by, reason)
    article._prefetched_objects_cache = {}
    result = Correction()
    for passage, place in placed:
        passage.article = article
        if place != passage.start:
            result.moved.append(_label(passage))
        passage.start, passage.end = place, place + len(passage.exact)
        passage.article_revision = article.revision
        _write(passage, by, reason)
        _after(passage, by, reason)
    for passage, _ in unplaced:
        passage.article = article
        result.unplaced.append(_label(passage))
        if passage.state == State.PUBLISHED:
            passage.state = State.IN_REVIEW
            _write(passage, by, f"its words no longer stand in the article: {reason}")
            count_revision([(passage._meta.model_name, passage.key, ChangeKind.WITHDRAWN)])
            if isinstance(passage, Claim):
                bring_up_to_date(passage.deployment, by=by, reason=reason)
    _after(article, by, reason)
    return result


# --- helpers that other doorways share


def new_slug(deployment: Deployment) -> str:
    """contributor-(mission or host)-ordinal, the next that was never given, deleted ones included."""
    place = deployment.mission.slug if deployment.mission else deployment.host_country.code.lower()
    stem = f"{deployment.contributing_country.code.lower()}-{place}-"
    given = [
        slug.removeprefix(stem)
        for slug in Deployment.history.filter(slug__startswith=stem).values_list("slug", flat=True)
    ] + [
        slug.removeprefix(stem)
        for slug in Deployment.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    ]
    return f"{stem}{max((int(ordinal) for ordinal in given if ordinal.isdigit()), default=0) + 1}"


def next_number(model, article: Article) -> int:
    """The next number of an article's statements or claims, one never given before."""
    given = [
        manager.filter(article_id=article.pk).aggregate(last=Max("number"))["last"] or 0
        for manager in (model.objects, model.history)
    ]
    return max(given) + 1


def bring_up_to_date(deployment: Deployment, *, by=None, reason: str) -> bool:
    """Write the projection of a deployment's claims into its columns; whether anything changed."""
    projected = project(deployment.claims.select_related("article")).columns()
    fresh = Deployment.objects.select_for_update(of=("self",)).get(pk=deployment.pk)
    changed = {name: value for name, value in projected.items() if getattr(fresh, name) != value}
    for name, value in projected.items():
        setattr(deployment, name, value)
        setattr(fresh, name, value)
    if not changed:
        return False
    _write(fresh, by, f"projection: {', '.join(sorted(changed))} ({reason})")
    if fresh.state == State.PUBLISHED:
        count_revision([("deployment", fresh.slug, ChangeKind.CHANGED)])
    return True


def count_revision(changes: Iterable[tuple[str, str, str]]) -> int:
    """Take the one revision row, count it up and record (table, key, kind) of each change; the new number."""
    Revision.objects.get_or_create(pk=1)
    revision = Revision.objects.select_for_update().get(pk=1)
    revision.number += 1
    revision.at = timezone.now()
    revision.save()
    Change.objects.bulk_create(
        [
            Change(revision=revision.number, table=table, key=key, kind=kind, at=revision.at)
            for table, key, kind in changes
        ],
        batch_size=1000,
    )
    return revision.number


def key_of(row: Model) -> str:
    """The natural key in one word."""
    return ":".join(str(part) for part in row.natural_key())


def is_public(row: Model) -> bool:
    return row.state == State.PUBLISHED if isinstance(row, Reviewed) else isinstance(row, (Country, Mission))


# --- the one way of writing


def _write(row: Model, by, reason: str, related: dict[str, Iterable] | None = None) -> None:
    if not reason or not reason.strip():
        raise ValidationError("Every change says why: give a reason.")
    row.full_clean()
    row._change_reason, row._history_user = reason, by
    row.save()
    for name, rows in (related or {}).items():
        getattr(row, name).set(rows)


def _after(row: Model, by, reason: str) -> None:
    if is_public(row):
        count_revision([(row._meta.model_name, key_of(row), ChangeKind.CHANGED)])
    if isinstance(row, Claim):
        bring_up_to_date(row.deployment, by=by, reason=reason)
    elif isinstance(row, Article):
        # Undated claims hold at the article's publication, so a new date can move its deployments.
        for deployment in Deployment.objects.filter(claims__article=row).distinct():
            bring_up_to_date(deployment, by=by, reason=reason)


@transaction.atomic
def _move(row: Reviewed, verb: str, by, reason: str) -> Reviewed:
    sources, target = EDGES[verb]
    current = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if current.state not in sources:
        raise ValidationError(
            f"{key_of(row)} is {State(current.state).label}: {verb} starts from {' or '.join(sorted(s.label for s in sources))}."
        )
    _require(by, verb, row)
    if verb == "publish":
        _require_ground(current)
    was_public = current.state == State.PUBLISHED
    row.state = current.state = target
    _write(current, by, reason)
    if was_public:
        count_revision([(current._meta.model_name, key_of(current), ChangeKind.WITHDRAWN)])
    _after(current, by, reason)
    return row


def _require(by, verb: str, row: Model) -> None:
    name = row._meta.model_name
    if by is not None and not by.has_perm(f"missions.{verb}_{name}"):
        raise PermissionDenied(f"{by} may not {verb} a {row._meta.verbose_name}.")


def _require_ground(row: Reviewed) -> None:
    """A fact is published on published ground."""
    if isinstance(row, Passage):
        if row.article.state != State.PUBLISHED:
            raise ValidationError(
                f"Publish the article {row.article.slug} first: the public could not read the passage."
            )
        if row.article_revision != row.article.revision:
            raise ValidationError("The words stand in an earlier text of the article only: record the passage anew.")
    if isinstance(row, Deployment) and not row.claims.published().exists():
        raise ValidationError("No published claim shows this deployment: publish one first.")


def _keep_text(article: Article, before: Article | None) -> None:
    if before is None:
        article.body_sha256 = sha256(article.body)
        article.raw_sha256 = article.raw_sha256 or article.body_sha256
    elif article.body != before.body:
        raise ValidationError({"body": "Passages count on this text: bring a corrected one in with ingest."})


def _passages(article: Article) -> list[Passage]:
    return [*article.statements.order_by("number"), *article.claims.select_related("deployment").order_by("number")]


def _place(passage: Passage, body: str) -> int | None:
    """Where the exact words stand in a new text: the one place, or the one place between the same words."""
    places = []
    place = body.find(passage.exact)
    while place >= 0:
        places.append(place)
        place = body.find(passage.exact, place + 1)
    if len(places) > 1:
        end = len(passage.exact)
        places = [
            p
            for p in places
            if body[max(0, p - CONTEXT) : p] == passage.prefix and body[p + end : p + end + CONTEXT] == passage.suffix
        ]
    return places[0] if len(places) == 1 else None


def _label(passage: Passage) -> str:
    return f"{passage._meta.model_name} {passage.key} “{passage.exact[:60]}”"
