"""Who acts in a text's clauses, and where its forces are: which of the countries named sends, and which is a place."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice, pairwise

from missions.suggest import kinds, lexicon, turns
from missions.suggest.clauses import Clause
from missions.suggest.figures import EQUIPMENT, is_number
from missions.suggest.gazetteer import Mention
from missions.suggest.text import TOKEN, Sentence, Text

LANGUAGES = ("nl", "en")
FORCE = {one: lexicon.FORCE[one] | lexicon.MISSION_NOUNS[one] | set(lexicon.EQUIPMENT[one]) for one in LANGUAGES}
COUNTED = {one: lexicon.FORCE[one] | lexicon.PERSONS[one] for one in LANGUAGES}
ACTING = {
    one: FORCE[one]
    | COUNTED[one]
    | lexicon.STATE_NOUNS[one] - {"ambassadeur", "ambassador"}
    | lexicon.PRESENCE
    | lexicon.ACTIONS[one]
    for one in LANGUAGES
}
# Inhabitants and those who do something, in the plural.
INHABITANTS = {"nl": ("en", "ers", "ërs", "ën", "zen", "o's", "o’s"), "en": ("s", "men", "women")}
DOERS = {
    "nl": ("eurs", "ers", "isten", "ieren", "tsen"),
    "en": ("ers", "ors", "men", "ists", "ees", "eers"),
}
LEADS = {one: lexicon.ARTICLES[one] | turns.COMPASS for one in LANGUAGES}  # between a preposition and a place
SELECTED = {"nl": lexicon.ARTICLES["nl"] | {"andere"}, "en": lexicon.ARTICLES["en"] | {"other", "of"}}
HEADS = {"premier", "president", "defensieminister", "parlement", "regering", "kabinet"}
TAKING_PART = {
    "deelname",
    "bijdrage",
    "inzet",
    "aanwezigheid",
    "missie",
    "uitzending",
}  # “verlenging van de Deense deelname”
PARLIAMENTS = {"parlement", "regering", "kabinet", "senaat", "coalitie"}
ENDING = {"eind", "einde"}  # “een einde aan de Belgische deelname”
MOST_CAPITALS = 3  # of a sentence that are looked at
FIRST_WORDS = 5  # of a clause, among which what it is about stands
STOPPED = re.compile(r"[.!?\n:;]")
COMMANDING = {"onder", "under"}
JOINING = turns.JOINED | {"of", "or"}
CAPITAL_WORDS = {TOKEN.match(name)[0] for name in lexicon.CAPITALS}  # the first of each
LISTS = re.compile(r"\b(?:en|and)\b|,")


def compound(word: str, language: str) -> bool:
    """Dutch compounds: gevechtshelikopters, transportvliegtuig."""
    return language == "nl" and len(word) > 8 and word.endswith(lexicon.COMPOUNDS)


def _of_a_force(word: str, language: str) -> bool:
    if compound(word, language):
        return True
    return len(word) > 7 and word.endswith(DOERS[language]) and not turns.CIVIL.fullmatch(word)


COMPOUND = kinds.of_words(set(), compound)
FORCES = kinds.of_words(FORCE, compound)
THINGS = kinds.of_words(EQUIPMENT, compound)
TROOPS = kinds.of_words(COUNTED, compound) | THINGS
# What speaks of a force.
TELLING = kinds.of_words({one: FORCE[one] | COUNTED[one] for one in LANGUAGES}, _of_a_force)
STATE = kinds.of_words(lexicon.STATE_NOUNS)
OF_HOME = kinds.of_words(turns.HOMES)
WITH = kinds.of_words({"met"})
DONE_BY = kinds.of_words({"by", "door"})
BOTH = kinds.of_turn(turns.BOTH)
HOME = kinds.of_turn(turns.HOME)
PRONOUN = kinds.of_turn(turns.PRONOUNS)


class Actors:
    """Of one text: `hosts` are the countries in which its forces are, `of_forces` says that it is about them."""

    def __init__(self, text: Text, language: str, mentions: list[Mention]):
        self.text, self.language, self.mentions = text, language, mentions
        self._mention_starts = [mention.start for mention in mentions]
        # What is asked of a mention more than once.
        self._leading: dict[int, list[str]] = {}
        self._leads: dict[int, list[str]] = {}
        self._locative: dict[int, bool] = {}
        self.kind_of = text.kind_of
        telling = (one for one in text.kinds if one & FORCES)
        self.of_forces = (
            any(mention.missions for mention in mentions)
            or len(list(islice(telling, turns.OF_FORCES))) == turns.OF_FORCES
        )
        self.hosts = self._hosts()
        self._home_named = 0  # where it first is, or the end
        self._home = self._home_country() if language in turns.HOME else None
        self._capitals = [
            Mention(one.start(), one.end(), one[0], (code,))
            for number in text.capitals
            if text.words[number] in CAPITAL_WORDS
            and (one := turns.CAPITAL.match(text.body, text.starts[number]))
            and (code := lexicon.CAPITALS[one[0]]) not in self.hosts
        ]
        self._capital_starts = [one.start for one in self._capitals]

    def senders(self, sentence: Sentence, here: list[Mention], place: str | None, host: str | None) -> list[Mention]:
        """Of a sentence's mentions, the countries that act, and capitals that stand for their governments."""
        senders = [one for one in here if one.codes and self._sends(one, place, host)] if here else []
        if not self._capitals:
            return senders
        capitals = self.capitals_in(sentence.start, sentence.end)[:MOST_CAPITALS]
        capitals = [one for one in capitals if self._governs(one, sentence) or self._speaks_from(one, sentence)]
        return sorted([*senders, *capitals], key=lambda one: one.start) if capitals else senders

    def capitals_in(self, start: int, end: int) -> list[Mention]:
        if not self._capitals:
            return self._capitals
        starts = self._capital_starts
        return self._capitals[bisect_left(starts, start) : bisect_left(starts, end)]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        starts = self._mention_starts
        return self.mentions[bisect_left(starts, start) : bisect_left(starts, end)]

    def may_act(self, sentence: Sentence, contributor: str | None, pair: list[str]) -> bool:
        """Whether a sentence that names nobody who acts can yet tell of somebody."""
        lower, place = self.text.lower, (sentence.start, sentence.end)
        if contributor and sentence.kinds & TROOPS and self.counted(range(sentence.first, sentence.last)):
            return True
        if contributor and (
            (sentence.kinds & PRONOUN and self._has_a_pronoun(sentence)) or turns.THEIR.match(lower, *place)
        ):
            return True
        if pair and sentence.kinds & BOTH and turns.BOTH[self.language].search(lower, *place):
            return True
        if not self._home or not sentence.kinds & OF_HOME:
            return False
        return turns.HOME[self.language].search(self.text.body, *place) is not None

    def _has_a_pronoun(self, sentence: Sentence) -> bool:
        """Tried at the words with which one begins: to seek it takes thrice as long."""
        text, pronouns = self.text, turns.PRONOUNS[self.language]
        for number, kind in enumerate(text.kinds[sentence.first : sentence.last], sentence.first):
            if kind & PRONOUN:
                # It may stand behind an apostrophe.
                fits = pronouns.search if "'" in text.folded[number] else pronouns.match
                if fits(text.lower, text.starts[number], sentence.end):
                    return True
        return False

    def contributors(
        self, clause: Clause, own: list[Mention], last: list[str], contributor: str | None, pair: list[str]
    ) -> list[str]:
        """The countries that act in a clause: the first named and those joined to it, else whoever a pronoun stands for."""
        if own:
            if (
                contributor
                and clause.kinds & WITH
                and "amen met " in clause.lower
                and self._accompanies(own[0], clause)
            ):
                return [contributor, *self.contributors(clause, own, last, None, pair)]
            first: list[str] = []
            # Who did it, in the passive: “was turned down by India”.
            if clause.kinds & DONE_BY and (
                " by " in clause.lower or (" door " in clause.lower and " gevolgd door " not in clause.lower)
            ):
                by = next((n for n, one in enumerate(own) if self._by(one)), 0)
                if by and not turns.TOGETHER.isdisjoint(self._before(own[by].start)):
                    first = [own[0].codes[0]]
                own = own[by:]
            if (
                len(own) > 1
                and self.language == "nl"
                and turns.IN_PASSING.fullmatch(self.text.lower, clause.start, own[0].start)
            ):
                own = own[1:]
            if len(own) > 1 and turns.AND_ALSO.fullmatch(self.text.lower, clause.start, own[0].start):
                first, own = [own[0].codes[0]], own[1:]
            found = [*first, own[0].codes[0]]
            if len(own) == 1:
                return found
            for one, other in pairwise(own):
                gap = self.text.body[one.end : other.start].strip().casefold()
                if gap.startswith("("):
                    gap = turns.ASIDE.sub("", gap).strip()  # “Nepal (1.720 man) en India”
                listed = turns.ANOTHER_FROM.fullmatch(gap) or (
                    one.adjective and other.adjective and len(gap) < 40 and LISTS.search(gap)
                )
                if gap not in turns.JOINED and not listed:
                    break
                found.append(other.codes[0])
            return list(dict.fromkeys(found))
        if self._home and clause.kinds & HOME and turns.HOME[self.language].search(clause.words):
            elsewhere = contributor and clause.start < self._home_named and turns.ITS_CABINET.search(clause.lower)
            return [contributor if elsewhere else self._home]
        if last:
            return last
        if pair and clause.kinds & BOTH and turns.BOTH[self.language].search(clause.lower):
            return pair
        if contributor and (
            self._stands_for(clause)
            or turns.THEIR.match(clause.lower)
            or (clause.kinds & TROOPS and self.counted(clause.numbers))
        ):
            return [contributor]
        return []

    def _stands_for(self, clause: Clause) -> bool:
        """Whether a clause has a pronoun, or what is one: “lawmakers”, but not “Iraqi lawmakers”."""
        found = clause.kinds & PRONOUN and turns.PRONOUNS[self.language].search(clause.lower)
        if not found:
            return False
        place = bisect_left(self._mention_starts, clause.start + found.start()) - 1
        return self.language == "nl" or place < 0 or self.mentions[place].end + 1 != clause.start + found.start()

    def _by(self, one: Mention) -> bool:
        """Whether something was done by a country: “turned down by India”, and not “attacks by India”."""
        before = self._led(one)
        if before[-1:] == ["by"]:
            return len(before) < 2 or before[-2].endswith(turns.DONE) or before[-2] in turns.DONE_TO
        return before[-1:] == ["door"]

    def _accompanies(self, one: Mention, clause: Clause) -> bool:
        """“Ze vormen daar samen met de Duitsers een groep”: whoever was spoken of acts, together with a country."""
        lead = self._led(one)[-2:]
        return lead == ["samen", "met"] and turns.PRONOUNS["nl"].search(clause.lower) is not None

    def counted(self, numbers: Sequence[int]) -> bool:
        """Whether a force is spoken of by its number alone: “In de loop van april gaan zestig blauwhelmen naar huis”."""
        text = self.text
        return any(
            text.kinds[other] & TROOPS and is_number(text.folded[one]) for one, other in pairwise(numbers[:FIRST_WORDS])
        )

    def locative(self, mention: Mention) -> bool:
        """Whether a country is spoken of as a place: “in Mali”, “naar Niger en Mali”."""
        found = self._locative.get(mention.start)
        if found is None:
            before = self._lead(mention, LEADS[self.language])
            found = bool(before) and (before[-1] in lexicon.LOCATIVE[self.language] or before[-2:] == ["out", "of"])
            if found and self.text.body.endswith(", ", 0, mention.start):
                found = before[-1] not in turns.PARTICLES  # “trekken er vijftig voor uit, Bulgarije zegde er 113 toe”
            self._locative[mention.start] = found
        return found

    def people(self, one: Mention) -> bool:
        """Inhabitants: “de Fransen”, “the French”, “200 Romanians”."""
        if one.exact.endswith(INHABITANTS[self.language]) and one.exact not in turns.ADJECTIVE_S:
            return True
        text = self.text
        number = bisect_left(text.starts, one.end)
        joined = number < len(text.starts) and text.body[one.end : text.starts[number]] == " "
        following = text.folded[number] if joined else ""
        if following.endswith(DOERS[self.language]) and len(following) > 4 and not text.capital(number):
            return True  # “Hongaarse transporteurs”: people, whatever they do
        bare = not joined or following in turns.VERBISH
        return bare and not SELECTED[self.language].isdisjoint(self._before(one.start)[-1:])

    def _hosts(self) -> set[str]:
        """Countries in which the text's forces are: its missions' hosts, and those spoken of mostly as a place."""
        place, actor = defaultdict(int), defaultdict(int)
        found: set[str] = set()
        for mention in self.mentions:
            if mention.codes:
                at = not mention.adjective and self.locative(mention) and not self._parliament_in(mention)
                at = at and not (self.language == "en" and self._troops_from(mention))
                often = 0.5 if mention.adjective and self.language == "en" else 1  # “Iraqi militias”: its people
                (place if at else actor)[mention.codes[0]] += often
            if mention.missions:
                found.update(mention.missions[0].hosts)
        found |= {code for code, count in place.items() if count >= 2 and count > actor[code]}
        if not found and place:
            found.add(max(place, key=lambda code: (place[code] - actor[code], code)))
        return found

    def _home_country(self) -> str | None:
        """The country whose ministry and parliament a text need not name: that of its agency, ANP or Belga."""
        named = [one.codes for one in self.mentions]
        home = "BE" if named.count(("BE",)) > named.count(("NL",)) else "NL"
        self._home_named = next((one.start for one in self.mentions if one.codes == (home,)), len(self.text.body))
        return None if home in self.hosts else home

    def _sends(self, one: Mention, place: str | None, host: str | None) -> bool:
        """Whether a country is spoken of as one that acts."""
        code = one.codes[0]
        if (
            code != place
            and code not in self.hosts
            and self.text.body.startswith((",", " w"), one.end)
            and self._told_of(one)
        ):
            return True
        if self.text.body.startswith("-", one.end) and turns.COMPOUNDED.match(self.text.body, one.end):
            return False  # “the Australian-led force”
        if code == place or (code in self.hosts and (one.adjective or host in (None, code))):
            return False
        before = self._before(one.start)
        if self.language == "en" and not lexicon.DONE_TO.isdisjoint(before[-2:]):
            lead = self._led(one)
            if lead and lead[-1] in lexicon.DONE_TO:
                return False
        if not one.adjective:
            last = before[-1] if before else None
            if last in ("uit", "from") and code not in self.hosts and self._fronted(one):
                return True  # “Uit Zambia klinkt een nee”
            if self._force_from(one):
                return True
            if self.locative(one) and self._parliament_in(one):
                return code not in self.hosts
            if last == "in" and before[:-1] and before[-2] in lexicon.STATE_NOUNS[self.language]:
                return code not in self.hosts  # “lawmakers in Slovakia”
            possessing = self.text.body.startswith(("'s ", "’s "), one.end)  # “that leaves Morocco's 168 men”
            return (possessing or not self.locative(one)) and not self._oblique(one) and self._possesses_force(one)
        if not COMMANDING.isdisjoint(before) and turns.COMMANDED.match(
            self.text.lower, max(0, one.start - 9), one.end + 12
        ):
            return False  # “under French command”: others are
        number = bisect_left(self.text.starts, one.end)
        following = self.text.folded[number : number + 4]
        near = following[:3]
        if following[:1] == ["f"] and following[1:2] and following[1][0].isdigit():
            return True  # “Belgian F-16s”
        if near[:1] and near[0] in PARLIAMENTS and before[-2:-1] == ["in"]:
            return True  # “een meerderheid in het Finse parlement steunt de uitzending”
        if COUNTED[self.language].isdisjoint(near) and self.locative(one):
            among = before[-2:] == ["bij", "de"] and not self._fronted(one)
            if among or not self.people(one):
                return False  # “naar de Amerikaanse operatie”, “bij de Ieren ingedeeld”
        if ACTING[self.language].isdisjoint(following) and not self._compounded(near) and not self.people(one):
            return False
        return (
            not self._oblique(one)
            or not COUNTED[self.language].isdisjoint(near)
            or (not TAKING_PART.isdisjoint(near[:1]) and before[-2:-1] in (["van"], ["met"]))
            or (before[-2:-1] == ["aan"] and not ENDING.isdisjoint(before[:1]))
            or before[-1:] == ["about"]
        )

    def _told_of(self, one: Mention) -> bool:
        """Whether a clause is put behind a country that tells of its force: “alongside Fiji, whose 200 soldiers guard…”."""
        relative = turns.WHOSE.match(self.text.body, one.end)
        if not relative or (one.adjective and not self.people(one)):
            return False
        number = bisect_left(self.text.starts, relative.end())
        following = self.text.folded[number : number + 5]
        return not ACTING[self.language].isdisjoint(following) or self._compounded(following)

    def _compounded(self, words: list[str]) -> bool:
        return any(self.kind_of[word] & COMPOUND for word in words)

    def _possesses_force(self, one: Mention) -> bool:
        """Whether what a country is said to have is a force or acts for it: not “Russia's invasion”."""
        if not self.text.body.startswith(("'s ", "’s "), one.end):
            return True
        number = bisect_left(self.text.starts, one.end) + 1
        theirs = self.text.folded[number : number + 3]
        return (
            bool(theirs and self.text.capital(number))  # “Sweden's Riksdag”
            or not ACTING[self.language].isdisjoint(theirs)
            or any(map(is_number, theirs))
        )

    def _force_from(self, one: Mention) -> bool:
        """“companies from Austria”, “soldaten uit Burundi”: a force by where it comes from, if it does not leave there."""
        before = self._led(one)
        if before[-2:] == ["afkomstig", "uit"]:
            before = [*before[:-2], "uit"]
        return (
            len(before) > 1
            and before[-1] in ("from", "uit")
            and (before[-2] in COUNTED[self.language] or is_number(before[-2]) or before[-2] in ("komt", "komen"))
            and one.codes[0] not in self.hosts
            and not turns.TAKES_AWAY.search(self.text.lower, max(0, one.start - 90), one.start)
        )

    def _troops_from(self, one: Mention) -> bool:
        """“Troops from Togo”, but not “withdrew troops from Togo”."""
        lead = self._led(one)[-2:]
        return (
            lead[1:] == ["from"]
            and self.kind_of[lead[0]] & TROOPS
            and not turns.TAKES_AWAY.search(self.text.lower, max(0, one.start - 90), one.start)
        )

    def _parliament_in(self, one: Mention) -> bool:
        """“In Zweden stemt het parlement”: a country by its parliament or government, which comes after the verb."""
        if self.language != "nl" or self._before(one.start) not in (["in"], ["ook", "in"]):
            return False
        number = bisect_left(self.text.starts, one.end)
        after = self.text.folded[number : number + 3]
        if after[:1] in (["wordt"], ["worden"]):
            return True  # “In Tsjechië wordt nagedacht over…”
        return after[1:2] in (["de"], ["het"]) and after[-1] in lexicon.STATE_NOUNS["nl"]

    def _governs(self, one: Mention, sentence: Sentence) -> bool:
        """Whether a capital stands for its government: “Parijs trekt…”, “de regering in Montevideo”, “In Lisbon they…”."""
        before = self._before(one.start)
        if len(before) > 1 and before[-1] in ("in", "te") and before[-2] in lexicon.STATE_NOUNS[self.language]:
            return True
        if before and before[-1] in ("en", "and"):
            return False
        if before and before[-1] in ("in", "uit", "from"):
            return one.start - sentence.start < 6
        return (not before or (not self._oblique(one) and not self.locative(one))) and bool(
            turns.ACTS.match(self.text.body, one.end)
        )

    def _speaks_from(self, one: Mention, sentence: Sentence) -> bool:
        """Whether somebody speaks in a capital for those there: “‘We halen iedereen naar huis’, zei de legerchef in Maseru”."""
        return (
            self.language == "nl"
            and bool(sentence.quotations)
            and self._before(one.start)[-1:] == ["in"]
            and one.start > sentence.quotations[-1].end
            and sentence.kinds & STATE
            and turns.WE.search(self.text.lower, sentence.start, one.start) is not None
        )

    def _oblique(self, mention: Mention) -> bool:
        """Whether others act on or with a country: “tegen Mali”, “with the French”; not “the withdrawal of the French”."""
        before = self._led(mention)
        if not before or before[-1] not in lexicon.OBLIQUE[self.language]:
            return False
        if before[-1] == "of" and self.text.body.startswith(("'s", "’s"), mention.end):
            return False  # “200 of Uruguay's soldiers”
        if len(before) == 1 and before[-1] in turns.FRONTED and self._fronted(mention):
            return False
        if before[-1] in ("met", "with") and len(before) > 1 and before[-2] in ("samen", "together"):
            return False
        if before[-1] == "with" and turns.WITH_OF.match(self.text.body, mention.end):
            return False
        if before[-1] not in ("van", "of") or len(before) < 2:
            return True
        if before[-1] == "van" and self._headed(mention):
            return False
        return (
            before[-2] not in lexicon.OF_A_FORCE and not self.kind_of[before[-2]] & TROOPS
        )  # “a platoon of Hungarians”

    def _headed(self, mention: Mention) -> bool:
        """“Premier Jone Tikoitoga van Fiji”: who heads a country speaks and acts for it."""
        number = bisect_left(self.text.starts, mention.start) - 2
        while number > 0 and self.text.capital(number) and self.text.folded[number] not in HEADS:
            number -= 1
        return number >= 0 and self.text.folded[number] in HEADS

    def _fronted(self, mention: Mention) -> bool:
        """“Van de Slowaken zijn er 159”: the words before it begin the sentence, and it is what the sentence is about."""
        place = mention.start - 1
        while place >= 0 and self.text.body[place] not in ".!?\n;:":
            place -= 1
        return mention.start - place < 14

    def _led(self, mention: Mention) -> list[str]:
        """The words that lead to a mention, but for its article."""
        found = self._leads.get(mention.start)
        if found is None:
            found = self._leads[mention.start] = self._lead(mention, lexicon.ARTICLES[self.language])
        return found

    def _lead(self, mention: Mention, skipped: set[str]) -> list[str]:
        """The words that lead to a mention; one joined to the mention before it shares those of that one."""
        before = self._before(mention.start)
        while before and before[-1] in skipped:
            before = before[:-1]
        if before and before[-1] in ("en", "and", "of", "or"):
            place = bisect_left(self._mention_starts, mention.start) - 1
            if place >= 0:
                other = self.mentions[place]
                gap = self.text.body[other.end : mention.start].strip().casefold()
                acts = turns.FINITE.match(self.text.body, mention.end) or (
                    (
                        self.language == "nl"
                        and (
                            turns.NEXT_COUNTED.match(self.text.body, mention.end)
                            or (mention.adjective and turns.TOGETHER_DO.match(self.text.body, mention.end))
                        )
                    )
                    or (self.language == "en" and turns.PAST.match(self.text.body, mention.end))
                )
                if other.codes and gap in JOINING and not acts:
                    return self._lead(other, skipped)
        return before

    def _before(self, place: int) -> list[str]:
        """The words before a place, three at most, of its own sentence."""
        found = self._leading.get(place)
        if found is None:
            text = self.text
            number = bisect_left(text.starts, place)
            if number and text.folded[number - 1] == "s":
                number -= 1  # of a plural: “commando's uit Burundi”
            first = max(0, number - 3)
            while first < number and STOPPED.search(text.body, text.ends[first], place):
                first += 1
            found = self._leading[place] = text.folded[first:number]
        return found
