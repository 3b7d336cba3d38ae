"""Who speaks: name, role, organization and country, from the words around a verb of speech."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from missions.suggest import kinds, lexicon
from missions.suggest.gazetteer import Mention
from missions.suggest.text import Text, Token

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
        self.starts = [mention.start for mention in mentions]
        taken = {mention.start for mention in mentions}
        for mention in mentions:
            if not mention.exact.isalpha():  # several words, mostly
                taken.update(self._starts_between(mention.start, mention.end))
        taken_words, calendar = TAKEN_WORDS, lexicon.CALENDAR
        self.places = places = [  # where a word stands that may be part of a name
            start
            for start, _end, word, folded in text.capitals
            if start not in taken and word not in taken_words and folded not in calendar
        ]
        self.parts = set(places)
        self.of_the_press = any(one.kinds & OF_THE_PRESS for one in text.sentences)
        self.full: dict[str, str] = {}
        self.speakers: dict[str, Speaker] = {}
        for sentence in text.sentences:
            if bisect_left(places, sentence.end) - bisect_left(places, sentence.start) > 1:
                self.name_in(sentence.tokens)

    def of(self, tokens: list[Token]) -> Speaker | None:
        """The speaker that a stretch of words names; None where it names nobody."""
        if not tokens:
            return None
        body = self.text.body
        words = body[tokens[0].start : tokens[-1].end]
        name = self.name_in(tokens)
        role = self._role(tokens)
        covered = self._covered_in(tokens)
        organization = self._organization(words, tokens, name, covered)
        country = self._country(organization, covered)
        found = Speaker(name, role, organization, country)
        if name:
            family = name.split()[-1].casefold()
            known = self.speakers.get(family)
            if known:  # what was said of this person before still holds
                found = Speaker(name, role or known.role, organization or known.organization, country or known.country)
            self.speakers[family] = found
        return found if found.known else None

    def name_in(self, tokens: list[Token]) -> str | None:
        """A person's name: capitals side by side that name no country, mission, organization, day or month."""
        if not tokens or bisect_left(self.places, tokens[-1][1]) == bisect_left(self.places, tokens[0][0]):
            return None
        body, best, free = self.text.body, None, 0
        for number in [number for number, token in enumerate(tokens) if token[0] in self.parts]:
            if number < free:
                continue
            free = number + 1
            while free < len(tokens) and self._joins(tokens[free], tokens[free - 1], body):
                free += 1
            run = tokens[number:free]
            while run and run[-1].folded in lexicon.PARTICLES:
                run.pop()
            titled = number > 0 and self._title(tokens[number - 1])
            while run and (run[0].folded in NO_BEGINNINGS[self.language] or self._title(run[0])):
                if titled and len(run) > 1 and run[0].folded in lexicon.PARTICLES:
                    break  # “generaal De Vries”
                titled = self._title(run.pop(0))
            if run and (best is None or len(run) > len(best)) and self._person(run, tokens):
                best = run
        return body[best[0].start : best[-1].end] if best else None

    def _joins(self, token: Token, before: Token, body: str) -> bool:
        """Whether a word goes on with a name."""
        place = token[0]
        if place in self.parts or token[3] in lexicon.PARTICLES:
            return body[before[1] : place] in (" ", "-", ". ", " ’", " '")
        return False

    def _title(self, token: Token) -> bool:
        return token.folded in lexicon.ROLES[self.language] or token.folded in TITLES

    def _person(self, run: list[Token], tokens: list[Token]) -> bool:
        """Whether capitals name a person: two or more that are no place, or one that is a name elsewhere, has a title, or acts alone."""
        number = tokens.index(run[0])
        before = tokens[number - 1].folded if number else ""
        if before in PLACES[self.language]:
            return False
        if len(run) >= 2:
            if before in lexicon.ARTICLES[self.language]:
                return False
            self.full.setdefault(run[-1].folded, self.text.body[run[0].start : run[-1].end])
            return True
        only = run[0]
        if len(only.text) < 3 or only.text.isupper() or before in lexicon.ARTICLES[self.language]:
            return False
        if only.folded in self.full:
            return True
        if number and self._title(tokens[number - 1]):
            return True
        return number == 0 and len(tokens) <= 2 and not self._common(only)

    def _common(self, token: Token) -> bool:
        """A word that also begins sentences, or names a body."""
        return BODY.fullmatch(token.folded) is not None or token.folded in lexicon.ROLES[self.language]

    def _role(self, tokens: list[Token]) -> str | None:
        roles = lexicon.ROLES[self.language]
        for number, token in enumerate(tokens):
            if token[3] not in roles:
                continue
            body, first, last = self.text.body, number, number
            following = tokens[number + 1 : number + 4]
            if (
                len(following) > 1
                and following[0].folded == "van"
                and following[1].capital
                and "minister" in token.folded
            ):
                last = number + 2 + (len(following) > 2 and following[2].text == "Zaken")
            if self.language == "en":
                while (
                    first
                    and tokens[first - 1].folded in ENGLISH_ROLE_WORDS
                    and body[tokens[first - 1].end : tokens[first].start] == " "
                ):
                    first -= 1
                while (
                    last + 1 < len(tokens)
                    and tokens[last + 1].folded in roles
                    and body[tokens[last].end : tokens[last + 1].start] in (" ", "-")
                ):
                    last += 1
                if (
                    last + 2 < len(tokens)
                    and tokens[last + 1].folded == "of"
                    and tokens[last + 2].folded in ("staff", "state", "defence", "defense")
                ):
                    last += 2
            return body[tokens[first].start : tokens[last].end]
        return None

    def _organization(self, words: str, tokens: list[Token], name: str | None, covered: list[Mention]) -> str | None:
        if ("inist" in words or "epartment" in words) and (found := MINISTRY.search(words)):
            return found[0]
        if self.of_the_press and (found := PRESS.search(words)):
            return found[1].strip()
        if not ORGANIZATION_BEGINNINGS.isdisjoint([token[2] for token in tokens]) and (
            named := [one[0] for one in ORGANIZATION.finditer(words)]
        ):
            return max(named, key=len)
        for mention in covered:
            if mention.missions:
                return self.text.body[mention.start : mention.end]
        if name or not any(_bodily(token[3]) for token in tokens):
            return None
        if found := BODY.search(self.text.lower, tokens[0].start, tokens[-1].end):
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

    def _covered_in(self, tokens: list[Token]) -> list[Mention]:
        """The names within some words."""
        return self.mentions[bisect_left(self.starts, tokens[0].start) : bisect_left(self.starts, tokens[-1].end)]


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
