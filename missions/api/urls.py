from django.urls import path
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from missions.api import overviews, views

router = SimpleRouter()
for name, table in {
    "countries": views.Countries,
    "missions": views.Missions,
    "articles": views.Articles,
    "statements": views.Statements,
    "claims": views.Claims,
    "deployments": views.Deployments,
}.items():
    router.register(name, table, basename=table.model._meta.model_name)

urlpatterns = [
    path("", overviews.Root.as_view(), name="api-root"),
    path("summary/", overviews.Summary.as_view(), name="summary"),
    path("changes/", overviews.Changes.as_view(), name="changes"),
    path("conflicts/", overviews.Conflicts.as_view(), name="conflicts"),
    path("problems/", overviews.Problems.as_view(), name="problems"),
    path("problems/<slug:name>/", overviews.ProblemKind.as_view(), name="problem"),
    path("schema/", overviews.Schema.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *router.urls,
]
