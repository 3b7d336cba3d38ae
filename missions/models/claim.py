from django.core.exceptions import ValidationError
from django.db.models import (
    PROTECT,
    BooleanField,
    CharField,
    CheckConstraint,
    ForeignKey,
    Manager,
    Q,
    TextChoices,
    TextField,
)
from django.utils.translation import gettext as _
from simple_history.models import HistoricalRecords

from missions.models.constraints import imprecise_date, not_blank, one_of, strength
from missions.models.dates import ImpreciseDateColumns
from missions.models.deployment import Deployment, PersonnelBasis, Stage
from missions.models.numbers import whole_number
from missions.models.passage import Passage, PassageQuerySet
from missions.models.review import HIDDEN, State


class Verdict(TextChoices):
    ACCEPTED = "accepted", "accepted"
    DISPUTED = "disputed", "disputed"
    REJECTED = "rejected", "rejected"


class ClaimQuerySet(PassageQuerySet):
    def public(self):
        return self.published().filter(article__state=State.PUBLISHED, deployment__state=State.PUBLISHED)

    def count_public(self):
        # Without the few that stand beside a hidden row: to join all rows of three tables takes twenty times as long.
        published = self.published()
        beside = published.filter(article__state__in=HIDDEN).count()
        beside += published.filter(article__state=State.PUBLISHED, deployment__state__in=HIDDEN).count()
        return published.count() - beside


class ClaimManager(Manager.from_queryset(ClaimQuerySet)):
    def get_by_natural_key(self, slug, number):
        return self.get(article__slug=slug, number=number)


class Claim(Passage):
    """What one passage says of one deployment: any of a stage, a strength, a contribution, at one date."""

    deployment = ForeignKey(Deployment, PROTECT, related_name="claims", help_text="The deployment it speaks of.")
    stage = CharField(max_length=12, choices=Stage, null=True, blank=True, help_text="The stage it reports.")
    planned = BooleanField(default=False, help_text="The passage tells an intention, not a fact.")
    onset = BooleanField(
        default=False, help_text="The passage dates the beginning of the stage, rather than saying that it held then."
    )
    date = ImpreciseDateColumns("When it was so.")
    personnel_low = whole_number(null=True, blank=True, help_text="Lowest strength, in persons.")
    personnel_best = whole_number(null=True, blank=True, help_text="The strength itself, in persons.")
    personnel_high = whole_number(null=True, blank=True, help_text="Highest strength, in persons.")
    personnel_words = CharField(max_length=200, null=True, blank=True, help_text="The strength as printed.")
    personnel_basis = CharField(
        max_length=8, choices=PersonnelBasis, null=True, blank=True, help_text="Deployed, pledged or a ceiling."
    )
    contribution = TextField(
        null=True, blank=True, help_text="What is contributed, as printed; a part or a commander too."
    )
    derived = BooleanField(default=False, help_text="A value follows by a rule rather than from the words.")
    rule = TextField(null=True, blank=True, help_text="The rule by which it follows.")
    verdict = CharField(
        max_length=8, choices=Verdict, default=Verdict.ACCEPTED, help_text="Whether the claim may decide."
    )
    verdict_reason = TextField(null=True, blank=True, help_text="Why it is disputed or rejected.")

    objects = ClaimManager()
    history = HistoricalRecords(no_db_index=["deployment"])  # asked for by id and article

    class Meta(Passage.Meta):
        constraints = [
            *Passage.Meta.constraints,
            one_of("stage", Stage),
            one_of("personnel_basis", PersonnelBasis),
            one_of("verdict", Verdict),
            *imprecise_date("date"),
            *strength(),
            *not_blank("contribution", "rule", "verdict_reason", "note"),
            CheckConstraint(
                condition=Q(stage__isnull=False) | Q(personnel_words__isnull=False) | Q(contribution__isnull=False),
                name="missions_claim_says_something",
                violation_error_message="A claim reports a stage, a strength or a contribution.",
            ),
            CheckConstraint(
                condition=Q(derived=True, rule__isnull=False) | Q(derived=False, rule__isnull=True),
                name="missions_claim_derived_by_rule",
                violation_error_message="A derived value names its rule, and a rule belongs to a derived value.",
            ),
            CheckConstraint(
                condition=Q(onset=False) | Q(stage__isnull=False),
                name="missions_claim_onset_of_a_stage",
                violation_error_message="An onset is the beginning of a stage: name the stage.",
            ),
            CheckConstraint(
                condition=Q(verdict=Verdict.ACCEPTED) | Q(verdict_reason__isnull=False),
                name="missions_claim_verdict_with_reason",
                violation_error_message="A claim is disputed or rejected for a reason: give it.",
            ),
        ]
        permissions = [
            ("submit_claim", "Can submit claim"),
            ("publish_claim", "Can publish claim"),
            ("reject_claim", "Can reject claim"),
            ("send_back_claim", "Can send back claim"),
        ]

    def clean(self):
        super().clean()
        Claim.date.clean(self)
        self.require_words("date_words", "personnel_words", "contribution")
        if self.date_edtf and not self.date_words and not self.derived:
            raise ValidationError(
                {"date_words": _("A date stands in words of the passage, or is derived by a named rule.")}
            )
