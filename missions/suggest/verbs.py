"""What the verbs of a clause tell of the force of the countries that act in it: a stage, or nothing.

The first pattern that fits tells it, unless it is denied, tells of others or of something else than a force.
"""

from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from re import Match

from missions.suggest import kinds, lexicon, turns
from missions.suggest.actors import TELLING, TROOPS, Actors
from missions.suggest.clauses import Clause
from missions.suggest.figures import Strength
from missions.suggest.gazetteer import Mention, Mission
from missions.suggest.stages import (
    ACTIVE,
    ANNOUNCED,
    CONSIDERED,
    DECLINED,
    ENDED,
    REDUCED,
    TURNED_BACK,
    UNDER_REVIEW,
    WITHDRAWN,
    Pattern,
    planned,
    stages_told,
)
from missions.suggest.text import Sentence, Text

# How far from a verb a denial still denies it, in code points.
DENIALS = {language: words | turns.DENIES for language, words in lexicon.NEGATION.items()}
DENYING_WORDS = kinds.of_words(DENIALS)
ASKING = kinds.of_words(turns.ASKING)
INSTEAD = kinds.of_words({"instead", "rather", "plaats"})
NO_STAY = kinds.of_words(turns.NO_STAY)
MONEY = kinds.of_words(turns.MONEY)
WONDERING = kinds.of_words(turns.WONDERING)
OCCUPIED = kinds.of_turn(turns.OCCUPIED)
DEMANDED = kinds.of_turn(turns.DEMANDED)
KILLED = kinds.of_turn(turns.KILLED)
CIVIL, TRAVELLING = kinds.of_turn(turns.CIVIL), kinds.of_turn(turns.TRAVELS)
COMES = kinds.of_turn(turns.COMES)
SOON = kinds.of_turn(turns.SOON)
OF = kinds.of_turn(turns.OF)
FIRST_OF = kinds.of_turn(turns.FIRST_OF)
ALL = kinds.of_turn(turns.ALL)
BACK = kinds.of_words(set(), lambda word, _language: "terug" in word)
DENIED = kinds.of_turn(turns.DENIED)
DENIED_BEFORE, DENIED_AFTER = 40, 45
COMES_BEFORE = {"nl": 80, "en": 45}  # code points from “gaan” or “will” to what will be done
DENYING = {"undecided", "does not prolong"}  # rules whose own words deny
WEAK = {"is there", "stays"}  # rules that read an everyday verb
SENT = {"sent", "has sent"}
OF_A_SUBJECT = WEAK | {"will send", "will send, progressive"}  # rules that read what a country before the verb does
LEAVING = {WITHDRAWN, REDUCED, TURNED_BACK}
STAYS_WHERE_IT_IS = "stays where it is"  # the rule of “no plans to withdraw its 290 soldiers”


@dataclass(slots=True)
class Setting:
    """Where a sentence takes place."""

    sentence: Sentence
    place: str | None  # one of those in which the text's forces are
    where: str | None  # any other that is spoken of as a place
    mission: Mission | None
    strengths: Sequence[Strength] = ()
    alone: bool = False  # one country acts in it
    goes_on: bool = False  # something was told in its paragraph
    coming: Set[str] = frozenset()  # countries of whose forces only was told that they will come


@dataclass(slots=True)
class Told:
    """A stage that a verb tells."""

    rule: str
    words: str  # those of the verb
    by_itself: str  # the stage that these tell, wherever they stand
    stage: str  # the stage that they tell here
    ahead: bool  # it is an intention


class Verbs:
    """Of one text."""

    def __init__(self, text: Text, language: str, actors: Actors):
        self.text, self.language, self.actors = text, language, actors

    def told(
        self, setting: Setting, clause: Clause, codes: list[str], named: list[Mention], own: list[Strength]
    ) -> Told | None:
        """What a clause tells of the countries that act in it; `own` are its strengths."""
        words, denials, asked = clause.lower, None, None
        instead = turns.INSTEAD.search(words) if setting.sentence.kinds & INSTEAD else None
        for pattern, said in stages_told(self.text, self.language, words, clause.parts):
            if instead and instead.start() < said.start() < instead.end():
                continue  # “rather than leave”
            leaves = pattern.stage in LEAVING
            if (leaves or pattern.stage == UNDER_REVIEW) and clause.kinds & OCCUPIED and turns.OCCUPIED.search(words):
                return None  # of an enemy
            if asked is None:
                asked = self.language == "nl" and setting.sentence.kinds & WONDERING and turns.wondered(words)
                denials = [] if asked else None
            if pattern.stage != DECLINED and pattern.rule not in DENYING:
                denials = self.denials(setting, clause) if denials is None else denials
                if pattern.stage in (CONSIDERED, UNDER_REVIEW):  # “no decision”, “sluit niet uit”
                    denials = [place for place in denials if not said.start() <= place < said.end()]
                if denials and any(
                    said.start() - DENIED_BEFORE < place < said.end() + DENIED_AFTER for place in denials
                ):
                    if leaves and own and turns.OWN.search(self.text.body, clause.start, own[0].start):
                        return Told(STAYS_WHERE_IT_IS, said[0], ACTIVE, ACTIVE, False)
                    continue
            if leaves and self._others_leave(setting, clause, named, pattern.stage):
                return None
            if pattern.stage == DECLINED and turns.NOT_BUT.search(words):
                continue  # “not 50 but 95”: another number, and no refusal
            since = (
                said[0].startswith("since ") and clause.kinds & TELLING
            )  # “Since 2013 Swedish troops have…”: no verb
            if (
                pattern.rule in OF_A_SUBJECT
                and self.language == "en"
                and not since
                and self._object(clause, named, said.end())
            ):
                continue  # “will replace the Germans”: of others
            stage = self._asked(pattern.stage, said) if asked else pattern.stage
            if stage is None:
                continue
            stage, ahead = self._here(setting, clause, codes, pattern, said, stage)
            if self._of_something_else(setting, clause, named, own, pattern.rule, stage, said):
                continue
            if stage == ACTIVE and pattern.rule not in SENT and self._comes(clause, said):
                stage, ahead = ANNOUNCED, True  # “will guard the camp”: whatever it will do there, it comes
            return Told(pattern.rule, said[0], pattern.stage, stage, ahead)
        return None

    # --- the stage

    def _asked(self, stage: str, said: Match) -> str | None:
        """The stage of what a Dutch clause asks or wonders at."""
        stage = UNDER_REVIEW if "blij" in said[0] else turns.WONDERED_AT.get(stage, stage)
        if stage == ACTIVE:
            return CONSIDERED if turns.TAKES_PART.match(said[0]) else None
        return stage

    def _here(
        self, setting: Setting, clause: Clause, codes: list[str], pattern: Pattern, said: Match, stage: str
    ) -> tuple[str, bool]:
        """The stage, by what else the clause tells: where to, whence, and how many; and whether it lies ahead."""
        words, ahead = clause.lower, planned(pattern, clause.lower, clause.kinds, self.language)
        if stage in (ACTIVE, ANNOUNCED) and self._at_home(clause, codes):
            stage = WITHDRAWN  # “its fourteen men landed in Zagreb”
            ahead = ahead or turns.COMING[self.language].search(words) is not None
        if stage == WITHDRAWN and setting.place and turns.GONE_TO.search(said[0]):
            stage = ACTIVE  # “is naar Mali vertrokken”
        if (
            stage == WITHDRAWN
            and self.language == "nl"
            and said[0].startswith("vertr")
            and setting.coming.issuperset(codes)
            and not turns.FROM_THERE.search(words)
            and not (setting.place and " uit " in words)
        ):
            stage = ANNOUNCED if pattern.planned else ACTIVE  # whose force is not there yet leaves for there
        if stage == WITHDRAWN and self._some_of(setting, clause):
            stage = REDUCED  # “tachtig van hun militairen”, “one of its battalions”
        if stage == ENDED and ahead and self.language == "en":
            stage = WITHDRAWN  # “will end its part”: it leaves
        return stage, ahead

    def _comes(self, clause: Clause, said: Match) -> bool:
        if not clause.kinds & (COMES | SOON):
            return False
        before = max(0, said.start() - COMES_BEFORE[self.language])
        return bool(
            turns.COMES[self.language].search(clause.lower, before, said.end())
            or turns.SOON[self.language].search(clause.lower, before, said.end() + 30)
        )

    def _some_of(self, setting: Setting, clause: Clause) -> bool:
        """Whether a part of a force is spoken of, in a clause or before it where it goes on with the same country."""
        start = setting.sentence.start if setting.alone else clause.start
        words = self.text.lower[start : clause.end]
        of_kinds = setting.sentence.kinds
        some = of_kinds & OF and turns.OF.search(words) and turns.SOME_OF.search(words)
        if not some and not (of_kinds & FIRST_OF and turns.FIRST_OF[self.language].search(words)):
            return False
        return not (of_kinds & ALL and turns.ALL.search(words))

    def _at_home(self, clause: Clause, codes: list[str]) -> bool:
        """Whether a clause tells of coming to the capital, or back to the land, of the country that acts."""
        if clause.kinds & BACK and any(
            one.codes[:1] == (codes[0],) and self.actors.locative(one)
            for one in clause.of(self.actors.mentions_in(clause.start, clause.end))
        ):
            return True
        if not clause.of(self.actors.capitals_in(clause.start, clause.end)):
            return False
        place = turns.HOMEWARD.search(clause.words)
        if place is None or len(codes) != 1 or lexicon.CAPITALS.get(place[1]) != codes[0]:
            return False
        return turns.ARRIVED.search(clause.lower) is not None

    # --- what is told of others, or of something else

    def _others_leave(self, setting: Setting, clause: Clause, named: list[Mention], stage: str) -> bool:
        """Whether those who leave in a clause are others than the force of the countries that act in it."""
        words = clause.lower
        if not clause.kinds & TELLING and (
            (self.language == "nl" and clause.kinds & CIVIL and turns.CIVIL.search(words))
            or (clause.kinds & TRAVELLING and turns.TRAVELS[self.language].search(words))
        ):
            return True
        if clause.kinds & DEMANDED and turns.DEMANDED[self.language].search(words):
            return True
        return (
            stage == WITHDRAWN
            and not named
            and not clause.hole
            and not setting.alone
            and not turns.THE_FORCE.search(words)
            and not turns.HOME["nl"].search(clause.words)
        )

    def _of_something_else(
        self,
        setting: Setting,
        clause: Clause,
        named: list[Mention],
        own: list[Strength],
        rule: str,
        stage: str,
        said: Match,
    ) -> bool:
        """Whether a verb tells of something else than a force and where it is."""
        words = clause.lower
        weak = stage == ACTIVE and self.language == "en" and rule in WEAK
        if weak and (
            (clause.kinds & KILLED and turns.KILLED.search(words, 0, said.start())) or turns.DRILLS.search(words)
        ):
            return True  # “three soldiers died when their vehicle stood…”, “its troops held drills”
        if self.language == "nl" and self._of_others(setting, clause, named, own, rule, stage, said.start()):
            return True
        if rule in SENT:
            return not own and not clause.kinds & TELLING  # “a letter that he sent”
        return rule == "is there" and not (
            setting.place
            or setting.mission
            or any(map(self.actors.people, named))
            or turns.THEIR.match(words)
            or turns.COUNTED_THERE.match(said[0])
            or (setting.goes_on and (said[0].endswith(" there") or turns.THE_FIRST.match(words)))
            or setting.sentence.kinds & TELLING
        )

    def _of_others(
        self,
        setting: Setting,
        clause: Clause,
        named: list[Mention],
        own: list[Strength],
        rule: str,
        stage: str,
        place: int,
    ) -> bool:
        """Whether a Dutch verb, at a place of its clause, tells of something else than a force and where it is."""
        words, sentence = clause.lower, setting.sentence
        if stage in (ACTIVE, ANNOUNCED) and sentence.kinds & ASKING and turns.ASKED.search(words):
            return True
        if stage in (ACTIVE, ANNOUNCED) and sentence.kinds & NO_STAY:
            if not own and sentence.kinds & MONEY:
                return True  # “draagt 10 miljoen euro bij”
            if stage == ACTIVE and (turns.KILLED.search(words) or turns.EXERCISE.search(words)):
                return True  # what became of them
        if named:
            # “‘KFOR blijft nodig’, zei de Sloveense minister”
            place += clause.start
            quoted = next((one for one in sentence.quotations if one.holds(place)), None) if not clause.hole else None
            return quoted is not None and not quoted.holds(named[0].start) and not turns.WE.search(words)
        return (
            rule in WEAK
            and clause.hole is None
            and not clause.inserted
            and not clause.kinds & TELLING
            and not turns.THEIR.match(words)
            and not turns.PRONOUNS["nl"].search(words)
            and not (turns.RELATIVE.match(words) and self._behind_a_force(clause))
        )

    def _behind_a_force(self, clause: Clause) -> bool:
        """Whether a clause comes at once after a force: “terug tot 2500 man, die vooral in Kabul zitten”."""
        number = bisect_left(self.text.starts, clause.start)
        return number > 0 and bool(self.text.kinds[number - 1] & TROOPS)

    def _object(self, clause: Clause, named: list[Mention], verb: int) -> bool:
        """Whether the countries of a clause stand behind its verb, as what something is done to."""
        return (
            bool(named)
            and not clause.hole
            and all(
                one.start - clause.start > verb
                and ", " not in clause.words[verb : one.start - clause.start]  # “…, the Turkish army said”
                and not turns.NOMINAL.search(self.text.body, one.start - 16, one.start)
                for one in named
            )
        )

    def denials(self, setting: Setting, clause: Clause) -> list[int]:
        """Where a clause denies something."""
        if not clause.kinds & (DENYING_WORDS | DENIED):
            return []
        whole = clause.kinds & DENIED and turns.DENIED.search(clause.lower)  # “ontkent dat…”: all of it
        text = self.text
        found = [
            text.starts[number] - origin
            for origin, first, last in clause.parts
            for number in range(first, last)
            if whole
            or (
                text.folded[number] in DENIALS[self.language]
                and not turns.NOT_BUT.match(clause.lower, text.starts[number] - origin)
                and (
                    text.folded[number] != "tegen"
                    or " spr" in clause.lower  # “sprak berichten tegen”
                    or turns.AGAINST.match(clause.lower, text.ends[number] - origin)
                )
            )
        ]
        return [] if found and turns.NOT_DENIED.search(clause.lower) else found
