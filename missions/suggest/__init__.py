"""A text → suggestions: countries, missions, statements and claims, each with its exact passage. Pure Python, no Django.

`find(body, language, published, gazetteer)` is deterministic, linear in the length of the text, and can be pickled, so that any
engine may map it over a corpus. What it finds are drafts: a person decides.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from missions.edtf import Days
from missions.suggest import claims as claiming
from missions.suggest import statements as speaking
from missions.suggest.descriptions import descriptions
from missions.suggest.gazetteer import Gazetteer, Mention
from missions.suggest.speakers import Cast
from missions.suggest.text import Text
from missions.suggest.words import tell_words

LANGUAGES = ("nl", "en")
PREVIEW = 6000  # code points by which a language is told
TELLING = {
    "nl": {"de", "het", "een", "en", "van", "dat", "niet", "zijn", "naar", "uit", "met", "voor", "zei", "op", "die", "ook"},
    "en": {"the", "and", "of", "to", "that", "was", "for", "from", "with", "said", "on", "by", "its", "has", "will", "not"},
}  # fmt: skip


@dataclass(slots=True)
class Suggestions:
    """What was found, as plain rows in the order of the text; `start` and `end` count code points."""

    countries: list[dict] = field(default_factory=list)
    missions: list[dict] = field(default_factory=list)
    statements: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)


def find(body: str, language: str | None, published: Days | None, gazetteer: Gazetteer) -> Suggestions:
    """Suggestions of a text. Another language than Dutch or English is read as the one of these that it looks like."""
    text = Text.of(body)
    spoken = (language or "")[:2].casefold()
    if spoken not in LANGUAGES:
        spoken = told_language(text)
    tell_words(text, spoken)
    mentions = gazetteer.mentions(text)
    described = descriptions(text, spoken, mentions, gazetteer)
    said = speaking.Finder(text, spoken, Cast(text, spoken, mentions)).all()
    claimed = claiming.Finder(text, spoken, mentions, described, published).all()
    missions = sorted([one for one in mentions if one.missions] + described, key=lambda one: one.start)
    return Suggestions(
        [
            {"code": one.codes[0], "start": one.start, "end": one.end, "exact": one.exact}
            for one in mentions
            if one.codes
        ],
        [_mission(one) for one in missions],
        [_statement(body, one) for one in said],
        [_claim(body, one) for one in claimed],
    )


def told_language(text: Text) -> str:
    words = text.folded[: bisect_left(text.starts, PREVIEW)]
    return max(LANGUAGES, key=lambda language: (sum(word in TELLING[language] for word in words), language == "en"))


def _mission(one: Mention) -> dict:
    mission = one.missions[0] if one.missions else None
    named = {"slug": mission.slug if mission else None, "name": mission.name if mission else None}
    return named | {"start": one.start, "end": one.end, "exact": one.exact}


def _statement(body: str, one: speaking.Statement) -> dict:
    who = one.speaker
    return {
        "start": one.start, "end": one.end, "exact": body[one.start : one.end], "form": one.form,
        "speaker": who.name, "role": who.role, "organization": who.organization, "country": who.country,
        "attribution": one.attribution, "rule": f"statement: {one.rule}",
    }  # fmt: skip


def _claim(body: str, one: claiming.Claim) -> dict:
    strength, when = one.strength, one.when
    date = None
    if when:
        earliest, latest = when.days
        date = {"edtf": when.edtf, "earliest": earliest and earliest.isoformat(), "latest": latest and latest.isoformat(),
                "words": when.words}  # fmt: skip
    return {
        "start": one.start, "end": one.end, "exact": body[one.start : one.end],
        "contributing_country": one.contributing_country, "host_country": one.host_country,
        "mission": (one.mission.slug or one.mission.name) if one.mission else None, "stage": one.stage, "planned": one.planned,
        "personnel_low": strength and strength.low, "personnel_best": strength and strength.best,
        "personnel_high": strength and strength.high, "personnel_words": strength and strength.words,
        "contribution": one.contribution, "date": date, "rule": f"claim: {one.rule}",
    }  # fmt: skip
