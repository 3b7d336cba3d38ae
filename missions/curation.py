"""The verbs of curation: the one way a fact enters, changes and leaves the dataset.

Every verb checks the row in full, writes it in one transaction with who and why, brings the deployments it
concerns up to date, and counts one revision where published data changed. A refusal is a ValidationError
(what is wrong) or a PermissionDenied (who may not), and leaves the database as it was.
`by` is the acting user; None is the system itself: ingest, import, a command.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Model

from missions import derived, search
from missions.models import Article, Claim, Deployment, EarlierText
from missions.models.article import sha256
from missions.models.passage import CONTEXT, Passage, places_of
from missions.models.review import Reviewed, State
from missions.models.revision import ChangeKind
from missions.projection import project
from missions.publication import key_of, note, one_revision, watch

# verb: (states it starts from, state it leads to)
EDGES = {
    "submit": ({State.SUGGESTED}, State.IN_REVIEW),
    "publish": ({State.IN_REVIEW}, State.PUBLISHED),
    "reject": ({State.SUGGESTED, State.IN_REVIEW, State.PUBLISHED}, State.REJECTED),
}


# The rule that a deployment is somewhere, asked before its slug names the place.
SOMEWHERE = next(rule for rule in Deployment._meta.constraints if rule.name == "missions_deployment_somewhere")


# --- verbs


@one_revision()
def record(row: Model, *, by=None, reason: str, related: dict[str, Iterable] | None = None) -> Model:
    """Create or change a row; `related` sets many-to-many columns by name.

    A published row stays published, so changing it takes the right to publish. A new row starts as suggested.
    """
    before = _locked(row) if row.pk else None
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
    with watch(type(row), [row]):
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


@one_revision()
def delete(row: Model, *, by=None, reason: str) -> None:
    """Delete a row nothing refers to; its history stays."""
    _require_reason(reason)
    if isinstance(row, Reviewed) and _locked(row).state == State.PUBLISHED:
        _require(by, "publish", row)
    deployment = row.deployment if isinstance(row, Claim) else None
    row._change_reason, row._history_user = reason, by
    search.forget(row)
    with watch(type(row), [row]):
        row.delete()
    if deployment:
        bring_up_to_date(deployment, by=by, reason=reason)


@dataclass(slots=True)
class Correction:
    """What a corrected text did to the passages: keys of those placed anew and those left where they were."""

    moved: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)


@one_revision()
def correct(article: Article, body: str, raw_sha256: str, *, by=None, reason: str) -> Correction:
    """Give an article a new text, keeping the old one.

    A passage is placed anew only where its exact words stand once, or once between the same words. One that
    cannot be placed goes on quoting the earlier text and, if published, back into review: its claim is the
    curator's to judge again.
    """
    _locked(article)
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
    with watch(Article, [article]):
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
        with watch(type(passage), [passage]):
            _write(passage, by, reason)
        _after(passage, by, reason)
    for passage, _ in unplaced:
        passage.article = article
        result.unplaced.append(_label(passage))
        if passage.state == State.PUBLISHED:
            passage.state = State.IN_REVIEW
            with watch(type(passage), [passage]):
                _write(passage, by, f"its words no longer stand in the article: {reason}")
            if isinstance(passage, Claim):
                bring_up_to_date(passage.deployment, by=by, reason=reason)
    _after(article, by, reason)
    return result


# --- helpers that other doorways share


def new_slug(deployment: Deployment) -> str:
    """contributor-(mission or host)-ordinal, the next that was never given, deleted ones included."""
    SOMEWHERE.validate(Deployment, deployment)
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


@one_revision()
def bring_up_to_date(deployment: Deployment, *, by=None, reason: str) -> bool:
    """Write the projection of a deployment's claims into its columns; whether anything changed."""
    # Locked before its claims are read, so that of two curators the later one sees the claims of both.
    fresh = _locked(deployment)
    projected = project(fresh.claims.select_related("article")).columns()
    derived.keep_projections(Deployment.objects.filter(pk=fresh.pk))
    changed = {name: value for name, value in projected.items() if getattr(fresh, name) != value}
    for name, value in projected.items():
        setattr(deployment, name, value)
        setattr(fresh, name, value)
    if not changed:
        return False
    _write(fresh, by, f"projection: {', '.join(sorted(changed))} ({reason})")
    if fresh.state == State.PUBLISHED:
        note({("deployment", fresh.slug): ChangeKind.CHANGED})
    return True


# --- the one way of writing


def _write(row: Model, by, reason: str, related: dict[str, Iterable] | None = None) -> None:
    _require_reason(reason)
    row.full_clean()
    row._change_reason, row._history_user = reason, by
    row.save()
    for name, rows in (related or {}).items():
        getattr(row, name).set(rows)
    search.keep([row])


def _after(row: Model, by, reason: str) -> None:
    if isinstance(row, Claim):
        bring_up_to_date(row.deployment, by=by, reason=reason)
    elif isinstance(row, Article):
        # Undated claims hold at the article's publication, so a new date can move its deployments.
        for deployment in Deployment.objects.filter(claims__article=row).distinct():
            bring_up_to_date(deployment, by=by, reason=reason)


@one_revision()
def _move(row: Reviewed, verb: str, by, reason: str) -> Reviewed:
    sources, target = EDGES[verb]
    current = _locked(row)
    if current.state not in sources:
        raise ValidationError(
            f"{key_of(row)} is {State(current.state).label}: {verb} starts from {' or '.join(sorted(s.label for s in sources))}."
        )
    _require(by, verb, row)
    if verb == "publish":
        _require_ground(current)
    row.state = current.state = target
    with watch(type(row), [current]):
        _write(current, by, reason)
    _after(current, by, reason)
    return row


def _locked(row: Model) -> Model:
    """The row as the database has it, held until the transaction ends."""
    return type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)


def _require_reason(reason: str) -> None:
    if not reason or not reason.strip():
        raise ValidationError({"reason": "Every change says why: give a reason."})


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
    places = places_of(passage.exact, body)
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
