"""Where a row is shown on the site, in the language that is being spoken."""

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.translation import get_language

from missions.models import Article, Country, Deployment, Mission
from missions.models.passage import Passage


def prefix(language: str | None = None) -> str:
    """The first part of the site's addresses in a language: en for en-gb."""
    return (language or get_language() or settings.LANGUAGE_CODE)[:2]


def address(row: Model) -> str:
    """The page of a row; a statement or claim is a place on its article's page."""
    match row:
        case Country():
            return reverse("site:country", args=[row.code])
        case Mission():
            return reverse("site:mission", args=[row.slug])
        case Article():
            return reverse("site:article", args=[row.slug])
        case Deployment():
            return reverse("site:deployment", args=[row.slug])
        case Passage():
            return f"{reverse('site:article', args=[row.article.slug])}#{anchor(row)}"
    raise LookupError(f"{row._meta.verbose_name} has no page")


def anchor(row: Passage) -> str:
    """The place of a statement's or claim's words in its article's text."""
    return f"{row._meta.model_name}-{row.number}"
