"""A table of figures as a source: each row, of a contributing country in a mission or host country at a time, is a claim.

The field's own unit is contributing country × mission or host × month or year × force type × number. The table becomes an
article: a line for the columns' names and a line a row, cells separated by " | "; the line of a row is the passage of
its claim. A row becomes a suggested claim that the force was there at that time and in that strength, on the one
deployment of that country, place and force type, or on a new one.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from missions import curation
from missions.exchange.load import add
from missions.exchange.reading import Row
from missions.exchange.sheets import Fate, Sheet
from missions.models import Article, Claim, Country, Deployment, Mission
from missions.models.article import sha256
from missions.models.dates import ImpreciseDate
from missions.models.deployment import ForceType, PersonnelBasis, Stage
from missions.models.review import State
from missions.questions import nearest
from missions.wording import dates, numbers

BETWEEN = " | "
NOBODY = re.compile(r"0+([.,]0+)?")
FORCES = {
    ForceType.MILITARY: "military troops troop soldiers contingent contingents militairen",
    ForceType.POLICE: "police politie",
    ForceType.OBSERVERS: "military_observers observers unmo unmos experts waarnemers",
    ForceType.CIVILIAN: "civilian civilians burgers",
    ForceType.UNSPECIFIED: "unspecified total all totaal",
}
# By which words columns are known where nobody names them.
GUESSES = {
    "contributor": ("contributor", "contributing", "country", "state", "tcc", "land"),
    "place": ("mission", "missie", "operation", "host", "place"),
    "time": ("date", "month", "year", "time", "maand", "jaar", "datum"),
    "force": ("type", "force", "category", "soort"),
    "number": ("number", "personnel", "strength", "troops", "total", "aantal"),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column says what; `force` may be left out, and then no row says it."""

    contributor: str
    place: str
    time: str
    number: str
    force: str | None = None
    basis: str = PersonnelBasis.DEPLOYED

    @classmethod
    def guessed(cls, header: list[str]) -> dict[str, str]:
        """The columns that are named as one would expect."""
        found: dict[str, str] = {}
        for part, words in GUESSES.items():
            for column in header:
                if column not in found.values() and any(word in column.casefold() for word in words):
                    found[part] = column
                    break
        return found


@dataclass(slots=True)
class Plan:
    """The fates of all rows, and the rows to be written where none is refused."""

    fates: list[Fate]
    rows: list[Row]

    @property
    def refused(self) -> list[Fate]:
        return [fate for fate in self.fates if fate.kind == "refused"]

    @property
    def counts(self) -> dict[str, int]:
        return {kind: sum(fate.kind == kind for fate in self.fates) for kind in ("new", "claim", "nobody", "refused")}


class Refusal(ValueError):
    """Why a row is refused, a sentence for each cell."""

    def __init__(self, messages: list[str]):
        self.messages = messages
        super().__init__(" ".join(messages))


def text_of(sheet: Sheet) -> str:
    """The article's text: the columns' names and the rows, a line each."""
    return "\n".join(_line(row) for row in (sheet.header, *sheet.rows)) + "\n"


def _line(cells: list[str]) -> str:
    return BETWEEN.join(unicodedata.normalize("NFC", re.sub(r"\s+", " ", cell).strip()) for cell in cells)


def plan(sheet: Sheet, mapping: Mapping, article: Article) -> Plan:
    """What the rows of a sheet would become; asks as many questions for many rows as for few, and some for a new deployment."""
    names, deployments = Names(), Deployments()
    fates, claims = [], []
    start = len(_line(sheet.header)) + 1
    for line, cells in zip(sheet.places, sheet.rows, strict=True):
        exact = _line(cells)
        given = dict(zip(sheet.header, (_line([cell]) for cell in cells), strict=True))
        try:
            found = _read(given, mapping, names)
            if found is None:
                fates.append(Fate(line, "nobody", exact))
            else:
                deployment, is_new = deployments.of(*found[:3], given, mapping)
                claims.append(_claim(article, len(claims) + 1, start, exact, deployment, given, mapping, *found[3:]))
                fates.append(Fate(line, "new" if is_new else "claim", deployment))
        except Refusal as refusal:
            fates.append(Fate(line, "refused", exact, refusal.messages))
        start += len(exact) + 1
    rows = [_article(sheet, article), *deployments.new.values(), *claims]
    return Plan(fates, rows)


def take_in(made: Plan, *, by=None, reason: str, progress: Callable[[int], None] = lambda done: None) -> None:
    """Write a plan of which no row is refused."""
    if made.refused:
        raise ValueError("A row is refused: nothing is written.")
    add(made.rows, by=by, reason=reason, progress=progress)


def _read(given: dict, mapping: Mapping, names: "Names") -> tuple | None:
    """Country, place, force type, time and strength of a row; None where it says that nobody is there."""
    wrong: list[str] = []

    def read(column: str | None, reader: Callable):
        try:
            return reader(given[column]) if column else None
        except ValueError as error:
            wrong.append(f"{column}: {error}")

    country = read(mapping.contributor, names.country)
    place = read(mapping.place, names.place)
    force = read(mapping.force, _force) or ForceType.UNSPECIFIED
    time = read(mapping.time, dates.understand)
    if mapping.time and not wrong and time.edtf is None:
        wrong.append(f"{mapping.time}: “{given[mapping.time]}” names no month or year.")
    number = given[mapping.number]
    nobody = bool(NOBODY.fullmatch(number))
    strength = None if nobody else read(mapping.number, numbers.understand)
    if wrong:
        raise Refusal(wrong)
    return None if nobody else (country, place, force, time, strength)


def _force(words: str) -> str | None:
    if not words:
        return None
    for force, known in FORCES.items():
        if words.casefold().replace(" ", "_") == force or {*re.findall(r"\w+", words.casefold())} & {*known.split()}:
            return force
    known = ", ".join(FORCES)
    raise ValueError(f"There is no force type “{words}”: take {known}.")


class Names:
    """Countries and missions by every word that names them."""

    def __init__(self):
        self.countries: dict[str, Country] = {}
        for country in Country.objects.all():
            words = [country.code, country.alpha3, country.name_en, country.name_nl]
            words += [word for listed in country.aliases.values() for word in listed]
            for word in words:
                self.countries.setdefault(word.casefold(), country)
        self.missions: dict[str, Mission] = {}
        for mission in Mission.objects.all():
            for word in (mission.slug, mission.name, mission.abbreviation, *mission.aliases):
                if word:
                    self.missions.setdefault(word.casefold(), mission)

    def country(self, word: str) -> Country:
        if (found := self.countries.get(word.casefold())) is None:
            raise ValueError(f"There is no country “{word}”; {nearest(word.casefold(), self.countries)}")
        return found

    def place(self, word: str) -> Mission | Country:
        """The mission of a name, or else the host country."""
        key = word.casefold()
        if (found := self.missions.get(key) or self.countries.get(key)) is None:
            known = [*self.missions, *self.countries]
            raise ValueError(f"There is no mission or host country “{word}”; {nearest(key, known)}")
        return found


class Deployments:
    """The one deployment of a country, place and force type: one that is there, or a new one."""

    def __init__(self):
        self.there: dict[tuple, list[str]] = {}
        rows = Deployment.objects.exclude(state=State.REJECTED)
        for row in rows.only("slug", "contributing_country", "host_country", "mission", "force_type"):
            place = ("mission", row.mission_id) if row.mission_id else ("host", row.host_country_id)
            self.there.setdefault((row.contributing_country_id, place, row.force_type), []).append(row.slug)
        self.new: dict[tuple, Row] = {}
        self.ordinals: dict[str, int] = {}

    def of(self, country: Country, place, force: str, given: dict, mapping: Mapping) -> tuple[str, bool]:
        """The slug, and whether the deployment is made by this row."""
        at = ("mission" if isinstance(place, Mission) else "host", place.pk)
        key = (country.pk, at, force)
        there = self.there.get(key, [])
        if len(there) > 1:
            raise Refusal(
                [f"Several deployments may be meant: {', '.join(there)}. Merge them, or record the row by hand."]
            )
        if there:
            return there[0], False
        slug = self._slug(country, place)
        named = f"{mapping.contributor} “{given[mapping.contributor]}”, {mapping.place} “{given[mapping.place]}”"
        self.there[key] = [slug]
        self.new[key] = Row(
            place=f"deployment {slug}",
            model=Deployment,
            fields={
                "slug": slug,
                "contributing_country": [country.code],
                "mission": [place.slug] if isinstance(place, Mission) else None,
                "host_country": None if isinstance(place, Mission) else [place.code],
                "force_type": force,
                "identity_note": f"The columns of the table name it: {named}.",
            },
        )
        return slug, True

    def _slug(self, country: Country, place) -> str:
        draft = Deployment(contributing_country=country)
        setattr(draft, "mission" if isinstance(place, Mission) else "host_country", place)
        slug = curation.new_slug(draft)
        stem, _, ordinal = slug.rpartition("-")
        self.ordinals[stem] = max(int(ordinal), self.ordinals.get(stem, 0) + 1)
        return f"{stem}-{self.ordinals[stem]}"


def _claim(article, number, start, exact, deployment, given, mapping, time, strength) -> Row:
    return Row(
        place=f"claim {number}",
        model=Claim,
        fields={
            "article": [article.slug],
            "number": number,
            "start": start,
            "end": start + len(exact),
            "exact": exact,
            "deployment": [deployment],
            "stage": Stage.ACTIVE,
            "date_words": given[mapping.time],
            "date_edtf": time.edtf,
            "personnel_words": given[mapping.number],
            "personnel_low": strength.low,
            "personnel_best": strength.best,
            "personnel_high": strength.high,
            "personnel_basis": str(mapping.basis),
        },
    )


def _article(sheet: Sheet, article: Article) -> Row:
    body = text_of(sheet)
    columns = ("slug", "title", "publisher", "author", "url", "archive_url", "language", "text_public")
    published: ImpreciseDate = article.published
    fields = {name: getattr(article, name) for name in columns}
    fields |= {"published_words": published.words, "published_edtf": published.edtf}
    fields |= {"body": body, "body_sha256": sha256(body), "raw_sha256": article.raw_sha256 or sha256(body)}
    return Row(place=f"article {article.slug}", model=Article, fields=fields)
