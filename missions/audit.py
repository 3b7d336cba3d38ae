"""Questions whose answer must be “none”: what the database cannot check by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from django.core.exceptions import ValidationError

from missions import derived, gazetteer, search
from missions.bulk import batched
from missions.ground import claims_of
from missions.models import DATASET, Country, Deployment, EarlierText, Merge, Mission, SearchEntry
from missions.models.passage import Passage
from missions.models.review import State
from missions.projection import NAMES
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
    for model in DATASET:
        rows = model.objects.all()
        if issubclass(model, Passage):
            rows = rows.select_related("article").prefetch_related("article__earlier_texts")
        elif model is EarlierText:
            rows = rows.select_related("article")
        for row in rows.iterator(chunk_size=1000):
            yield from of_row(row)
            if issubclass(model, Passage):
                yield from of_passage(row)
    named = Named()
    for rows in batched(Deployment.objects.iterator(chunk_size=500), 500):
        named.give(rows)
        claims = claims_of([row.pk for row in rows])
        amounts = {number: derived.amount(of) for number, of in claims.items()}
        stale = set(derived.stale_among(amounts))
        yield from of_deployments(rows, claims, amounts)
        for row in rows:
            if row.pk in stale:
                message = "What was known on earlier days is not what the claims give: run manage.py refresh."
                yield Finding("deployment", row.natural_key(), "dated_projections", message)
    yield from stale_search_entries()
    yield from misleading_merges()


def of_row(row) -> Iterator[Finding]:
    """What the row's own model refuses: words that do not stand there, dates that contradict themselves, checksums."""
    try:
        row.clean_fields()
        row.clean()
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            for message in messages:
                yield Finding(row._meta.model_name, row.natural_key(), None if field == "__all__" else field, message)


def of_passage(row: Passage) -> Iterator[Finding]:
    """A published passage whose words the public could not find."""
    if row.state != State.PUBLISHED:
        return
    if row.article.state != State.PUBLISHED:
        message = "The passage is published and its article is not: publish the article."
        yield Finding(row._meta.model_name, row.natural_key(), "article", message)
    if row.article_revision != row.article.revision:
        message = "The passage is published and stands in an earlier text only: record it anew."
        yield Finding(row._meta.model_name, row.natural_key(), "article_revision", message)


class Named:
    """Gives deployments the countries and missions that they name, remembered from batch to batch while these are few."""

    MOST = 5_000
    FIELDS = tuple(map(Deployment._meta.get_field, ("contributing_country", "host_country", "mission")))

    def __init__(self):
        self.known: dict[type, dict] = {Country: {}, Mission: {}}

    def give(self, rows: list[Deployment]) -> None:
        for field in self.FIELDS:
            model = field.related_model
            if len(self.known[model]) > self.MOST:
                self.known[model] = {}
            known = self.known[model]
            if strangers := {getattr(row, field.attname) for row in rows} - known.keys() - {None}:
                known |= model.objects.in_bulk(strangers)
            for row in rows:
                field.set_cached_value(row, known.get(getattr(row, field.attname)))


def of_deployments(
    rows: list[Deployment], claims: dict[int, list], amounts: dict[int, derived.Amount]
) -> Iterator[Finding]:
    """Deployments whose columns are not what their claims amount to, that none shows, or that none names."""
    identities: dict[tuple, list[list[str]]] = {}  # many rows are of the same countries and missions
    for row in rows:
        key = row.contributing_country_id, row.host_country_id, row.mission_id
        if (identity := identities.get(key)) is None:
            identity = identities[key] = gazetteer.identity(row)
        yield from _of_deployment(row, claims[row.id], amounts[row.id].values, identity)


PROJECTED = attrgetter(*NAMES)
EVIDENCE = NAMES.index("evidence")


def _of_deployment(row: Deployment, claims: list, values: tuple, identity: list[list[str]]) -> Iterator[Finding]:
    if (kept := PROJECTED(row)) != values:
        for name, value, stored in zip(NAMES, values, kept, strict=True):
            if stored != value:
                message = (
                    f"The claims give {value!r} and the row says {stored!r}: leave projected columns to the projection."
                )
                yield Finding("deployment", row.natural_key(), name, message)
    if row.state != State.PUBLISHED:
        return
    if not any(claim.state == State.PUBLISHED for claim in claims):
        message = "No published claim shows it: publish one, or reject the deployment."
        yield Finding("deployment", row.natural_key(), None, message)
    if row.identity_note is None and (claim := _unexplained(claims, values[EVIDENCE], identity)):
        message = f"The passage of claim {claim.key} does not name it whole: say why it is read so."
        yield Finding("deployment", row.natural_key(), "identity_note", message)


def _unexplained(claims: list, evidence: dict, identity: list[list[str]]):
    """A claim that decides a column and whose passage does not name the deployment."""
    deciding = {key for keys in evidence.values() for key in (keys if isinstance(keys, list) else [keys])}
    unexplained = [
        claim for claim in claims if claim.key in deciding and not gazetteer.names_all(claim.exact, identity)
    ]
    return min(unexplained, key=lambda claim: (claim.article.slug, claim.number), default=None)


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
        for rows in batched(search.with_names(model.objects.order_by("pk")).iterator(chunk_size=1000), 1000):
            search.give_claims(rows)
            stems = search.Stems()
            entries = SearchEntry.objects.filter(table=model._meta.model_name, row__among=[row.pk for row in rows])
            kept = dict(entries.values_list("row", "stems"))
            for row in rows:
                if kept.get(row.pk) != stems.of(row):
                    message = "Its words are not those by which it is found: run manage.py refresh."
                    yield Finding(model._meta.model_name, row.natural_key(), "search", message)
