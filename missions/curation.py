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
    before = held(row) if row.pk else None
    if isinstance(row, Reviewed):
        kept = before.state if before else State.SUGGESTED
        if row.state != kept:
            raise ValidationError({"state": f"This row is {kept}: change that with submit, publish or reject."})
        if kept == State.PUBLISHED:
            _require(by, "publish", row)
    if isinstance(row, Article):
        _keep_text(row, before)
    if isinstance(row, Passage):
        _keep_place(row, before)
    with watch(type(row), [row]):
        _write(row, by, reason, related)
    _after(row, by, reason, before)
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
    if isinstance(row, Reviewed) and held(row).state == State.PUBLISHED:
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
    if held(article).revision != article.revision:
        raise ValidationError("The article was corrected by somebody else meanwhile: read it again.")
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
    for passage, _ in unplaced:
        passage.article = article
        result.unplaced.append(_label(passage))
        _take_back(passage, by, f"its words no longer stand in the article: {reason}")
    _after(article, by, reason)
    return result


# --- helpers that other doorways share


def held(row: Model) -> Model:
    """The row as the database has it, held until the transaction ends; of a passage, its article first."""
    # Without the key, so that rows that refer to it may be written meanwhile.
    rows = type(row).objects.select_for_update(of=("self",), no_key=True)
    if isinstance(row, Passage):
        article_id = type(row).objects.values_list("article", flat=True).get(pk=row.pk)
        article = Article.objects.select_for_update(no_key=True).get(pk=article_id)
        found = rows.get(pk=row.pk)
        found.article = article
        return found
    return rows.get(pk=row.pk)


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
    """Write the projection of a deployment's claims into its columns; whether anything changed.

    A published deployment that no published claim shows any more goes back into review.
    """
    # Held before its claims are read, so that of two curators the later one sees the claims of both.
    fresh = held(deployment)
    projected = project(fresh.claims.select_related("article")).columns()
    derived.keep_projections(Deployment.objects.filter(pk=fresh.pk))
    changed = {name: value for name, value in projected.items() if getattr(fresh, name) != value}
    for name, value in projected.items():
        setattr(deployment, name, value)
        setattr(fresh, name, value)
    if changed:
        _write(fresh, by, f"projection: {', '.join(sorted(changed))} ({reason})")
        if fresh.state == State.PUBLISHED:
            note({("deployment", fresh.slug): ChangeKind.CHANGED})
    if not fresh.claims.published().exists():
        _take_back(fresh, by, f"no published claim shows it any more: {reason}")
        deployment.state = fresh.state
    return bool(changed)


# --- the one way of writing


def _write(row: Model, by, reason: str, related: dict[str, Iterable] | None = None) -> None:
    _require_reason(reason)
    row.full_clean()
    row._change_reason, row._history_user = reason, by
    row.save()
    for name, rows in (related or {}).items():
        getattr(row, name).set(rows)
    search.keep([row])


def _after(row: Model, by, reason: str, before: Model | None = None) -> None:
    """Bring the deployments up to date that the row speaks of, or spoke of before."""
    if isinstance(row, Claim):
        of = {row.deployment_id, before.deployment_id if before else row.deployment_id}
        deployments = Deployment.objects.filter(pk__in=of)
    elif isinstance(row, Article):
        # Undated claims hold at the article's publication, so a new date can move its deployments.
        deployments = Deployment.objects.filter(claims__article=row).distinct()
    else:
        return
    # In one order for every writer, so that two of them never wait for each other in a circle.
    for deployment in deployments.order_by("pk"):
        same = isinstance(row, Claim) and deployment.pk == row.deployment_id
        bring_up_to_date(row.deployment if same else deployment, by=by, reason=reason)


def _take_back(row: Reviewed, by, reason: str) -> None:
    """What the public can no longer check leaves its sight, for a curator to judge again."""
    if row.state == State.PUBLISHED:
        row.state = State.IN_REVIEW
        with watch(type(row), [row]):
            _write(row, by, reason)


@one_revision()
def _move(row: Reviewed, verb: str, by, reason: str) -> Reviewed:
    sources, target = EDGES[verb]
    current = held(row)
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
    if isinstance(current, Article) and verb == "reject":
        for passage in _passages(current):
            _take_back(passage, by, f"its article was rejected: {reason}")
    _after(current, by, reason)
    return row


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


def _keep_place(passage: Passage, before: Passage | None) -> None:
    """A new passage counts in the article's present text; an old one where it was, unless it is placed anew."""
    if passage.article_id is None:
        return  # refused as missing
    if before is None:
        passage.article = Article.objects.select_for_update(no_key=True).get(pk=passage.article_id)
        passage.number = passage.number or next_number(type(passage), passage.article)
        passage.article_revision = passage.article.revision
    elif passage.article_id != before.article_id:
        raise ValidationError({"article": "A passage stays in its article: record it in the other one anew."})
    elif passage.article_revision not in (before.article_revision, before.article.revision):
        raise ValidationError("The article was corrected by somebody else meanwhile: read the row again.")
    else:
        passage.article = before.article


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
