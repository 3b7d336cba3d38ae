"""A text as tokens, sentences and quotations, each with its place. Everything here is linear in the text's length."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

# A possessive or plural ’s is no part of a name.
TOKEN = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W\d_]+)*")
PARAGRAPH = re.compile(r"\n\s*\n")
# Where a sentence may end: its mark, what closes behind it, and white space before a beginning.
STOP = re.compile(r"[.!?…]+[”’\"')\]»]*(?=\s)")
ABBREVIATIONS = {
    "dr", "drs", "mr", "mrs", "ms", "ir", "ing", "prof", "gen", "lt", "kol", "col", "maj", "sgt", "capt", "kap", "adm", "brig",
    "st", "no", "nr", "vs", "ca", "bijv", "bv", "o.a", "a.o", "e.g", "i.e", "jan", "feb", "mrt", "apr", "jun", "jul", "aug",
    "sep", "sept", "okt", "oct", "nov", "dec", "u.s", "u.k", "u.n", "rep", "sen", "gov", "jr", "sr", "jhr", "mln", "mld", "zr", "hr", "ds", "mgr", "kpt", "cpl", "pvt", "fig", "inc", "ltd", "dept", "est", "approx",
}  # fmt: skip
# What opens a quotation and what closes it. A straight mark and ’ do both, by where they stand.
PAIRS = {"„": "”“\"", "“": "”", "«": "»", "‘": "’", ",,": "”\"“"}  # fmt: skip
OPENERS = re.compile(r",,(?=\w)|[„“«‘\"]|(?<![\w.,!?])'(?=\w)")
LONGEST_QUOTATION = 4000  # code points within which a quotation is closed, or is none


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str
    folded: str

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end

    def meets(self, other) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True)
class Sentence:
    """A sentence, with the tokens and quotations that lie in it or reach into it."""

    start: int
    end: int
    paragraph: int
    tokens: list[Token] = field(default_factory=list)
    quotations: list[Span] = field(default_factory=list)

    def outside(self) -> list[Token]:
        """The words that the sentence says itself."""
        return [token for token in self.tokens if not any(one.holds(token.start) for one in self.quotations)]


@dataclass(slots=True)
class Text:
    """A text taken apart."""

    body: str
    tokens: list[Token]
    sentences: list[Sentence]
    quotations: list[Span]

    @classmethod
    def of(cls, body: str) -> "Text":
        tokens = [Token(m.start(), m.end(), m[0], m[0].casefold().replace("’", "'")) for m in TOKEN.finditer(body)]
        quotations = find_quotations(body)
        sentences = [Sentence(start, end, number) for start, end, number in _sentences(body, tokens)]
        starts = [token.start for token in tokens]
        ends = [quotation.end for quotation in quotations]
        for sentence in sentences:
            sentence.tokens = tokens[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            for quotation in quotations[bisect_right(ends, sentence.start) :]:
                if quotation.start >= sentence.end:
                    break
                sentence.quotations.append(quotation)
        return cls(body, tokens, sentences, quotations)


def _sentences(body: str, tokens: list[Token]):
    """Start, end and paragraph of each sentence, white space around it left out."""
    starts = [token.start for token in tokens]
    begin, number = 0, 0
    for paragraph in [*PARAGRAPH.finditer(body), None]:
        last = paragraph.start() if paragraph else len(body)
        place = begin
        for stop in STOP.finditer(body, begin, last):
            if _ends(body, stop, tokens, starts):
                yield from _trimmed(body, place, stop.end(), number)
                place = stop.end()
        yield from _trimmed(body, place, last, number)
        if paragraph:
            begin, number = paragraph.end(), number + 1


def _trimmed(body: str, start: int, end: int, number: int):
    while start < end and body[start].isspace():
        start += 1
    while start < end and body[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end, number


def _ends(body: str, stop: re.Match, tokens: list[Token], starts: list[int]) -> bool:
    before = bisect_left(starts, stop.start()) - 1
    if before >= 0 and stop[0] == "." and tokens[before].end == stop.start():
        word = tokens[before].folded
        if word in ABBREVIATIONS or (len(word) == 1 and tokens[before].capital):
            return False
    after = stop.end()
    while after < len(body) and body[after].isspace():
        after += 1
    if after >= len(body):
        return True
    following = body[after]
    return not following.islower()


def find_quotations(body: str) -> list[Span]:
    """Quotations with their marks; those within another one belong to it. One that opens each paragraph anew is one a paragraph."""
    found: list[Span] = []
    place = 0
    while opener := OPENERS.search(body, place):
        mark = opener[0]
        end = _closed(body, opener.end(), mark)
        if end is None:
            place = opener.end()
            continue
        found.append(Span(opener.start(), end))
        place = end
    return found


def _closed(body: str, start: int, mark: str) -> int | None:
    """Where a quotation ends; at its paragraph's end where the next one opens it again; None where it is none."""
    closing = PAIRS.get(mark, mark)
    limit = min(len(body), start + LONGEST_QUOTATION)
    paragraph = PARAGRAPH.search(body, start, limit)
    last = paragraph.start() if paragraph else limit
    depth = 0
    for place in range(start, last):
        letter = body[place]
        if letter in closing and depth == 0:
            if letter in "'’" and place + 1 < len(body) and body[place + 1].isalnum() and body[place - 1].isalnum():
                continue  # an apostrophe
            return place + 1
        if letter == mark and mark in PAIRS and letter not in closing:
            depth += 1
        elif letter in closing and depth:
            depth -= 1
    if paragraph and body.startswith(mark, paragraph.end()):
        return last
    return None
