"""An article's text beside its facts: the segments are the text, and each passage is made of whole segments."""

from itertools import pairwise
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from missions.admin.reading import Fact
from missions.segments import segments_of, stretches_of

TEXT = "Zie 🎈🎈. Café en cafe\u0301 <b>&amp;</b>\n\nZweden vertrok.\n"
PLACES = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).filter(lambda place: place[0] < place[1])
KINDS = st.sampled_from(["statement", "claim", "suggestion", "rejected"])


def fact(number: int, start: int, end: int, kind: str, placed: bool = True) -> Fact:
    return Fact(f"claim-{number}", kind, SimpleNamespace(start=start, end=end), "", [], placed)


@given(st.lists(st.tuples(PLACES, KINDS, st.booleans()), max_size=12))
def test_segments_are_the_text_and_passages_are_made_of_them(drawn):
    facts = [fact(number, *place, kind, placed) for number, (place, kind, placed) in enumerate(drawn)]
    segments = list(segments_of(TEXT, facts))
    assert "".join(segment.text for segment in segments) == TEXT
    for one in facts:
        covered = "".join(segment.text for segment in segments if one in segment.facts)
        assert covered == (TEXT[one.row.start : one.row.end] if one.marked else "")
        begins = [segment for segment in segments if one in segment.begins]
        assert len(begins) == int(one.marked)


def test_overlapping_passages_are_marked_by_all_their_kinds():
    facts = [fact(1, 0, 10, "claim"), fact(2, 5, 15, "statement"), fact(3, 5, 8, "suggestion")]
    assert [(s.kinds, s.names) for s in segments_of(TEXT, facts)][:4] == [
        ("claim", "claim-1"),
        ("claim statement suggestion", "claim-1 claim-2 claim-3"),
        ("claim statement", "claim-1 claim-2"),
        ("statement", "claim-2"),
    ]


def test_what_was_rejected_or_quotes_an_earlier_text_is_not_marked():
    facts = [fact(1, 0, 5, "rejected"), fact(2, 0, 5, "claim", placed=False)]
    assert [segment.text for segment in segments_of(TEXT, facts)] == [TEXT]


@given(st.lists(st.tuples(PLACES, KINDS, st.booleans()), max_size=6), st.integers(0, 8))
def test_stretches_hold_the_passages_and_little_more(drawn, around):
    facts = [fact(number, *place, kind, placed) for number, (place, kind, placed) in enumerate(drawn)]
    stretches = stretches_of(TEXT, facts, around)
    marked = [one for one in facts if one.marked]
    assert stretches == sorted(stretches)
    assert all(one[1] < other[0] for one, other in pairwise(stretches))
    for one in marked:
        assert [one in within for start, end, within in stretches].count(True) == 1
    for start, end, within in stretches:
        for at in range(start, end):
            assert any(one.row.start - around <= at < one.row.end + around for one in marked)
        shown = list(segments_of(TEXT, within, start, end))
        assert "".join(segment.text for segment in shown) == TEXT[start:end]
    shown = [segment for start, end, within in stretches for segment in segments_of(TEXT, within, start, end)]
    for one in marked:
        assert "".join(segment.text for segment in shown if one in segment.facts) == TEXT[one.row.start : one.row.end]
