from django.urls import path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from missions.api import overviews, views

router = SimpleRouter()
for name, table in {  # addresses are tried in this order
    "deployments": views.Deployments,
    "claims": views.Claims,
    "statements": views.Statements,
    "articles": views.Articles,
    "missions": views.Missions,
    "countries": views.Countries,
}.items():
    router.register(name, table, basename=table.model._meta.model_name)

urlpatterns = [
    *router.urls,
    path("", overviews.Root.as_view(), name="api-root"),
    path("summary/", overviews.Summary.as_view(), name="summary"),
    path("changes/", overviews.Changes.as_view(), name="changes"),
    path("conflicts/", overviews.Conflicts.as_view(), name="conflicts"),
    path("problems/", overviews.Problems.as_view(), name="problems"),
    path("problems/<slug:name>/", overviews.ProblemKind.as_view(), name="problem"),
    path("schema/", overviews.Schema.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
]
