from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from missions.site.views import favicon, home

urlpatterns = [
    path("", home, name="home"),
    path("favicon.ico", favicon),
    path("admin/language/", set_language, name="language"),
    path("admin/", admin.site.urls),
    path("api/v1/", include("missions.api.urls")),
]

handler400 = "newsdb.errors.bad_request"
handler403 = "newsdb.errors.forbidden"
handler404 = "newsdb.errors.not_found"
handler500 = "newsdb.errors.server_error"
