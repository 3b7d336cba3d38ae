"""What the rules found in an article's text, until a person accepts, corrects or rejects it: as the page shows it."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from missions.models import Article, Claim, Country, Mission, Statement, SuggestedText, Suggestion
from missions.models.suggestion import Suggested

SAID = ("date", "personnel_words", "contribution")


@dataclass(frozen=True, slots=True)
class Found:
    """A suggestion as the page shows it among the facts."""

    name: str  # of its card: suggestion-12
    row: Suggestion
    of: str  # whom it is about, or who speaks
    said: list[str]
    kind: ClassVar[str] = "found"
    marked: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Named:
    """A country or mission that the text names: marked in it, without a card."""

    row: Place
    of: str
    name: ClassVar[str] = ""
    kind: ClassVar[str] = "named"
    marked: ClassVar[bool] = True


def named_in(article: Article) -> list[Named]:
    """What the text names, where its present words were read."""
    read = SuggestedText.objects.filter(article=article, article_revision=article.revision).first()
    names = read.names if read else []
    countries = {
        row.code: str(row) for row in Country.objects.filter(code__in={of for _start, _end, of in names if of})
    }
    return [Named(Place(start, end), countries.get(of) or of or _("a mission")) for start, end, of in names]


def found_in(article: Article) -> list[Found]:
    """The suggestions that wait and count in the present text."""
    rows = list(article.suggestions.open().filter(article_revision=article.revision))
    codes = {row.content.get(name) for row in rows for name in ("country", "contributing_country", "host_country")}
    countries = {country.code: str(country) for country in Country.objects.filter(code__in=codes - {None})}
    slugs = {row.content.get("mission") for row in rows} - {None}
    missions = {mission.slug: str(mission) for mission in Mission.objects.filter(slug__in=slugs)}
    tell = {Suggested.STATEMENT: _statement, Suggested.CLAIM: _claim}
    return [Found(f"suggestion-{row.pk}", row, *tell[row.kind](row.content, countries, missions)) for row in rows]


def _statement(content: dict, countries: dict, _missions) -> tuple[str, list[str]]:
    of = content["speaker"] or content["role"] or _("unnamed")
    role = content["role"] if content["speaker"] else None
    row = Statement(form=content["form"], attribution=content["attribution"])
    told = [role, content["organization"], countries.get(content["country"])]
    return of, [*filter(None, told), row.get_form_display(), row.get_attribution_display()]


def _claim(content: dict, countries: dict, missions: dict) -> tuple[str, list[str]]:
    of = countries.get(content["contributing_country"], content["contributing_country"])
    where = (
        missions.get(content["mission"], content["mission"])
        or countries.get(content["host_country"])
        or _("place unknown")
    )
    told = [Claim(stage=content["stage"]).get_stage_display() if content["stage"] else None]
    told += [_("planned")] if content["planned"] else []
    told += [content[name]["words"] if name == "date" and content[name] else content[name] for name in SAID]
    return f"{of} · {where}", [one for one in told if one]
