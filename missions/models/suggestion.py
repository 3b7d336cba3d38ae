"""What the rules found in a text and what a person made of it. No fact: it is in no fixture, and the public never sees it."""

from django.conf import settings
from django.db.models import (
    CASCADE,
    SET_NULL,
    CharField,
    CheckConstraint,
    DateField,
    DateTimeField,
    ForeignKey,
    Index,
    JSONField,
    Manager,
    Model,
    OneToOneField,
    Q,
    QuerySet,
    TextChoices,
    TextField,
    UniqueConstraint,
)
from django.utils import timezone

from missions.models.article import SHA256, Article
from missions.models.constraints import matches, not_blank, one_of
from missions.models.numbers import whole_number


class Suggested(TextChoices):
    STATEMENT = "statement", "statement"
    CLAIM = "claim", "claim"


class Decision(TextChoices):
    ACCEPTED = "accepted", "accepted as it was"
    CORRECTED = "corrected", "recorded otherwise"
    REJECTED = "rejected", "rejected"


class SuggestionQuerySet(QuerySet):
    def open(self):
        """Those that wait for a person."""
        return self.filter(decision=None)


class SuggestionManager(Manager.from_queryset(SuggestionQuerySet)):
    def get_by_natural_key(self, slug, kind, identity):
        return self.get(article__slug=slug, kind=kind, identity=identity)


class Suggestion(Model):
    """A statement or claim that a rule found in an article's text: a draft with its exact passage, until a person decides."""

    article = ForeignKey(Article, CASCADE, related_name="suggestions", help_text="The article that the words stand in.")
    article_revision = whole_number(help_text="The revision of the text that the offsets count in.")
    kind = CharField(max_length=10, choices=Suggested, help_text="What it would be.")
    identity = CharField(
        max_length=64,
        help_text="SHA-256 of what makes it the same suggestion: place, and speaker or country and stage.",
    )
    start = whole_number(help_text="First code point of the passage in the article's body, from 0.")
    end = whole_number(help_text="The code point after the passage's last.")
    exact = TextField(help_text="The words, verbatim.")
    rule = CharField(max_length=80, help_text="The rule that found it.")
    content = JSONField(help_text="What it would say, by column.")
    decision = CharField(
        max_length=10,
        choices=Decision,
        null=True,
        blank=True,
        help_text="What a person made of it; null while it waits.",
    )
    decided_by = ForeignKey(
        settings.AUTH_USER_MODEL, SET_NULL, null=True, blank=True, related_name="+", help_text="Who decided."
    )
    decided_at = DateTimeField(null=True, blank=True, help_text="When.")
    became = CharField(max_length=120, null=True, blank=True, help_text="Key of the row that was recorded from it.")

    objects = SuggestionManager()

    class Meta:
        ordering = ["article__slug", "start", "end", "kind", "identity"]
        indexes = [Index(fields=["rule", "decision"], name="suggestion_rule")]
        constraints = [
            UniqueConstraint(fields=["article", "kind", "identity"], name="missions_suggestion_once"),
            one_of("kind", Suggested),
            one_of("decision", Decision),
            matches("identity", SHA256, "is 64 hexadecimal digits"),
            *not_blank("rule", "exact", "became"),
            CheckConstraint(
                condition=Q(decision=None, decided_at=None) | Q(decision__isnull=False, decided_at__isnull=False),
                name="missions_suggestion_decided_whole",
                violation_error_message="A decision has its time, and a suggestion that waits has neither.",
            ),
        ]

    def __str__(self):
        return f"{self.kind} in {self.article.slug} at {self.start}"

    def natural_key(self):
        return (*self.article.natural_key(), self.kind, self.identity)

    natural_key.dependencies = ["missions.article"]


class SuggestedTextManager(Manager):
    def get_by_natural_key(self, slug):
        return self.get(article__slug=slug)


class SuggestedText(Model):
    """What of an article was read for suggestions, and by which rules: so that it is not read again."""

    article = OneToOneField(Article, CASCADE, related_name="suggested_text", help_text="The article that was read.")
    article_revision = whole_number(help_text="The revision of its text.")
    rules = CharField(max_length=64, help_text="SHA-256 of the rules.")
    language = CharField(max_length=35, null=True, blank=True, help_text="The article's language then.")
    published_earliest = DateField(
        null=True, blank=True, help_text="The earliest day of its publication, as known then."
    )
    published_latest = DateField(null=True, blank=True, help_text="The latest day of its publication, as known then.")
    at = DateTimeField(default=timezone.now, help_text="When.")
    names = JSONField(
        default=list, blank=True, help_text="Countries and missions that the text names: start, end, and code or name."
    )

    objects = SuggestedTextManager()

    class Meta:
        constraints = [matches("rules", SHA256, "is 64 hexadecimal digits")]

    def __str__(self):
        return f"{self.article.slug}, revision {self.article_revision}"

    def natural_key(self):
        return self.article.natural_key()

    natural_key.dependencies = ["missions.article"]
