from django.contrib import admin
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from missions.admin.base import dates
from missions.admin.merging import MergeableAdmin
from missions.admin.review import BulkAdmin
from missions.models import Country, Mission


@admin.register(Country)
class CountryAdmin(BulkAdmin):
    list_display = ["code", "name_en", "name_nl", "region"]
    list_display_links = ["code", "name_en"]
    list_filter = ["region"]
    search_fields = ["code", "alpha3", "name_en", "name_nl"]
    fields = [
        ("code", "alpha3", "numeric", "gw_number"),
        ("name_en", "name_nl"),
        ("region", "region_code"),
        ("subregion", "subregion_code"),
        ("latitude", "longitude"),
        "demonyms",
        "aliases",
        "reason",
    ]

    def get_search_results(self, request, queryset, search_term):
        """Countries that begin with what was typed come first: the Netherlands before the Caribbean Netherlands."""
        found, twice = super().get_search_results(request, queryset, search_term)
        begins = Q(name_en__istartswith=search_term) | Q(name_nl__istartswith=search_term) | Q(code__iexact=search_term)
        return found.order_by(Case(When(begins, then=0), default=1), "name_en"), twice


@admin.register(Mission)
class MissionAdmin(MergeableAdmin, BulkAdmin):
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
        (_("Time"), {"fields": dates("start", "end")}),
        (_("Ground"), {"fields": ["legal_instrument", "reference_url", "reason"]}),
    ]
