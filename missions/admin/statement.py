from django.contrib import admin

from missions.admin.base import dates
from missions.admin.review import ReviewedAdmin
from missions.models import Claim, Statement

PASSAGE = ("Passage", {"fields": ["article", ("start", "end"), "exact", "note"]})
REVIEW = ("Review", {"fields": ["state", "reason"]})


class PassageAdmin(ReviewedAdmin):
    """A row with a passage; its number is given when it is first recorded."""


@admin.register(Statement)
class StatementAdmin(PassageAdmin):
    list_display = ["key", "speaker", "role", "organization", "country", "form", "state", "exact"]
    list_filter = ["state", "form", "attribution"]
    search_fields = ["exact", "speaker", "organization", "article__slug"]
    list_select_related = ["article", "country"]
    autocomplete_fields = ["article", "country", "countries", "missions"]
    fieldsets = [
        PASSAGE,
        (
            "Who said it",
            {
                "fields": [
                    "speaker",
                    "role",
                    "organization",
                    "country",
                    "form",
                    "attribution",
                    "channel",
                    *dates("said"),
                ]
            },
        ),
        ("About", {"fields": ["missions", "countries"]}),
        REVIEW,
    ]


@admin.register(Claim)
class ClaimAdmin(PassageAdmin):
    list_display = ["key", "deployment", "stage", "planned", "onset", "date_edtf", "personnel_words", "state", "exact"]
    list_filter = ["state", "stage", "planned", "verdict"]
    search_fields = ["exact", "deployment__slug", "article__slug"]
    list_select_related = ["article", "deployment"]
    autocomplete_fields = ["article", "deployment"]
    fieldsets = [
        PASSAGE,
        ("What it says", {"fields": ["deployment", "stage", ("planned", "onset"), *dates("date")]}),
        (
            "Strength",
            {
                "fields": [
                    ("personnel_words", "personnel_basis"),
                    ("personnel_low", "personnel_best", "personnel_high"),
                    "contribution",
                ]
            },
        ),
        ("Reading", {"fields": [("derived", "rule"), ("verdict", "verdict_reason")]}),
        REVIEW,
    ]
