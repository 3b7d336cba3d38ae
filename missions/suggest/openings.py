"""Patterns by the words with which they can begin: of hundreds, only those are tried that the words of a text allow.

The beginnings are read off the patterns by the parser of the standard library. What is not understood counts as the end of a
beginning, so that a pattern is rather tried in vain than left out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as codes
from re import _parser as parser
from string import digits

from missions.suggest.text import Token

WORD = re.compile(r"\w+")
LONGEST = 12  # letters of a first word by which beginnings are told apart
MORE = 4  # letters after a first word
OVER = "\0"  # ends a beginning that is known no further
NEXT = 2  # letters after a word by which its patterns are kept apart: of those that go on otherwise none is looked at
Begun = tuple[int, int, tuple[str, ...] | None]  # group, number, and how the pattern goes on, where that is known
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


class Openings:
    """Groups of patterns, each of which begins and ends where a word does; the first of a group that fits is the group's."""

    def __init__(self, groups: Iterable[Iterable[str]]):
        self._patterns: list[tuple[re.Pattern, int]] = []
        self._whole: dict[str, dict[int, set[str]]] = {}
        self._begun: dict[str, dict[int, set[str]]] = {}
        for group, patterns in enumerate(groups):
            for pattern in patterns:
                self._add(group, pattern)
        self._of = lru_cache(maxsize=50_000)(self._beginning)

    def _add(self, group: int, pattern: str) -> None:
        number = len(self._patterns)
        self._patterns.append((re.compile(rf"\b(?:{pattern})\b"), group))
        for opening in openings(pattern):
            word = WORD.match(opening)[0]
            by = self._whole if len(word) < len(opening) else self._begun
            by.setdefault(word, {}).setdefault(number, set()).add(opening)

    def found(self, words: str, parts: list[tuple[int, list[Token]]]) -> Iterator[tuple[int, re.Match]]:
        """The groups that fit in some words, in their order, each with the first place at which it does.

        `parts` are the words' tokens, each with the place in the text that counts as the start of the words.
        """
        tried, known = [], self._of
        for start, tokens in parts:
            for token in tokens:
                if by := known(token[3]):
                    after = token[1] - start
                    for group, number, begun in by.get(words[after : after + NEXT], by[""]):
                        place = token[0] - start
                        if begun is None or words.startswith(begun, place):
                            tried.append((group, place, number))
        tried.sort()
        last, patterns = None, self._patterns
        for group, place, number in tried:
            if group != last and (found := patterns[number][0].match(words, place)):
                last = group
                yield group, found

    def _beginning(self, token: str) -> dict[str, list[Begun]]:
        """The patterns that can begin with a word, by the letters after it; those that any may follow under none, and everywhere."""
        word = WORD.match(token)[0]
        known = self._known(word)
        if not known:
            return {}
        following: dict[str, list[Begun]] = {"": []}
        for one in known:
            nexts = {begun[len(word) : len(word) + NEXT] for begun in one[2] or ("",)}
            if token != word or any(len(some) < NEXT for some in nexts):
                nexts = {""}
            for some in nexts:
                following.setdefault(some, []).append(one)
        anywhere = following[""]
        return {some: these if some == "" else these + anywhere for some, these in following.items()}

    def _known(self, word: str) -> list[Begun]:
        """The patterns that can begin with a word."""
        found: dict[int, set[str]] = {}
        for some in (self._whole.get(word), *(self._begun.get(word[:length]) for length in range(1, LONGEST + 2))):
            for number, begun in (some or {}).items():
                found.setdefault(number, set()).update(begun)
        return [
            (
                self._patterns[number][1],
                number,
                None if any(map(f"{word} ".startswith, begun)) else tuple(sorted(begun)),
            )
            for number, begun in sorted(found.items())
        ]


def openings(pattern: str, at_a_word: bool = False) -> set[str]:
    """The first letters of whatever a pattern finds, with a space or mark where its first word is over."""
    parsed = parser.parse(pattern)
    if at_a_word and not _at_a_word(parsed):
        raise ValueError(f"“{pattern}” may begin within a word: begin each of its alternatives with \\b.")
    found = _grown({""}, parsed)
    beginnings = {one.removesuffix(OVER) for one in found}
    if not all(WORD.match(one) for one in beginnings):
        raise ValueError(f"“{pattern}” may begin with any word or none: begin each of its alternatives with letters.")
    return beginnings


def _grown(begun: set[str], items) -> set[str]:
    """Beginnings, with what follows them in a parsed pattern."""
    for code, what in items:
        done = {one for one in begun if one.endswith(OVER)}
        growing = begun - done
        if not growing:
            break
        if code is codes.LITERAL:
            growing = {one + chr(what) for one in growing}
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
                once = {one.removesuffix(OVER) + OVER for one in once}
            growing = once if least else growing | once
        elif code not in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            growing = {one + OVER for one in growing}
        begun = done | {_enough(one) for one in growing}
    return begun


def _at_a_word(items) -> bool:
    """Whether what a parsed pattern finds begins where a word does."""
    for code, what in items:
        if code is codes.BRANCH:
            return all(map(_at_a_word, what[1]))
        if code is codes.SUBPATTERN:
            return _at_a_word(what[-1])
        if code not in (codes.ASSERT, codes.ASSERT_NOT):
            return code is codes.AT
    return False


def _letters(kinds) -> set[str]:
    """Those of a set, or none where they are too many to write down."""
    found = set()
    for kind, what in kinds:
        if kind is codes.LITERAL:
            found.add(chr(what))
        elif (kind, what) == (codes.CATEGORY, codes.CATEGORY_DIGIT):
            found |= set(digits)
        else:
            return set()
    return found


def _enough(beginning: str) -> str:
    word = WORD.match(beginning)
    if word and len(beginning) > (LONGEST if word.end() == len(beginning) else word.end() + MORE):
        return beginning.removesuffix(OVER) + OVER
    return beginning
