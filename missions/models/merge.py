"""A row that turned out to be another one: its address leads on, and the merge can be undone."""

from django.db.models import CharField, F, JSONField, Manager, Model, Q, SlugField, TextChoices, UniqueConstraint
from simple_history.models import HistoricalRecords

from missions.models.constraints import CheckConstraint, one_of

LONGEST_CHAIN = 100


class Mergeable(TextChoices):
    DEPLOYMENT = "deployment", "deployment"
    MISSION = "mission", "mission"


class MergeManager(Manager):
    def into(self, row: Model):
        """The merges whose address leads to a row."""
        return self.filter(table=row._meta.model_name, into=row.slug)

    def leads_to(self, table: str, slug: str) -> str | None:
        """The slug at which a merged row is found today; None where the slug was never merged."""
        found = None
        for _ in range(LONGEST_CHAIN):
            following = self.filter(table=table, slug=found or slug).values_list("into", flat=True).first()
            if following is None:
                return found
            found = following
        return found

    def get_by_natural_key(self, table, slug):
        return self.get(table=table, slug=slug)


class Merge(Model):
    """One merge that stands: what was merged into what, what moved along, and the row as it was."""

    table = CharField(max_length=10, choices=Mergeable, help_text="The table of both rows.")
    slug = SlugField(max_length=80, help_text="The slug that was given up and leads on.")
    into = SlugField(max_length=80, help_text="The slug of the row that it was merged into.")
    moved = JSONField(default=list, blank=True, help_text="Table and key of each row that moved along.")
    row = JSONField(help_text="The row as it was, to be brought back.")

    objects = MergeManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["table", "slug"]
        constraints = [
            one_of("table", Mergeable),
            UniqueConstraint(
                fields=["table", "slug"],
                name="missions_merge_once",
                violation_error_message="This slug was merged already.",
            ),
            CheckConstraint(
                condition=~Q(slug=F("into")),
                name="missions_merge_of_two",
                violation_error_message="A row is merged into another one.",
            ),
        ]

    def __str__(self):
        return f"{self.table} {self.slug} → {self.into}"

    def natural_key(self):
        return (self.table, self.slug)
