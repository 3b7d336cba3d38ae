"""What is computed from the facts and kept beside them: dated projections and search entries. Never in a fixture."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from missions import bulk, search
from missions.bulk import batched
from missions.models import Article, Claim, DatedProjection, Deployment, SearchEntry
from missions.models.review import State
from missions.projection import project

BATCH = 500


@dataclass(frozen=True, slots=True)
class Amount:
    """What the claims of one deployment amount to: its columns, and those that were known on earlier days.

    `dated` holds (known from, known until, columns) for each day on which newly published articles changed what was known.
    """

    columns: dict
    dated: list[tuple[date, date | None, dict]]


def amount(claims: Collection[Claim]) -> Amount:
    """An article counts from the day by which it was certainly published: 2022-02 from 28 February, an undated one never."""
    published = [claim for claim in claims if claim.state == State.PUBLISHED]
    out_by = [claim.article.published_latest for claim in published]
    steps: list[tuple[date, dict]] = []
    for day in sorted({day for day in out_by if day is not None}):
        known = [claim for claim, out in zip(published, out_by, strict=True) if out is not None and out <= day]
        columns = project(known).columns()
        if not steps or steps[-1][1] != columns:
            steps.append((day, columns))
    # After the last day everything is known, unless an article has none.
    whole = steps[-1][1] if steps and None not in out_by else project(published).columns()
    following = [*(day for day, _ in steps[1:]), None]
    dated = [(day, until, columns) for (day, columns), until in zip(steps, following, strict=False)]
    return Amount(whole, dated)


def with_claims(deployments: QuerySet) -> QuerySet:
    """Deployments with all that their projections are made of, and without the articles' texts."""
    claims = Claim.objects.prefetch_related(Prefetch("article", Article.objects.defer("body")))
    return deployments.prefetch_related(Prefetch("claims", claims), "dated_projections")


def keep_projections(deployments: QuerySet) -> int:
    """Write the dated projections of the deployments anew where they are not as they should be; how many changed."""
    rows = with_claims(deployments).order_by("pk")
    return sum(
        keep_amounts(batch, [amount(row.claims.all()) for row in batch])
        for batch in batched(rows.iterator(chunk_size=BATCH), BATCH)
    )


def keep_amounts(deployments: list[Deployment], amounts: list[Amount]) -> int:
    """The same for deployments with their dated projections prefetched, and what their claims amount to."""
    stale, fresh = [], []
    for deployment, due in zip(deployments, amounts, strict=True):
        if is_stale(deployment, due):
            stale.append(deployment.pk)
            fresh += [
                DatedProjection(deployment_id=deployment.pk, known_from=known_from, known_until=known_until, **columns)
                for known_from, known_until, columns in due.dated
            ]
    if stale:
        DatedProjection.objects.filter(deployment__in=stale).delete()
        bulk.insert_new(fresh)
    return len(stale)


@transaction.atomic
def refresh(*, missing_only: bool = False) -> tuple[int, int]:
    """Write it anew, or only what is missing after an upgrade or Django's own loaddata: (deployments, entries) written."""
    deployments = Deployment.objects.all()
    if missing_only:
        dated = Claim.objects.published().filter(deployment=OuterRef("pk"), article__published_latest__isnull=False)
        kept = DatedProjection.objects.filter(deployment=OuterRef("pk"))
        deployments = deployments.filter(Exists(dated), ~Exists(kept))
    entries = 0
    for model in search.SEARCHED:
        rows = model.objects.order_by("pk")
        if missing_only:
            kept = SearchEntry.objects.filter(table=model._meta.model_name, row=OuterRef("pk"))
            rows = rows.filter(~Exists(kept))
        for batch in batched(rows.iterator(chunk_size=BATCH), BATCH):
            search.keep(batch)
            entries += len(batch)
    return keep_projections(deployments), entries


def is_stale(deployment: Deployment, due: Amount) -> bool:
    """Whether the kept dated projections of a deployment are not those that its claims amount to."""
    kept = sorted(deployment.dated_projections.all(), key=lambda row: row.known_from)
    return len(kept) != len(due.dated) or any(
        (row.known_from, row.known_until, {name: getattr(row, name) for name in columns})
        != (known_from, known_until, columns)
        for row, (known_from, known_until, columns) in zip(kept, due.dated, strict=True)
    )
