"""The exact words of an article that carry a fact, in the terms of the W3C Web Annotation selectors."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import PROTECT, ForeignKey, TextField, UniqueConstraint
from django.utils.translation import gettext as _

from missions.models.article import Article
from missions.models.constraints import PREFIX, passage
from missions.models.numbers import whole_number
from missions.models.review import Reviewed, ReviewedQuerySet

CONTEXT = 32  # code points of prefix and suffix
SHOWN = 10  # places in a refusal


class PassageQuerySet(ReviewedQuerySet):
    def known_on(self, day: date | None):
        """Passages of articles certainly published by a day; all of them where no day is given."""
        return self.filter(article__published_latest__lte=day) if day else self


class Passage(Reviewed):
    """Whole sentences of an article, speech tag included; `article body[start:end] == exact`, in code points."""

    article = ForeignKey(
        Article,
        PROTECT,
        related_name="%(class)ss",
        db_index=False,  # the unique number within the article has one
        help_text="The article that the words stand in.",
    )
    number = whole_number(help_text="Counts the article's rows of this table, from 1, given once.")
    start = whole_number(help_text="First code point of the passage in the article's body, from 0.")
    end = whole_number(help_text="The code point after the passage's last.")
    exact = TextField(help_text="The words, verbatim.")
    article_revision = whole_number(
        default=1, editable=False, help_text="The revision of the article's text that the offsets count in."
    )
    note = TextField(null=True, blank=True, help_text="A curator's remark on how the words were read.")

    class Meta(Reviewed.Meta):
        abstract = True
        ordering = ["article__slug", "number"]
        constraints = [
            *Reviewed.Meta.constraints,
            *passage(),
            UniqueConstraint(fields=["article", "number"], name=f"{PREFIX}number_once"),
        ]

    def __str__(self):
        return f"{self.key}: {self.exact[:60]}"

    def natural_key(self):
        return (*self.article.natural_key(), self.number)

    natural_key.dependencies = ["missions.article"]

    @property
    def key(self) -> str:
        """The natural key in one word, as addresses and evidence write it."""
        return f"{self.article.slug}:{self.number}"

    @property
    def text(self) -> str:
        return self.article.text_of(self.article_revision) or ""

    @property
    def prefix(self) -> str:
        return self.text[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.text[self.end : self.end + CONTEXT]

    def locate(self, exact=None, start=None, end=None, prefix="", suffix="") -> None:
        """Place the passage in the article's present text, by its exact words, by offsets, or by both.

        Words that stand several times take the context or the start that tells which; ValidationError lists the places.
        """
        text = self.article.body
        self.article_revision = self.article.revision
        if exact is None:
            if start is None or end is None:
                raise ValidationError({"exact": _("Give the exact words, or start and end.")})
            exact = text[start:end]
            if not exact or end > len(text):
                raise ValidationError(
                    {
                        "end": _("There are no words at %(start)d–%(end)d: the text ends at %(last)d.")
                        % {"start": start, "end": end, "last": len(text)}
                    }
                )
        elif start is not None:
            end = start + len(exact) if end is None else end
        else:
            places = places_of(exact, text, prefix, suffix)
            if len(places) != 1 or end not in (None, places[0] + len(exact)):
                raise ValidationError({"exact": _ambiguous(exact, text, places)})
            start, end = places[0], places[0] + len(exact)
        self.start, self.end, self.exact = start, end, exact

    def clean(self):
        if self.article_id is None or self.start is None or self.end is None:
            return  # the missing column is already refused
        article = self.article
        text = article.body if article.revision == self.article_revision else article.text_of(self.article_revision)
        if text is None:
            raise ValidationError(
                {"article_revision": _("The article has no revision %(number)d.") % {"number": self.article_revision}}
            )
        if self.end > len(text):
            raise ValidationError(
                {"end": _("The text ends at %(last)d: take offsets within it.") % {"last": len(text)}}
            )
        stands = text[self.start : self.end]
        if stands != self.exact:
            place = text.find(self.exact) if self.exact else -1
            said = {"said": stands[:80], "start": self.start, "end": self.end}
            told = _("The article says “%(said)s” at %(start)d–%(end)d; ") % said
            if place < 0:
                raise ValidationError({"exact": told + _("these words stand nowhere in it.")})
            there = {"start": place, "end": place + len(self.exact)}
            raise ValidationError({"exact": told + _("these words stand at %(start)d–%(end)d.") % there})

    def require_words(self, *fields: str) -> None:
        """Refuse a field whose words the passage does not hold."""
        for field in fields:
            words = getattr(self, field)
            if words and words not in self.exact:
                raise ValidationError(
                    {field: _("“%(words)s” does not stand in the passage: quote it as printed.") % {"words": words}}
                )


def places_of(exact: str, text: str, prefix: str = "", suffix: str = "") -> list[int]:
    """Where the words stand in a text, between the given words if any; overlapping places too."""
    places, place = [], text.find(exact) if exact else -1
    while place >= 0:
        if text[:place].endswith(prefix) and text.startswith(suffix, place + len(exact)):
            places.append(place)
        place = text.find(exact, place + 1)
    return places


def _ambiguous(exact: str, text: str, places: list[int]) -> str:
    if not places:
        return _("These words stand nowhere in the article’s text: quote them as printed.")
    shown = "; ".join(
        f"{place} (“{text[max(0, place - CONTEXT) : place]}[…]{text[place + len(exact) : place + len(exact) + CONTEXT]}”)"
        for place in places[:SHOWN]
    )
    more = _(" and %(count)d more") % {"count": len(places) - SHOWN} if len(places) > SHOWN else ""
    return _(
        "These words stand at %(count)d places: give the start, or the words before or after. Starts: %(shown)s%(more)s."
    ) % {"count": len(places), "shown": shown, "more": more}
