import hashlib
import unicodedata

from django.core.exceptions import ValidationError
from django.db.models import (
    PROTECT,
    BooleanField,
    CharField,
    DateField,
    ForeignKey,
    Manager,
    Model,
    SlugField,
    TextField,
    UniqueConstraint,
    URLField,
)
from simple_history.models import HistoricalRecords

from missions.models.constraints import CheckConstraint, Q, imprecise_date, matches, not_blank
from missions.models.dates import ImpreciseDateColumns
from missions.models.numbers import whole_number
from missions.models.review import Reviewed, ReviewedQuerySet

SHA256 = r"^[0-9a-f]{64}$"


def sha256(text: str) -> str:
    """Checksum of a text's UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class ArticleManager(Manager.from_queryset(ReviewedQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Article(Reviewed):
    """One published text, and what is known of its publication."""

    slug = SlugField(max_length=100, unique=True, help_text="The stem of the source file's name, given once.")
    title = CharField(max_length=300, null=True, blank=True, help_text="As printed; null where the source has none.")
    publisher = CharField(max_length=200, null=True, blank=True, help_text="Who published it, where known.")
    author = CharField(max_length=200, null=True, blank=True, help_text="Who wrote it, as printed.")
    url = URLField(max_length=500, null=True, blank=True, help_text="Where it was published.")
    archive_url = URLField(max_length=500, null=True, blank=True, help_text="Where a copy is kept.")
    accessed_on = DateField(null=True, blank=True, help_text="The day on which it was retrieved.")
    language = CharField(max_length=35, default="und", help_text="BCP 47 tag, such as nl; und where undetermined.")
    published = ImpreciseDateColumns("When the article was published.")
    body = TextField(help_text="The text as published, without the file's header; passages count its code points.")
    body_sha256 = CharField(max_length=64, editable=False, help_text="SHA-256 of the body in UTF-8.")
    raw_sha256 = CharField(max_length=64, editable=False, help_text="SHA-256 of the source file's bytes.")
    revision = whole_number(default=1, editable=False, help_text="Counts the corrections of the text, from 1.")
    text_public = BooleanField(default=False, help_text="Whether the whole text may be shown to everyone.")

    objects = ArticleManager()
    history = HistoricalRecords()

    class Meta(Reviewed.Meta):
        ordering = ["slug"]
        constraints = [
            *Reviewed.Meta.constraints,
            *imprecise_date("published"),
            *not_blank("title", "publisher", "author", "url", "archive_url", "body"),
            matches("slug", r"^[A-Za-z0-9_-]+$", "is made of letters, digits, - and _"),
            matches("language", r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "is a BCP 47 tag, such as nl or en-GB"),
            matches("body_sha256", SHA256, "is 64 hexadecimal digits"),
            matches("raw_sha256", SHA256, "is 64 hexadecimal digits"),
            CheckConstraint(
                condition=Q(revision__gte=1),
                name="missions_article_revision_from_one",
                violation_error_message="“revision” counts from 1.",
            ),
        ]
        permissions = [
            ("submit_article", "Can submit article"),
            ("publish_article", "Can publish article"),
            ("reject_article", "Can reject article"),
            ("send_back_article", "Can send back article"),
        ]

    def __str__(self):
        return self.title or self.slug

    def natural_key(self):
        return (self.slug,)

    def clean(self):
        Article.published.clean(self)
        if self.body and (
            self.body != unicodedata.normalize("NFC", self.body) or "\r" in self.body or self.body[0] == "\ufeff"
        ):
            raise ValidationError({"body": "The text is not normalized: NFC, line ends as \\n, no byte order mark."})
        if self.body and self.body_sha256 != sha256(self.body):
            raise ValidationError(
                {"body_sha256": "The checksum is not that of the body: bring a changed text in with ingest."}
            )

    def text_of(self, revision: int) -> str | None:
        """The body as it stood in a revision; None where there was no such revision."""
        if revision == self.revision:
            return self.body
        return next((text.body for text in self.earlier_texts.all() if text.revision == revision), None)


class EarlierTextManager(Manager):
    def get_by_natural_key(self, slug, revision):
        return self.get(article__slug=slug, revision=revision)


class EarlierText(Model):
    """A text that a correction replaced, kept because passages may still quote it."""

    article = ForeignKey(Article, PROTECT, related_name="earlier_texts", help_text="The article it was the text of.")
    revision = whole_number(help_text="The revision in which it stood.")
    body = TextField(help_text="The text as it stood.")
    body_sha256 = CharField(max_length=64, help_text="SHA-256 of the body in UTF-8.")
    raw_sha256 = CharField(max_length=64, help_text="SHA-256 of the source file's bytes.")

    objects = EarlierTextManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["article__slug", "revision"]
        constraints = [
            UniqueConstraint(fields=["article", "revision"], name="missions_earliertext_once"),
            *not_blank("body"),
            matches("body_sha256", SHA256, "is 64 hexadecimal digits"),
            matches("raw_sha256", SHA256, "is 64 hexadecimal digits"),
        ]

    def __str__(self):
        return f"{self.article.slug}, revision {self.revision}"

    def natural_key(self):
        return (*self.article.natural_key(), self.revision)

    natural_key.dependencies = ["missions.article"]

    def clean(self):
        if self.body_sha256 != sha256(self.body):
            raise ValidationError({"body_sha256": "The checksum is not that of the body."})
        if self.revision >= self.article.revision:
            raise ValidationError({"revision": "An earlier text stands before the article's present revision."})
