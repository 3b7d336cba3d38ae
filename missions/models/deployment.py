from datetime import date

from django.db.models import (
    PROTECT,
    CharField,
    CheckConstraint,
    ForeignKey,
    Index,
    JSONField,
    Manager,
    Q,
    SlugField,
    TextChoices,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce
from simple_history.models import HistoricalRecords

from missions.models.constraints import imprecise_date, matches, not_blank, one_of, strength
from missions.models.country import Country
from missions.models.dates import ImpreciseDateColumns
from missions.models.mission import Mission
from missions.models.numbers import whole_number
from missions.models.review import Reviewed, ReviewedQuerySet


class ForceType(TextChoices):
    MILITARY = "military", "military"
    POLICE = "police", "police"
    OBSERVERS = "military_observers", "military observers"
    CIVILIAN = "civilian", "civilian"
    UNSPECIFIED = "unspecified", "unspecified"


class Stage(TextChoices):
    """The stages of a deployment, in the order of rising rank among claims that stand together."""

    CONSIDERED = "considered", "considered"
    ANNOUNCED = "announced", "announced"
    AUTHORIZED = "authorized", "authorized"
    DECLINED = "declined", "declined"
    ACTIVE = "active", "active"
    EXTENDED = "extended", "extended"
    REDUCED = "reduced", "reduced"
    UNDER_REVIEW = "under_review", "under review"
    ENDED = "ended", "ended"
    WITHDRAWN = "withdrawn", "withdrawn"
    TURNED_BACK = "turned_back", "turned back"


class Basis(TextChoices):
    STATED = "stated", "the words say it"
    DERIVED = "derived", "it follows from the words by a rule"
    BOUNDED = "bounded", "only its bounds are known"


class PersonnelBasis(TextChoices):
    DEPLOYED = "deployed", "deployed"
    PLEDGED = "pledged", "pledged"
    CEILING = "ceiling", "ceiling"


# The strength by which deployments are compared: the best number known, else the highest, else the lowest.
STRENGTHS = ("personnel_best", "personnel_high", "personnel_low")
PERSONNEL = Coalesce(*STRENGTHS)
# The unknown last, in a form that both databases keep an index of.
STRONGEST_FIRST = Coalesce(*STRENGTHS, Value(-1)).desc()


def of(countries) -> Q:
    """Deployments that the countries contribute to or host."""
    return Q(contributing_country__in=countries) | Q(host_country__in=countries)


def present(on: date, certainty: str = "possible") -> Q:
    """Deployments present on a day, certainly or possibly; never those of which no claim shows presence."""
    if certainty == "certain":
        return Q(start_latest__lte=on, end_earliest__gte=on)
    began = Q(start_earliest__lte=on) | Q(start_earliest__isnull=True)
    lasts = Q(end_latest__gte=on) | Q(end_latest__isnull=True)
    return began & lasts & Q(start_basis__isnull=False)


class DeploymentQuerySet(ReviewedQuerySet):
    def of(self, *countries):
        return self.filter(of(countries))

    def present(self, on: date, certainty: str = "possible"):
        return self.filter(present(on, certainty))

    def in_conflict(self):
        return self.filter(conflict_count__gt=0)

    def without_evidence(self):
        return self.exclude(claims__state="published")


class DeploymentManager(Manager.from_queryset(DeploymentQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Deployment(Reviewed):
    """One continuous presence, or intended presence, of one country's force in one mission or host country.

    Identity is given by a curator; every column after `identity_note` is the projection of the deployment's
    claims and written by projection.py alone.
    """

    slug = SlugField(
        max_length=80, unique=True, help_text="contributor-(mission or host)-ordinal, given once, never recomputed."
    )
    contributing_country = ForeignKey(
        Country,
        PROTECT,
        related_name="deployments_contributed",
        db_index=False,
        help_text="The state that supplies the personnel.",
    )
    host_country = ForeignKey(
        Country,
        PROTECT,
        null=True,
        blank=True,
        related_name="deployments_hosted",
        db_index=False,
        help_text="Where the force is deployed.",
    )
    mission = ForeignKey(
        Mission,
        PROTECT,
        null=True,
        blank=True,
        related_name="deployments",
        db_index=False,
        help_text="Null where no passage names it or describes it uniquely.",
    )
    force_type = CharField(
        max_length=20, choices=ForceType, default=ForceType.UNSPECIFIED, help_text="What sort of personnel."
    )
    identity_note = TextField(
        null=True,
        blank=True,
        help_text="Why the passages are read as this country, place and mission where they do not name them all.",
    )

    status = CharField(
        max_length=12, choices=Stage, null=True, blank=True, editable=False, help_text="The stage it has reached."
    )
    start = ImpreciseDateColumns("When the force came.")
    start_basis = CharField(
        max_length=8, choices=Basis, null=True, blank=True, editable=False, help_text="How the start is known."
    )
    end = ImpreciseDateColumns("When the force left.")
    end_basis = CharField(
        max_length=8, choices=Basis, null=True, blank=True, editable=False, help_text="How the end is known."
    )
    planned_start = ImpreciseDateColumns("When the force was to come.")
    planned_end = ImpreciseDateColumns("When the force was to leave.")
    personnel_low = whole_number(null=True, blank=True, editable=False, help_text="Lowest strength, in persons.")
    personnel_best = whole_number(
        null=True, blank=True, editable=False, help_text="Best estimate of the strength, in persons."
    )
    personnel_high = whole_number(null=True, blank=True, editable=False, help_text="Highest strength, in persons.")
    personnel_words = CharField(
        max_length=200, null=True, blank=True, editable=False, help_text="The strength as printed."
    )
    personnel_basis = CharField(
        max_length=8,
        choices=PersonnelBasis,
        null=True,
        blank=True,
        editable=False,
        help_text="Deployed, pledged or a ceiling.",
    )
    contribution = TextField(
        null=True, blank=True, editable=False, help_text="What is contributed, in the words of the claims."
    )
    evidence = JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="For each value above, the key of the claim that decides it (of each claim, for contribution).",
    )
    conflict_count = whole_number(
        default=0, editable=False, help_text="How many pairs of its claims contradict each other."
    )

    objects = DeploymentManager()
    history = HistoricalRecords(
        no_db_index=["contributing_country", "host_country", "mission"]
    )  # asked for by id and slug

    class Meta(Reviewed.Meta):
        ordering = ["slug"]
        indexes = [
            # Lists go by slug, of all or of a country's or mission's; the number is all that a page passed over is read of.
            Index(fields=["state", "slug"], include=["id"], name="deployment_listed"),
            Index(fields=["contributing_country", "state", "slug"], include=["id"], name="deployment_contributor"),
            Index(fields=["host_country", "state", "slug"], include=["id"], name="deployment_host"),
            Index(fields=["mission", "state", "slug"], include=["id"], name="deployment_mission"),
            Index("state", STRONGEST_FIRST, "slug", name="deployment_strongest"),
            Index("contributing_country", "state", STRONGEST_FIRST, "slug", name="deployment_strongest_of"),
            Index("contributing_country", "state", "status", STRONGEST_FIRST, "slug", name="deployment_strongest_now"),
            # What may be the same force, for the worklist of probable duplicates.
            Index(fields=["contributing_country", "mission"], name="deployment_of_mission"),
            Index(fields=["contributing_country", "host_country"], name="deployment_in_place"),
        ]
        constraints = [
            *Reviewed.Meta.constraints,
            matches(
                "slug",
                r"^[a-z]{2}-[a-z0-9]+(-[a-z0-9]+)*-[1-9][0-9]*$",
                "is contributor-(mission or host)-ordinal, such as nl-minusma-1",
            ),
            one_of("force_type", ForceType),
            one_of("status", Stage),
            *imprecise_date("start"),
            *imprecise_date("end"),
            *imprecise_date("planned_start"),
            *imprecise_date("planned_end"),
            one_of("start_basis", Basis),
            one_of("end_basis", Basis),
            one_of("personnel_basis", PersonnelBasis),
            *strength(),
            *not_blank("identity_note", "contribution"),
            CheckConstraint(
                condition=Q(host_country__isnull=False) | Q(mission__isnull=False),
                name="missions_deployment_somewhere",
                violation_error_message="A deployment needs a host country or a mission.",
            ),
        ]
        permissions = [
            ("submit_deployment", "Can submit deployment"),
            ("publish_deployment", "Can publish deployment"),
            ("reject_deployment", "Can reject deployment"),
            ("send_back_deployment", "Can send back deployment"),
            ("merge_deployment", "Can merge deployment"),
        ]

    def __str__(self):
        return self.slug

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        for name in ("start", "end", "planned_start", "planned_end"):
            getattr(Deployment, name).clean(self)


IDENTITY = ("slug", "contributing_country", "host_country", "mission", "force_type", "identity_note")
# The columns that the projection writes.
PROJECTED = tuple(
    field.name
    for field in Deployment._meta.concrete_fields
    if field.name not in IDENTITY and field.name != "state" and not field.primary_key
)
