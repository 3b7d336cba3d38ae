"""Answers kept for a day, so that a request sent twice is done once."""

from django.conf import settings
from django.db.models import (
    CASCADE,
    CharField,
    DateTimeField,
    ForeignKey,
    JSONField,
    Manager,
    Model,
    PositiveSmallIntegerField,
    UniqueConstraint,
)
from django.utils import timezone


class KeptAnswerManager(Manager):
    def get_by_natural_key(self, user, key):
        return self.get(user__username=user, key=key)


class KeptAnswer(Model):
    """What a request with an Idempotency-Key was answered, written in the transaction of what it did."""

    user = ForeignKey(settings.AUTH_USER_MODEL, CASCADE, related_name="+", help_text="Who sent it.")
    key = CharField(max_length=200, help_text="The Idempotency-Key.")
    request = CharField(max_length=64, help_text="SHA-256 of method, address and body.")
    status = PositiveSmallIntegerField(null=True, help_text="The answer's status.")
    headers = JSONField(default=dict, help_text="The answer's own headers.")
    body = JSONField(null=True, help_text="The answer's body.")
    created = DateTimeField(default=timezone.now, db_index=True, help_text="When it was given.")

    objects = KeptAnswerManager()

    class Meta:
        constraints = [UniqueConstraint(fields=["user", "key"], name="missions_keptanswer_once")]

    def __str__(self):
        return f"{self.key} ({self.user})"

    def natural_key(self):
        return (self.user.get_username(), self.key)
