"""The one count of published changes, on which the change feed, ETags and caches rest."""

from django.db.models import (
    CharField,
    CheckConstraint,
    DateTimeField,
    Index,
    Manager,
    Model,
    PositiveBigIntegerField,
    Q,
    TextChoices,
    UniqueConstraint,
)
from django.utils import timezone

from missions.models.constraints import one_of


class RevisionManager(Manager):
    def get_by_natural_key(self, number):
        return self.get(number=number)

    def current(self) -> int:
        """The number of the last committed change; 0 in a database that nothing was published in."""
        return self.values_list("number", flat=True).first() or 0


class Revision(Model):
    """One row. A transaction that changes what the public sees locks it and counts it up, so its order is commit order."""

    number = PositiveBigIntegerField(unique=True, default=0, help_text="How many changes were committed.")
    at = DateTimeField(default=timezone.now, help_text="When the last one was made.")

    objects = RevisionManager()

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(pk=1),
                name="missions_revision_one_row",
                violation_error_message="There is one revision row.",
            ),
        ]

    def __str__(self):
        return str(self.number)

    def natural_key(self):
        return (self.number,)


class ChangeKind(TextChoices):
    CHANGED = "changed", "published or changed"
    WITHDRAWN = "withdrawn", "no longer published, or deleted"


class ChangeManager(Manager):
    def get_by_natural_key(self, revision, table, key):
        return self.get(revision=revision, table=table, key=key)


class Change(Model):
    """What one revision did to one published row."""

    revision = PositiveBigIntegerField(help_text="The revision that made the change.")
    table = CharField(max_length=20, help_text="The table, such as deployment.")
    key = CharField(max_length=120, help_text="The row's natural key.")
    kind = CharField(max_length=10, choices=ChangeKind, help_text="What became of the row.")
    at = DateTimeField(default=timezone.now, help_text="When it was made.")

    objects = ChangeManager()

    class Meta:
        ordering = ["revision", "table", "key"]
        indexes = [
            Index(fields=["table", "key", "at"], name="change_of_row"),
            Index(fields=["table", "at"], include=["key"], name="change_since"),
            Index(fields=["table", "revision", "key"], name="change_of_table"),  # the newest of a table
        ]
        constraints = [
            UniqueConstraint(fields=["revision", "table", "key"], name="missions_change_once"),
            one_of("kind", ChangeKind),
        ]

    def __str__(self):
        return f"{self.revision}: {self.table} {self.key} {self.kind}"

    def natural_key(self):
        return (self.revision, self.table, self.key)
