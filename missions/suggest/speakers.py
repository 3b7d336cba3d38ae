"""Who speaks: name, role, organization and country, from the words around a verb of speech."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from missions.suggest import kinds, lexicon
from missions.suggest.gazetteer import Mention
from missions.suggest.text import Text

MINISTRY = re.compile(
    r"\b(?:ministerie van (?:Algemene |Buitenlandse |Binnenlandse )?[A-Z]\w+(?: Zaken)?(?: en [A-Z]\w+)?"
    r"|(?:[Mm]inistry|[Dd]epartment) of (?:[A-Z]\w+|defen[cs]e|foreign)(?: (?:Affairs|affairs|Ministry))?(?: and [A-Z]\w+)?"
    r"|(?:foreign|defen[cs]e|interior|Foreign|Defen[cs]e|Interior) ministry"
    r"|(?:[A-Z]\w+ )?(?:Foreign|Defen[cs]e) Ministry)"
)
BODY = re.compile(
    r"\b(?:[a-z]\w*)?(?:regering|kabinet|parlement|leger|junta|regime|legerleiding|government|army|military|parliament|junta|rebels"
    r"|authorities|autoriteiten|navy|marine|air force|luchtmacht|cabinet|command|commissie|commission|secretariaat|police|politie|senate|senaat"
    r"|opposition|oppositie|coalition|coalitie|krijgsmacht|landmacht|militia|militie|embassy|ambassade|ministry|ministerie)\b"
)  # in small letters


@lru_cache(maxsize=50_000)
def _bodily(word: str) -> bool:
    """Whether a word may name a body, or begin to: among words of which none does, none is sought."""
    return word == "air" or BODY.search(word) is not None


PRESS = re.compile(
    r"\b(?:krant|persbureau|zender|weekblad|newspaper|news agency|broadcaster|daily|magazine|agency) ((?:[A-Z][\w-]+ ?)+)"
)
OF_THE_PRESS = kinds.of_turn(PRESS)


class Speaker(NamedTuple):
    """Whoever stands behind words, as far as the text says; all None for nobody."""

    name: str | None = None
    role: str | None = None
    organization: str | None = None
    country: str | None = None

    @property
    def known(self) -> bool:
        return any(self)


class Cast:
    """The persons of a text: a family name alone is that of a person named before."""

    def __init__(self, text: Text, language: str, mentions: list[Mention]):
        self.text, self.language, self.mentions = text, language, mentions
        self.titles = ALL_TITLES[language]
        self.starts = [mention.start for mention in mentions]
        taken = {mention.start for mention in mentions}
        for mention in mentions:
            if not mention.exact.isalpha():  # several words, mostly
                taken.update(self._starts_between(mention.start, mention.end))
        taken_words, calendar = TAKEN_WORDS, lexicon.CALENDAR
        self.places = places = [  # words that may be part of a name
            number
            for number in text.capitals
            if text.starts[number] not in taken
            and text.words[number] not in taken_words
            and text.folded[number] not in calendar
        ]
        self.parts = set(places)
        self.of_the_press = any(one.kinds & OF_THE_PRESS for one in text.sentences)
        self.full: dict[str, str] = {}
        self.speakers: dict[str, Speaker] = {}
        # Full names are learnt first: a sentence has one only where a word goes on with what may be part of it.
        going_on = [
            number
            for number in places
            if number + 1 in self.parts or not lexicon.PARTICLES.isdisjoint(text.folded[number + 1 : number + 2])
        ]
        if going_on:
            for sentence in text.sentences:
                if bisect_left(going_on, sentence.last) > bisect_left(going_on, sentence.first):
                    self.name_in(range(sentence.first, sentence.last))

    def of(self, numbers: Sequence[int]) -> Speaker | None:
        """The speaker that a stretch of words names; None where it names nobody."""
        if not numbers:
            return None
        name = self.name_in(numbers)
        role = self._role(numbers)
        covered = self._covered_in(numbers)
        organization = self._organization(numbers, name, covered)
        country = self._country(organization, covered)
        found = Speaker(name, role, organization, country)
        if name:
            family = name.split()[-1].casefold()
            known = self.speakers.get(family)
            if known:  # what was said of this person before still holds
                found = Speaker(name, role or known.role, organization or known.organization, country or known.country)
            self.speakers[family] = found
        return found if found.known else None

    def name_in(self, numbers: Sequence[int]) -> str | None:
        """A person's name: capitals side by side that name no country, mission, organization, day or month."""
        if not numbers:
            return None
        first, last = bisect_left(self.places, numbers[0]), bisect_right(self.places, numbers[-1])
        folded, titles, best, free = self.text.folded, self.titles, None, 0
        for place in [numbers.index(number) for number in self.places[first:last] if number in numbers]:
            if place < free:
                continue
            free = place + 1
            while free < len(numbers) and self._joins(numbers[free], numbers[free - 1]):
                free += 1
            begin, end = place, free
            while begin < end and folded[numbers[end - 1]] in lexicon.PARTICLES:
                end -= 1
            titled = place > 0 and folded[numbers[place - 1]] in titles
            while begin < end and ((word := folded[numbers[begin]]) in titles or word in NO_BEGINNINGS[self.language]):
                if titled and end - begin > 1 and word in lexicon.PARTICLES:
                    break  # “generaal De Vries”
                titled = word in titles
                begin += 1
            longer = end - begin > (len(best) if best else 0)
            if longer and self._person(numbers, begin, end):
                best = numbers[begin:end]
        return self._between(best[0], best[-1]) if best else None

    def _between(self, first: int, last: int) -> str:
        """The words from one to another."""
        return self.text.body[self.text.starts[first] : self.text.ends[last]]

    def _joins(self, number: int, before: int) -> bool:
        """Whether a word goes on with a name."""
        text = self.text
        if number in self.parts or text.folded[number] in lexicon.PARTICLES:
            return text.body[text.ends[before] : text.starts[number]] in (" ", "-", ". ", " ’", " '")
        return False

    def _person(self, numbers: Sequence[int], begin: int, end: int) -> bool:
        """Whether capitals name a person: two or more that are no place, or one that is a name elsewhere, has a title, or acts alone."""
        folded = self.text.folded
        before = folded[numbers[begin - 1]] if begin else ""
        if before in PLACES[self.language]:
            return False
        if end - begin >= 2:
            if before in lexicon.ARTICLES[self.language]:
                return False
            family = folded[numbers[end - 1]]
            if family not in self.full:
                self.full[family] = self._between(numbers[begin], numbers[end - 1])
            return True
        only = numbers[begin]
        word = self.text.words[only]
        if len(word) < 3 or word.isupper() or before in lexicon.ARTICLES[self.language]:
            return False
        if folded[only] in self.full:
            return True
        if begin and before in self.titles:
            return True
        return begin == 0 and len(numbers) <= 2 and not self._common(folded[only])

    def _common(self, word: str) -> bool:
        """A word that also begins sentences, or names a body."""
        return BODY.fullmatch(word) is not None or word in lexicon.ROLES[self.language]

    def _role(self, numbers: Sequence[int]) -> str | None:
        roles, folded = lexicon.ROLES[self.language], [self.text.folded[one] for one in numbers]
        if roles.isdisjoint(folded):
            return None
        number = next(place for place, word in enumerate(folded) if word in roles)
        first, last = number, number
        following = numbers[number + 1 : number + 4]
        if (
            len(following) > 1
            and folded[number + 1] == "van"
            and self.text.capital(following[1])
            and "minister" in folded[number]
        ):
            last = number + 2 + (len(following) > 2 and self.text.words[following[2]] == "Zaken")
        if self.language == "en":
            while first and folded[first - 1] in ENGLISH_ROLE_WORDS and self._gap(numbers, first) == " ":
                first -= 1
            while last + 1 < len(folded) and folded[last + 1] in roles and self._gap(numbers, last + 1) in (" ", "-"):
                last += 1
            if (
                last + 2 < len(folded)
                and folded[last + 1] == "of"
                and folded[last + 2] in ("staff", "state", "defence", "defense")
            ):
                last += 2
        return self._between(numbers[first], numbers[last])

    def _gap(self, numbers: Sequence[int], place: int) -> str:
        """What stands before one of some words and after the one before it."""
        return self.text.body[self.text.ends[numbers[place - 1]] : self.text.starts[numbers[place]]]

    def _organization(self, numbers: Sequence[int], name: str | None, covered: list[Mention]) -> str | None:
        text, words = self.text, self._between(numbers[0], numbers[-1])
        if ("inist" in words or "epartment" in words) and (found := MINISTRY.search(words)):
            return found[0]
        if self.of_the_press and (found := PRESS.search(words)):
            return found[1].strip()
        if not ORGANIZATION_BEGINNINGS.isdisjoint([text.words[one] for one in numbers]) and (
            named := [one[0] for one in ORGANIZATION.finditer(words)]
        ):
            return max(named, key=len)
        for mention in covered:
            if mention.missions:
                return self.text.body[mention.start : mention.end]
        if name or not any(_bodily(text.folded[one]) for one in numbers):
            return None
        if found := BODY.search(text.lower, text.starts[numbers[0]], text.ends[numbers[-1]]):
            for mention in covered:
                if mention.codes and mention.adjective and self.text.body[mention.end : found.start()] == " ":
                    return self.text.body[mention.start : found.end()]
            return self.text.body[found.start() : found.end()]
        return None

    def _country(self, organization: str | None, covered: list[Mention]) -> str | None:
        if organization:
            for phrase, code in OF_A_STATE[self.language].items():
                if phrase in organization:
                    return code
        mentions = [mention for mention in covered if mention.codes]
        if organization in ("VN", "UN", "NAVO", "NATO", "EU", "AU") and not any(one.adjective for one in mentions):
            return None
        return mentions[0].codes[0] if mentions else None

    def _starts_between(self, start: int, end: int) -> list[int]:
        starts = self.text.starts
        first = bisect_left(starts, start)
        return starts[first : bisect_left(starts, end, first)]

    def _covered_in(self, numbers: Sequence[int]) -> list[Mention]:
        """The names within some words."""
        first, last = self.text.starts[numbers[0]], self.text.ends[numbers[-1]]
        return self.mentions[bisect_left(self.starts, first) : bisect_left(self.starts, last)]


OF_A_STATE = {language: lexicon.BODIES | home for language, home in lexicon.HOME.items()}
ORGANIZATION = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in sorted(lexicon.ORGANIZATIONS, key=len, reverse=True))})(?!\w)"
)
ORGANIZATION_BEGINNINGS = {phrase.split()[0] for phrase in lexicon.ORGANIZATIONS}
ORGANIZATION_WORDS = {word for phrase in lexicon.ORGANIZATIONS for word in phrase.split()} | {
    "Zaken",
    "Affairs",
    "Ministry",
    "Council",
}
TAKEN_WORDS = lexicon.ORGANIZATIONS | ORGANIZATION_WORDS
TITLES = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "heer",
    "mevrouw",
    "gen",
    "lt",
    "col",
    "maj",
    "prime",
    "vice",
    "foreign",
    "defence",
    "defense",
}
ALL_TITLES = {language: roles | TITLES for language, roles in lexicon.ROLES.items()}
ENGLISH_ROLE_WORDS = {
    "defence", "defense", "foreign", "prime", "interior", "deputy", "vice", "senior", "force", "mission", "army", "government", "military",
    "lieutenant", "brigadier", "major", "special", "security", "ministry", "western", "top", "state", "chief", "peacekeeping", "navy",
}  # fmt: skip
PLACES = {
    "nl": {
        "in",
        "te",
        "bij",
        "nabij",
        "rond",
        "uit",
        "van",
        "naar",
        "vanuit",
        "buiten",
        "krant",
        "stad",
        "dorp",
        "persbureau",
        "zender",
        "op",
    },
    "en": {
        "in",
        "at",
        "near",
        "from",
        "outside",
        "around",
        "of",
        "newspaper",
        "town",
        "city",
        "village",
        "agency",
        "to",
        "into",
        "on",
    },
}
NOT_NAMES = {
    "nl": {"de", "het", "een", "dat", "dit", "die", "deze", "hij", "zij", "ze", "wij", "we", "ik", "men", "ook", "wel", "maar", "volgens", "aldus",
           "toen", "nu", "daar", "daarom", "eerder", "zo", "in", "op", "na", "voor", "met", "van", "als", "zowel", "onze", "hun", "er", "niemand",
           "sommige", "andere", "veel", "zeker", "intussen", "inmiddels", "vorige", "vorig", "afgelopen", "beide", "geen", "alle", "tot", "bij",
           "sinds", "tijdens", "vandaag", "gisteren", "later", "binnen", "twee", "drie", "vier", "tegen", "over", "om", "en", "dus", "al", "zelf"},
    "en": {"the", "a", "an", "that", "this", "these", "those", "he", "she", "they", "we", "i", "it", "but", "and", "according", "in", "on", "at",
           "after", "before", "for", "with", "as", "if", "when", "while", "both", "some", "other", "many", "no", "our", "their", "his", "her", "there",
           "then", "now", "last", "since", "however", "meanwhile", "earlier", "later", "two", "three", "four", "about", "all", "under", "by",
           "also", "asked", "one", "another", "nobody", "from", "to", "so", "its", "not", "what", "today", "yesterday", "several", "most"},
}  # fmt: skip
NO_BEGINNINGS = {language: words | lexicon.PARTICLES for language, words in NOT_NAMES.items()}
