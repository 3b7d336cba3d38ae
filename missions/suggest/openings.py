"""Patterns by the words with which they can begin: of hundreds, only those are tried that a word of the text allows."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as codes
from re import _parser as parser
from string import digits

from missions.suggest.text import Token

WORD = re.compile(r"\w+")
LONGEST = 12  # letters by which beginnings are told apart
# What ends a beginning: the word is over, or goes on in any way.
OVER, ON = " ", "*"
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


class Openings:
    """Patterns, each of which begins where a word does and ends where one does, in groups; the first of a group's that fits is the group's."""

    def __init__(self, groups: Iterable[Iterable[str]]):
        self._patterns: list[re.Pattern] = []
        self._groups: list[int] = []
        self._whole: dict[str, set[int]] = {}
        self._begun: dict[str, set[int]] = {}
        for group, patterns in enumerate(groups):
            for pattern in patterns:
                self._add(group, pattern)
        self._of = lru_cache(maxsize=50_000)(self._numbers)

    def _add(self, group: int, pattern: str) -> None:
        number = len(self._patterns)
        self._patterns.append(re.compile(rf"\b(?:{pattern})\b"))
        self._groups.append(group)
        for opening in openings(pattern):
            by = self._whole if opening[-1] == OVER else self._begun
            by.setdefault(opening[:-1], set()).add(number)

    def found(self, words: str, start: int, tokens: list[Token]) -> Iterator[tuple[int, re.Match]]:
        """The groups that fit in some words, in their order, each with the first place at which it does. Where they start, their tokens."""
        tried = []
        for token in tokens:
            for group, number in self._of(token[3]):
                tried.append((group, token[0] - start, number))
        tried.sort()
        last = None
        for group, place, number in tried:
            if group != last and (found := self._patterns[number].match(words, place)):
                last = group
                yield group, found

    def _numbers(self, token: str) -> list[tuple[int, int]]:
        """The patterns that can begin with a word, each with its group."""
        word = WORD.match(token)[0]
        found = set(self._whole.get(word, ()))
        for length in range(1, min(len(word), LONGEST) + 1):
            found |= self._begun.get(word[:length], set())
        return [(self._groups[number], number) for number in sorted(found)]


def openings(pattern: str) -> set[str]:
    """The words with which what a pattern finds can begin, each with its end: OVER, or ON after its first letters."""
    found = {one if _ended(one) else one + OVER for one in _grown({""}, parser.parse(pattern))}
    if {OVER, ON} & found:
        raise ValueError(f"“{pattern}” may begin with any word or none: begin each of its alternatives with letters.")
    return found


def _ended(beginning: str) -> bool:
    return beginning[-1:] in (OVER, ON) and bool(beginning)


def _grown(begun: set[str], items) -> set[str]:
    """Beginnings, with what follows them in a parsed pattern; what is not understood goes on in any way."""
    for code, what in items:
        done = {one for one in begun if _ended(one)}
        growing = begun - done
        if not growing:
            break
        if code is codes.LITERAL:
            growing = {one + _letter(what) for one in growing}
        elif code is codes.IN and (letters := _letters(what)):
            growing = {one + letter for one in growing for letter in letters}
        elif code is codes.BRANCH:
            growing = {one for branch in what[1] for one in _grown(growing, branch)}
        elif code is codes.SUBPATTERN:
            growing = _grown(growing, what[-1])
        elif code in REPEATS:
            least, most, repeated = what
            once = _grown(growing, repeated)
            if most > 1:
                once = {one if _ended(one) else one + ON for one in once}
            growing = once if least else growing | once
        elif code is codes.AT:
            growing = {one and one + OVER for one in growing}
        elif code not in (codes.ASSERT, codes.ASSERT_NOT):
            growing = {one + ON for one in growing}
        begun = done | {one[:LONGEST] + ON if len(one) > LONGEST else one for one in growing}
    return begun


def _letters(kinds) -> set[str]:
    """Those of a set, or none where they are too many to write down."""
    found = set()
    for kind, what in kinds:
        if kind is codes.LITERAL:
            found.add(_letter(what))
        elif (kind, what) == (codes.CATEGORY, codes.CATEGORY_DIGIT):
            found |= set(digits)
        else:
            return set()
    return found


def _letter(code: int) -> str:
    letter = chr(code)
    return letter if WORD.fullmatch(letter) else OVER
