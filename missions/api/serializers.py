"""One shape a table, with its fields written out. Columns are flat; references are objects with key and name."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from missions import gazetteer
from missions.api.parameters import Selection
from missions.models import Article, Claim, Country, Deployment, Mission, Statement


def dates(name: str) -> list[str]:
    return [f"{name}_{column}" for column in ("words", "edtf", "earliest", "latest")]


@dataclass(frozen=True, slots=True)
class Include:
    """A relation that `include` gives whole; `rows` prefetches it as known on a day, or is None for a joined row."""

    field: Callable[[], serializers.Field]
    rows: Callable | None = None


class Shape(serializers.ModelSerializer):
    """A row. As the root of an answer it shows the fields of a Selection; within another row, those of its list."""

    more: tuple[str, ...] = ()  # fields that a list shows on request only
    includes: dict[str, Include] = {}
    shown_in_detail: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # joined with every row

    def get_fields(self):
        fields = super().get_fields()
        root = self.parent is None or (self.parent is self.root and isinstance(self.parent, serializers.ListSerializer))
        chosen = self.context.get("selection") if root else self.slim()
        if chosen is None:
            return fields  # the shape itself, as the schema tells it
        for name in chosen.includes:
            fields[name] = self.includes[name].field()
        return {name: field for name, field in fields.items() if name in chosen.names}

    @classmethod
    def slim(cls) -> Selection:
        """What a list shows unless more is asked for."""
        return Selection(frozenset(cls.Meta.fields) - set(cls.more))

    @classmethod
    def fetched(cls, rows: QuerySet, selection, known_on) -> QuerySet:
        """The rows with what the selection needs, in a number of queries that does not grow with them."""
        rows = rows.select_related(*cls.related).prefetch_related(*cls.listed())
        return rows.prefetch_related(
            *(cls.includes[name].rows(known_on) for name in sorted(selection.includes) if cls.includes[name].rows)
        )

    @classmethod
    def listed(cls) -> list[str]:
        """The many-to-many columns that every row shows."""
        return [field.name for field in cls.Meta.model._meta.many_to_many if field.name in cls.Meta.fields]


class CountryRef(serializers.ModelSerializer):
    name = serializers.CharField(source="name_en", help_text="Name in English.")

    class Meta:
        model = Country
        fields = ["code", "name"]


class MissionRef(serializers.ModelSerializer):
    class Meta:
        model = Mission
        fields = ["slug", "name"]


REFERENCES = (CountryRef, MissionRef)


def reference_key(reference) -> str:
    return reference.Meta.fields[0]


class CountryShape(Shape):
    name = serializers.CharField(source="name_en", help_text="Name in English.")

    class Meta:
        model = Country
        fields = [
            "code",
            "name",
            "name_nl",
            "alpha3",
            "numeric",
            "region",
            "region_code",
            "subregion",
            "subregion_code",
            "gw_number",
            "latitude",
            "longitude",
            "demonyms",
            "aliases",
        ]


class MissionShape(Shape):
    host_countries = CountryRef(many=True)
    includes = {
        "deployments": Include(
            lambda: DeploymentShape(many=True, source="shown_deployments", help_text="Its published deployments."),
            lambda known_on: Prefetch(
                "deployments",
                Deployment.objects.public().select_related(*DeploymentShape.related).order_by("slug"),
                to_attr="shown_deployments",
            ),
        )
    }

    class Meta:
        model = Mission
        fields = [
            "slug",
            "name",
            "abbreviation",
            "kind",
            "conducting_organization",
            "host_countries",
            *dates("start"),
            *dates("end"),
            "legal_instrument",
            "aliases",
            "reference_url",
        ]


PASSAGE = ["exact", "prefix", "suffix", "start", "end"]


class PassageShape(Shape):
    key = serializers.CharField(help_text="The article's slug and the row's number in it.")
    article = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the article.")
    prefix = serializers.CharField(help_text="Up to 32 code points before the passage.")
    suffix = serializers.CharField(help_text="Up to 32 code points after the passage.")
    related = ("article",)


def _passages(model: type[Model], shape: Callable[[], type[Shape]], name: str) -> Callable:
    """Prefetches an owner's public passages of a table, as known on a day, into `shown_…`."""

    def rows(known_on) -> Prefetch:
        found = (
            model.objects.public()
            .known_on(known_on)
            .select_related(*shape().related)
            .prefetch_related(*shape().listed())
        )
        return Prefetch(name, found.order_by("article__slug", "number"), to_attr=f"shown_{name}")

    return rows


class StatementShape(PassageShape):
    country = CountryRef(allow_null=True)
    missions = MissionRef(many=True)
    countries = CountryRef(many=True)
    related = ("article", "country")
    more = ("state",)
    includes = {"article": Include(lambda: ArticleShape())}

    class Meta:
        model = Statement
        fields = [
            "key",
            "article",
            "number",
            *PASSAGE,
            "speaker",
            "role",
            "organization",
            "country",
            "form",
            "attribution",
            "channel",
            *dates("said"),
            "missions",
            "countries",
            "note",
            "state",
        ]


class ClaimShape(PassageShape):
    deployment = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the deployment.")
    date = serializers.CharField(source="date_edtf", allow_null=True, help_text="When it was so, in EDTF.")
    link = serializers.SerializerMethodField(
        help_text="Whether the passage names the deployment's country, host and mission, or a curator inferred them."
    )
    more = ("state",)
    # What tells whether a passage names its deployment.
    related = (
        "article",
        "deployment__contributing_country",
        "deployment__host_country",
        "deployment__mission",
    )
    includes = {
        "article": Include(lambda: ArticleShape()),
        "deployment": Include(lambda: DeploymentShape()),
    }

    class Meta:
        model = Claim
        fields = [
            "key",
            "article",
            "number",
            "deployment",
            "link",
            *PASSAGE,
            "stage",
            "planned",
            "onset",
            "date",
            *dates("date"),
            "personnel_low",
            "personnel_best",
            "personnel_high",
            "personnel_words",
            "personnel_basis",
            "contribution",
            "derived",
            "rule",
            "verdict",
            "verdict_reason",
            "note",
            "state",
        ]

    @extend_schema_field({"type": "string", "enum": [gazetteer.NAMED, gazetteer.INFERRED]})
    def get_link(self, claim):
        return gazetteer.link(claim.exact, claim.deployment)


class ArticleShape(Shape):
    body = serializers.SerializerMethodField(help_text="The whole text; null where it may not be shown.")
    more = ("state", "body")
    includes = {
        "statements": Include(
            lambda: StatementShape(many=True, source="shown_statements", help_text="Its published statements."),
            _passages(Statement, lambda: StatementShape, "statements"),
        ),
        "claims": Include(
            lambda: ClaimShape(many=True, source="shown_claims", help_text="Its published claims."),
            _passages(Claim, lambda: ClaimShape, "claims"),
        ),
    }

    class Meta:
        model = Article
        fields = [
            "slug",
            "title",
            "publisher",
            "author",
            "url",
            "archive_url",
            "accessed_on",
            "language",
            *dates("published"),
            "body_sha256",
            "raw_sha256",
            "revision",
            "text_public",
            "state",
            "body",
        ]

    def get_body(self, article) -> str | None:
        return article.body if article.text_public or self.context.get("drafts") else None


class DeploymentShape(Shape):
    contributing_country = CountryRef()
    host_country = CountryRef(allow_null=True)
    mission = MissionRef(allow_null=True)
    evidence = serializers.SerializerMethodField(help_text="For each value, the key of the claim that decides it.")
    more = ("state", "identity_note", "evidence")
    related = ("contributing_country", "host_country", "mission")
    shown_in_detail = ("claims",)
    includes = {
        "claims": Include(
            lambda: ClaimShape(many=True, source="shown_claims", help_text="Its published claims."),
            _passages(Claim, lambda: ClaimShape, "claims"),
        ),
        "contributing_country": Include(lambda: CountryShape()),
        "host_country": Include(lambda: CountryShape(allow_null=True)),
        "mission": Include(
            lambda: MissionShape(allow_null=True),
            lambda known_on: "mission__host_countries",
        ),
    }

    class Meta:
        model = Deployment
        fields = [
            "slug",
            "contributing_country",
            "host_country",
            "mission",
            "force_type",
            "status",
            *dates("start"),
            "start_basis",
            *dates("end"),
            "end_basis",
            *dates("planned_start"),
            *dates("planned_end"),
            "personnel_low",
            "personnel_best",
            "personnel_high",
            "personnel_words",
            "personnel_basis",
            "contribution",
            "conflict_count",
            "state",
            "identity_note",
            "evidence",
        ]

    @extend_schema_field(
        {
            "type": "object",
            "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        }
    )
    def get_evidence(self, deployment):
        return deployment.evidence


SHAPES = {
    shape.Meta.model: shape
    for shape in (CountryShape, MissionShape, ArticleShape, DeploymentShape, StatementShape, ClaimShape)
}
