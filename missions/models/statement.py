from django.db.models import PROTECT, CharField, ForeignKey, Manager, ManyToManyField, TextChoices
from simple_history.models import HistoricalRecords

from missions.models.constraints import imprecise_date, not_blank, one_of
from missions.models.country import Country
from missions.models.dates import ImpreciseDateColumns
from missions.models.mission import Mission
from missions.models.passage import Passage, PassageQuerySet
from missions.models.review import HIDDEN, State


class Form(TextChoices):
    DIRECT = "direct", "direct quotation"
    INDIRECT = "indirect", "indirect speech"
    MIXED = "mixed", "indirect speech with quoted words"


class Attribution(TextChoices):
    EXPLICIT = "explicit", "the passage names the source"
    INFERRED = "inferred", "the source follows from the neighbouring sentences"
    NONE = "none", "no source"


class StatementQuerySet(PassageQuerySet):
    def public(self):
        return self.published().filter(article__state=State.PUBLISHED)

    def count_public(self):
        published = self.published()
        return published.count() - published.filter(article__state__in=HIDDEN).count()


class StatementManager(Manager.from_queryset(StatementQuerySet)):
    def get_by_natural_key(self, slug, number):
        return self.get(article__slug=slug, number=number)


class Statement(Passage):
    """Who said what: one speaker's words, reported directly or indirectly."""

    speaker = CharField(max_length=120, null=True, blank=True, help_text="The person's name; null where unnamed.")
    role = CharField(
        max_length=120, null=True, blank=True, help_text="The speaker's office or role, such as woordvoerder."
    )
    organization = CharField(max_length=160, null=True, blank=True, help_text="The body for which the speaker speaks.")
    country = ForeignKey(
        Country,
        PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        help_text="The country spoken for; null where unclear.",
    )
    form = CharField(max_length=8, choices=Form, help_text="Direct, indirect or mixed.")
    attribution = CharField(max_length=8, choices=Attribution, help_text="How the text ties the words to their source.")
    channel = CharField(
        max_length=80, null=True, blank=True, help_text="Where it was said, such as Twitter, in the text's words."
    )
    said = ImpreciseDateColumns("When it was said.")
    missions = ManyToManyField(Mission, related_name="statements", blank=True, help_text="The missions it is about.")
    countries = ManyToManyField(
        Country, related_name="statements_about", blank=True, help_text="The countries it is about."
    )

    objects = StatementManager()
    history = HistoricalRecords(m2m_fields=[missions, countries], no_db_index=["country"])

    class Meta(Passage.Meta):
        constraints = [
            *Passage.Meta.constraints,
            one_of("form", Form),
            one_of("attribution", Attribution),
            *imprecise_date("said"),
            *not_blank("speaker", "role", "organization", "channel", "note"),
        ]
        permissions = [
            ("submit_statement", "Can submit statement"),
            ("publish_statement", "Can publish statement"),
            ("reject_statement", "Can reject statement"),
            ("send_back_statement", "Can send back statement"),
        ]

    def clean(self):
        super().clean()
        Statement.said.clean(self)
        self.require_words("channel", "said_words")
        if self.attribution == Attribution.EXPLICIT:
            self.require_words("speaker")
