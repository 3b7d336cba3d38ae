"""One shape a table, with its fields written out. Columns are flat; references are objects with key and name.

The serializers tell the reference of the fields; `rows` reads and shows them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Expression, F, Value
from django.db.models.functions import Greatest, Least, Substr
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from missions import gazetteer
from missions.api.parameters import Selection
from missions.api.references import Identity
from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.passage import CONTEXT


def dates(name: str) -> list[str]:
    return [f"{name}_{column}" for column in ("words", "edtf", "earliest", "latest")]


@dataclass(frozen=True, slots=True)
class Include:
    """A relation that `include` gives whole: the row that a row refers to, or those whose column `owner` refers to it."""

    field: Callable[[], serializers.Field]
    shape: Callable[[], type["Shape"]]
    owner: str | None = None
    order: tuple[str, ...] = ()

    @property
    def one(self) -> bool:
        return self.owner is None


@dataclass(frozen=True, slots=True)
class Made:
    """A field that is made of columns: `make(row, asked)`, with the row by column; without it, it is the one column."""

    columns: tuple[str, ...]
    make: Callable[[object, object], object] | None = None


class Shape(serializers.ModelSerializer):
    """A row: all its fields as the root of an answer, those of its list within another row."""

    more: tuple[str, ...] = ()  # fields that a list shows on request only
    includes: dict[str, Include] = {}
    shown_in_detail: tuple[str, ...] = ()
    made: dict[str, Made] = {}  # fields that are not simply a column or a reference
    expressions: dict[str, Expression] = {}  # columns that the database computes

    def get_fields(self):
        fields = super().get_fields()
        root = self.parent is None or (self.parent is self.root and isinstance(self.parent, serializers.ListSerializer))
        return fields if root else {name: field for name, field in fields.items() if name in self.slim().names}

    @classmethod
    def slim(cls) -> Selection:
        """What a list shows unless more is asked for."""
        return Selection(frozenset(cls.Meta.fields) - set(cls.more))

    @classmethod
    def whole(cls) -> Selection:
        """Every field."""
        return Selection(frozenset(cls.Meta.fields))

    @classmethod
    def mend(cls, rows: list[dict]) -> None:
        """Puts right what the database could not compute of some rows, before fields are made of them."""


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
            lambda: DeploymentShape(many=True, help_text="Its published deployments."),
            lambda: DeploymentShape,
            owner="mission",
            order=("slug",),
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


def text_before(body) -> Substr:
    """The words before a passage, of the text that its offsets count in."""
    return Substr(body, Greatest(F("start") - Value(CONTEXT - 1), Value(1)), Least(F("start"), Value(CONTEXT)))


def text_after(body) -> Substr:
    return Substr(body, F("end") + Value(1), Value(CONTEXT))


TEXT = ("article_revision", "article__revision")  # which text the offsets count in, and which one there is


class PassageShape(Shape):
    key = serializers.CharField(help_text="The article's slug and the row's number in it.")
    article = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the article.")
    prefix = serializers.CharField(help_text="Up to 32 code points before the passage.")
    suffix = serializers.CharField(help_text="Up to 32 code points after the passage.")
    expressions = {"text_before": text_before("article__body"), "text_after": text_after("article__body")}
    made = {
        "key": Made(("article__slug", "number"), lambda row, asked: f"{row['article__slug']}:{row['number']}"),
        "prefix": Made(("text_before", *TEXT), lambda row, asked: row["text_before"]),
        "suffix": Made(("text_after", *TEXT), lambda row, asked: row["text_after"]),
    }

    @classmethod
    def mend(cls, rows):
        """Offsets of a passage that a correction left behind count in an earlier text."""
        if not rows or "article_revision" not in rows[0]:
            return
        left_behind = {row["pk"]: row for row in rows if row["article_revision"] != row["article__revision"]}
        if not left_behind:
            return
        found = cls.Meta.model.objects.select_related("article").prefetch_related("article__earlier_texts")
        for passage in found.filter(pk__in=left_behind):
            left_behind[passage.pk].update({"text_before": passage.prefix, "text_after": passage.suffix})


def _passages(shape: Callable[[], type[Shape]], owner: str, help_text: str) -> Include:
    """An owner's public passages of a table, in their order."""
    return Include(lambda: shape()(many=True, help_text=help_text), shape, owner, ("article__slug", "number"))


class StatementShape(PassageShape):
    country = CountryRef(allow_null=True)
    missions = MissionRef(many=True)
    countries = CountryRef(many=True)
    more = ("state",)
    includes = {"article": Include(lambda: ArticleShape(), lambda: ArticleShape)}

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


IDENTITY = tuple(f"deployment__{name}_id" for name in Identity._fields)


def _identity(row, asked) -> Identity:
    sender, host, mission = (row[column] for column in IDENTITY)
    countries, missions = asked.references.countries, asked.references.missions
    return Identity(countries[sender], countries[host], missions[mission])


class ClaimShape(PassageShape):
    deployment = serializers.SlugRelatedField("slug", read_only=True, help_text="Slug of the deployment.")
    date = serializers.CharField(source="date_edtf", allow_null=True, help_text="When it was so, in EDTF.")
    link = serializers.SerializerMethodField(
        help_text="Whether the passage names the deployment's country, host and mission, or a curator inferred them."
    )
    more = ("state",)
    includes = {
        "article": Include(lambda: ArticleShape(), lambda: ArticleShape),
        "deployment": Include(lambda: DeploymentShape(), lambda: DeploymentShape),
    }
    made = PassageShape.made | {
        "link": Made(("exact", *IDENTITY), lambda row, asked: gazetteer.link(row["exact"], _identity(row, asked)))
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
    def get_link(self, claim): ...


class ArticleShape(Shape):
    body = serializers.SerializerMethodField(help_text="The whole text; null where it may not be shown.")
    more = ("state", "body")
    includes = {
        "statements": _passages(lambda: StatementShape, "article", "Its published statements."),
        "claims": _passages(lambda: ClaimShape, "article", "Its published claims."),
    }
    made = {
        "body": Made(
            ("body", "text_public"), lambda row, asked: row["body"] if row["text_public"] or asked.drafts else None
        )
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

    def get_body(self, article) -> str | None: ...


class DeploymentShape(Shape):
    contributing_country = CountryRef()
    host_country = CountryRef(allow_null=True)
    mission = MissionRef(allow_null=True)
    evidence = serializers.SerializerMethodField(help_text="For each value, the key of the claim that decides it.")
    more = ("state", "identity_note", "evidence")
    shown_in_detail = ("claims",)
    includes = {
        "claims": _passages(lambda: ClaimShape, "deployment", "Its published claims."),
        "contributing_country": Include(lambda: CountryShape(), lambda: CountryShape),
        "host_country": Include(lambda: CountryShape(allow_null=True), lambda: CountryShape),
        "mission": Include(lambda: MissionShape(allow_null=True), lambda: MissionShape),
    }
    made = {"evidence": Made(("evidence",))}

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
    def get_evidence(self, deployment): ...


SHAPES = {
    shape.Meta.model: shape
    for shape in (CountryShape, MissionShape, ArticleShape, DeploymentShape, StatementShape, ClaimShape)
}
