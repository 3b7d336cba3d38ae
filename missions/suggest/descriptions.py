"""Missions that a text describes rather than names: “de VN-missie”, “the EU training mission in Mali”."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from missions.suggest.gazetteer import Gazetteer, Mention, Mission
from missions.suggest.text import Text

ORGANIZATIONS = {
    "vn": "UN", "un": "UN", "u.n.": "UN", "united nations": "UN", "eu": "EU", "european union": "EU", "navo": "NATO", "nato": "NATO",
    "au": "AU", "african union": "AU", "ecowas": "ECOWAS", "sadc": "SADC", "ovse": "OSCE", "osce": "OSCE", "verenigde naties": "UN",
    "europese unie": "EU", "afrikaanse unie": "AU",
}  # fmt: skip
# Both are matched at a word that names the organization, or three words before it: a search of the whole text takes longer
# than all that is found with it.
DUTCH = re.compile(
    r"\b(VN|EU|NAVO|Navo|AU|OVSE)-(\w*(?:missie|operatie|vredesmacht|macht|troepenmacht|strijdgroep))\b"
    r"|\b(\w*(?:missie|vredesmacht|operatie)) van de (VN|EU|NAVO|Navo|Verenigde Naties|Europese Unie|Afrikaanse Unie)\b"
)
ENGLISH = re.compile(
    r"\b(UN|U\.N\.|EU|NATO|AU|OSCE|SADC|ECOWAS|United Nations|European Union|African Union)(?:'s|’s)?(?:[- ](?:led|backed|run))? "
    r"((?:[a-z-]+ ){0,3}?(?:mission|operation|peacekeeping force|force|battlegroup|peacekeeping mission))\b"
)
NAMED = {"UN", "U", "VN", "EU", "NATO", "NAVO", "Navo", "AU", "OSCE", "OVSE", "SADC", "ECOWAS"}  # by their first words
NAMED |= {"United", "European", "African", "Europese", "Afrikaanse", "Verenigde"}
KINDS = {
    "train": "training", "vrede": "peacekeeping", "peace": "peacekeeping", "stabil": "peacekeeping", "waarnem": "observation",
    "observ": "observation", "monitor": "observation", "politie": "police", "police": "police", "marine": "maritime", "naval": "maritime",
    "maritime": "maritime", "gevecht": "combat", "combat": "combat", "grensmacht": "peacekeeping",
}  # fmt: skip
IN = re.compile(
    r" (?:in|op|on) (?:the |het |de )?(?:(?:noorden|zuiden|oosten|westen) van |(?:northern|southern|eastern|western) )?"
)


def descriptions(text: Text, language: str, mentions: list[Mention], gazetteer: Gazetteer) -> list[Mention]:
    """Mentions of missions by description, that of one mission where the text allows no other."""
    body = text.body
    naming = [text.starts[number] for number in text.capitals if text.words[number] in NAMED]
    if not naming:
        return []
    starts = {mention.start: mention for mention in mentions}
    taken = [(mention.start, mention.end) for mention in mentions if mention.missions]
    named = [mention.missions[0] for mention in mentions if mention.missions]
    places = {code for mention in mentions if mention.codes and not mention.adjective for code in mention.codes}
    found, at = [], 0
    for one in _described(text, language, naming):
        while at < len(taken) and taken[at][1] <= one.start():
            at += 1
        if at < len(taken) and taken[at][0] < one.end():
            continue
        groups = [group for group in one.groups() if group]
        organization = next(ORGANIZATIONS[group.casefold()] for group in groups if group.casefold() in ORGANIZATIONS)
        end, host = _place(body, one.end(), starts)
        kind = next((kind for part, kind in KINDS.items() if part in one[0].casefold()), None)
        mission = _resolved(gazetteer.missions, named, places, organization, kind, host)
        found.append(Mention(one.start(), end, body[one.start() : end], (), (mission,) if mission else ()))
    return found


def _described(text: Text, language: str, naming: list[int]) -> Iterator[re.Match]:
    """What the pattern of a language finds, by the places of the words that name an organization."""
    pattern, free = (DUTCH if language == "nl" else ENGLISH), 0
    for place in naming:
        number = bisect_left(text.starts, place)
        before = [text.starts[number - 3]] if language == "nl" and number >= 3 else []  # “de missie van de VN”
        for start in (*before, place):
            if start >= free and (found := pattern.match(text.body, start)):
                free = found.end()
                yield found


def _place(body: str, end: int, starts: dict[int, Mention]) -> tuple[int, str | None]:
    """The description with the country that follows it."""
    follow = IN.match(body, end)
    if follow and (mention := starts.get(follow.end())) and mention.codes and not mention.adjective:
        return mention.end, mention.codes[0]
    return end, None


def _resolved(
    missions: Iterable[Mission],
    named: list[Mission],
    places: set[str],
    organization: str,
    kind: str | None,
    host: str | None,
) -> Mission | None:
    """The one mission that a description fits; None where it could be several."""

    def fits(one: Mission, by_place: bool) -> bool:
        if one.organization != organization or (kind and one.kind and kind != one.kind):
            return False
        return (host in one.hosts) if host else (not by_place or bool(set(one.hosts) & places))

    spoken_of = list(dict.fromkeys(one for one in named if fits(one, False)))
    if len(spoken_of) == 1:
        return spoken_of[0]
    possible = [one for one in missions if fits(one, True)]
    return possible[0] if len(possible) == 1 else None
