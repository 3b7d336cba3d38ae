"""Who said what: direct, indirect and mixed speech, with its speaker where the text tells one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from missions.suggest import kinds, lexicon
from missions.suggest.speakers import Cast, Speaker
from missions.suggest.text import Sentence, Span, Text

DIRECT, INDIRECT, MIXED = "direct", "indirect", "mixed"
EXPLICIT, INFERRED, NONE = "explicit", "inferred", "none"
SUBSTANTIAL = 4  # words from which on a quotation is speech by itself
MOST_QUOTED = 0.6  # of the words: then the speech is direct
WHOLE = re.compile(r"""[,?!.][”“"'’]+.?\Z|[”“"'’],\Z""")  # “Nee”, zei zij: a quotation that is a clause by itself
# What shows that a verb of speech tells what is said.
COMPLEMENTS = {
    "nl": {"dat", "of", "te", "om", "weten", "hoe", "waarom", "voor", "aan", "op", "geen", "niet"},
    "en": {"that", "to", "whether", "it", "of", "for", "how", "why", "would", "there", "he", "she", "they", "its", "his", "her", "the", "on", "any"},
}  # fmt: skip
STOPS = {
    "nl": {"dat", "tegen", "op", "na", "tijdens", "vandaag", "gisteren", "over", "te", "toen", "weten", "niet", "wel", "ook", "dinsdag", "maandag",
           "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "om", "eerder", "later", "zich", "eind", "begin", "in"},
    "en": {"that", "to", "on", "in", "after", "during", "about", "at", "while", "when", "monday", "tuesday", "wednesday", "thursday", "friday",
           "saturday", "sunday", "it", "he", "she", "they", "there", "would", "was", "were", "had", "has", "will", "not", "last", "by", "yesterday"},
}  # fmt: skip
PASSIVE = {"nl": {"wordt", "werd", "worden", "werden"}, "en": {"was", "were", "is", "are", "been", "be"}}
HELPING = {"nl": 12, "en": 2}  # words before a participle among which its auxiliary stands
BY = {"nl": "door", "en": "by"}
ORDERS = {"nl": ("op last van", "in opdracht van", "op verzoek van", "op bevel van"),
          "en": ("on the orders of", "on orders from", "at the request of", "by order of", "on the order of")}  # fmt: skip
# Words that these phrases have, and of which most sentences have none.
ACCORDING = kinds.of_words(
    {language: {max(phrase.split(), key=len) for phrase in phrases} for language, phrases in lexicon.ACCORDING.items()}
)
ORDERED = kinds.of_words({phrase.split()[-2] for phrases in ORDERS.values() for phrase in phrases})
RUMOUR = kinds.of_words(lexicon.RUMOUR)
# One of which every sentence has that tells speech, but for those that quote or point back.
SAYING = kinds.of_words(lexicon.SAY)
SPEAKING = SAYING | ACCORDING | ORDERED | RUMOUR
BREAKS = frozenset(',;:”“„"')
BOTH = {"nl": ("zowel", "als"), "en": ("both", "and")}


class Statement(NamedTuple):
    start: int
    end: int
    form: str
    attribution: str
    speaker: Speaker
    rule: str


def units(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences, those as one that a quotation holds together."""
    waiting: list[Sentence] = []
    quoted = 0  # up to where the last quotation of the last of them reaches
    for sentence in sentences:
        if waiting and sentence.start >= quoted:
            yield _joined(waiting)
            waiting = []
        waiting.append(sentence)
        quoted = sentence.quotations[-1].end if sentence.quotations else 0
    if waiting:
        yield _joined(waiting)


def _joined(sentences: list[Sentence]) -> Sentence:
    first, last = sentences[0], sentences[-1]
    if first is last:
        return first  # mostly
    return Sentence(
        first.start, last.end, first.paragraph,
        first.first, last.last,
        sorted({one for sentence in sentences for one in sentence.quotations}),
        reduce(or_, [sentence.kinds for sentence in sentences]),
    )  # fmt: skip


class Finder:
    """Finds the statements of one text."""

    def __init__(self, text: Text, language: str, cast: Cast):
        self.text, self.language, self.cast = text, language, cast
        self.folded = text.folded
        self.say, self.needs = lexicon.SAY[language], lexicon.NEEDS[language]

    def all(self) -> list[Statement]:
        found: list[Statement] = []
        before: Statement | None = None  # the last one, whose speaker may go on
        waiting: Sentence | None = None
        points_back = POINTS_BACK[self.language]
        # Only quotations hold sentences together.
        for unit in units(self.text.sentences) if self.text.quotations else self.text.sentences:
            # “Dat heeft de minister gezegd”: what is said stands in the sentence before.
            back = self.text.body.startswith(POINTING, unit.start) and bool(
                points_back.match(self.text.body, unit.start, unit.end)
            )
            silent = not back and not unit.quotations and not unit.kinds & SPEAKING
            these = [] if silent else list(self._of(unit, before, waiting, back))
            goes_back = these and back and waiting is not None and waiting.paragraph == unit.paragraph
            if goes_back and (not found or found[-1].end <= waiting.start):
                these = [one._replace(start=waiting.start, rule="that") for one in these]
            found += these
            before, waiting = (these[0] if these else before), unit
        return found

    def _of(self, unit: Sentence, before: Statement | None, last: Sentence | None, back: bool) -> Iterator[Statement]:
        outside, quoted = self.text.outside(unit), unit.quotations
        rumour = set()
        if unit.kinds & RUMOUR:
            rumour = lexicon.RUMOUR[self.language] & self._words(outside)
        if rumour:
            yield Statement(unit.start, unit.end, INDIRECT, NONE, Speaker(), "rumour")
            if rumour & {"reportedly", "allegedly", "verluidt"}:
                return
        told = (
            (unit.kinds & ACCORDING and self._according(unit, outside))
            or self._spoken(unit, outside, quoted, back)
            or (unit.kinds & ORDERED and self._ordered(unit, outside))
        )
        if told:
            speakers, attribution, rule = told
            form = self._form(unit, quoted, outside)
            for speaker in speakers:
                yield Statement(unit.start, unit.end, form, attribution, speaker, rule)
            return
        if not quoted or max(self._length(one) for one in quoted) < SUBSTANTIAL:
            return
        opened = self._introduced(unit, quoted)
        if opened:
            yield Statement(unit.start, unit.end, DIRECT, EXPLICIT, opened, "colon")
        elif len(outside) <= 3 and before is not None and last is not None and unit.paragraph - last.paragraph <= 1:
            if before.end >= last.start or unit.paragraph == last.paragraph:
                yield Statement(unit.start, unit.end, DIRECT, INFERRED, before.speaker, "inferred")
        elif len(outside) <= 3:
            yield Statement(unit.start, unit.end, DIRECT, NONE, Speaker(), "quotation")

    # --- what a unit looks like

    def _words(self, numbers: Iterable[int]) -> set[str]:
        return set(map(self.folded.__getitem__, numbers))

    def _length(self, one: Span) -> int:
        return len(self.text.body[one.start : one.end].split())

    def _form(self, unit: Sentence, quoted: list[Span], outside: Sequence[int]) -> str:
        words = sum(self._length(one) for one in quoted)
        if not quoted or not words:
            return INDIRECT
        total = words + len(outside)
        first = quoted[0].start == unit.start
        direct = words / total >= MOST_QUOTED or (first and self._length(quoted[0]) >= SUBSTANTIAL)
        direct |= first and WHOLE.search(self.text.body, quoted[0].start, quoted[0].end + 1) is not None
        direct |= words >= SUBSTANTIAL and any(
            self.text.body[max(0, one.start - 2) : one.start].startswith(":") for one in quoted
        )
        return DIRECT if direct else MIXED

    # --- the ways in which speech is told

    def _according(self, unit: Sentence, outside: Sequence[int]):
        folded = [self.folded[one] for one in outside]
        for phrase in lexicon.ACCORDING[self.language]:
            words = phrase.split()
            if words[0] not in folded:
                continue
            for number in range(len(folded) - len(words) + 1):
                if folded[number : number + len(words)] != words:
                    continue
                region = self._region_after(outside, number + len(words))
                speaker = self.cast.of(region)
                pronoun = bool(region) and self.folded[region[0]] in (
                    lexicon.PRONOUNS[self.language] | {"hem", "haar", "him", "her", "them"}
                )
                if speaker or pronoun or phrase != "volgens":
                    return [speaker or Speaker()], EXPLICIT, "according"
        return None

    def _spoken(self, unit: Sentence, outside: Sequence[int], quoted: list[Span], back: bool):
        if back and (found := WRITTEN[self.language].search(self.text.body, unit.start, unit.end)):
            speaker = self.cast.of([one for one in outside if self.text.starts[one] >= found.end()][:12])
            if speaker:
                return [speaker], EXPLICIT, "written"
        if not unit.kinds & SAYING:
            return None
        for number, word in enumerate(map(self.folded.__getitem__, outside)):
            if word not in self.say:
                continue
            if word in self.needs:
                near = self._words(outside[max(0, number - 6) : number + 25]) - {word}
                if near and near.isdisjoint(self.needs[word]):
                    continue
            passive = self._passive(outside, number)
            if not quoted and not self._tells(unit, outside, number, passive):
                continue
            if passive:
                agent = self._agent(outside, number)
                if agent is None and not self._says_that(outside, number):
                    continue
                return [agent or Speaker()], EXPLICIT if agent else INFERRED, "passive"
            speakers = self._speakers(unit, outside, number)
            if speakers is None:
                continue
            return speakers, EXPLICIT, "say"
        return None

    def _tells(self, unit: Sentence, outside: Sequence[int], number: int, passive: bool) -> bool:
        """Whether a verb of speech tells what was said, there being no quotation."""
        if self.folded[outside[number]] in self.needs or passive:
            return True
        if not COMPLEMENTS[self.language].isdisjoint([self.folded[one] for one in outside[number + 1 : number + 9]]):
            return True
        return self._after_comma(outside[number]) or self._closes(unit, outside, number)

    def _closes(self, unit: Sentence, outside: Sequence[int], number: int) -> bool:
        """“…, two diplomats said.”: the speaker and the verb stand behind what is said."""
        near, _whole = self._region_before(outside, number, unit)
        if not near or len(near) > 9 or near[0] is outside[0]:
            return False
        before = outside[outside.index(near[0]) - 1]
        return "," in self.text.body[self.text.ends[before] : self.text.starts[near[0]]]

    def _says_that(self, outside: Sequence[int], number: int) -> bool:
        return bool({"dat", "that", "te"} & self._words(outside[number + 1 : number + 6]))

    def _after_comma(self, number: int) -> bool:
        place = self.text.starts[number] - 1
        while place >= 0 and self.text.body[place] == " ":
            place -= 1
        return place >= 0 and self.text.body[place] in ",”’\"'"

    def _passive(self, outside: Sequence[int], number: int) -> bool:
        if self.folded[outside[number]] not in PARTICIPLES[self.language]:
            return False
        near = outside[max(0, number - HELPING[self.language]) : number]
        return any(self.folded[one] in PASSIVE[self.language] for one in near)

    def _agent(self, outside: Sequence[int], number: int) -> Speaker | None:
        folded = [self.folded[one] for one in outside]
        by = BY[self.language]
        for place in (*range(number, max(-1, number - 12), -1), *range(number, min(len(folded), number + 6))):
            if folded[place] == by:
                region = [one for one in outside[place + 1 : place + 10] if one != outside[number]]
                region = region[
                    : next(
                        (
                            i
                            for i, one in enumerate(region)
                            if self.folded[one] in self.say or self.folded[one] in STOPS[self.language]
                        ),
                        len(region),
                    )
                ]
                return self.cast.of(region)
        return None

    def _ordered(self, unit: Sentence, outside: Sequence[int]):
        folded = " ".join([self.folded[one] for one in outside])
        for phrase in ORDERS[self.language]:
            place = folded.find(phrase)
            if place >= 0:
                number = folded[:place].count(" ") + len(phrase.split())
                speaker = self.cast.of(self._region_after(outside, number))
                if speaker:
                    return [speaker], EXPLICIT, "order"
        return None

    def _introduced(self, unit: Sentence, quoted: list[Span]) -> Speaker | None:
        """Whoever stands before a colon and a quotation."""
        first = quoted[0]
        lead = self.text.body[max(0, first.start - 3) : first.start].rstrip()
        if not lead.endswith(":"):
            return None
        return self.cast.of([one for one in self.text.outside(unit) if self.text.ends[one] <= first.start]) or Speaker()

    # --- the speaker

    def _speakers(self, unit: Sentence, outside: Sequence[int], number: int) -> list[Speaker] | None:
        verb = outside[number]
        near, whole = self._region_before(outside, number, unit)
        after = self._region_after(outside, number + 1)
        inverted = self._after_comma(verb) or number == 0 or not near
        regions = [after, near, whole] if inverted else [near, whole, after]
        if (
            inverted
            and self.language == "en"
            and after
            and not (self.text.capital(after[0]) or self.folded[after[0]] in ("the", "a", "an", "one", "another"))
        ):
            regions = [near, whole, after]
        for region in regions:
            pair = self._pair(region)
            if pair:
                return pair
            speaker = self.cast.of(region)
            if speaker:
                return [self._completed(speaker, outside, region)]
        pronouns = lexicon.PRONOUNS[self.language]
        for region in regions[:2]:
            if region and (self.folded[region[0]] in pronouns or self.folded[region[-1]] in pronouns):
                return [Speaker()]
        if self.folded[verb] in PLAIN[self.language]:
            for region in regions[:2]:
                nouns = [
                    word
                    for word in (self.text.words[one] for one in region)
                    if len(word) > 3 and not word[0].isupper()  # no article has so many letters
                ]
                if nouns and len(region) <= 6:
                    return [Speaker(role=nouns[-1])]
        if unit.quotations and any(self._length(one) >= SUBSTANTIAL for one in unit.quotations):
            return [Speaker()]
        return None

    def _pair(self, region: Sequence[int]) -> list[Speaker] | None:
        first, second = BOTH[self.language]
        folded = [self.folded[one] for one in region]
        if first in folded and second in folded[folded.index(first) :]:
            start = folded.index(first)
            middle = folded.index(second, start)
            one, other = self.cast.of(region[start + 1 : middle]), self.cast.of(region[middle + 1 :])
            if one and other:
                return [one, other]
        return None

    def _completed(self, speaker: Speaker, outside: Sequence[int], region: Sequence[int]) -> Speaker:
        """A name with the role that follows it between commas."""
        if not speaker.name or speaker.role:
            return speaker
        last = region[-1]
        following = [one for one in outside if self.text.starts[one] > self.text.ends[last]][:12]
        if not following or self.text.body[self.text.ends[last] : self.text.starts[following[0]]].strip() != ",":
            return speaker
        more = self.cast.of(self._until_stop(following))
        return speaker._replace(role=more.role, organization=speaker.organization or more.organization,
                       country=speaker.country or more.country) if more and not more.name else speaker  # fmt: skip

    def _region_before(
        self, outside: Sequence[int], number: int, unit: Sentence
    ) -> tuple[Sequence[int], Sequence[int]]:
        """The words before a verb: those of its own clause, and all of them up to a quotation."""
        body, starts, ends, place = self.text.body, self.text.starts, self.text.ends, number
        while place and (
            (gap := body[ends[outside[place - 1]] : starts[outside[place]]]) == " " or not self._breaks(gap)
        ):
            place -= 1
        near, at = outside[place:number], starts[outside[place]]
        quoted = max([one.end for one in unit.quotations if one.end <= at], default=0)
        while place and starts[outside[place - 1]] >= quoted:
            gap = body[ends[outside[place - 1]] : starts[outside[place]]]
            if gap != " " and (";" in gap or "\n" in gap):
                break
            place -= 1
        return near, outside[place:number]

    def _breaks(self, gap: str) -> bool:
        return len(gap) > 4 or not BREAKS.isdisjoint(gap)

    def _region_after(self, outside: Sequence[int], number: int) -> Sequence[int]:
        return self._until_stop(outside[number : number + 16])

    def _until_stop(self, numbers: Sequence[int]) -> Sequence[int]:
        text, stops, end = self.text, STOPS[self.language], 0
        for count, number in enumerate(numbers):
            if count and (gap := text.body[end : text.starts[number]]) != " " and self._breaks(gap):
                return numbers[:count]
            if text.folded[number] in stops:
                return numbers[:count]
            end = text.ends[number]
        return numbers


# Verbs whose subject speaks, whoever it is.
PLAIN = {
    "nl": {
        "zegt",
        "zei",
        "zeggen",
        "zeiden",
        "meldt",
        "meldde",
        "melden",
        "meldden",
        "vertelt",
        "vertelde",
        "vertelden",
        "vroeg",
        "schrijft",
        "schreef",
    },
    "en": {
        "said",
        "says",
        "say",
        "told",
        "added",
        "joked",
        "complained",
        "reported",
        "recalled",
        "wrote",
        "asked",
        "warned",
        "claimed",
        "denied",
    },
}
POINTS_BACK = {
    "nl": re.compile(r"(?:Dat|Dit|Zo) (?:heeft|hebben|zei|zegt|zeiden|meldt|melden|meldde|schrijft|schreef|staat|blijkt|stelt|stelde|maakte|verklaarde|bevestigde|liet|laat|kondigde|werd|is) "),
    "en": re.compile(r"(?:That is what|That was (?:announced|confirmed|said)|So said|This was (?:announced|confirmed)|That, at least, is what)\b"),
}  # fmt: skip
POINTING = ("Dat ", "Dit ", "Zo ", "That", "So ", "This ")  # with one of which it begins
WRITTEN = {
    "nl": re.compile(
        r"\b(?:staat in|blijkt uit) (?:een |de )?(?:\w+ )?(?:brief|verklaring|rapport|nota|notitie|memo|mail) van "
    ),
    "en": re.compile(r"\bin a (?:letter|statement|report|memo|note) (?:from|by) "),
}
PARTICIPLES = {
    "nl": {"gezegd", "gemeld", "bevestigd", "benadrukt", "gevraagd", "verzocht", "geacht", "aangekondigd", "toegezegd", "beweerd", "ontkend",
               "gesteld", "verklaard", "betreurd", "veroordeeld", "verwacht", "geëist", "bevolen"},
    "en": {"said", "told", "asked", "ordered", "reported", "urged", "requested", "expected"},
}  # fmt: skip
