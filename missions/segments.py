"""A text cut wherever a passage begins or ends, so that overlapping passages each keep their own words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from missions.models.passage import Passage


class Fact(Protocol):
    """A statement or claim as a page shows it beside the text."""

    name: str  # of its card: claim-12; empty where it has none
    kind: str
    row: Passage  # or whatever else has a start and an end
    marked: bool  # whether it has a place in the text that is shown


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text with the facts whose passages cover it, and those whose passage begins here."""

    text: str
    facts: list[Fact]
    begins: list[Fact]

    @property
    def kinds(self) -> str:
        return " ".join(sorted({fact.kind for fact in self.facts}))

    @property
    def enters(self) -> bool:
        """Whether a fact that has a card begins here: one stop of the keyboard for each."""
        return any(fact.name for fact in self.begins)

    @property
    def names(self) -> str:
        return " ".join(fact.name for fact in self.facts if fact.name)


def segments_of(text: str, facts: Iterable[Fact], first: int = 0, last: int | None = None) -> Iterator[Segment]:
    """The text from one code point up to another, cut; together the segments are that text, code point for code point.

    All passages lie within it.
    """
    last = len(text) if last is None else last
    marked = sorted((fact for fact in facts if fact.marked), key=lambda fact: fact.row.start)
    cuts = sorted({first, last, *(fact.row.start for fact in marked), *(fact.row.end for fact in marked)})
    waiting, covering = iter(marked), []
    following = next(waiting, None)
    for start, end in pairwise(cuts):
        covering = [fact for fact in covering if fact.row.end > start]
        begins = []
        while following and following.row.start == start:
            begins.append(following)
            following = next(waiting, None)
        covering += begins
        yield Segment(text[start:end], list(covering), begins)


def stretches_of(text: str, facts: Iterable[Fact], around: int) -> list[tuple[int, int, list[Fact]]]:
    """Where the passages stand, each with so many code points around it at most, down to whole words; and which they are."""
    found: list[tuple[int, int, list[Fact]]] = []
    for fact in sorted((fact for fact in facts if fact.marked), key=lambda fact: (fact.row.start, fact.row.end)):
        start, end = _widened(text, fact.row.start, fact.row.end, around)
        within = [fact]
        if found and start <= found[-1][1]:
            before, until, within = found.pop()
            start, end = before, max(end, until)
            within.append(fact)
        found.append((start, end, within))
    return found


def _widened(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    first, last = max(0, start - around), min(len(text), end + around)
    if first:  # from the first whole word on
        first = min(start, next((at for at in range(first, start) if text[at].isspace()), start))
    if last < len(text):
        last = max(end, next((at for at in range(last, end, -1) if text[at].isspace()), end))
    return first, last
