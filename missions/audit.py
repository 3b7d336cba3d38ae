"""Questions whose answer must be “none”: what the database cannot check by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef

from missions import derived, gazetteer, search
from missions.models import DATASET, Claim, Deployment, Merge, SearchEntry, Statement
from missions.models.review import State
from missions.projection import project
from missions.publication import TABLES


@dataclass(frozen=True, slots=True)
class Finding:
    table: str
    key: tuple
    field: str | None
    message: str

    def __str__(self):
        place = f"{self.table} {':'.join(map(str, self.key))}"
        return f"{place}: {self.field}: {self.message}" if self.field else f"{place}: {self.message}"


def findings() -> Iterator[Finding]:
    """Every row of the dataset that breaks a rule, and the mend."""
    yield from broken_rows()
    yield from unreadable_passages()
    yield from deployments_without_claims()
    yield from unexplained_links()
    yield from stale_projections()
    yield from stale_search_entries()
    yield from misleading_merges()


def broken_rows() -> Iterator[Finding]:
    """Rows that their own model refuses: words that do not stand there, dates that contradict themselves, checksums."""
    for model in DATASET:
        rows = model.objects.all()
        if model in (Statement, Claim):
            rows = rows.select_related("article").prefetch_related("article__earlier_texts")
        elif model._meta.model_name == "earliertext":
            rows = rows.select_related("article")
        for row in rows.iterator(chunk_size=1000):
            yield from of_row(row)


def of_row(row) -> Iterator[Finding]:
    try:
        row.clean_fields()
        row.clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            for message in messages:
                yield Finding(row._meta.model_name, row.natural_key(), None if field == "__all__" else field, message)


def unreadable_passages() -> Iterator[Finding]:
    """Published passages whose words the public could not find."""
    for model in (Statement, Claim):
        published = model.objects.published().select_related("article")
        for row in published.exclude(article__state=State.PUBLISHED):
            yield Finding(
                model._meta.model_name,
                row.natural_key(),
                "article",
                "The passage is published and its article is not: publish the article.",
            )
        for row in published.exclude(article_revision=F("article__revision")):
            yield Finding(
                model._meta.model_name,
                row.natural_key(),
                "article_revision",
                "The passage is published and stands in an earlier text only: record it anew.",
            )


def deployments_without_claims() -> Iterator[Finding]:
    shown = Claim.objects.published().filter(deployment=OuterRef("pk"))
    for row in Deployment.objects.published().filter(~Exists(shown)):
        yield Finding(
            "deployment", row.natural_key(), None, "No published claim shows it: publish one, or reject the deployment."
        )


def unexplained_links() -> Iterator[Finding]:
    """Deployments whose deciding passages do not name them, and no curator says why they are read so."""
    rows = Deployment.objects.published().filter(identity_note=None).exclude(evidence={})
    rows = rows.select_related("contributing_country", "host_country", "mission").prefetch_related("claims__article")
    for row in rows.iterator(chunk_size=500):
        deciding = {key for keys in row.evidence.values() for key in (keys if isinstance(keys, list) else [keys])}
        for claim in row.claims.all():
            if claim.key in deciding and gazetteer.link(claim.exact, row) == gazetteer.INFERRED:
                message = f"The passage of claim {claim.key} does not name it whole: say why it is read so."
                yield Finding("deployment", row.natural_key(), "identity_note", message)
                break


def stale_projections() -> Iterator[Finding]:
    """Deployments whose columns are not what their claims amount to."""
    rows = Deployment.objects.prefetch_related("claims__article", "dated_projections")
    for row in rows.iterator(chunk_size=500):
        if derived.stale_projections(row):
            yield Finding(
                "deployment",
                row.natural_key(),
                "dated_projections",
                "What was known on earlier days is not what the claims give: run manage.py refresh.",
            )
        for name, value in project(row.claims.all()).columns().items():
            stored = getattr(row, name)
            if stored != value:
                yield Finding(
                    "deployment",
                    row.natural_key(),
                    name,
                    f"The claims give {value!r} and the row says {stored!r}: leave projected columns to the projection.",
                )


def misleading_merges() -> Iterator[Finding]:
    """Slugs that were merged and name a row all the same, or lead to none."""
    for row in Merge.objects.all():
        slugs = TABLES[row.table].objects.filter(slug__in=[row.slug, Merge.objects.leads_to(row.table, row.slug)])
        found = set(slugs.values_list("slug", flat=True))
        if row.slug in found:
            yield Finding("merge", row.natural_key(), "slug", "The slug was merged and is a row again: undo the merge.")
        elif not found:
            yield Finding(
                "merge", row.natural_key(), "into", "The slug leads nowhere: bring its row back, or undo the merge."
            )


def stale_search_entries() -> Iterator[Finding]:
    """Rows that are not found by the words they hold."""
    for model in search.SEARCHED:
        kept = dict(SearchEntry.objects.filter(table=model._meta.model_name).values_list("row", "stems"))
        rows = model.objects.select_related("article") if model in (Statement, Claim) else model.objects.all()
        for row in search.with_words(rows).iterator(chunk_size=1000):
            if kept.get(row.pk) != search.entry(row).stems:
                message = "Its words are not those by which it is found: run manage.py refresh."
                yield Finding(model._meta.model_name, row.natural_key(), "search", message)
