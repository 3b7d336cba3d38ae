"""What is computed from the facts and kept beside them: dated projections and search entries. Never in a fixture."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Exists, OuterRef, QuerySet

from missions import bulk, publication, search
from missions.bulk import batched
from missions.ground import claims_of
from missions.models import Claim, Computed, DatedProjection, Deployment, SearchEntry
from missions.projection import NAMES, PUBLISHED, deciding, project_deciding

BATCH = 500
DATED = ("known_from", "known_until", *NAMES)


@dataclass(frozen=True, slots=True)
class Amount:
    """What the claims of one deployment amount to: the values of its columns, and those that were known on earlier days.

    `dated` holds the values of DATED for each day on which newly published articles changed what was known.
    """

    values: tuple
    dated: list[tuple]


def amount(claims: Collection) -> Amount:
    """An article counts from the day by which it was certainly published: 2022-02 from 28 February, an undated one never."""
    days = {claim.article.published_latest for claim in claims if claim.state == PUBLISHED}
    may_decide = deciding(claims)
    steps: list[tuple[date, tuple]] = []
    for day in sorted(days - {None}):
        known = [claim for claim in may_decide if (out := claim.article.published_latest) is not None and out <= day]
        values = project_deciding(known).values()
        if not steps or steps[-1][1] != values:
            steps.append((day, values))
    # After the last day everything is known, unless an article has none.
    whole = steps[-1][1] if steps and None not in days else project_deciding(may_decide).values()
    following = [*(day for day, _ in steps[1:]), None]
    return Amount(whole, [(day, until, *values) for (day, values), until in zip(steps, following, strict=False)])


def keep_projections(deployments: QuerySet) -> int:
    """Write the dated projections of the deployments anew where they are not as they should be; how many changed."""
    numbers = deployments.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH)
    return sum(
        keep_amounts({number: amount(claims) for number, claims in claims_of(batch).items()})
        for batch in batched(numbers, BATCH)
    )


def keep_amounts(amounts: dict[int, Amount]) -> int:
    """The same, of what the claims of deployments amount to by the deployments' numbers."""
    stale = stale_among(amounts)
    if stale:
        DatedProjection.objects.filter(deployment__pk__among=stale).delete()
        rows = ((number, *row) for number in stale for row in amounts[number].dated)
        bulk.insert_tuples(DatedProjection, ["deployment", *DATED], rows)
    return len(stale)


def stale_among(amounts: dict[int, Amount]) -> list[int]:
    """The deployments whose kept dated projections are not those that their claims amount to."""
    kept: dict[int, list[tuple]] = {number: [] for number in amounts}
    rows = DatedProjection.objects.filter(deployment__pk__among=amounts).order_by("deployment_id", "known_from")
    for number, *row in rows.values_list("deployment_id", *DATED):
        kept[number].append(tuple(row))
    return [number for number, due in amounts.items() if kept[number] != due.dated]


def complete() -> None:
    """Write what is missing, unless that was done after the tables' last migration already: it reads the whole dataset.

    Only an upgrade computes something new, and `loaddata` writes what it computes with its rows. An upgrade that is stopped
    after its migrations, or migrates by hand, is taken up here by the next one that asks, from whatever machine.
    """
    migrations = MigrationRecorder(connection).migration_qs.filter(app="missions")
    migration = migrations.values_list("name", flat=True).latest("pk")
    if Computed.objects.filter(migration=migration).exists():
        return
    with transaction.atomic():
        refresh(missing_only=True)
        Computed.objects.update_or_create(pk=1, defaults={"migration": migration})


@publication.one_revision()
def refresh(*, missing_only: bool = False) -> tuple[int, int]:
    """Write it anew, or only what is missing after an upgrade or Django's own loaddata: (deployments, entries) written."""
    search.take_turn(names=True)
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
    projections = keep_projections(deployments)
    if projections or entries:
        publication.note_recomputed()
    return projections, entries
