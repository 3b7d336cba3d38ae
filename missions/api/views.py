"""Tables of contents: which rows, which shape, which questions."""

from missions import filtersets
from missions.api import serializers
from missions.api.formats import GeoJson
from missions.api.reading import FORMATS, Table
from missions.api.writing import Correctable, Reviewable
from missions.models import Article, Claim, Country, Deployment, Mission, Statement

SLUG = "[A-Za-z0-9_-]+"


class Countries(Table):
    """Countries and territories of ISO 3166-1, with Kosovo."""

    model = Country
    serializer_class = serializers.CountryShape
    filterset_class = filtersets.CountryFilterSet
    lookup_field = "code"
    lookup_value_regex = "[A-Za-z]{2}"
    path_parameters = {"code": ("ISO 3166-1 alpha-2 code, in any case.", "NL")}

    def key(self):
        return {"code": self.kwargs["code"].upper()}


class Missions(Table):
    """Missions and operations to which countries contribute."""

    model = Mission
    serializer_class = serializers.MissionShape
    filterset_class = filtersets.MissionFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG
    path_parameters = {"slug": ("Slug of the mission.", "minusma")}


class Articles(Correctable, Table):
    """Published articles; one alone comes with its text where that may be shown."""

    model = Article
    serializer_class = serializers.ArticleShape
    filterset_class = filtersets.ArticleFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG
    path_parameters = {"slug": ("Slug of the article.", "000_94c2593ff7c6a45b")}


class Passages(Reviewable, Table):
    """Rows whose key is the article's slug and a number, such as `some-article:3`."""

    lookup_field = "key"
    lookup_value_regex = "[A-Za-z0-9_-]+:[1-9][0-9]{0,8}"
    path_parameters = {"key": ("The article's slug and the row's number in it.", "000_94c2593ff7c6a45b:4")}

    def key(self):
        slug, number = self.kwargs["key"].split(":")
        return {"article__slug": slug, "number": int(number)}


class Statements(Passages):
    """Who said what, with the words."""

    model = Statement
    serializer_class = serializers.StatementShape
    filterset_class = filtersets.StatementFilterSet


class Claims(Passages):
    """What one passage says of one deployment."""

    model = Claim
    serializer_class = serializers.ClaimShape
    filterset_class = filtersets.ClaimFilterSet


class Deployments(Reviewable, Table):
    """Deployments, each with its status, dates and strength; one alone comes with the claims behind them."""

    model = Deployment
    serializer_class = serializers.DeploymentShape
    filterset_class = filtersets.DeploymentFilterSet
    lookup_field = "slug"
    lookup_value_regex = SLUG
    path_parameters = {"slug": ("Slug of the deployment.", "nl-minusma-1")}
    renderer_classes = [*FORMATS, GeoJson]
