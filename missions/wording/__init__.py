"""What words mean: dates and numbers as people write them, Dutch and English. Pure Python, no Django."""

from collections.abc import Callable


def told(words: str) -> str:
    """Marks words that a reader may be told in another language."""
    return words


class NotUnderstood(ValueError):
    """Words that are not understood: why, and what is taken. `say` tells it in a reader's language."""

    def __init__(self, text: str, why: str, takes: str, **parts):
        self.text, self.why, self.takes, self.parts = text.strip(), why, takes, parts
        super().__init__(text, why, takes)

    def say(self, translate: Callable[[str], str] = str) -> str:
        return f"“{self.text}”: {translate(self.why) % self.parts} – {translate(self.takes)}."

    def __str__(self):
        return self.say()
