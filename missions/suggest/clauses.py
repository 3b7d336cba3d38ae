"""The clauses of a sentence, and whether they tell what is so or only what could be."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from missions.suggest import turns
from missions.suggest.gazetteer import Mention
from missions.suggest.text import Sentence, Text, Token

CONDITION = re.compile(r"(?:^|, |\b(?:maar|en) )(?:als|indien|mocht|mochten|tenzij)\b", re.IGNORECASE)
CONDITIONAL = ("als", "indien", "mocht", "mochten", "tenzij")  # one of which it has
DECIDED = re.compile(r"\b(?:overwe\w+|besloten|aangekondigd|toegezegd)\b")
POSSIBLE = re.compile(r"\b(?:could|might|may)\b(?! (?:deploy|send))")
CONSIDERED = re.compile(r"\b(?:consider|weigh|review|examin|stud|called back)\w*")
INTENDED = re.compile(
    r"\b(?:said|says|announced|confirmed|told|decided|pledged|agreed|added|declared|it|they|promised|ruled|soldiers|troops)\b.{0,90}\bwould\b"
    r"|\bwould\b.{0,120}\b(?:said|told|announced)\b|would like to"
)


@dataclass(slots=True)
class Clause:
    start: int
    end: int
    words: str
    lower: str
    resumed: bool = False  # the sentence goes on here after what was put into it
    tokens: list[Token] = field(default_factory=list)


def clauses(text: Text, language: str, sentence: Sentence, senders: list[Mention]) -> Iterator[Clause]:
    """Cut where a conjunction says so, and before a country that a list goes on with: “…, Ghana 205 man”."""
    body, start, end = text.body, sentence.start, sentence.end
    cuts = {cut.start() for cut in turns.MARK[language].finditer(body, start, end)}
    if not sentence.folded.isdisjoint(turns.CONJUNCTIONS[language]):
        cuts |= {cut.start() for cut in turns.CONJUNCTION[language].finditer(body, start, end)}
    if body.find("–", start, end) >= 0 or body.find("—", start, end) >= 0:
        cuts |= {cut.start() for cut in turns.DASH.finditer(body, start, end)}
    if "who" in sentence.folded:
        cuts |= {cut.start() for cut in turns.WHO_NOT.finditer(body, start, end)}
    resumed = set()
    for one in senders[1:]:
        lead = turns.LISTED.search(body[max(start, one.start - 6) : one.start])
        if lead and turns.NUMBERED.match(body, one.end, min(end, one.end + 40)):
            cuts.add(one.start - len(lead[0]))
    for cut in turns.INSERTED.finditer(body, start, end):
        comma = body.find(", ", cut.end(), end)
        if comma > 0:
            cuts |= {cut.start(), comma}
            resumed.add(comma)
    for one, other in pairwise(senders):
        # “Turkey has taken part, Canada keeps five”: a country after a comma, and its verb
        gap = body[one.end : other.start]
        if gap.rstrip().endswith(",") and len(gap) > 8 and turns.GOES_ON.match(body, other.end):
            cuts.add(one.end + gap.rindex(","))
    if senders and body.startswith(":", senders[0].end):
        cuts.discard(senders[0].end)  # “GERMANY: Gone.”
    for cut in sorted(cuts):
        if cut - start >= turns.SHORTEST:
            yield _clause(text, start, cut, start in resumed)
            start = cut
    yield _clause(text, start, end, start in resumed)


def _clause(text: Text, start: int, end: int, resumed: bool) -> Clause:
    low, high = bisect_left(text.starts, start), bisect_left(text.starts, end)
    return Clause(start, end, text.body[start:end], text.lower[start:end], resumed, text.tokens[low:high])


def elliptic(clause: Clause) -> bool:
    """Whether a clause is a country and a number, its verb being that of the clause before."""
    return len(clause.tokens) <= 9 and bool(turns.NUMBERED.search(clause.words) or turns.LATER.search(clause.lower))


def hypothetical(text: Text, sentence: Sentence, language: str) -> bool:
    """Whether a sentence tells what would be."""
    if language == "nl":
        if not sentence.folded.isdisjoint(CONDITIONAL) and CONDITION.search(text.body[sentence.start : sentence.end]):
            return True
        would = not sentence.folded.isdisjoint(("zou", "zouden"))
        return would and not DECIDED.search(text.body, sentence.start, sentence.end)
    return not sentence.folded.isdisjoint(("if", "unless"))


def doubtful(words: str, language: str) -> bool:
    """Whether a clause tells only what could be; “said it would” tells a plan."""
    if language == "nl":
        return False
    possible = "could" in words or "might" in words or "may" in words
    if possible and POSSIBLE.search(words) and not CONSIDERED.search(words):
        return True
    return " would " in words and not INTENDED.search(words)
