from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from missions import curation
from missions.admin.base import dates
from missions.admin.forms import CuratedForm
from missions.admin.links import link
from missions.admin.merging import MergeableAdmin
from missions.admin.review import ReviewedAdmin
from missions.models import Country, Deployment, Mission
from missions.models.deployment import PROJECTED, of


class DeploymentForm(CuratedForm):
    """The slug is given by the desk where it is left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        data = super().clean()
        place = data.get("mission") or data.get("host_country")
        if "slug" in self.fields and not data.get("slug") and data.get("contributing_country") and place:
            draft = Deployment(**{name: data.get(name) for name in ("contributing_country", "host_country", "mission")})
            data["slug"] = curation.new_slug(draft)
        return data


@admin.register(Deployment)
class DeploymentAdmin(MergeableAdmin, ReviewedAdmin):
    form = DeploymentForm
    list_display = [
        "slug",
        "contributing_country",
        "host_country",
        "mission",
        "status",
        "start_edtf",
        "end_edtf",
        "personnel_words",
        "conflict_count",
        "state",
    ]
    list_filter = ["state", "status", "force_type"]
    search_fields = ["slug"]
    list_select_related = ["contributing_country", "host_country", "mission"]
    autocomplete_fields = ["contributing_country", "host_country", "mission"]
    readonly_fields = ["state", "its_claims", *PROJECTED]
    fieldsets = [
        (None, {"fields": ["slug", "contributing_country", "host_country", "mission", "force_type", "identity_note"]}),
        (_("Claims"), {"fields": ["its_claims"]}),
        (
            _("What the claims amount to"),
            {
                "fields": [
                    "status",
                    *dates("start"),
                    "start_basis",
                    *dates("end"),
                    "end_basis",
                    *dates("planned_start", "planned_end"),
                    ("personnel_low", "personnel_best", "personnel_high", "personnel_words", "personnel_basis"),
                    "contribution",
                    "evidence",
                    "conflict_count",
                ]
            },
        ),
        (_("Review"), {"fields": ["state", "reason"]}),
    ]

    @admin.display(description=_("claims"))
    def its_claims(self, deployment):
        claims = (
            deployment.claims.select_related("article").order_by("article__slug", "number") if deployment.pk else []
        )
        items = (
            (link(c), c.get_stage_display() or "", c.date_words or "", c.get_state_display(), c.exact) for c in claims
        )
        return format_html(
            '<ol class="facts">{}</ol>', format_html_join("", "<li>{} — {} {} · {}<br><q>{}</q></li>", items)
        )

    def get_search_results(self, request, queryset, search_term):
        """Each word begins the slug, or stands in a name of mission or country: these are few, so that indexes find the rest."""
        for word in search_term.split():
            missions = Mission.objects.filter(
                Q(slug__icontains=word) | Q(name__icontains=word) | Q(abbreviation__icontains=word)
            )
            countries = Country.objects.filter(
                Q(code__iexact=word) | Q(name_en__icontains=word) | Q(name_nl__icontains=word)
            )
            queryset = queryset.filter(
                Q(slug__startswith=word.lower())
                | Q(mission__in=list(missions.values_list("pk", flat=True)))
                | of(list(countries.values_list("pk", flat=True)))
            )
        return queryset, False
