"""What is computed from the facts and kept beside them: dated projections and search entries. Never in a fixture."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice, pairwise

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from missions import search
from missions.models import Claim, DatedProjection, Deployment, SearchEntry
from missions.models.review import State
from missions.projection import project

BATCH = 500


def dated_projections(claims: Iterable[Claim]) -> Iterator[tuple[date, date | None, dict]]:
    """(known from, known until, columns) for each day on which newly published articles changed what was known.

    An article counts from the day by which it was certainly published: 2022-02 from 28 February, an undated one never.
    """
    dated = [c for c in claims if c.state == State.PUBLISHED and c.article.published_latest is not None]
    steps: list[tuple[date, dict]] = []
    for day in sorted({claim.article.published_latest for claim in dated}):
        columns = project(claim for claim in dated if claim.article.published_latest <= day).columns()
        if not steps or steps[-1][1] != columns:
            steps.append((day, columns))
    for (day, columns), following in pairwise([*steps, None]):
        yield day, following[0] if following else None, columns


def keep_projections(deployments: QuerySet) -> int:
    """Write the dated projections of the deployments anew where they are not as they should be; how many changed."""
    changed = 0
    rows = deployments.order_by("pk").prefetch_related("claims__article", "dated_projections")
    for batch in _batches(rows.iterator(chunk_size=BATCH)):
        stale, fresh = [], []
        for deployment in batch:
            due = _due(deployment)
            if _kept(deployment) != [_plain(row) for row in due]:
                stale.append(deployment.pk)
                fresh += due
        DatedProjection.objects.filter(deployment__in=stale).delete()
        DatedProjection.objects.bulk_create(fresh, batch_size=BATCH)
        changed += len(stale)
    return changed


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
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            search.keep(batch)
            entries += len(batch)
    return keep_projections(deployments), entries


def stale_projections(deployment: Deployment) -> bool:
    """Whether the kept dated projections of a deployment, with its claims prefetched, are not those of its claims."""
    return _kept(deployment) != [_plain(row) for row in _due(deployment)]


def projections_of(deployment: Deployment, claims: Iterable[Claim]) -> list[DatedProjection]:
    """The rows that a deployment's claims give it, not yet written."""
    return [
        DatedProjection(deployment=deployment, known_from=known_from, known_until=known_until, **columns)
        for known_from, known_until, columns in dated_projections(claims)
    ]


def _due(deployment: Deployment) -> list[DatedProjection]:
    return projections_of(deployment, deployment.claims.all())


def _kept(deployment: Deployment) -> list[dict]:
    return [_plain(row) for row in sorted(deployment.dated_projections.all(), key=lambda row: row.known_from)]


def _plain(row: DatedProjection) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def _batches(rows: Iterator) -> Iterator[list]:
    while batch := list(islice(rows, BATCH)):
        yield batch
