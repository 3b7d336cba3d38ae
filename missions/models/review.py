"""Review state: suggested → in_review → published, or rejected. The public sees published rows only."""

from django.db.models import CharField, Index, Model, QuerySet, TextChoices

from missions.models.constraints import one_of


class State(TextChoices):
    SUGGESTED = "suggested", "suggested"
    IN_REVIEW = "in_review", "in review"
    PUBLISHED = "published", "published"
    REJECTED = "rejected", "rejected"


HIDDEN = [State.SUGGESTED, State.IN_REVIEW, State.REJECTED]


class ReviewedQuerySet(QuerySet):
    def published(self):
        return self.filter(state=State.PUBLISHED)

    def public(self):
        """The rows that everyone sees."""
        return self.published()

    def count_public(self) -> int:
        """How many rows of the table everyone sees."""
        return self.public().count()

    def waiting(self):
        return self.filter(state__in=[State.SUGGESTED, State.IN_REVIEW])


class Reviewed(Model):
    """A row that a person lets through before the public sees it."""

    state = CharField(
        max_length=12,
        choices=State,
        default=State.SUGGESTED,
        help_text="How far review has come; changed by submit, publish and reject.",
    )

    class Meta:
        abstract = True
        constraints = [one_of("state", State)]
        indexes = [Index(fields=["state"], name="%(class)s_state")]
