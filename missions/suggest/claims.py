"""Who sent whom where: stages, strengths, contributions and dates of one country's force, clause by clause.

A clause is read for the stage that its verbs tell, for the country that acts, and for where. What is conditional or denied
gives no claim; an intention is marked as planned.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from missions import edtf
from missions.edtf import Days
from missions.suggest import lexicon, turns
from missions.suggest.figures import Strength, When, equipment, strengths, when
from missions.suggest.gazetteer import Mention, Mission
from missions.suggest.stages import (
    ACTIVE,
    ANNOUNCED,
    DECLINED,
    ENDED,
    PATTERNS,
    REDUCED,
    WITHDRAWN,
    planned,
)
from missions.suggest.text import Sentence, Text, Token
from missions.wording import dates

# How far from a verb a denial still denies it, in code points.
DENIED_BEFORE, DENIED_AFTER = 40, 45


@dataclass(slots=True)
class Claim:
    start: int
    end: int
    contributing_country: str
    host_country: str | None
    mission: Mission | None
    stage: str | None
    planned: bool = False
    strength: Strength | None = None
    contribution: str | None = None
    when: When | None = None
    rule: str = ""


@dataclass(slots=True)
class Clause:
    start: int
    end: int
    words: str
    lower: str
    tokens: list[Token] = field(default_factory=list)


@dataclass(slots=True)
class Setting:
    """Where a sentence takes place."""

    sentence: Sentence
    place: str | None  # one of those in which the text's forces are
    where: str | None  # any other that is spoken of as a place
    mission: Mission | None
    strengths: list[Strength]


class Finder:
    """Finds the claims of one text."""

    def __init__(
        self, text: Text, language: str, mentions: list[Mention], descriptions: list[Mention], published: Days | None
    ):
        self.text, self.language, self.published = text, language, published
        self.mentions = sorted([*mentions, *descriptions], key=lambda one: one.start)
        self.starts = [token.start for token in text.tokens]
        self._plural = (
            ("eurs", "ers", "isten", "ieren", "tsen")
            if language == "nl"
            else ("ers", "ors", "men", "ists", "ees", "eers")
        )
        self.mention_starts = [mention.start for mention in self.mentions]
        self.force = lexicon.FORCE[language] | lexicon.MISSION_NOUNS[language] | set(lexicon.EQUIPMENT[language])
        self.counted = lexicon.FORCE[language] | lexicon.PERSONS[language]
        self.acting = self.counted | (lexicon.STATE_NOUNS[language] - {"ambassadeur", "ambassador"}) | set(lexicon.EQUIPMENT[language]) | lexicon.MISSION_NOUNS[language] | lexicon.PRESENCE  # fmt: skip
        told = sum(token.folded in self.force or self._compound(token.folded) for token in text.tokens)
        self.of_forces = told >= turns.OF_FORCES or any(mention.missions for mention in self.mentions)
        self.hosts = self._hosts()
        self.capitals = [
            Mention(one.start(), one.end(), one[0], (code,))
            for one in turns.CAPITAL.finditer(text.body)
            if (code := lexicon.CAPITALS[one[0]]) not in self.hosts
        ]
        self.contributor: str | None = None  # the last that acted
        self.resumed: set[int] = set()  # where a sentence goes on after what was put into it
        self.last: Claim | None = None  # the last that was told
        self.host: str | None = None
        self.mission: Mission | None = None

    def all(self) -> list[Claim]:
        found: list[Claim] = []
        place = 0
        for sentence in self.text.sentences:
            while place < len(self.mentions) and self.mentions[place].end <= sentence.start:
                place += 1
            here = []
            for one in self.mentions[place:]:
                if one.start >= sentence.end:
                    break
                here.append(one)
            found += self._of(sentence, here)
        return found

    # --- a sentence

    def _of(self, sentence: Sentence, here: list[Mention]) -> list[Claim]:
        setting = self._setting(sentence, here)
        senders = [one for one in here if one.codes and self._sends(one, setting.place)]
        capitals = [
            one
            for one in self.capitals[bisect_left(self.capitals, sentence.start, key=_start) :][:3]
            if one.start < sentence.end and self._governs(one, sentence)
        ]
        if capitals:
            senders = sorted([*senders, *capitals], key=_start)
        folded = {token.folded for token in sentence.tokens}
        military = (
            bool(folded & self.force)
            or setting.mission is not None
            or bool(setting.strengths)
            or any(map(self._compound, folded))
        )
        found: list[Claim] = []
        if military or setting.place or (self.of_forces and senders):
            words, lower = (text[sentence.start : sentence.end] for text in (self.text.body, self.text.lower))
            hypothetical, last = self._hypothetical(words, folded), []
            for clause in self._clauses(sentence, senders):
                own = [one for one in senders if clause.start <= one.start < clause.end]
                quoted = any(one.holds(clause.start) for one in sentence.quotations)
                codes = [] if quoted and not own else self._contributors(clause, own, last)
                last = codes or last
                if codes and not hypothetical and not self._doubtful(clause.words):
                    told = list(self._told(setting, clause, codes, own))
                    if (
                        not told
                        and found
                        and own
                        and own[0].start - clause.start < 14
                        and (turns.AS_DID.match(clause.words) or self._elliptic(clause))
                    ):
                        told = [
                            self._claim(setting, code, found[-1].stage, "as before", planned=found[-1].planned)
                            for code in codes
                        ]
                    if not told and turns.WITH.match(clause.words):
                        told = list(self._with(setting, clause, codes))
                    found += told
                    found += self._beside(setting, clause, codes, told)
            if (
                senders
                and not hypothetical
                and {one.stage for one in found} <= turns.BESIDE
                and turns.LISTING.match(self.text.body, senders[0].end)
            ):
                # “SWEDEN: Eight”, in a list
                found.append(self._claim(setting, senders[0].codes[0], ACTIVE, "listed"))
            if not found and not hypothetical and senders and self.last and turns.FOLLOWED.search(lower):
                found += [self._claim(setting, one.codes[0], self.last.stage, "followed") for one in senders]
            if not found and not hypothetical and setting.strengths and not turns.KILLED.search(lower):
                found += self._counted(setting, senders, folded)
        if senders:
            self.contributor = senders[0].codes[0]
        if found:
            self.last = found[-1]
        return self._distinct(found)

    def _with(self, setting: Setting, clause: Clause, codes: list[str]) -> Iterator[Claim]:
        """A force that is counted in passing: “Germany, with 1,100 soldiers the largest contributor, is reviewing…”."""
        near = next((one for one in setting.strengths if 0 <= one.start - clause.start < turns.NEAR), None)
        if near and len(codes) == 1 and not turns.COMING[self.language].search(clause.lower):
            yield self._claim(setting, codes[0], ACTIVE, "counted", strength=near)

    def _beside(self, setting: Setting, clause: Clause, codes: list[str], told: list[Claim]) -> Iterator[Claim]:
        """A strength that a clause gives beside what it tells: “110 of its 340 soldiers”, “not add to its 70 troops”."""
        if len(codes) != 1 or not told or any(one.stage == ACTIVE for one in told):
            return
        for strength in setting.strengths:
            lead = self.text.body[max(clause.start, strength.start - 14) : strength.start]
            whole = (
                turns.PART_OF.search(lead)
                if told[0].stage == REDUCED
                else told[0].stage == DECLINED and turns.OWN.search(lead)
            )
            if clause.start <= strength.start < clause.end and whole:
                yield self._claim(setting, codes[0], ACTIVE, "beside", strength=strength)

    def _setting(self, sentence: Sentence, here: list[Mention]) -> Setting:
        mission = next((one.missions[0] for one in here if one.missions), None)
        self.mission = mission or self.mission
        named = [one.codes[0] for one in here if one.codes and not one.adjective and self._locative(one)]
        place = next((code for code in named if code in self.hosts), None)
        if place is None and mission and len(mission.hosts) == 1:
            place = mission.hosts[0]
        self.host = place or self.host
        return Setting(
            sentence, place, next(iter(named), None), mission, strengths(self.text.body, sentence.tokens, self.language)
        )

    def _hosts(self) -> set[str]:
        """Countries in which the text's forces are: its missions' hosts, and those spoken of mostly as a place."""
        place, actor = Counter(), Counter()
        found: set[str] = set()
        for mention in self.mentions:
            for code in mention.codes[:1]:
                (place if not mention.adjective and self._locative(mention) else actor)[code] += 1
            for mission in mention.missions[:1]:
                found |= set(mission.hosts)
        found |= {code for code, count in place.items() if count >= 2 and count > actor[code]}
        if not found and place:
            found.add(max(place, key=lambda code: (place[code] - actor[code], code)))
        return found

    def _hypothetical(self, words: str, folded: set[str]) -> bool:
        if self.language == "nl":
            if re.search(r"(?:^|, |\b(?:maar|en) )(?:als|indien|mocht|mochten|tenzij)\b", words, re.IGNORECASE):
                return True
            return bool({"zou", "zouden"} & folded) and not re.search(
                r"\b(?:overwe\w+|besloten|aangekondigd|toegezegd)\b", words
            )
        return bool({"if", "unless"} & folded)

    def _doubtful(self, words: str) -> bool:
        """Whether a clause tells only what could be; “said it would” tells a plan."""
        if self.language == "nl":
            return False
        if re.search(r"\b(?:could|might|may)\b(?! (?:deploy|send))", words) and not re.search(
            r"\b(?:consider|weigh|review|examin|stud|called back)\w*", words
        ):
            return True
        return " would " in words and not re.search(
            r"\b(?:said|says|announced|confirmed|told|decided|pledged|agreed|added|declared|it|they|promised|ruled|soldiers|troops)\b.{0,90}\bwould\b|\bwould\b.{0,120}\b(?:said|told|announced)\b|would like to",
            words,
        )

    def _clauses(self, sentence: Sentence, senders: list[Mention]) -> Iterator[Clause]:
        """Cut where a conjunction says so, and before a country that a list goes on with: “…, Ghana 205 man”."""
        cuts = {
            cut.start() for cut in turns.CLAUSE[self.language].finditer(self.text.body, sentence.start, sentence.end)
        }
        for one in senders[1:]:
            lead = self.text.body[max(sentence.start, one.start - 6) : one.start]
            if turns.LISTED.search(lead) and turns.NUMBERED.match(
                self.text.body, one.end, min(sentence.end, one.end + 40)
            ):
                cuts.add(one.start - len(turns.LISTED.search(lead)[0]))
        cuts |= {cut.start() for cut in turns.ATTRIBUTED.finditer(self.text.body, sentence.start, sentence.end)}
        for cut in turns.INSERTED.finditer(self.text.body, sentence.start, sentence.end):
            comma = self.text.body.find(", ", cut.end(), sentence.end)
            if comma > 0:
                cuts |= {cut.start(), comma}
                self.resumed.add(comma)
        for one, other in pairwise(senders):
            # “Turkey has taken part, Canada keeps five”: a country after a comma, and its verb
            gap = self.text.body[one.end : other.start]
            if gap.rstrip().endswith(",") and len(gap) > 8 and turns.GOES_ON.match(self.text.body, other.end):
                cuts.add(one.end + gap.rindex(","))
        if senders and self.text.body.startswith(":", senders[0].end):
            cuts.discard(senders[0].end)  # “GERMANY: Gone.”
        place = sentence.start
        for cut in sorted(cuts):
            if cut - place >= turns.SHORTEST:
                yield self._clause(place, cut)
                place = cut
        yield self._clause(place, sentence.end)

    def _elliptic(self, clause: Clause) -> bool:
        """Whether a clause is a country and a number, its verb being that of the clause before."""
        return len(clause.tokens) <= 9 and bool(turns.NUMBERED.search(clause.words) or turns.LATER.search(clause.lower))

    def _clause(self, start: int, end: int) -> Clause:
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return Clause(start, end, self.text.body[start:end], self.text.lower[start:end], self.text.tokens[low:high])

    # --- who acts

    def _before(self, place: int) -> list[str]:
        """The words before a place, three at most, of its own sentence."""
        number = bisect_left(self.starts, place)
        found = self.text.tokens[max(0, number - 3) : number]
        while found and any(mark in self.text.body[found[0].end : place] for mark in ".!?\n:;"):
            found = found[1:]
        return [token.folded for token in found]

    def _after(self, place: int, most: int) -> list[Token]:
        number = bisect_left(self.starts, place)
        return self.text.tokens[number : number + most]

    def _locative(self, mention: Mention) -> bool:
        """Whether a country is spoken of as a place: “in Mali”, “naar Niger en Mali”."""
        before = self._lead(mention, lexicon.ARTICLES[self.language] | turns.COMPASS)
        return bool(before) and before[-1] in lexicon.LOCATIVE[self.language]

    def _oblique(self, mention: Mention) -> bool:
        """Whether others act on or with a country: “tegen Mali”, “with the French”; not “the withdrawal of the French”."""
        before = self._lead(mention, lexicon.ARTICLES[self.language])
        if not before or before[-1] not in lexicon.OBLIQUE[self.language]:
            return False
        if before[-1] == "of" and self.text.body.startswith(("'s", "’s"), mention.end):
            return False  # “200 of Uruguay's soldiers”
        if len(before) == 1 and before[-1] in turns.FRONTED and self._fronted(mention):
            return False
        if before[-1] in ("met", "with") and len(before) > 1 and before[-2] in ("samen", "together"):
            return False
        return not (before[-1] in ("van", "of") and len(before) > 1 and before[-2] in lexicon.OF_A_FORCE)

    def _fronted(self, mention: Mention) -> bool:
        """“Van de Slowaken zijn er 159”: the words before it begin the sentence, and it is what the sentence is about."""
        place = mention.start - 1
        while place >= 0 and self.text.body[place] not in ".!?\n;:":
            place -= 1
        return mention.start - place < 14

    def _lead(self, mention: Mention, skipped: set[str]) -> list[str]:
        """The words that lead to a mention; one joined to the mention before it shares those of that one."""
        before = self._before(mention.start)
        while before and before[-1] in skipped:
            before.pop()
        if before and before[-1] in ("en", "and", "of", "or"):
            place = bisect_left(self.mention_starts, mention.start) - 1
            if place >= 0:
                other = self.mentions[place]
                gap = self.text.body[other.end : mention.start].strip().casefold()
                if other.codes and gap in turns.JOINED | {"of", "or"}:
                    return self._lead(other, skipped)
        return before

    def _compound(self, word: str) -> bool:
        """Dutch compounds: gevechtshelikopters, transportvliegtuig."""
        return self.language == "nl" and len(word) > 8 and word.endswith(lexicon.COMPOUNDS)

    def _sends(self, one: Mention, place: str | None) -> bool:
        """Whether a country is spoken of as one that acts."""
        code = one.codes[0]
        if code == place or (code in self.hosts and (one.adjective or self.host in (None, code))):
            return False
        if not one.adjective:
            if self._before(one.start)[-1:] in (["uit"], ["from"]) and code not in self.hosts and self._fronted(one):
                return True  # “Uit Zambia klinkt een nee”
            return not self._locative(one) and not self._oblique(one)
        following = [token.folded for token in self._after(one.end, 4)]
        if not (set(following) & self.acting or any(map(self._compound, following[:3])) or self._people(one)):
            return False
        return (
            not self._oblique(one) or bool(set(following[:3]) & self.counted) or "about" in self._before(one.start)[-1:]
        )

    def _governs(self, one: Mention, sentence: Sentence) -> bool:
        """Whether a capital stands for its government: “Parijs trekt…”, “de regering in Montevideo”, “In Lisbon they…”."""
        before = self._before(one.start)
        if len(before) > 1 and before[-1] in ("in", "te") and before[-2] in lexicon.STATE_NOUNS[self.language]:
            return True
        if before and before[-1] in ("en", "and"):
            return False
        if before and before[-1] in ("in", "uit", "from"):
            return one.start - sentence.start < 6
        return (not before or (not self._oblique(one) and not self._locative(one))) and bool(
            turns.ACTS.match(self.text.body, one.end)
        )

    def _people(self, one: Mention) -> bool:
        """Inhabitants: “de Fransen”, “the French”, “200 Romanians”."""
        plural = ("en", "ers", "ën", "zen") if self.language == "nl" else ("s", "men", "women")
        following = self._after(one.end, 1)
        joined = bool(following) and self.text.body[one.end : following[0].start] == " "
        if one.exact.endswith(plural) and one.exact not in turns.ADJECTIVE_S:
            return True
        if (
            joined
            and not following[0].capital
            and following[0].folded.endswith(self._plural)
            and len(following[0].folded) > 4
        ):
            return True  # “Hongaarse transporteurs”: people, whatever they do
        bare = not joined or following[0].folded in turns.VERBISH
        return bare and bool(
            set(self._before(one.start)[-1:]) & (lexicon.ARTICLES[self.language] | {"andere", "other"})
        )

    def _contributors(self, clause: Clause, own: list[Mention], last: list[str]) -> list[str]:
        """The countries that act in a clause: the first named and those joined to it, else whoever a pronoun stands for."""
        if own:
            # Who did it, in the passive: “was turned down by India”.
            by = next((n for n, one in enumerate(own) if self._before(one.start)[-1:] in (["by"], ["door"])), 0)
            own = own[by:]
            found = [own[0].codes[0]]
            for one, other in pairwise(own):
                gap = self.text.body[one.end : other.start].strip().casefold()
                listed = one.adjective and other.adjective and len(gap) < 40 and re.search(r"\b(?:en|and)\b|,", gap)
                if gap not in turns.JOINED and not listed:
                    break
                found.append(other.codes[0])
            return list(dict.fromkeys(found))
        if self.language in turns.HOME and turns.HOME[self.language].search(clause.words) and "NL" not in self.hosts:
            return ["NL"]
        if last:
            return last
        return [self.contributor] if self.contributor and turns.PRONOUNS[self.language].search(clause.lower) else []

    # --- what a clause tells

    def _told(self, setting: Setting, clause: Clause, codes: list[str], named: list[Mention]) -> Iterator[Claim]:
        words = clause.lower
        own = [one for one in setting.strengths if clause.start <= one.start < clause.end]
        if command := turns.COMMAND.search(words):
            told = re.sub(r"^onder |^under the ", "", clause.words[command.start() :].rstrip(" ."), flags=re.IGNORECASE)
            yield self._claim(setting, codes[0], None, "command", contribution=told)
            return
        denials = self._denials(clause)
        for pattern in PATTERNS[self.language]:
            said = pattern.words.search(words)
            if not said or (pattern.unless and pattern.unless.search(words)):
                continue
            if (
                pattern.stage != DECLINED
                and pattern.rule != "undecided"
                and any(said.start() - DENIED_BEFORE < place < said.end() + DENIED_AFTER for place in denials)
            ):
                continue
            if (
                pattern.stage == WITHDRAWN
                and not named
                and clause.start not in self.resumed
                and not turns.THE_FORCE.search(words)
            ):
                return  # somebody else's leaving
            ahead = planned(pattern, words, self.language)
            stage = pattern.stage
            if pattern.rule == "sent" and not (own or any(map(self._telling, clause.tokens))):
                continue  # “a letter that he sent”
            if pattern.rule == "is there":
                if not (setting.place or setting.mission or any(map(self._people, named)) or self._forceful(setting)):
                    continue
                before = max(0, said.start() - 45)
                if turns.COMES[self.language].search(words, before, said.end()) or turns.SOON[self.language].search(
                    words, before, said.end() + 30
                ):
                    stage, ahead = ANNOUNCED, True  # “will guard the camp”: whatever it will do there, it comes
            dated = when(self.text, clause.start, clause.end, self.published, ahead)
            ends = dated is not None and dated.until and stage == ACTIVE
            strength = own[0] if own and pattern.stage not in (REDUCED, DECLINED) else None
            things = equipment(self.text.body, clause.tokens, self.language)
            for code in codes:
                yield self._claim(setting, code, stage, pattern.rule, planned=ahead, strength=strength, contribution=things,
                                  when=None if ends else dated)  # fmt: skip
                if ends:
                    yield self._claim(setting, code, ENDED, "until", planned=True, when=dated)
                if pattern.stage == WITHDRAWN and (stay := turns.YEARS_STAY.search(words)) and dated:
                    yield from self._stayed(setting, code, stay[1] or stay[2], dated)
            return

    def _forceful(self, setting: Setting) -> bool:
        """Whether a sentence speaks of a force."""
        return any(map(self._telling, setting.sentence.tokens))

    def _telling(self, token: Token) -> bool:
        return token.folded in self.force or token.folded in self.counted or self._compound(token.folded)

    def _denials(self, clause: Clause) -> list[int]:
        """Where a clause denies something."""
        found = [
            token.start - clause.start
            for token in clause.tokens
            if token.folded in lexicon.NEGATION[self.language] or token.folded in turns.DENIES
        ]
        return [] if found and turns.NOT_DENIED.search(clause.lower) else found

    def _claim(self, setting: Setting, code: str, stage: str | None, rule: str, **told) -> Claim:
        mission = setting.mission or (
            self.mission
            if turns.THE_MISSION.search(self.text.lower, setting.sentence.start, setting.sentence.end)
            else None
        )
        of_mission = mission.hosts[0] if mission and len(mission.hosts) == 1 else None
        host = setting.place or of_mission or setting.where or self.host
        sentence = setting.sentence
        return Claim(
            sentence.start, sentence.end, code, host if host != code else None, mission, stage, rule=rule, **told
        )

    def _stayed(self, setting: Setting, code: str, years: str, left: When) -> Iterator[Claim]:
        """A departure after a stay of so many years tells roughly when the stay began."""
        count = int(years) if years.isdigit() else dates.COUNTS.get(years.casefold())
        if count and left.days[0]:
            began = f"{left.days[0].year - count}~"
            words = f"{years} jaar" if self.language == "nl" else f"{years}-year"
            yield self._claim(
                setting, code, ACTIVE, "stayed for years", when=When(words, began, edtf.days(began), False)
            )

    def _counted(self, setting: Setting, senders: list[Mention], folded: set[str]) -> Iterator[Claim]:
        """A force that is counted is there, where nothing else is said of it."""
        if folded & lexicon.NEGATION[self.language]:
            return
        words = self.text.lower[setting.sentence.start : setting.sentence.end]
        ahead = bool(turns.COMING[self.language].search(words))
        stage = ANNOUNCED if ahead else ACTIVE
        for one in senders:
            near = [strength for strength in setting.strengths if abs(one.start - strength.start) < 50]
            after = self.text.body[one.end : one.end + 12]
            if near and (one.adjective or turns.COUNTS.match(after)):
                yield self._claim(setting, one.codes[0], stage, "counted", planned=ahead, strength=near[0])
        if (
            not senders
            and self.contributor
            and turns.PRONOUNS[self.language].search(self.text.lower, setting.sentence.start, setting.sentence.end)
        ):
            yield self._claim(setting, self.contributor, stage, "counted", planned=ahead, strength=setting.strengths[0])

    def _distinct(self, claims: list[Claim]) -> list[Claim]:
        """One claim of a country's stage in a sentence, the one that tells more; a stay that began at two dates is two."""
        best: dict[tuple, Claim] = {}
        for one in claims:
            key = (
                one.contributing_country,
                one.stage,
                one.when.edtf if one.when and one.rule == "stayed for years" else None,
            )
            if key not in best or (one.strength and not best[key].strength):
                best[key] = one
        return list(best.values())


def _start(mention: Mention) -> int:
    return mention.start
