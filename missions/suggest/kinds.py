"""What kinds of words a text has: one look at each of its words, for which else every sentence would be searched many times.

A kind is a bit. It is some words, or the words with which a turn of speech can begin: that is sought only where one of them
stands. Each module names the kinds that it asks for.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, reduce
from operator import or_
from re import Pattern
from typing import NamedTuple

from missions.suggest.openings import LONGEST, WORD, openings
from missions.suggest.text import Remembered, Sentence

LANGUAGES = ("nl", "en")
MOST_WORDS = 50_000  # whose kinds are remembered


class _Kind(NamedTuple):
    words: dict[str, set[str]]  # by language
    turns: dict[str, Pattern]
    also: Callable[[str, str], bool] | None  # whether another word of a language is of it


_named: list[_Kind] = []


def of_words(words, also: Callable[[str, str], bool] | None = None) -> int:
    """The kind of some words, which may be others in each language."""
    return _bit(_Kind(words if isinstance(words, dict) else dict.fromkeys(LANGUAGES, words), {}, also))


def of_turn(turn) -> int:
    """The kind of the words with which a turn of speech can begin, which may be another in each language."""
    return _bit(_Kind({}, turn if isinstance(turn, dict) else dict.fromkeys(LANGUAGES, turn), None))


def _bit(kind: _Kind) -> int:
    if kind not in _named:
        _named.append(kind)
    return 1 << _named.index(kind)


@cache
def kinds_of(language: str) -> Remembered:
    """The kinds of each word of a language."""
    words, whole, begun, others = defaultdict(int), defaultdict(int), defaultdict(int), []
    for number, kind in enumerate(_named):
        bit = 1 << number
        for word in kind.words.get(language, ()):
            words[word] |= bit
        if language in kind.turns:
            for opening in openings(kind.turns[language].pattern, at_a_word=True):
                word = WORD.match(opening)[0]
                (whole if len(word) < len(opening) else begun)[word.casefold()] |= bit
        if kind.also:
            others.append((bit, kind.also))

    def kinds(word: str) -> int:
        found = words.get(word, 0)
        for part in WORD.findall(word):  # also what stands behind an apostrophe
            found |= whole.get(part, 0)
            for length in range(1, min(len(part), LONGEST + 1) + 1):
                found |= begun.get(part[:length], 0)
        for bit, also in others:
            if also(word, language):
                found |= bit
        return found

    return Remembered(kinds, MOST_WORDS)


def tell_kinds(sentences: Iterable[Sentence], kinds: Sequence[int]) -> None:
    """Tells sentences of which kinds their words are."""
    for one in sentences:
        one.kinds = reduce(or_, kinds[one.first : one.last], 0)
