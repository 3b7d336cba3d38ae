"""What may be asked of each table, by the API and the site alike. A word that is not here is refused."""

import difflib

from django.core.exceptions import ValidationError
from django.db.models import Q
from django_filters import rest_framework as filters

from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.claim import Verdict
from missions.models.deployment import ForceType, Stage
from missions.models.mission import Kind
from missions.models.statement import Attribution, Form

NAMED = 20  # names in a refusal
COMPARED = 5000  # keys a misspelt one is compared with


def nearest(word: str, known) -> str:
    """“; did you mean …?” where something is near, else what there is."""
    known = sorted(known)
    found = difflib.get_close_matches(word, known, n=3, cutoff=0.5)
    return (
        f"did you mean {' or '.join(found)}?"
        if found
        else f"known are: {', '.join(known[:NAMED])}{', …' if len(known) > NAMED else ''}."
    )


class ReferenceFilter(filters.CharFilter):
    """One or several rows by natural key, separated by commas; a key that names no row is refused with the nearest."""

    def __init__(self, *args, table, columns, key, any_case=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.table, self.columns, self.key, self.any_case = table, columns, key, any_case

    def filter(self, queryset, value):
        if not value:
            return queryset
        found = [self.resolve(word.strip()) for word in value.split(",")]
        condition = Q()
        for column in self.columns:
            condition |= Q(**{f"{column}__in": found})
        queryset = queryset.filter(condition)
        return queryset.distinct() if self.distinct else queryset

    def resolve(self, word: str) -> int:
        asked = word.upper() if self.any_case else word
        match = Q(**{self.key: asked})
        if self.table is Country:
            match |= Q(alpha3=asked)
        row = self.rows().filter(match).values_list("pk", flat=True).first()
        if row is None:
            known = self.rows().values_list(self.key, flat=True)[:COMPARED]
            name = self.table._meta.verbose_name
            raise ValidationError({self.parameter: f"There is no {name} “{word}”; {nearest(asked, known)}"})
        return row

    def rows(self):
        """What may be named: of reviewed tables the published rows, so that a refusal tells nothing of the others."""
        rows = self.table.objects.all()
        return rows.published() if hasattr(rows, "published") else rows

    @property
    def parameter(self):
        return next(name for name, one in self.parent.filters.items() if one is self)


def by_country(*columns, help_text, distinct=False):
    text = f"{help_text} ISO 3166-1 alpha-2 or alpha-3 code, any case; several separated by commas."
    return ReferenceFilter(table=Country, columns=columns, key="code", any_case=True, help_text=text, distinct=distinct)


def by_mission(column="mission", help_text="Slug of the mission; several separated by commas.", distinct=False):
    return ReferenceFilter(table=Mission, columns=[column], key="slug", help_text=help_text, distinct=distinct)


def by_article(column="article"):
    return ReferenceFilter(
        table=Article,
        columns=[column],
        key="slug",
        help_text="Slug of the article; several separated by commas.",
        distinct=True,
    )


class StrictFilterSet(filters.FilterSet):
    """A filter set that refuses parameters it does not know."""

    def strangers(self, also_known=()) -> dict[str, list[str]]:
        known = set(self.filters) | set(also_known)
        return {
            name: [f"There is no parameter “{name}”; {nearest(name, known)}"] for name in self.data if name not in known
        }


class DeploymentFilterSet(StrictFilterSet):
    country = by_country("contributing_country", "host_country", help_text="Contributing or host country.")
    contributing_country = by_country("contributing_country", help_text="Country that supplies the personnel.")
    host_country = by_country("host_country", help_text="Country in which the force is deployed.")
    mission = by_mission()
    status = filters.ChoiceFilter(choices=Stage.choices, help_text="The stage the deployment has reached.")
    force_type = filters.ChoiceFilter(choices=ForceType.choices, help_text="The sort of personnel.")

    class Meta:
        model = Deployment
        fields = []


class ArticleFilterSet(StrictFilterSet):
    language = filters.CharFilter(help_text="BCP 47 tag of the text, such as nl.")

    class Meta:
        model = Article
        fields = []


class CountryFilterSet(StrictFilterSet):
    region = filters.CharFilter(help_text="UN M49 region, such as Europe.")

    class Meta:
        model = Country
        fields = []


class MissionFilterSet(StrictFilterSet):
    host_country = by_country("host_countries", help_text="Country in which the mission is deployed.", distinct=True)
    kind = filters.ChoiceFilter(choices=Kind.choices, help_text="The sort of mission.")

    class Meta:
        model = Mission
        fields = []


class StatementFilterSet(StrictFilterSet):
    article = by_article()
    country = by_country("country", help_text="Country spoken for.")
    about_country = by_country("countries", help_text="Country spoken of.", distinct=True)
    about_mission = by_mission("missions", "Slug of the mission spoken of; several separated by commas.", distinct=True)
    form = filters.ChoiceFilter(choices=Form.choices, help_text="Direct, indirect or mixed.")
    attribution = filters.ChoiceFilter(
        choices=Attribution.choices, help_text="How the text ties the words to a source."
    )

    class Meta:
        model = Statement
        fields = []


class ClaimFilterSet(StrictFilterSet):
    article = by_article()
    deployment = ReferenceFilter(
        table=Deployment,
        columns=["deployment"],
        key="slug",
        help_text="Slug of the deployment; several separated by commas.",
    )
    stage = filters.ChoiceFilter(choices=Stage.choices, help_text="The stage the claim reports.")
    verdict = filters.ChoiceFilter(choices=Verdict.choices, help_text="Whether the claim may decide.")

    class Meta:
        model = Claim
        fields = []
