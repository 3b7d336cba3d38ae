"""One serializer a shape, with its fields written out. Columns are flat; references are objects with key and name."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from missions import gazetteer
from missions.models import Article, Claim, Country, Deployment, Mission, Statement


def dates(name: str) -> list[str]:
    return [f"{name}_{column}" for column in ("words", "edtf", "earliest", "latest")]


class CountryRef(serializers.ModelSerializer):
    name = serializers.CharField(source="name_en", help_text="Name in English.")

    class Meta:
        model = Country
        fields = ["code", "name"]


class MissionRef(serializers.ModelSerializer):
    class Meta:
        model = Mission
        fields = ["slug", "name"]


class CountrySerializer(serializers.ModelSerializer):
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
            "demonyms",
            "aliases",
        ]


class MissionSerializer(serializers.ModelSerializer):
    host_countries = CountryRef(many=True)

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


class ArticleSerializer(serializers.ModelSerializer):
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
        ]


class ArticleDetailSerializer(ArticleSerializer):
    body = serializers.SerializerMethodField(help_text="The whole text; null where it may not be shown.")

    class Meta(ArticleSerializer.Meta):
        fields = [*ArticleSerializer.Meta.fields, "body"]

    def get_body(self, article) -> str | None:
        return article.body if article.text_public else None


PASSAGE = ["exact", "prefix", "suffix", "start", "end"]


class PassageSerializer(serializers.ModelSerializer):
    key = serializers.CharField(help_text="The article's slug and the row's number in it.")
    article = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the article.")
    prefix = serializers.CharField(help_text="Up to 32 code points before the passage.")
    suffix = serializers.CharField(help_text="Up to 32 code points after the passage.")


class StatementSerializer(PassageSerializer):
    country = CountryRef(allow_null=True)
    missions = MissionRef(many=True)
    countries = CountryRef(many=True)

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
        ]


class ClaimSerializer(PassageSerializer):
    deployment = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the deployment.")
    date = serializers.CharField(source="date_edtf", allow_null=True, help_text="When it was so, in EDTF.")
    link = serializers.SerializerMethodField(
        help_text="Whether the passage names the deployment's country, host and mission, or a curator inferred them."
    )

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
        ]

    @extend_schema_field({"type": "string", "enum": [gazetteer.NAMED, gazetteer.INFERRED]})
    def get_link(self, claim):
        return gazetteer.link(claim.exact, claim.deployment)


class DeploymentSerializer(serializers.ModelSerializer):
    contributing_country = CountryRef()
    host_country = CountryRef(allow_null=True)
    mission = MissionRef(allow_null=True)

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
        ]


class DeploymentDetailSerializer(DeploymentSerializer):
    evidence = serializers.SerializerMethodField(help_text="For each value, the key of the claim that decides it.")
    claims = ClaimSerializer(many=True, source="published_claims")

    class Meta(DeploymentSerializer.Meta):
        fields = [*DeploymentSerializer.Meta.fields, "identity_note", "evidence", "claims"]

    @extend_schema_field(
        {
            "type": "object",
            "additionalProperties": {"oneOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
        }
    )
    def get_evidence(self, deployment):
        return deployment.evidence
