from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import URLResolver, include, path
from django.views.i18n import set_language

from missions.site.page import page
from missions.site.sitemaps import SITEMAPS
from missions.site.views import favicon, robots
from newsdb.languages import LanguagePrefix

urlpatterns = [
    path("api/v1/", include("missions.api.urls")),
    path("favicon.ico", favicon),
    path("robots.txt", robots),
    path("sitemap.xml", page(sitemaps.index), {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemaps"),
    path("sitemap-<section>.xml", page(sitemaps.sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/language/", set_language, name="language"),
    path("admin/", admin.site.urls),
    URLResolver(LanguagePrefix(), [path("", include("missions.site.urls"))]),
]

handler400 = "newsdb.errors.bad_request"
handler403 = "newsdb.errors.forbidden"
handler404 = "newsdb.errors.not_found"
handler500 = "newsdb.errors.server_error"
