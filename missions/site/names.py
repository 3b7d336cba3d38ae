"""What rows are called in the reader's language."""

from django.db.models import Model
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from missions.models import Article, Country, Deployment, Statement
from missions.telling import told_date


def name_of(row: Model) -> str:
    """The name under which the site shows a row."""
    match row:
        case Country():
            return row.name_nl if (get_language() or "").startswith("nl") else row.name_en
        case Deployment():
            place = [name_of(part) for part in (row.mission, row.host_country) if part]
            names = {"country": name_of(row.contributing_country), "place": ", ".join(place)}
            return _("%(country)s in %(place)s") % names
        case Article():
            return _article(row)
        case Statement():
            return speaker_of(row)
    return str(row)


def choice(column: str, value: str | None) -> str | None:
    """A value of one of a deployment's columns in words; None for none."""
    return str(dict(Deployment._meta.get_field(column).flatchoices)[value]) if value else None


def place_of(deployment: Deployment) -> str:
    """The mission, else the host country."""
    return name_of(deployment.mission or deployment.host_country)


def speaker_of(statement: Statement) -> str:
    """Who speaks, as far as the text says; an unnamed speaker stays unnamed."""
    parts = [part for part in (statement.speaker, statement.role, statement.organization) if part]
    return ", ".join(parts) or (name_of(statement.country) if statement.country else _("unnamed"))


def cited(article: Article) -> str:
    """An article as a reference: title, publisher, date, as far as they are known."""
    known = (article.title or _("untitled article"), article.publisher, told_date(article.published))
    return ", ".join(part for part in known if part)


def _article(article: Article) -> str:
    """Its title; without one, its publisher and date rather than an invented one."""
    if article.title:
        return article.title
    known = [part for part in (article.publisher, told_date(article.published)) if part]
    return _("untitled article (%(known)s)") % {"known": ", ".join(known)} if known else article.slug
