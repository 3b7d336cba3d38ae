"""What is known of each word of a language: its kinds, and the patterns of stages that it can begin.

One look-up of each of a text's words tells all of it, since look-ups are a good part of the time that a text takes.
"""

from functools import cache

from missions.suggest.kinds import kinds_of, tell_kinds
from missions.suggest.stages import openings_of
from missions.suggest.text import Remembered, Text

MOST_WORDS = 50_000  # of which is remembered what is known of them


@cache
def known_of(language: str) -> Remembered:
    kinds, openings = kinds_of(language), openings_of(language)
    return Remembered(lambda word: (kinds[word], openings.beginning(word), openings.parts_of(word)), MOST_WORDS)


def tell_words(text: Text, language: str) -> None:
    """Tells a text what is known of its words."""
    text.kind_of = kinds_of(language)
    if text.words:
        text.kinds, text.begins, text.has = zip(*known_of(language).of_all(text.folded), strict=True)
    tell_kinds(text.sentences, text.kinds)
