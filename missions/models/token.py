"""Tokens by which a person's scripts write: kept as a digest, with an expiry and scopes."""

import secrets
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import (
    CASCADE,
    CharField,
    DateTimeField,
    ForeignKey,
    JSONField,
    Manager,
    Model,
    QuerySet,
    TextChoices,
)
from django.utils import timezone

from missions.models.article import SHA256, sha256
from missions.models.constraints import matches, not_blank

MARK = "newsdb_"  # so that a leaked token is recognized by those who look for them


class Scope(TextChoices):
    READ = "read", "see rows that are not published"
    CURATE = "curate", "record, submit and delete"
    REVIEW = "review", "publish and reject"


class TokenQuerySet(QuerySet):
    def valid(self, now: datetime):
        return self.filter(expires__gt=now, user__is_active=True)


class TokenManager(Manager.from_queryset(TokenQuerySet)):
    def get_by_natural_key(self, digest):
        return self.get(digest=digest)

    def issue(self, user, name: str, scopes: list[str], expires: datetime) -> tuple["Token", str]:
        """A new token and its words, which are kept nowhere: show them now."""
        words = MARK + secrets.token_urlsafe(32)
        token = Token(user=user, name=name, scopes=sorted(set(scopes)), expires=expires, digest=sha256(words))
        token.full_clean()
        token.save(force_insert=True)
        return token, words

    def of(self, words: str) -> "Token | None":
        """The valid token that the words are, if any."""
        # 256 random bits need no slow hash and no salt: nobody can guess them or look them up.
        return self.valid(timezone.now()).select_related("user").filter(digest=sha256(words)).first()


class Token(Model):
    """Lets a program act for its user, no further than the scopes and the user's own permissions reach."""

    user = ForeignKey(
        settings.AUTH_USER_MODEL, CASCADE, related_name="newsdb_tokens", help_text="For whom the program acts."
    )
    name = CharField(max_length=80, help_text="What it is for, such as the newsroom's import.")
    scopes = JSONField(help_text="What it may do: read, curate, review.")
    expires = DateTimeField(help_text="When it ends.")
    digest = CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the token; it is kept nowhere."
    )
    created = DateTimeField(default=timezone.now, editable=False, help_text="When it was made.")

    objects = TokenManager()

    class Meta:
        ordering = ["user", "name", "created"]
        constraints = [matches("digest", SHA256, "is 64 hexadecimal digits"), *not_blank("name")]

    def __str__(self):
        return f"{self.name} ({self.user})"

    def natural_key(self):
        return (self.digest,)

    def clean(self):
        if not isinstance(self.scopes, list) or not self.scopes or not set(self.scopes) <= set(Scope.values):
            raise ValidationError({"scopes": f"A token has one or several of the scopes {', '.join(Scope.values)}."})
