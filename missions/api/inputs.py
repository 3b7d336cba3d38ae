"""What a curator's program may send: a shape a table, strict about names, with references by natural key."""

from django.db.models import Model
from drf_spectacular.drainage import set_override
from rest_framework import serializers

from missions.ingest import reader
from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.article import sha256
from missions.models.dates import ImpreciseDate
from missions.publication import PUBLIC
from missions.questions import nearest, pattern_of, row_named


class Key(serializers.RelatedField):
    """A row by its natural key; a key that names none is refused with the nearest."""

    def __init__(self, model: type[Model], **options):
        self.model, self.column = model, PUBLIC[model][0]
        super().__init__(queryset=model.objects.all(), **options)
        set_override(self, "field", {"type": "string", "pattern": pattern_of(model)})

    def to_internal_value(self, data):
        if not isinstance(data, str) or "\0" in data:
            raise serializers.ValidationError(f"A {self.column} is a text, such as “{self._some_key()}”.")
        try:
            return row_named(self.model, data)
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def to_representation(self, row):
        return getattr(row, self.column)

    def _some_key(self) -> str:
        return self.model.objects.values_list(self.column, flat=True).first() or self.column


class Reason(serializers.Serializer):
    """Why: kept in the history. The header Change-Reason serves as well."""

    reason = serializers.CharField(required=False, max_length=500, write_only=True, help_text="Why, for the history.")

    def to_internal_value(self, data):
        if isinstance(data, dict) and (strangers := [name for name in data if name not in self.fields]):
            raise serializers.ValidationError(
                {name: f"There is no field “{name}”; {nearest(name, self.fields)}" for name in strangers}
            )
        return super().to_internal_value(data)


class Input(Reason, serializers.ModelSerializer):
    """Columns as the model has them; the model's own rules are asked by the verb that writes."""

    def get_validators(self):
        return []

    def get_fields(self):
        fields = super().get_fields()
        for field in fields.values():
            field.validators = [one for one in field.validators if not hasattr(one, "queryset")]
            if isinstance(field, serializers.CharField) and field.allow_null:
                field.allow_blank = False  # silence is null
        return fields

    def applied_to(self, row: Model) -> dict:
        """Set the columns; the many-to-many ones are returned for the verb."""
        values = dict(self.validated_data)
        values.pop("reason", None)
        related = {}
        for name, value in values.items():
            if row._meta.get_field(name).many_to_many:
                related[name] = value
            else:
                setattr(row, name, value)
        # The days follow from the EDTF string.
        for name in {name.removesuffix("_edtf") for name in values if name.endswith("_edtf")}:
            old = getattr(row, name)
            setattr(row, name, ImpreciseDate(old.words, old.edtf))
        return related


class ArticleInput(Input):
    body = serializers.CharField(
        trim_whitespace=False,
        help_text="The text as published. Line ends become \\n, Unicode NFC, a byte order mark is dropped.",
    )

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
            "published_words",
            "published_edtf",
            "body",
            "text_public",
            "reason",
        ]

    def validate_body(self, text):
        self.raw = text
        text = reader.normalized(text)
        if not text.strip():
            raise serializers.ValidationError("There is no text in it.")
        return text

    def applied_to(self, row):
        related = super().applied_to(row)
        if row.pk is None:
            row.raw_sha256 = self.raw_sha256
        return related

    @property
    def raw_sha256(self) -> str:
        """Checksum of the text as it was sent."""
        return sha256(self.raw)


class ArticleChange(ArticleInput):
    body = None

    class Meta(ArticleInput.Meta):
        fields = [name for name in ArticleInput.Meta.fields if name not in ("slug", "body")]


class Correction(ArticleInput):
    """A corrected text. Passages are placed anew by their exact words alone."""

    class Meta(ArticleInput.Meta):
        fields = ["body", "reason"]


class PassageInput(Input):
    article = Key(Article, help_text="Slug of the article.")
    exact = serializers.CharField(
        required=False,
        trim_whitespace=False,
        help_text="The words, verbatim. Alone they must stand once in the text; else give `start`, `prefix` or `suffix`.",
    )
    start = serializers.IntegerField(required=False, min_value=0, help_text="First code point of the passage, from 0.")
    end = serializers.IntegerField(required=False, min_value=1, help_text="The code point after its last.")
    prefix = serializers.CharField(
        required=False, trim_whitespace=False, write_only=True, help_text="Words right before the passage."
    )
    suffix = serializers.CharField(
        required=False, trim_whitespace=False, write_only=True, help_text="Words right after the passage."
    )

    def applied_to(self, row):
        asked = {name: self.validated_data.pop(name) for name in PASSAGE if name in self.validated_data}
        related = super().applied_to(row)
        if asked or row.pk is None:
            row.locate(**asked)
        return related


PASSAGE = ("exact", "start", "end", "prefix", "suffix")


class StatementInput(PassageInput):
    country = Key(Country, required=False, allow_null=True, help_text="The country spoken for.")
    missions = Key(Mission, many=True, required=False, help_text="Slugs of the missions it is about.")
    countries = Key(Country, many=True, required=False, help_text="Codes of the countries it is about.")

    class Meta:
        model = Statement
        fields = [
            "article",
            *PASSAGE,
            "speaker",
            "role",
            "organization",
            "country",
            "form",
            "attribution",
            "channel",
            "said_words",
            "said_edtf",
            "missions",
            "countries",
            "note",
            "reason",
        ]


class StatementChange(StatementInput):
    article = None

    class Meta(StatementInput.Meta):
        fields = [name for name in StatementInput.Meta.fields if name != "article"]


class ClaimInput(PassageInput):
    deployment = Key(Deployment, help_text="Slug of the deployment.")

    class Meta:
        model = Claim
        fields = [
            "article",
            *PASSAGE,
            "deployment",
            "stage",
            "planned",
            "onset",
            "date_words",
            "date_edtf",
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
            "reason",
        ]


class ClaimChange(ClaimInput):
    article = None

    class Meta(ClaimInput.Meta):
        fields = [name for name in ClaimInput.Meta.fields if name != "article"]


class DeploymentInput(Input):
    contributing_country = Key(Country, help_text="ISO code of the country that supplies the personnel.")
    host_country = Key(Country, required=False, allow_null=True, help_text="ISO code of the country it is in.")
    mission = Key(Mission, required=False, allow_null=True, help_text="Slug of the mission.")

    class Meta:
        model = Deployment
        fields = ["contributing_country", "host_country", "mission", "force_type", "identity_note", "reason"]


INPUTS = {
    Article: (ArticleInput, ArticleChange),
    Statement: (StatementInput, StatementChange),
    Claim: (ClaimInput, ClaimChange),
    Deployment: (DeploymentInput, DeploymentInput),
}
