"""A text as words, sentences and quotations, each with its place. Everything here is linear in the text's length."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, count
from operator import itemgetter
from typing import NamedTuple

# A possessive or plural ’s is no part of a name. The group lets a split by it keep the words.
TOKEN = re.compile(r"([^\W_]++(?:['’](?!s\b)[^\W\d_]++)*+)")
# The same where nothing is underscored; the letters of these languages stand before all others, which are told by a longer way.
QUICK_TOKEN = re.compile(r"([a-zA-Z0-9À-ÖØ-öø-ÿ\w]++(?:['’](?!s\b)[^\W\d]++)*+)")
NO_BREAK = ("\u00a0", "\u202f")  # spaces, read as those that break
PARAGRAPH = re.compile(r"\n\s*\n")
# Where a sentence may end: its mark, what closes behind it, and white space before the letter or mark that follows.
# It starts at the first mark only, and gives nothing back: a line of a million full stops is read once. The mark itself stands
# first in the pattern, since only then the search skips from mark to mark.
STOP = re.compile(r"[.!?…](?<![.!?…][.!?…])[.!?…]*+[”’\"')\]»]*+(?=\s++(\S))")
ABBREVIATIONS = {
    "dr", "drs", "mr", "mrs", "ms", "ir", "ing", "prof", "gen", "lt", "kol", "col", "maj", "sgt", "capt", "kap", "adm", "brig",
    "st", "no", "nr", "vs", "ca", "bijv", "bv", "o.a", "a.o", "e.g", "i.e", "jan", "feb", "mrt", "apr", "jun", "jul", "aug",
    "sep", "sept", "okt", "oct", "nov", "dec", "u.s", "u.k", "u.n", "rep", "sen", "gov", "jr", "sr", "jhr", "mln", "mld", "zr", "hr", "ds", "mgr", "kpt", "cpl", "pvt", "fig", "inc", "ltd", "dept", "est", "approx",
}  # fmt: skip
# What closes a quotation, by what opens it; an apostrophe within a word closes none.
CLOSERS = {
    "„": re.compile('[”“"]'), "“": re.compile("”"), "«": re.compile("»"), "‘": re.compile(r"’(?!\w)|(?<!\w)’"), ",,": re.compile("[”\"“]|''|’’"),
    '"': re.compile('"'), "'": re.compile(r"'(?!\w)"),
}  # fmt: skip
OPENERS = re.compile(r"[,„“«‘\"'](?:(?<=,),(?=\w)|(?<=[„“«‘\"])|(?<=')(?<![\w.,!?]')(?=\w))")
LONGEST_SENTENCE = 1500  # code points: what is longer is no sentence, and is not read as one
LONGEST_WORD = 60  # letters of a word that is remembered: longer ones are none, and would only fill the memory
LONGEST_QUOTATION = 4000  # code points within which a quotation is closed, or is none


class Remembered(dict):
    """What is told of a word, kept for so many words; all of a text's are looked up at once, sooner than from a cache."""

    def __init__(self, tell: Callable, most: int):
        super().__init__()
        self.tell, self.most = tell, most

    def __missing__(self, word: str):
        told = self.tell(word)
        if len(self) < self.most and len(word) <= LONGEST_WORD:
            self[word] = told
        return told

    def of_all(self, words: list[str]) -> list:
        return list(map(self.__getitem__, words))


class Span(NamedTuple):
    start: int
    end: int

    def holds(self, place: int) -> bool:
        return self.start <= place < self.end


@dataclass(slots=True)
class Sentence:
    """A sentence, with the quotations that lie in it or reach into it; `first` and `last` number its words."""

    start: int
    end: int
    paragraph: int
    first: int
    last: int  # and that which follows them
    quotations: list[Span]
    kinds: int = 0  # of its words, once they are told


@dataclass(slots=True)
class Text:
    """A text taken apart. Its words are told apart by their numbers: objects of each would be collected as garbage."""

    body: str
    lower: str  # the same in small letters, code point for code point
    words: list[str]
    folded: list[str]  # the words without capitals
    starts: list[int]  # of the words
    ends: list[int]
    capitals: list[int]  # the words that begin with one
    sentences: list[Sentence]
    quotations: list[Span]
    dashed: bool  # it has a dash that may part clauses
    # What is known of each word, once it is told: its kinds, the patterns that it can begin, and what it has of their needs.
    kinds: Sequence[int] = ()
    begins: Sequence[dict] = ()
    has: Sequence[int] = ()
    kind_of: dict[str, int] = field(default_factory=dict)  # by word

    @classmethod
    def of(cls, body: str) -> "Text":
        words, folded, starts, ends = _words(body)
        capitals = list(compress(count(), map(str.isupper, map(itemgetter(0), words))))
        paragraphs = [one.span() for one in PARAGRAPH.finditer(body)]  # what lies between them
        quotations = find_quotations(body, paragraphs)
        closing = [quotation.end for quotation in quotations]
        sentences, last = [], 0
        for start, end, paragraph in _sentences(body, paragraphs, words, folded, ends):
            first, last = last, bisect_left(starts, end, last)  # every word lies in a sentence
            if end - start > LONGEST_SENTENCE:
                continue
            number = following = bisect_right(closing, start)
            while following < len(quotations) and quotations[following].start < end:
                following += 1
            sentences.append(Sentence(start, end, paragraph, first, last, quotations[number:following]))
        dashed = "–" in body or "—" in body or " - " in body
        return cls(body, _lower(body), words, folded, starts, ends, capitals, sentences, quotations, dashed)

    def outside(self, sentence: Sentence) -> Sequence[int]:
        """The words that a sentence says itself."""
        numbers, starts = range(sentence.first, sentence.last), self.starts
        for start, end in sentence.quotations:
            numbers = [number for number in numbers if not start <= starts[number] < end]
        return numbers

    def capital(self, number: int) -> bool:
        return self.words[number][0].isupper()


def _words(body: str) -> tuple[list[str], list[str], list[int], list[int]]:
    """The words of a text as they are and folded, and where each starts and ends: all at once, and none by itself."""
    pieces = (TOKEN if "_" in body else QUICK_TOKEN).split(body)  # what stands between words, and words, in turn
    places = list(accumulate(map(len, pieces)))
    words = pieces[1::2]
    folded = "\n".join(words).casefold().replace("’", "'").split("\n") if words else []
    return words, folded, places[:-1:2], places[1::2]


def breaking(words: str) -> str:
    """With spaces at which a line may break for those at which it may not."""
    for space in NO_BREAK:
        words = words.replace(space, " ")
    return words


def _lower(body: str) -> str:
    lower = breaking(body.lower())
    if len(lower) == len(body):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in breaking(body))  # İ has two


def _sentences(
    body: str, paragraphs: list[tuple[int, int]], words: list[str], folded: list[str], ends: list[int]
) -> Iterator[tuple[int, int, int]]:
    """Start, end and paragraph of each sentence, white space around it left out."""
    begin = 0
    for number, (following, after) in enumerate([*paragraphs, (len(body), len(body))]):
        paragraph = body[begin:following]
        last = begin + len(paragraph.rstrip())
        place = last - len(paragraph.strip())
        for stop in STOP.finditer(body, begin, last):
            if not stop[1].islower() and not (stop[0] == "." and _shortens(stop.start(), words, folded, ends)):
                yield place, stop.end(), number
                place = stop.start(1)
        if place < last:
            yield place, last, number
        begin = after


def _shortens(place: int, words: list[str], folded: list[str], ends: list[int]) -> bool:
    """Whether a full stop is that of an abbreviation or an initial."""
    before = bisect_left(ends, place)
    if before == len(ends) or ends[before] != place:
        return False
    word = folded[before]
    return word in ABBREVIATIONS or (len(word) == 1 and words[before][0].isupper())


def find_quotations(body: str, paragraphs: list[tuple[int, int]]) -> list[Span]:
    """Quotations with their marks; those within another one belong to it. One that opens each paragraph anew is one a paragraph."""
    found: list[Span] = []
    breaks = [start for start, _end in paragraphs]
    closes = {mark: _Next(body, pattern) for mark, pattern in CLOSERS.items()}
    place = 0
    while opener := OPENERS.search(body, place):
        mark, start = opener[0], opener.end()
        number = bisect_left(breaks, start)
        last, following = paragraphs[number] if number < len(paragraphs) else (len(body), len(body))
        limit = min(last, start + LONGEST_QUOTATION)
        end = closes[mark].after(start)
        if end is not None and end <= limit:
            found.append(Span(opener.start(), end))
            place = end
        elif limit == last and body.startswith(mark, following):
            found.append(Span(opener.start(), last))
            place = last
        else:
            place = start
    return found


class _Next:
    """The next place at which a pattern ends, asked for places that only grow."""

    def __init__(self, body: str, pattern: re.Pattern):
        self.body, self.pattern, self.found = body, pattern, (-1, -1)

    def after(self, place: int) -> int | None:
        if self.found is not None and self.found[0] < place:
            match = self.pattern.search(self.body, place)
            self.found = match.span() if match else None
        return self.found[1] if self.found else None
