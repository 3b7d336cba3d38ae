from django.urls import path

from missions.site import views

app_name = "site"
urlpatterns = [
    path("", views.home, name="home"),
    path("timeline.svg", views.home_timeline, name="home_timeline"),
    path("search/", views.search, name="search"),
    path("compare/", views.compare, name="compare"),
    path("changes.atom", views.changes, name="changes"),
    path("missions/", views.missions, name="missions"),
    path("missions/<slug:slug>/", views.mission, name="mission"),
    path("missions/<slug:slug>/timeline.svg", views.mission_timeline, name="mission_timeline"),
    path("countries/", views.countries, name="countries"),
    path("countries/<str:code>/", views.country, name="country"),
    path("countries/<str:code>/timeline.svg", views.country_timeline, name="country_timeline"),
    path("countries/<str:code>/map.svg", views.country_map, name="country_map"),
    path("deployments/", views.deployments, name="deployments"),
    path("deployments/timeline.svg", views.deployments_timeline, name="deployments_timeline"),
    path("deployments/<slug:slug>/", views.deployment, name="deployment"),
    path("deployments/<slug:slug>/timeline.svg", views.deployment_timeline, name="deployment_timeline"),
    path("deployments/<slug:slug>/<str:citation>", views.deployment_citation, name="deployment_citation"),
    path("articles/", views.articles, name="articles"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>/<str:citation>", views.article_citation, name="article_citation"),
    path("statements/", views.statements, name="statements"),
    path("claims/", views.claims, name="claims"),
]
