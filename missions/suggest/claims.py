"""Who sent whom where: stages, strengths, contributions and dates of one country's force, clause by clause.

A clause is read for the stage that its verbs tell, for the country that acts, and for where. What is conditional or denied
gives no claim; an intention is marked as planned.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from missions import edtf
from missions.edtf import Days
from missions.suggest import kinds, lexicon, turns
from missions.suggest.actors import FORCES, TELLING, THINGS, Actors
from missions.suggest.clauses import Clause, asks_another, clauses, doubtful, elliptic, hypothetical
from missions.suggest.figures import PERSONS, Strength, When, equipment, read_strength, strengths, when
from missions.suggest.gazetteer import Mention, Mission
from missions.suggest.stages import (
    ACTIVE,
    ANNOUNCED,
    AUTHORIZED,
    CONSIDERED,
    DECLINED,
    ENDED,
    REDUCED,
    WITHDRAWN,
    stages_told,
)
from missions.suggest.text import Sentence, Text
from missions.suggest.verbs import ASKING, KILLED, STAYS_WHERE_IT_IS, Setting, Told, Verbs
from missions.wording import dates

TO_COME = {DECLINED, ANNOUNCED, CONSIDERED, AUTHORIZED}
COUNTED_BESIDE = TO_COME | {REDUCED}  # stages beside which a clause may count those who are there
NEGATED = kinds.of_words(lexicon.NEGATION)
RUMOUR = kinds.of_words(lexicon.RUMOUR)
THOSE = kinds.of_words(turns.THOSE)
FOLLOWED = kinds.of_turn(turns.FOLLOWED)
COMING = kinds.of_turn(turns.COMING)
UNDER = kinds.of_turn(turns.COMMAND)
THE_MISSION = kinds.of_words(set(), lambda word, _language: any(part in word for part in turns.MISSION_PARTS))
POSSESSIVE = kinds.of_words({"s"})  # behind its apostrophe
GOING = {WITHDRAWN, ENDED, REDUCED}
WHO_OF = 40  # code points between a country and what is said of those


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


class Finder:
    """Finds the claims of one text."""

    def __init__(
        self, text: Text, language: str, mentions: list[Mention], descriptions: list[Mention], published: Days | None
    ):
        self.text, self.language, self.published = text, language, published
        self.mentions = sorted([*mentions, *descriptions], key=lambda one: one.start)
        self.actors = Actors(text, language, self.mentions)
        self.verbs = Verbs(text, language, self.actors)
        self.contributor: str | None = None  # the last that acted
        self.pair: list[str] = []  # the last that acted in one sentence
        self.last: Claim | None = None  # the last that was told
        self.told: int | None = None  # the paragraph in which that was
        self.coming: set[str] = set()  # those of whose forces only that they will come was told
        self.known: set[str] = set()  # those of whom anything was told
        self.host: str | None = None
        self.mission: Mission | None = None

    def all(self) -> list[Claim]:
        found: list[Claim] = []
        mentions, first = self.mentions, 0
        for sentence in self.text.sentences:
            while first < len(mentions) and mentions[first].end <= sentence.start:
                first += 1
            last = first
            while last < len(mentions) and mentions[last].start < sentence.end:
                last += 1
            found += self._of(sentence, mentions[first:last])
        return found

    # --- a sentence

    def _of(self, sentence: Sentence, here: list[Mention]) -> list[Claim]:
        setting = self._setting(sentence, here)
        senders = self.actors.senders(sentence, here, setting.place, self.host)
        setting.alone = len(senders) == 1 or len({one.codes[0] for one in senders}) == 1
        setting.goes_on, setting.coming = self.told == sentence.paragraph, self.coming
        found: list[Claim] = []
        if (senders or self._may_go_on(setting)) and self._telling(setting, senders):
            lower, last = self.text.lower[sentence.start : sentence.end], []
            for clause in clauses(self.text, self.language, sentence, senders):
                goes_on = last and (clause.inserted or turns.GOES_ON_WITH[self.language].match(clause.words))
                own = [] if goes_on else clause.of(senders)
                if not own and clause.words.startswith(", ") and turns.RELATIVE.match(clause.words):
                    # “…, which brought its own crews home”: said of what stands before it
                    own = [one for one in senders if self._leads_to(one, clause) and one.codes[0] not in last]
                    if (
                        not own
                        and not clause.words.startswith(", van wie")
                        and self._of_a_mission(clause, here, senders)
                    ):
                        continue  # “the mission, which has 12,000 soldiers”
                elif not own and clause.words.startswith("who "):
                    own = [one for one in senders if 0 < clause.start - one.end < WHO_OF][-1:]
                quoted = sentence.quotations and any(one.holds(clause.start) for one in sentence.quotations)
                codes = []
                if own or not quoted:
                    codes = self.actors.contributors(clause, own, last, self.contributor, self.pair)
                    if codes and not own and turns.OTHERS[self.language].match(clause.lower):
                        continue  # “and the U.N. ended its mission”
                last = codes or last
                if codes and not doubtful(clause, self.language) and not self._only_says(clause):
                    found += self._of_clause(setting, clause, codes, own, senders, found)
            if (
                senders
                and self.text.body.startswith((": ", " ("), senders[0].end)
                and turns.LISTING.match(self.text.body, senders[0].end)
                and {one.stage for one in found} <= turns.BESIDE
            ):
                # “SWEDEN: Eight”, in a list
                found.append(self._claim(setting, senders[0].codes[0], ACTIVE, "listed"))
            if not found and senders and self.last and sentence.kinds & FOLLOWED and turns.FOLLOWED.search(lower):
                found += [self._claim(setting, one.codes[0], self.last.stage, "followed") for one in senders]
            if not found and setting.alone and self.language == "nl" and turns.SAID_LAST.search(lower):
                found += self._said_of_theirs(setting, senders[0])
            if found and len(senders) > 1 and sentence.kinds & FOLLOWED and (follows := turns.FOLLOWED.search(lower)):
                # “De Denen zijn vertrokken en de Zweden volgen in mei”
                last = [one for one in senders if one.start < sentence.start + follows.start()][-1:]
                found += [
                    self._claim(setting, one.codes[0], found[-1].stage, "followed")
                    for one in last
                    if self.language == "nl" and all(one.codes[0] != told.contributing_country for told in found)
                ]
            if sentence.kinds & POSSESSIVE:
                found += self._possessed(setting, senders, found)
            if not found and setting.strengths and not (sentence.kinds & KILLED and turns.KILLED.search(lower)):
                found += self._counted(setting, senders)
            if not found and len(senders) == 1:
                found += self._otherwise(setting, senders[0], lower)
        if senders:
            self.contributor = found[0].contributing_country if found and self.language == "nl" else senders[0].codes[0]
        if len(senders) > 1:
            both = list(dict.fromkeys([one.codes[0] for one in senders]))
            self.pair = both if len(both) > 1 else self.pair
        for one in found:
            code = one.contributing_country
            if one.stage not in TO_COME:
                self.coming.discard(code)
            elif code not in self.known:
                self.coming.add(code)
            self.known.add(code)
        if found:
            self.last, self.told = found[-1], sentence.paragraph
        return self._distinct(found) if len(found) > 1 else found

    def _of_clause(
        self,
        setting: Setting,
        clause: Clause,
        codes: list[str],
        own: list[Mention],
        senders: list[Mention],
        before: list[Claim],
    ) -> list[Claim]:
        """What a clause tells of the countries that act in it, by its own verb or that of the clause before."""
        passive = turns.BY[self.language] in clause.lower
        told = (passive and self._relieved(setting, clause, senders)) or self._told(setting, clause, codes, own)
        first = own and own[0].start - clause.start < 14
        if not told and before and first and (turns.AS_DID.match(clause.words) or elliptic(clause)):
            told = list(self._as_before(setting, clause, codes, before[-1]))
        if not told and clause.words.startswith(", "):
            if before and turns.NEXT_TO.match(clause.words):
                told = list(self._as_before(setting, clause, codes, before[-1]))
            if not told and turns.WITH.match(clause.words):
                told = list(self._with(setting, clause, codes))
        if told and setting.strengths and told[0].stage in COUNTED_BESIDE:
            told += list(self._beside(setting, clause, codes, told))
        if (
            told
            and told[0].stage in TO_COME
            and self.language == "nl"
            and setting.sentence.kinds & THOSE
            and turns.THERE_ALREADY.search(clause.lower)
        ):
            told += [self._claim(setting, code, ACTIVE, "is there already") for code in codes]
        return told

    def _may_go_on(self, setting: Setting) -> bool:
        """Whether a sentence that names nobody who acts can yet tell of somebody's force."""
        sentence = setting.sentence
        return bool(
            setting.goes_on or setting.place or setting.mission or sentence.kinds & (FORCES | PERSONS)
        ) and self.actors.may_act(sentence, self.contributor, self.pair)

    def _telling(self, setting: Setting, senders: list[Mention]) -> bool:
        """Whether a sentence tells of a force, and what it tells is so. Only then are its strengths read."""
        sentence = setting.sentence
        inhabitants = [one.start for one in senders if one.adjective and self.actors.people(one)]
        setting.strengths = strengths(self.text, sentence, inhabitants)
        of_a_force = (
            setting.place
            or setting.mission
            or setting.strengths
            or (senders and self.actors.of_forces)
            or (not senders and setting.goes_on)  # it goes on with what was told
            or sentence.kinds & FORCES
        )
        return bool(of_a_force) and not hypothetical(self.text, sentence, self.language)

    def _of_a_mission(self, clause: Clause, here: list[Mention], senders: list[Mention]) -> bool:
        """Whether a relative clause tells of the mission or the place that stands before it."""
        last = self.text.folded[bisect_left(self.text.starts, clause.start) - 1]
        return last in turns.MISSION_LAST[self.language] or any(
            one.end == clause.start and not one.adjective and one not in senders for one in here
        )

    def _as_before(self, setting: Setting, clause: Clause, codes: list[str], before: Claim) -> Iterator[Claim]:
        """What a clause without a verb tells of another country: “Croatia went home in March and Japan in January”."""
        strength = next((one for one in setting.strengths if clause.holds(one.start)), None)
        dated = when(self.text, clause, self.published, before.planned)
        for code in codes:
            yield self._claim(
                setting, code, before.stage, "as before", planned=before.planned, strength=strength, when=dated
            )

    def _with(self, setting: Setting, clause: Clause, codes: list[str]) -> Iterator[Claim]:
        """A force that is counted in passing: “Germany, with 1,100 soldiers the largest contributor, is reviewing…”."""
        near = next((one for one in setting.strengths if 0 <= one.start - clause.start < turns.NEAR), None)
        if near and len(codes) == 1 and not turns.COMING[self.language].search(clause.lower):
            yield self._claim(setting, codes[0], ACTIVE, "counted", strength=near)

    def _relieved(self, setting: Setting, clause: Clause, senders: list[Mention]) -> list[Claim]:
        """“The battalion from Nepal was relieved by India”: one goes, the other is there, or will be."""
        told = turns.RELIEVED[self.language].search(clause.lower)
        if not told or self.verbs.denials(setting, clause):
            return []
        place = clause.start + told.end()
        if clause.hole and place > clause.hole[0]:
            place += clause.hole[1] - clause.hole[0]
        ahead = turns.COMING[self.language].search(clause.lower, 0, told.end()) is not None
        ahead = ahead or turns.IS_TO_BE.search(clause.lower, 0, told.end()) is not None
        gone = [one.codes[0] for one in senders if clause.start <= one.start < place][-1:]
        come = [one.codes[0] for one in senders if place <= one.start < min(clause.end, place + 60)][:1]
        if (
            self.language == "nl"
            and not gone
            and self.contributor
            and turns.PRONOUNS[self.language].search(clause.lower, 0, told.start())
        ):
            gone = [self.contributor]
        anew = turns.ANEW.search(clause.lower, told.end())
        if not come and (self.language == "nl" or anew):
            return []
        dated = when(self.text, clause, self.published, ahead)
        return [
            *(
                self._claim(setting, one, WITHDRAWN, "is relieved", planned=ahead, when=dated)
                for one in gone
                if told[1]
            ),
            *(
                self._claim(setting, one, ANNOUNCED if ahead else ACTIVE, "relieves", planned=ahead, when=dated)
                for one in come
            ),
        ]

    def _beside(self, setting: Setting, clause: Clause, codes: list[str], told: list[Claim]) -> Iterator[Claim]:
        """A strength that a clause gives beside what it tells: “110 of its 340 soldiers”, “not add to its 70 troops”."""
        if len(codes) != 1 or any(one.stage == ACTIVE for one in told):
            return
        for strength in setting.strengths:
            lead = self.text.body[max(clause.start, strength.start - 14) : strength.start]
            if told[0].stage == REDUCED:
                whole = turns.PART_OF.search(lead)
            else:
                whole = (told[0].stage == DECLINED and turns.OWN.search(lead)) or (
                    told[0].stage in TO_COME and turns.ALREADY.match(self.text.body, strength.start, clause.end)
                )
            if clause.holds(strength.start) and whole:
                yield self._claim(setting, codes[0], ACTIVE, "beside", strength=strength)

    def _setting(self, sentence: Sentence, here: list[Mention]) -> Setting:
        if not here:
            return Setting(sentence, None, None, None)
        place = where = mission = None
        for one in here:
            if one.missions and mission is None:
                mission = one.missions[0]
            if one.codes and not one.adjective and place is None and self.actors.locative(one):
                where = where or one.codes[0]
                place = one.codes[0] if one.codes[0] in self.actors.hosts else None
        if place is None and mission and len(mission.hosts) == 1:
            place = mission.hosts[0]
        self.mission, self.host = mission or self.mission, place or self.host
        return Setting(sentence, place, where, mission)

    def _only_says(self, clause: Clause) -> bool:
        """“…, zo heeft de minister gezegd”: who says it, but nothing of a force."""
        return clause.words.startswith(", zo ") and turns.SO_SAID.match(clause.words) is not None

    def _leads_to(self, one: Mention, clause: Clause) -> bool:
        """Whether a clause follows a country at once, or the end of a separable verb does."""
        return one.end <= clause.start and (
            one.end == clause.start or self.text.body[one.end : clause.start].strip() in turns.PARTICLES
        )

    # --- what a clause tells

    def _told(self, setting: Setting, clause: Clause, codes: list[str], named: list[Mention]) -> list[Claim]:
        words = clause.lower
        if (
            clause.kinds & UNDER
            and (command := turns.COMMAND.search(words))
            and not self.verbs.denials(setting, clause)
        ):
            told = re.sub(r"^onder |^under the ", "", clause.words[command.start() :].rstrip(" ."), flags=re.IGNORECASE)
            return [self._claim(setting, codes[0], None, "command", contribution=told)]
        own = clause.of(setting.strengths)
        told = self.verbs.told(setting, clause, codes, named, own)
        if told is None:
            return []
        if told.rule == STAYS_WHERE_IT_IS:
            return [self._claim(setting, codes[0], ACTIVE, told.rule, strength=own[0])]
        dated = when(self.text, clause, self.published, told.ahead)
        if dated and (to_come := self._to_come(clause, told, dated)):
            told, dated = replace(told, ahead=True), to_come
        elif dated and dated.since and told.ahead and told.stage == WITHDRAWN and turns.GOING_ON.match(told.words):
            told = replace(told, ahead=False, stage=REDUCED)  # “is withdrawing its troops since May”: it goes on
        ends = dated is not None and dated.until and told.stage == ACTIVE
        strength = own[0] if own and told.by_itself not in (REDUCED, DECLINED) else None
        rule = "remains" if told.stage == ACTIVE and told.words.startswith("blij") and not ends else told.rule
        things = None
        if clause.kinds & THINGS:
            things = equipment(self.text, clause.numbers, self.language)
        found = []
        for code in codes:
            found.append(self._claim(setting, code, told.stage, rule, planned=told.ahead, strength=strength, contribution=things,
                                     when=None if ends else dated))  # fmt: skip
            if ends:
                found.append(self._claim(setting, code, ENDED, "until", planned=True, when=dated))
            if told.by_itself == WITHDRAWN and dated and (stay := turns.YEARS_STAY.search(words)):
                found += self._stayed(setting, code, stay[1] or stay[2], dated)
        return found

    def _to_come(self, clause: Clause, told: Told, dated: When) -> When | None:
        """The month to come in which a departure is told of in the present, where that is what its words say."""
        if told.ahead or told.stage not in GOING or not dated.of_a_month or not self.published:
            return None
        if not turns.IN_THE_PRESENT[self.language].match(told.words):
            return None
        later = when(self.text, clause, self.published, ahead=True)
        earliest, published = later.days[0], self.published[1]
        return later if earliest and published and earliest > published else None

    def _claim(self, setting: Setting, code: str, stage: str | None, rule: str, **told) -> Claim:
        mission, sentence = setting.mission, setting.sentence
        if (
            self.mission
            and not mission
            and sentence.kinds & THE_MISSION
            and turns.THE_MISSION.search(self.text.lower, sentence.start, sentence.end)
        ):
            mission = self.mission
        of_mission = mission.hosts[0] if mission and len(mission.hosts) == 1 else None
        host = setting.place or of_mission or setting.where or self.host
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

    def _said_of_theirs(self, setting: Setting, sender: Mention) -> list[Claim]:
        """What a sentence tells of a force before it says whose general tells it."""
        first = next(clauses(self.text, self.language, setting.sentence, []))
        if sender.start < first.end or not first.kinds & TELLING or doubtful(first, self.language):
            return []
        return self._told(setting, first, [sender.codes[0]], [sender])

    def _possessed(self, setting: Setting, senders: list[Mention], found: list[Claim]) -> Iterator[Claim]:
        """A country's force that is counted where nothing else is told of it: “Turkey's 240 and Italy's 100 are not affected”."""
        for one in senders:
            if not self.text.body.startswith(("'s ", "’s "), one.end):
                continue
            counted = turns.POSSESSED.match(self.text.body, one.end, setting.sentence.end)
            if counted and all(one.codes[0] != told.contributing_country for told in found):
                strength = read_strength(counted[1].strip(), counted.start(1))
                yield self._claim(setting, one.codes[0], ACTIVE, "possessed", strength=strength)

    def _counted(self, setting: Setting, senders: list[Mention]) -> Iterator[Claim]:
        """A force that is counted is there, where nothing else is said of it."""
        if setting.sentence.kinds & NEGATED:
            return
        words = self.text.lower[setting.sentence.start : setting.sentence.end]
        if setting.sentence.kinds & ASKING and turns.ASKED.search(words):
            return
        if asks_another(self.text.body[setting.sentence.start : setting.sentence.end], self.language):
            return
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
            and not turns.OTHERS[self.language].match(words)
            and turns.PRONOUNS[self.language].search(self.text.lower, setting.sentence.start, setting.sentence.end)
        ):
            yield self._claim(setting, self.contributor, stage, "counted", planned=ahead, strength=setting.strengths[0])

    def _otherwise(self, setting: Setting, sender: Mention, lower: str) -> Iterator[Claim]:
        """A country and a force of which a verb that no rule knows tells something to come: mostly that it comes."""
        sentence = setting.sentence
        if (
            sentence.quotations
            or sentence.kinds & (NEGATED | RUMOUR)
            or not (setting.strengths or sentence.kinds & FORCES)
            or not (sentence.kinds & COMING and turns.COMING[self.language].search(lower))
            or (sentence.kinds & KILLED and turns.KILLED.search(lower))
            or next(
                stages_told(self.text, self.language, lower, ((sentence.start, sentence.first, sentence.last),)), None
            )
        ):
            return
        yield self._claim(setting, sender.codes[0], ANNOUNCED, "to come", planned=True)

    def _distinct(self, claims: list[Claim]) -> list[Claim]:
        """One claim of a country's stage in a sentence, the one that tells more; a stay that began at two dates is two."""
        best: dict[tuple, Claim] = {}
        leaving = {
            one.contributing_country
            for one in claims
            if one.stage == REDUCED or (one.stage == WITHDRAWN and (one.planned or self.language == "nl"))
        }
        staying = {one.contributing_country for one in claims if one.rule in ("leaves behind", "remains")}
        for one in claims:
            if one.stage == DECLINED and one.contributing_country in leaving:
                continue  # “will depart and will not be replaced”
            if one.stage == WITHDRAWN and one.contributing_country in staying:
                one.stage, one.rule = REDUCED, "leaves some behind"
            dated = one.rule == "stayed for years" or (one.stage == ACTIVE and self.language == "en")
            key = one.contributing_country, one.stage, one.when.edtf if one.when and dated else None
            if key not in best or (one.strength and not best[key].strength):
                best[key] = one
        twice = {key[:2] for key, one in best.items() if key[2] and one.rule != "stayed for years"}
        # “joined in 2004 and has 80 there” is two; the one without a date must say how many
        return [one for key, one in best.items() if key[2] or one.strength or key[:2] not in twice]
