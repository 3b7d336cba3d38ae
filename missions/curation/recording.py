"""Recording, deleting and correcting rows."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Max, Model
from django.utils.translation import gettext as _

from missions import history
from missions.curation.review import settle
from missions.curation.writing import (
    bring_along,
    bring_up_to_date,
    erase,
    held,
    passages_of,
    require_reason,
    require_right_to_the_published,
    take_back,
    write,
)
from missions.models import Article, Claim, Deployment, EarlierText, Merge, Mission
from missions.models.article import sha256
from missions.models.deployment import PROJECTED
from missions.models.passage import CONTEXT, Passage, places_of
from missions.models.review import Reviewed, State
from missions.publication import one_revision, watch

# The rule that a deployment is somewhere, asked before its slug names the place.
SOMEWHERE = next(rule for rule in Deployment._meta.constraints if rule.name == "missions_deployment_somewhere")


@one_revision()
def record(row: Model, *, by=None, reason: str, related: dict[str, Collection] | None = None) -> Model:
    """Create or change a row; `related` sets many-to-many columns by name. A row that is as it was is not written.

    Changing a published row takes the right to publish it, and other eyes after that (review.settle).
    A new row starts as suggested.
    """
    before = None if row._state.adding else held(row)
    if isinstance(row, Reviewed):
        kept = before.state if before else State.SUGGESTED
        if row.state != kept:
            raise ValidationError(
                {"state": _("This row is %(state)s: change that with submit, publish or reject.") % {"state": kept}}
            )
    if before and not differs(row, before, related or {}):
        return row
    if isinstance(row, Reviewed) and row.state == State.PUBLISHED:
        require_right_to_the_published(by, row)
        row.state = settle(row, by)
    if isinstance(row, Deployment) and before:
        for name in PROJECTED:  # the claims' to say, and these may have changed since the row was read
            setattr(row, name, getattr(before, name))
    if before and hasattr(row, "slug") and row.slug != before.slug:
        raise ValidationError({"slug": _("A slug is given once: addresses lead to %(slug)s.") % {"slug": before.slug}})
    if isinstance(row, Article):
        _keep_text(row, before)
    if isinstance(row, Passage):
        _keep_place(row, before)
    with watch(type(row), [row]):
        write(row, by, reason, related)
    bring_along(row, by, reason, before)
    return row


@one_revision()
def delete(row: Model, *, by=None, reason: str) -> None:
    """Delete a row nothing refers to; its history stays, and restore brings it back from there."""
    require_reason(reason)
    if isinstance(row, Deployment | Mission) and (merge := Merge.objects.into(row).first()):
        raise ValidationError(
            _("%(slug)s was merged into %(into)s: undo that first, its address leads here.")
            % {"slug": merge.slug, "into": row.slug}
        )
    if isinstance(row, Reviewed) and held(row).state == State.PUBLISHED:
        require_right_to_the_published(by, row)
    deployment = row.deployment if isinstance(row, Claim) else None
    with watch(type(row), [row]):
        erase(row, by, reason)
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
        raise ValidationError(_("The article was corrected by somebody else meanwhile: read it again."))
    earlier = EarlierText(
        article=article,
        revision=article.revision,
        body=article.body,
        body_sha256=article.body_sha256,
        raw_sha256=article.raw_sha256,
    )
    placed, unplaced = [], []
    for passage in passages_of(article):
        place = _place(passage, body) if passage.article_revision == article.revision else None
        (placed if place is not None else unplaced).append((passage, place))

    article.body, article.body_sha256, article.raw_sha256 = body, sha256(body), raw_sha256
    article.revision += 1
    with watch(Article, [article]):
        write(article, by, reason)
    write(earlier, by, reason)
    article._prefetched_objects_cache = {}
    result = Correction()
    for passage, place in placed:
        passage.article = article
        if place != passage.start:
            result.moved.append(_label(passage))
        passage.start, passage.end = place, place + len(passage.exact)
        passage.article_revision = article.revision
        with watch(type(passage), [passage]):
            write(passage, by, reason)
    for passage, _nowhere in unplaced:
        passage.article = article
        result.unplaced.append(_label(passage))
        take_back(passage, by, f"its words no longer stand in the article: {reason}")
    bring_along(article, by, reason)
    return result


def new_slug(deployment: Deployment) -> str:
    """contributor-(mission or host)-ordinal, the next that was never given, deleted ones included."""
    SOMEWHERE.validate(Deployment, deployment)
    place = deployment.mission.slug if deployment.mission else deployment.host_country.code.lower()
    stem = f"{deployment.contributing_country.code.lower()}-{place}-"
    given = (
        slug.removeprefix(stem)
        for rows in (Deployment.objects, Deployment.history, Merge.objects.filter(table="deployment"))
        for slug in rows.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    return f"{stem}{max((int(ordinal) for ordinal in given if ordinal.isdigit()), default=0) + 1}"


def next_number(model, article: Article) -> int:
    """The next number of an article's statements or claims, one never given before."""
    given = [
        manager.filter(article_id=article.pk).aggregate(last=Max("number"))["last"] or 0
        for manager in (model.objects, model.history)
    ]
    return max(given) + 1


def differs(row: Model, before: Model, related: dict[str, Collection]) -> bool:
    """Whether a row says anything else than it did."""
    if history.content(row) != history.content(before):
        return True
    return any(
        {one.pk for one in rows} != set(getattr(before, name).values_list("pk", flat=True))
        for name, rows in related.items()
    )


def _keep_text(article: Article, before: Article | None) -> None:
    if before is None:
        article.body_sha256 = sha256(article.body)
        article.raw_sha256 = article.raw_sha256 or article.body_sha256
    elif article.body != before.body:
        raise ValidationError({"body": _("Passages count on this text: bring a corrected one in with ingest.")})


def _keep_place(passage: Passage, before: Passage | None) -> None:
    """A new passage counts in the article's present text; an old one where it was, unless it is placed anew."""
    if passage.article_id is None:
        return  # refused as missing
    if before is None:
        passage.article = Article.objects.select_for_update(no_key=True).get(pk=passage.article_id)
        passage.number = passage.number or next_number(type(passage), passage.article)
        passage.article_revision = passage.article.revision
    elif passage.article_id != before.article_id:
        raise ValidationError({"article": _("A passage stays in its article: record it in the other one anew.")})
    elif passage.article_revision not in (before.article_revision, before.article.revision):
        raise ValidationError(_("The article was corrected by somebody else meanwhile: read the row again."))
    else:
        passage.article = before.article


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
