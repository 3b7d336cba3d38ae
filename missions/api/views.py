"""Tables of contents: which rows, which shape, which questions."""

from django.db.models import Prefetch
from rest_framework.generics import get_object_or_404
from rest_framework.viewsets import ReadOnlyModelViewSet

from missions import filtersets
from missions.api import serializers
from missions.models import Article, Claim, Country, Deployment, Mission, Statement
from missions.models.review import State

# What tells whether a passage names its deployment.
IDENTITY = ("deployment__contributing_country", "deployment__host_country", "deployment__mission")
SLUG = "[A-Za-z0-9_-]+"


class ByKey(ReadOnlyModelViewSet):
    """Rows in the order of their natural keys; the detail may have a shape of its own."""

    detail_serializer_class = None

    def get_serializer_class(self):
        return (self.detail and self.detail_serializer_class) or self.serializer_class


class CountryViewSet(ByKey):
    """Countries and territories of ISO 3166-1, with Kosovo."""

    queryset = Country.objects.order_by("code")
    serializer_class = serializers.CountrySerializer
    filterset_class = filtersets.CountryFilterSet
    lookup_field = "code"
    lookup_value_regex = "[A-Za-z]{2}"

    def get_object(self):
        self.kwargs["code"] = self.kwargs["code"].upper()
        return super().get_object()


class MissionViewSet(ByKey):
    """Missions and operations to which countries contribute."""

    queryset = Mission.objects.prefetch_related("host_countries").order_by("slug")
    serializer_class = serializers.MissionSerializer
    filterset_class = filtersets.MissionFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG


class ArticleViewSet(ByKey):
    """Published articles; the detail carries the text where it may be shown."""

    queryset = Article.objects.published().order_by("slug")
    serializer_class = serializers.ArticleSerializer
    detail_serializer_class = serializers.ArticleDetailSerializer
    filterset_class = filtersets.ArticleFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG


class PassageViewSet(ByKey):
    """Rows whose key is the article's slug and a number, such as `some-article:3`."""

    lookup_field = "key"
    lookup_value_regex = "[A-Za-z0-9_-]+:[0-9]{1,9}"

    def get_object(self):
        slug, number = self.kwargs["key"].split(":")
        queryset = self.filter_queryset(self.get_queryset())
        return get_object_or_404(queryset, article__slug=slug, number=number)


class StatementViewSet(PassageViewSet):
    """Who said what, with the words."""

    queryset = (
        Statement.objects.published()
        .filter(article__state=State.PUBLISHED)
        .select_related("article", "country")
        .prefetch_related("missions", "countries")
        .order_by("article__slug", "number")
    )
    serializer_class = serializers.StatementSerializer
    filterset_class = filtersets.StatementFilterSet


class ClaimViewSet(PassageViewSet):
    """What one passage says of one deployment."""

    queryset = (
        Claim.objects.published()
        .filter(article__state=State.PUBLISHED, deployment__state=State.PUBLISHED)
        .select_related("article", *IDENTITY)
        .order_by("article__slug", "number")
    )
    serializer_class = serializers.ClaimSerializer
    filterset_class = filtersets.ClaimFilterSet


PUBLISHED_CLAIMS = Prefetch(
    "claims",
    Claim.objects.published().select_related("article", *IDENTITY).order_by("article__slug", "number"),
    to_attr="published_claims",
)


class DeploymentViewSet(ByKey):
    """Deployments, each with its status, dates and strength; the detail carries the claims behind them."""

    queryset = (
        Deployment.objects.published()
        .select_related("contributing_country", "host_country", "mission")
        .order_by("slug")
    )
    serializer_class = serializers.DeploymentSerializer
    detail_serializer_class = serializers.DeploymentDetailSerializer
    filterset_class = filtersets.DeploymentFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG

    def get_queryset(self):
        queryset = super().get_queryset()
        return queryset.prefetch_related(PUBLISHED_CLAIMS) if self.detail else queryset
