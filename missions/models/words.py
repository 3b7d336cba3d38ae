"""Lists of words in a JSON column."""


def is_word(value) -> bool:
    """A text that is not blank, and that every database keeps: no NUL, no half of a surrogate pair."""
    return (
        isinstance(value, str)
        and bool(value.strip())
        and "\0" not in value
        and not any("\ud800" <= letter <= "\udfff" for letter in value)
    )
