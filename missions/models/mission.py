from django.core.exceptions import ValidationError
from django.db.models import CharField, JSONField, Manager, ManyToManyField, Model, SlugField, TextChoices, URLField
from simple_history.models import HistoricalRecords

from missions.models.constraints import imprecise_date, matches, not_blank, one_of
from missions.models.country import Country
from missions.models.dates import ImpreciseDateColumns
from missions.models.words import is_word

GENERIC_WORDS = {
    "missie",
    "de missie",
    "hun missie",
    "mission",
    "the mission",
    "operatie",
    "de operatie",
    "operation",
    "the operation",
}


class Kind(TextChoices):
    PEACEKEEPING = "peacekeeping", "peacekeeping"
    TRAINING = "training", "training"
    COMBAT = "combat", "combat"
    OBSERVATION = "observation", "observation"
    STABILIZATION = "stabilization", "stabilization"
    MARITIME = "maritime", "maritime security"
    POLICE = "police", "police"
    NATIONAL = "national_operation", "national operation"
    OTHER = "other", "other"


class MissionManager(Manager):
    def public(self):
        return self.all()

    def count_public(self):
        return self.count()

    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Mission(Model):
    """A mission or operation to which countries contribute."""

    slug = SlugField(max_length=60, unique=True, help_text="Short name for addresses, given once.")
    name = CharField(max_length=200, unique=True, help_text="The mission's full name.")
    abbreviation = CharField(max_length=40, null=True, blank=True, help_text="Such as MINUSMA.")
    kind = CharField(max_length=20, choices=Kind, null=True, blank=True, help_text="What sort of mission it is.")
    conducting_organization = CharField(
        max_length=80, null=True, blank=True, help_text="Who conducts it: UN, EU, NATO, AU, a state, a coalition."
    )
    host_countries = ManyToManyField(
        Country, related_name="hosted_missions", blank=True, help_text="Where it is deployed."
    )
    start = ImpreciseDateColumns("When the mission began.")
    end = ImpreciseDateColumns("When the mission ended.")
    legal_instrument = CharField(
        max_length=300,
        null=True,
        blank=True,
        help_text="The basis of its establishment, such as a Security Council resolution.",
    )
    aliases = JSONField(default=list, blank=True, help_text="Other words by which texts name it and nothing else.")
    reference_url = URLField(
        max_length=500,
        null=True,
        blank=True,
        help_text="Source of what the articles do not say, such as the full name.",
    )

    objects = MissionManager()
    history = HistoricalRecords(m2m_fields=[host_countries])

    class Meta:
        ordering = ["slug"]
        permissions = [("merge_mission", "Can merge mission")]
        constraints = [
            matches("slug", r"^[a-z0-9]+(-[a-z0-9]+)*$", "is made of small letters, digits and single hyphens"),
            one_of("kind", Kind),
            *imprecise_date("start"),
            *imprecise_date("end"),
            *not_blank("name", "abbreviation", "conducting_organization", "legal_instrument", "reference_url"),
        ]

    def __str__(self):
        return self.abbreviation or self.name

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        Mission.start.clean(self)
        Mission.end.clean(self)
        if not isinstance(self.aliases, list) or not all(map(is_word, self.aliases)):
            raise ValidationError({"aliases": 'Aliases are a list of words, such as ["VN-missie in Mali"].'})
        for alias in self.aliases:
            if alias.casefold() in GENERIC_WORDS:
                raise ValidationError({"aliases": f"“{alias}” could be any mission: an alias names this one alone."})
