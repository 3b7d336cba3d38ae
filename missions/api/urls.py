from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from missions.api import views

router = DefaultRouter()
router.include_format_suffixes = False
router.register("countries", views.CountryViewSet, basename="country")
router.register("missions", views.MissionViewSet, basename="mission")
router.register("articles", views.ArticleViewSet, basename="article")
router.register("statements", views.StatementViewSet, basename="statement")
router.register("claims", views.ClaimViewSet, basename="claim")
router.register("deployments", views.DeploymentViewSet, basename="deployment")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    *router.urls,
]
