from django.contrib import admin

from missions.admin.base import CuratedAdmin, dates
from missions.models import Country, Mission


@admin.register(Country)
class CountryAdmin(CuratedAdmin):
    list_display = ["code", "name_en", "name_nl", "region"]
    list_display_links = ["code", "name_en"]
    list_filter = ["region"]
    search_fields = ["code", "alpha3", "name_en", "name_nl"]


@admin.register(Mission)
class MissionAdmin(CuratedAdmin):
    list_display = ["slug", "abbreviation", "name", "kind", "conducting_organization"]
    list_display_links = ["slug", "name"]
    list_filter = ["kind", "conducting_organization"]
    search_fields = ["slug", "name", "abbreviation"]
    autocomplete_fields = ["host_countries"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "slug",
                    "name",
                    "abbreviation",
                    "aliases",
                    "kind",
                    "conducting_organization",
                    "host_countries",
                ]
            },
        ),
        ("Time", {"fields": dates("start", "end")}),
        ("Ground", {"fields": ["legal_instrument", "reference_url", "reason"]}),
    ]
