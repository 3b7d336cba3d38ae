"""Patterns by the words with which they can begin: of hundreds, only those are tried that the words of a text allow.

The beginnings are read off the patterns by the parser of the standard library, and so is what stands in all that a pattern
finds. What is not understood counts as the end of a beginning, so that a pattern is rather tried in vain than left out.
"""

import re
from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import compress
from operator import or_
from re import _constants as codes
from re import _parser as parser
from string import digits

from missions.suggest.text import Text

WORD = re.compile(r"\w+")
LONGEST = 12  # letters of a first word by which beginnings are told apart
MORE = 4  # letters after a first word
ANY = 1  # the bit of a pattern that needs nothing that is known
OVER = "\0"  # ends a beginning that is known no further
NEXT = 2  # letters after a word by which its patterns are kept apart: of those that go on otherwise none is looked at
SHORTEST = 3  # letters of what is told to stand in all that a pattern finds
# Group, number, what must stand in the words (a bit each), and how the pattern goes on, where that is known.
Begun = tuple[int, int, int, tuple[str, ...] | None]
# Words of a text from a number up to another, and the place that counts as the start of what they are part of.
Part = tuple[int, int, int]
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


class Openings:
    """Groups of patterns, each of which begins and ends where a word does; the first of a group that fits is the group's."""

    def __init__(self, groups: Iterable[Iterable[str]]):
        self._patterns: list[tuple[re.Pattern, int]] = []
        # By the first word, or by its first letters: the patterns, with their beginnings and the needs of each.
        self._whole: dict[str, dict[int, dict[str, int]]] = {}
        self._begun: dict[str, dict[int, dict[str, int]]] = {}
        self._parts: dict[str, int] = {}  # of words: a bit each, of what patterns need
        for group, patterns in enumerate(groups):
            for pattern in patterns:
                self._add(group, pattern)
        self._lengths = {len(part) for part in self._parts}

    def _add(self, group: int, pattern: str) -> None:
        number = len(self._patterns)
        self._patterns.append((re.compile(rf"\b(?:{pattern})\b"), group))
        for alternative in alternatives(pattern):
            needed = reduce(or_, map(self._part, _needed(alternative)), 0) or ANY
            for opening in openings(pattern, alternative):
                word = WORD.match(opening)[0]
                by = self._whole if len(word) < len(opening) else self._begun
                known = by.setdefault(word, {}).setdefault(number, {})
                known[opening] = known.get(opening, 0) | needed

    def _part(self, letters: str) -> int:
        return self._parts.setdefault(letters, 2 << len(self._parts))

    def parts_of(self, word: str) -> int:
        """What of that which patterns need stands in a word."""
        found = 0
        for length in self._lengths:
            for place in range(len(word) - length + 1):
                found |= self._parts.get(word[place : place + length], 0)
        return found

    def found(self, text: Text, words: str, parts: Iterable[Part]) -> Iterator[tuple[int, re.Match]]:
        """The groups that fit in some words of a text, in their order, each with the first place at which it does."""
        begins, starts, ends, has, tried = text.begins, text.starts, text.ends, ANY, []
        for _origin, first, last in parts:
            has = reduce(or_, filter(None, text.has[first:last]), has)
        for origin, first, last in parts:
            for at in compress(range(first, last), begins[first:last]):
                place, after = starts[at] - origin, ends[at] - origin
                by = begins[at]
                for group, number, needed, begun in by.get(words[after : after + NEXT], by[""]):
                    if needed & has and (begun is None or words.startswith(begun, place)):
                        tried.append((group, place, number))
        tried.sort()
        last, patterns = None, self._patterns
        for group, place, number in tried:
            if group != last and (found := patterns[number][0].match(words, place)):
                last = group
                yield group, found

    def beginning(self, token: str) -> dict[str, list[Begun]]:
        """The patterns that can begin with a word, by the letters after it; those that any may follow under none, and everywhere."""
        word = WORD.match(token)[0]
        known = self._known(word)
        if not known:
            return {}
        following: dict[str, list[Begun]] = {"": []}
        for one in known:
            nexts = {begun[len(word) : len(word) + NEXT] for begun in one[3] or ("",)}
            if token != word or any(len(some) < NEXT for some in nexts):
                nexts = {""}
            for some in nexts:
                following.setdefault(some, []).append(one)
        anywhere = following[""]
        return {some: these if some == "" else these + anywhere for some, these in following.items()}

    def _known(self, word: str) -> list[Begun]:
        """The patterns that can begin with a word."""
        found: dict[int, dict[str, int]] = {}
        for some in (self._whole.get(word), *(self._begun.get(word[:length]) for length in range(1, LONGEST + 2))):
            for number, begun in (some or {}).items():
                found.setdefault(number, {}).update(begun)
        return [
            (
                self._patterns[number][1],
                number,
                reduce(or_, begun.values()),
                None if any(map(f"{word} ".startswith, begun)) else tuple(sorted(begun)),
            )
            for number, begun in sorted(found.items())
        ]


def alternatives(pattern: str) -> list:
    """The parsed alternatives of a pattern."""
    parsed = list(parser.parse(pattern))
    return parsed[0][1][1] if len(parsed) == 1 and parsed[0][0] is codes.BRANCH else [parsed]


def openings(pattern: str, parsed=None, at_a_word: bool = False) -> set[str]:
    """The first letters of whatever a pattern, or one of its alternatives, finds, with a space or mark where its first word is over."""
    parsed = parser.parse(pattern) if parsed is None else parsed
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


def _needed(items) -> set[str]:
    """Letters of which some stand in all that a parsed pattern finds, behind its first word; none where that is not known."""
    items, best = list(items), set()
    over = (
        place
        for place, (code, what) in enumerate(items)
        if code in REPEATS or (code, what) == (codes.LITERAL, ord(" "))
    )
    for some in _mandatory(items[next(over, len(items)) :]):
        if min(map(len, some)) >= SHORTEST and (not best or _telling(some) > _telling(best)):
            best = some
    return best


def _telling(some: set[str]) -> tuple[int, int]:
    return min(map(len, some)), -len(some)


def _mandatory(items) -> Iterator[set[str]]:
    """Sets of letters of each of which some stand in all that a parsed pattern finds."""
    run = ""
    for code, what in [*items, (None, None)]:
        if code is codes.LITERAL and chr(what).isalpha():
            run += chr(what)
            continue
        if run:
            yield {run}
            run = ""
        if code is codes.SUBPATTERN:
            yield from _mandatory(what[-1])
        elif code in REPEATS and what[0]:
            yield from _mandatory(what[2])
        elif code is codes.BRANCH:
            each = [max(_mandatory(branch), key=_telling, default=set()) for branch in what[1]]
            if all(each):
                yield set().union(*each)


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
