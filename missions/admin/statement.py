from django.contrib import admin
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from missions.admin.base import dates
from missions.admin.review import ReviewedAdmin
from missions.models import Claim, Statement

PASSAGE = (_("Passage"), {"fields": ["article", ("start", "end"), "exact", "note"]})
REVIEW = (_("Review"), {"fields": ["state", "reason"]})


class PassageAdmin(ReviewedAdmin):
    """A row with a passage; its number is given when it is first recorded."""

    @admin.display(description=_("words"), ordering="exact")
    def words(self, row):
        return Truncator(row.exact).chars(90)


@admin.register(Statement)
class StatementAdmin(PassageAdmin):
    list_display = ["key", "words", "speaker", "role", "organization", "country", "state"]
    list_filter = ["state", "form", "attribution"]
    search_fields = ["exact", "speaker", "organization", "article__slug"]
    list_select_related = ["article", "country"]
    autocomplete_fields = ["article", "country", "countries", "missions"]
    fieldsets = [
        PASSAGE,
        (
            _("Who said it"),
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
        (_("About"), {"fields": ["missions", "countries"]}),
        REVIEW,
    ]


@admin.register(Claim)
class ClaimAdmin(PassageAdmin):
    list_display = ["key", "words", "deployment", "says", "date_edtf", "personnel_words", "state"]
    list_filter = ["state", "stage", "planned", "verdict"]
    search_fields = ["exact", "deployment__slug", "article__slug"]
    list_select_related = ["article", "deployment"]

    autocomplete_fields = ["article", "deployment"]
    fieldsets = [
        PASSAGE,
        (_("What it says"), {"fields": ["deployment", "stage", ("planned", "onset"), *dates("date")]}),
        (
            _("Strength"),
            {
                "fields": [
                    ("personnel_words", "personnel_basis"),
                    ("personnel_low", "personnel_best", "personnel_high"),
                    "contribution",
                ]
            },
        ),
        (_("Reading"), {"fields": [("derived", "rule"), ("verdict", "verdict_reason")]}),
        REVIEW,
    ]

    @admin.display(description=_("says"), ordering="stage")
    def says(self, claim):
        stage = claim.get_stage_display() if claim.stage else "–"
        return _("%(stage)s, planned") % {"stage": stage} if claim.planned else stage
