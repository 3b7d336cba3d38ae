"""The clauses of a sentence, and whether they tell what is so or only what could be."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_

from missions.suggest import kinds, turns
from missions.suggest.gazetteer import Mention
from missions.suggest.openings import Part
from missions.suggest.text import Sentence, Text

CONDITION = re.compile(
    r"(?:^|, |\b(?:maar|en) )(?:als(?! (?:om|eerste|tweede|derde|vierde|laatste|enige|het enige|de enige|onderdeel|gevolg|reactie|antwoord|een|grootste|lid|gastland|buurland|voorzitter|zodanig|volgt|altijd|gewoonlijk)\b)|indien|mocht|mochten|tenzij)\b",
    re.IGNORECASE,
)
CONDITIONAL = kinds.of_words(
    {"nl": {"als", "indien", "mocht", "mochten", "tenzij"}, "en": {"if", "unless"}}
)  # one of which it has
THEN = kinds.of_words({"dan"})
WHO = kinds.of_words({"who"})
CONJOINED = kinds.of_words(turns.CONJUNCTIONS)
INSERTING = kinds.of_words(turns.INSERTING)
NUMBERS = 30  # code points before and after a conjunction in which one number may stand in another's place
DECIDED = re.compile(r"\b(?:overwe\w+|besloten|aangekondigd|toegezegd)\b")
# A condition by the place of its verb: “Trekt Duitsland zich terug, dan…”, “Were France to leave, …”.
INVERTED = {
    "nl": re.compile(
        r"[“‘„\"']?(?!(?:Ook|Eerst|Pas|Toch|Wel|Zelfs)\b)(?:[A-Z][a-zë]+(?:t|en)|Zou)\b[^.,]{3,90}, dan\b"
    ),
    "en": re.compile(
        r"[“‘\"']?(?:Were|Should|Had) (?:[A-Z]|the|it|they|its|their)[^.]{3,160}\b(?:would|could|might|will|may)\b"
    ),
}
IF = re.compile(r"\bunless\b|\bif\b(?! (?:\w+ly|only|anything|ever|possible|necessary|needed|not)\b)")
WOULD = re.compile(r"\bzou(?:den)?\b")
POSSIBLE = re.compile(r"\b(?:could|might|may)\b(?! (?:deploy|send))")
# Reports that are denied: “denied reports that its soldiers would leave”.
DENIED = re.compile(
    r"\b(?:denie[sd]|dismisse[sd]|rejected) (?:\w+ ){0,3}(?:reports?|rumou?rs?|claims?|suggestions?|speculation|allegations?|that)\b"
)
CONSIDERED = re.compile(r"\b(?:consider|weigh|review|examin|stud|called back)\w*")
INTENDED = re.compile(
    r"\b(?:said|says|announced|confirmed|told|decided|pledged|agreed|added|declared|it|they|promised|ruled|soldiers|troops)\b.{0,90}\bwould\b"
    r"|\bwould\b.{0,120}\b(?:said|told|announced)\b|would like to"
)


# What is told as not so, as nearly so, or as asked of another country: “asked Denmark to send 100 soldiers”.
NOT_SO = {
    "nl": re.compile(r"\bniet waar dat\b|\b(?:is|zijn|was|waren) (?:onjuist|onwaar|niet waar|verzonnen)\b"),
    "en": re.compile(r"\bnot true that\b|\b(?:is|are|was|were) (?:false|untrue|incorrect)\b"),
}
UNTRUE = kinds.of_words({"waar", "onjuist", "onwaar", "verzonnen", "true", "false", "untrue", "incorrect"})
NEARLY = {
    "nl": re.compile(r"\b[Bb]ijna (?:had|hadden|was|waren)\b"),
    "en": re.compile(r"\b(?:almost|nearly) (?:withdrew|left|pulled|sent|quit|ended|deployed)\b"),
}
ASKED = {
    "nl": re.compile(
        r"\b(?:vraagt|vroeg|vragen|vroegen|verzoekt|verzocht|verzochten) (?:aan )?[A-Z][\w-]+ (?:om|zijn|haar|hun)\b"
    ),
    "en": re.compile(
        r"\b(?:asks?|asked|urged|urges|begged) (?!Congress|Parliament|NATO)[A-Z][\w-]+(?: [A-Z][\w-]+)? to\b"
    ),
}
DOUBTING = {
    "nl": ("gerucht", "zou", "bijna", "vraagt", "vroeg", "vragen", "verzoekt", "verzocht"),
    "en": ("denie", "dismisse", "rejecte", "could", "might", "may", "would", "almost", "nearly", "ask", "urge", "begged"),
}  # fmt: skip
DOUBT = kinds.of_words(set(), lambda word, language: any(part in word for part in DOUBTING[language]))


@dataclass(slots=True)
class Clause:
    """A clause; what was put into it stands apart. `parts` are its words."""

    start: int
    end: int
    words: str
    lower: str
    kinds: int  # of its words
    parts: tuple[Part, ...]
    hole: tuple[int, int] | None = None  # of what was put into it
    inserted: bool = False  # it was put into the clause before it, whose country it speaks of

    @property
    def numbers(self) -> Sequence[int]:
        """Those of its words."""
        one = range(*self.parts[0][1:])
        return one if len(self.parts) == 1 else [*one, *range(*self.parts[1][1:])]

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end and not (self.hole and self.hole[0] <= place < self.hole[1])

    def of(self, some: list) -> list:
        """Those of some things, in their order, that stand in it."""
        if not some:
            return some
        start, end = self.start, self.end
        if some[-1].start < end and start <= some[0].start and not self.hole:
            return some  # mostly
        inside = [one for one in some if start <= one.start < end]
        return [one for one in inside if self.holds(one.start)] if self.hole else inside


def clauses(text: Text, language: str, sentence: Sentence, senders: list[Mention]) -> Iterator[Clause]:
    """Cut where a conjunction says so, and before a country that a list goes on with: “…, Ghana 205 man”."""
    body, start, end = text.body, sentence.start, sentence.end
    comma = body.find(", ", start, end) >= 0
    holes = _holes(body, sentence, senders) if comma or text.dashed else []
    cuts: set[int] = set()
    if comma or body.find(":", start, end) >= 0 or body.find(";", start, end) >= 0:
        cuts.update([cut.start() for cut in turns.MARK[language].finditer(body, start, end)])
    if sentence.kinds & CONJOINED:
        cuts.update(_conjunctions(text, language, sentence))
    if text.dashed:
        cuts |= {cut.start() for cut in turns.DASH.finditer(body, start, end)}
    if sentence.kinds & WHO:
        cuts |= {cut.start() for cut in turns.WHO.finditer(body, start, end)}
    for one, other in pairwise(senders):
        lead = turns.LISTED.search(body[max(start, other.start - 10) : other.start])
        gap = body[one.end : other.start]
        joint = gap.strip() in turns.JOINED and turns.TOGETHER_DO.match(body, other.end)
        if (
            lead
            and not joint
            and (
                turns.NUMBERED.match(body, other.end, min(end, other.end + 40))
                or turns.VERBLESS.match(body, other.end, end)
            )
        ):
            cuts.add(other.start - len(lead[0]))
        if language == "nl" and ", " in gap and (verb := turns.MAIN_VERB.search(gap)):
            cuts.add(one.end + verb.start())
        # “Turkey has taken part, Canada keeps five”: a country after a comma, and its verb
        if gap.rstrip().endswith(",") and len(gap) > 4 and turns.GOES_ON.match(body, other.end):
            cuts.add(one.end + gap.rindex(","))
        elif (
            len(gap) > turns.OWN_VERB
            and (
                turns.FINITE.match(body, other.end)
                or turns.RELATIVE.match(body, other.end)
                or turns.PAST.match(body, other.end)
            )
            and (another := turns.AND_ANOTHER.search(gap))
        ):
            cuts.add(one.end + another.start())
    if senders and body.startswith(":", senders[0].end):
        cuts.discard(senders[0].end)  # “GERMANY: Gone.”
    if not cuts and not holes:
        words, lower = body[start:end], text.lower[start:end]
        yield Clause(
            start, end, words, lower, sentence.kinds, ((start, sentence.first, sentence.last),)
        )  # most sentences
        return
    if holes:
        cuts = {cut for cut in cuts if not any(cut in hole for hole in holes)}
        cuts.update(hole[place] for hole in holes for place in (0, -1))
    pieces = []
    for cut in sorted(cuts):
        if cut - start >= turns.SHORTEST:
            pieces.append((start, cut))
            start = cut
    pieces.append((start, end))
    if holes:
        yield from _joined(text, sentence, pieces, {hole[-1]: hole[0] for hole in holes})
        return
    for start, end in pieces:
        yield _clause(text, sentence, start, end)


def _conjunctions(text: Text, language: str, sentence: Sentence) -> Iterator[int]:
    """Where a conjunction begins a clause: tried at each, since to seek them takes thrice as long."""
    conjunction, free = turns.CONJUNCTION[language], sentence.start
    for number, kind in enumerate(text.kinds[sentence.first : sentence.last], sentence.first):
        if kind & CONJOINED:
            place = text.starts[number]
            for start in (place - 1, place):  # “en” with the space before it
                if start >= free and (found := conjunction.match(text.body, start, sentence.end)):
                    free = found.end()
                    around = max(sentence.start, start - NUMBERS), min(sentence.end, free + NUMBERS)
                    if not turns.NOT_BUT.search(text.lower, *around):
                        yield start
                    break


def _holes(body: str, sentence: Sentence, senders: list[Mention]) -> list[range]:
    """What is put into a sentence between two commas or dashes, one after the other: relative clauses, and what is said of a country."""
    found = []
    if sentence.kinds & INSERTING:
        for cut in turns.INSERTED.finditer(body, sentence.start, sentence.end):
            comma = body.find(", ", cut.end(), sentence.end)
            if comma > 0:
                found.append((cut.start(), comma))
    if not found and not senders:
        return []
    for one in senders:
        if body.startswith(", ", one.end) and turns.APPOSITION.match(body, one.end, sentence.end):
            comma = body.find(", ", one.end + 2, sentence.end)
            if 0 < comma < one.end + turns.LONGEST_APPOSITION:
                found.append((one.end, comma))
        elif body.startswith(turns.DASHES, one.end):  # “Senegal – the largest contributor – will…”
            dash = body.find(body[one.end : one.end + 3], one.end + 3, sentence.end)
            if 0 < dash < one.end + turns.LONGEST_APPOSITION:
                found.append((one.end, dash))
    holes, free = [], sentence.start
    for first, last in sorted(found):
        if first >= free:
            holes.append(range(first, last + 1))
            free = last
    return holes


def _joined(text: Text, sentence: Sentence, pieces: list[tuple[int, int]], resumed: dict[int, int]) -> Iterator[Clause]:
    """Clauses of pieces; a piece with which the sentence goes on belongs to the one before what was put in."""
    number = 0
    while number < len(pieces):
        start, end = pieces[number]
        goes_on = number + 2 < len(pieces) and resumed.get(pieces[number + 2][0]) == end
        if goes_on and not turns.AND.match(text.body, pieces[number + 2][0]):
            hole, rest = pieces[number + 1 : number + 3]
            yield _clause(text, sentence, start, rest[1], hole)
            yield _clause(text, sentence, *hole, inserted=True)
            number += 3
        else:
            yield _clause(text, sentence, start, end)
            number += 1
            if goes_on:
                yield _clause(text, sentence, *pieces[number], inserted=True)
                number += 1


def _clause(
    text: Text, sentence: Sentence, start: int, end: int, hole: tuple[int, int] | None = None, inserted: bool = False
) -> Clause:
    starts = text.starts
    low = bisect_left(starts, start, sentence.first, sentence.last)
    high = bisect_left(starts, end, low, sentence.last)
    if hole is None:
        words, lower, of_words = text.body[start:end], text.lower[start:end], reduce(or_, text.kinds[low:high], 0)
        return Clause(start, end, words, lower, of_words, ((start, low, high),), None, inserted)
    first, last = hole
    left, right = bisect_left(starts, first, low, high), bisect_left(starts, last, low, high)
    words, lower = (one[start:first] + one[last:end] for one in (text.body, text.lower))
    parts = (start, low, left), (start + last - first, right, high)
    of_words = reduce(or_, text.kinds[low:left] + text.kinds[right:high], 0)
    return Clause(start, end, words, lower, of_words, parts, hole)


def elliptic(clause: Clause) -> bool:
    """Whether a clause is a country and a number, its verb being that of the clause before."""
    return (
        len(clause.numbers) <= 9
        and not turns.FINITE.search(clause.words)
        and bool(
            turns.NUMBERED.search(clause.words)
            or turns.LATER.search(clause.lower)
            or turns.VERBLESS.search(clause.words)
        )
    )


def hypothetical(text: Text, sentence: Sentence, language: str) -> bool:
    """Whether a sentence tells what would be, or what is not so."""
    if sentence.kinds & UNTRUE and NOT_SO[language].search(text.lower, sentence.start, sentence.end):
        return True
    if language == "nl":
        if sentence.kinds & CONDITIONAL and CONDITION.search(text.body[sentence.start : sentence.end]):
            return True
        return bool(sentence.kinds & THEN) and INVERTED["nl"].match(text.body, sentence.start, sentence.end) is not None
    if sentence.kinds & CONDITIONAL and IF.search(text.lower, sentence.start, sentence.end):
        return True
    return INVERTED["en"].match(text.body, sentence.start, sentence.end) is not None


def asks_another(words: str, language: str) -> bool:
    """Whether one country asks another one to do something, which neither does by that."""
    return ASKED[language].search(words) is not None


def doubtful(clause: Clause, language: str) -> bool:
    """Whether a clause tells only what could be; “said it would” tells a plan."""
    if not clause.kinds & DOUBT:
        return False
    words = clause.words
    if NEARLY[language].search(words) or asks_another(words, language):
        return True
    if language == "nl":
        if "gerucht" in words:
            return True
        return ("zou " in words or "zouden " in words) and WOULD.search(words) is not None and not DECIDED.search(words)
    if ("denie" in words or "dismisse" in words or "rejecte" in words) and DENIED.search(words):
        return True
    possible = "could" in words or "might" in words or "may" in words
    if possible and POSSIBLE.search(words) and not CONSIDERED.search(words):
        return True
    return " would " in words and not INTENDED.search(words)
