"""Whether a passage names a country or a mission: whole words, by name, demonym, abbreviation or alias."""

import re
from functools import lru_cache

NAMED, INFERRED = "named", "inferred"


def words_of_country(country) -> list[str]:
    lists = (*country.demonyms.values(), *country.aliases.values())
    return [country.name_en, country.name_nl, *(word for words in lists for word in words)]


def words_of_mission(mission) -> list[str]:
    return [word for word in (mission.name, mission.abbreviation, *mission.aliases) if word]


def names(text: str, words: list[str]) -> bool:
    """Whether one of the words stands in the text as a whole; capitals count only in words of three letters or fewer."""
    for word in words:
        if word in text and _pattern(word).search(text):  # mostly it stands there as it is, which is found sooner
            return True
    return any(_pattern(word).search(text) for word in words)


@lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", 0 if len(word) <= 3 else re.IGNORECASE)


def link(passage: str, deployment) -> str:
    """`named` where the passage names the deployment's contributing country, host country and mission; else `inferred`."""
    return NAMED if names_all(passage, identity(deployment)) else INFERRED


def identity(deployment) -> list[list[str]]:
    """The words of a deployment's contributing country, of its host country and of its mission."""
    found = [words_of_country(deployment.contributing_country)]
    if deployment.host_country:
        found.append(words_of_country(deployment.host_country))
    if deployment.mission:
        found.append(words_of_mission(deployment.mission))
    return found


def names_all(passage: str, identity: list[list[str]]) -> bool:
    return all(names(passage, words) for words in identity)
