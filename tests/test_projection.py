"""The twelve rules, each in both directions, and that order does not matter."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from missions.models.claim import Verdict
from missions.models.deployment import PersonnelBasis, Stage
from missions.projection import conflicts, project
from tests.factories import unsaved


def start(result):
    return result.start.edtf, result.start_basis


def end(result):
    return result.end.edtf, result.end_basis


# 1
def test_a_published_accepted_unplanned_claim_decides():
    assert project([unsaved(stage="active")]).status == "active"


@pytest.mark.parametrize(
    "change", [{"state": "in_review"}, {"verdict": "disputed"}, {"verdict": "rejected"}, {"planned": True}]
)
def test_no_other_claim_decides(change):
    claim = unsaved(stage="active")
    for name, value in change.items():
        setattr(claim, name, value)
    assert project([claim]).status is None


# 2
def test_an_undated_state_holds_at_publication():
    assert end(project([unsaved(stage="active")])) == ("[2022-02-01..]", "bounded")


def test_an_undated_onset_happened_by_publication():
    assert start(project([unsaved(stage="reduced", onset=True)])) == ("[..2022-02-28]", "bounded")
    assert end(project([unsaved(stage="reduced", onset=True)])) == (None, None)


def test_an_undated_plan_has_no_date():
    assert project([unsaved(stage="ended", planned=True)]).planned_end.edtf is None


# 3
def test_a_claim_with_one_certainly_after_it_does_not_stand():
    assert (
        project([unsaved(stage="withdrawn", onset=True, date="2019"), unsaved(stage="active", date="2021")]).status
        == "active"
    )


def test_a_claim_that_may_be_as_late_stands():
    claims = [unsaved(stage="ended", onset=True, date="2022-02-10"), unsaved(stage="active", date="2022-02")]
    assert project(claims).status == "ended"


# 4
def test_the_stated_is_preferred_to_the_derived():
    claims = [
        unsaved(stage="active", onset=True, date="2014", derived=True, published="2023"),
        unsaved(stage="active", onset=True, date="2013"),
    ]
    assert start(project(claims)) == ("2013", "stated")


def test_the_later_publication_is_preferred():
    claims = [
        unsaved(stage="active", onset=True, date="2013"),
        unsaved(stage="active", onset=True, date="2012", published="2023"),
    ]
    assert project(claims).start.edtf == "2012"


def test_key_breaks_the_tie():
    claims = [
        unsaved(stage="active", onset=True, date=date, slug=slug, number=1)
        for slug, date in (("b", "2012"), ("a", "2013"))
    ]
    assert project(claims).start.edtf == "2013"


# 5
def test_the_highest_of_the_standing_is_the_status():
    assert project([unsaved(stage="active"), unsaved(stage="under_review")]).status == "under_review"
    assert project([unsaved(stage="under_review"), unsaved(stage="withdrawn", onset=True)]).status == "withdrawn"
    assert project([]).status is None


# 6
def test_the_narrowest_of_those_overlapping_the_preferred_dates_the_start():
    claims = [
        unsaved(stage="active", onset=True, date="2021-11"),
        unsaved(stage="active", onset=True, date="2021", published="2023"),
    ]
    assert project(claims).start.edtf == "2021-11"


def test_a_narrower_but_disjoint_or_derived_one_does_not():
    preferred = unsaved(stage="active", onset=True, date="2021", published="2023")
    assert project([preferred, unsaved(stage="active", onset=True, date="2020-11")]).start.edtf == "2021"
    assert project([preferred, unsaved(stage="active", onset=True, date="2021-11", derived=True)]).start.edtf == "2021"


def test_a_force_turned_back_came_when_it_was_turned_back():
    assert start(project([unsaved(stage="turned_back", onset=True, date="2022-02")])) == ("2022-02", "stated")
    assert start(project([unsaved(stage="withdrawn", onset=True, date="2022-02")])) == ("[..2022-02-28]", "bounded")


# 7
def test_without_a_dated_onset_the_start_is_bounded_by_the_first_sight():
    claims = [unsaved(stage="active", date="2015"), unsaved(stage="reduced", date="2013-05")]
    assert start(project(claims)) == ("[..2013-05-31]", "bounded")


def test_who_was_never_seen_has_no_start():
    assert start(project([unsaved(stage="announced", date="2015")])) == (None, None)


# 8
def test_an_end_exists_where_the_force_has_left():
    assert end(project([unsaved(stage="withdrawn", onset=True, date="2019")])) == ("2019", "stated")


def test_a_departure_overtaken_by_presence_is_no_end():
    claims = [unsaved(stage="withdrawn", onset=True, date="2019"), unsaved(stage="active", date="2021")]
    assert end(project(claims)) == ("[2021-01-01..]", "bounded")


def test_an_undated_departure_bounds_the_end_by_its_publication():
    claims = [unsaved(stage="active", date="2021"), unsaved(stage="withdrawn", onset=True)]
    assert end(project(claims)) == ("[2021-01-01..2022-02-28]", "bounded")


# 9
def test_plans_stay_whatever_happens():
    claims = [
        unsaved(stage="active", planned=True, date="2020"),
        unsaved(stage="ended", planned=True, date="2022-05"),
        unsaved(stage="withdrawn", onset=True, date="2021"),
    ]
    result = project(claims)
    assert (result.planned_start.edtf, result.planned_end.edtf, result.end.edtf) == ("2020", "2022-05", "2021")


def test_a_plan_moves_no_state():
    assert project([unsaved(stage="active"), unsaved(stage="ended", planned=True, date="2000")]).status == "active"


# 10
def strength(number, basis="deployed", **more):
    return unsaved(personnel_best=number, personnel_words=str(number), personnel_basis=basis, **more)


def test_deployed_strength_comes_before_pledged_and_ceiling():
    claims = [strength(300, "ceiling", date="2023"), strength(200, "pledged", date="2022"), strength(100, date="2020")]
    assert project(claims).personnel_best == 100
    assert project(claims[:2]).personnel_best == 200


def test_the_standing_strength_is_taken_whole():
    old = unsaved(
        personnel_low=80, personnel_high=120, personnel_words="80-120", personnel_basis="deployed", date="2020"
    )
    result = project([old, strength(100, date="2021")])
    assert (result.personnel_low, result.personnel_best, result.personnel_high) == (None, 100, None)


# 11
def test_contributions_are_listed_once_in_the_order_of_time():
    claims = [unsaved(contribution=words, date=date) for words, date in (("b", "2021"), ("a", "2020"), ("b", "2022"))]
    assert project(claims).contribution == "a; b"
    assert project([unsaved(stage="active")]).contribution is None


# 12
def test_a_derived_date_says_so():
    assert start(project([unsaved(stage="active", onset=True, date="2014~", derived=True)])) == ("2014~", "derived")


# conflicts
@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (
            "two starts",
            {"stage": "active", "onset": True, "date": "2013"},
            {"stage": "active", "onset": True, "date": "2015"},
        ),
        (
            "two departures",
            {"stage": "ended", "onset": True, "date": "2013"},
            {"stage": "withdrawn", "onset": True, "date": "2015"},
        ),
        (
            "seen before the start",
            {"stage": "reduced", "date": "2012"},
            {"stage": "active", "onset": True, "date": "2013"},
        ),
        (
            "seen after the end",
            {"stage": "active", "date": "2016"},
            {"stage": "withdrawn", "onset": True, "date": "2013"},
        ),
        ("withdrawn and turned back", {"stage": "withdrawn", "date": "2013"}, {"stage": "turned_back", "date": "2013"}),
        ("declined and present", {"stage": "declined", "date": "2013"}, {"stage": "active", "date": "2013"}),
    ],
)
def test_a_contradiction_is_kept_and_counted(kind, one, other):
    claims = [unsaved(**one), unsaved(**other)]
    assert [conflict.kind for conflict in conflicts(claims)] == [kind]
    assert project(claims).conflict_count == 1
    claims[0].planned = True
    assert conflicts(claims) == []


def test_strengths_apart_at_the_same_time_are_in_conflict():
    assert [c.kind for c in conflicts([strength(100, date="2021"), strength(200, date="2021")])] == ["two strengths"]
    assert conflicts([strength(100, date="2020"), strength(200, date="2021")]) == []
    assert conflicts([strength(100, date="2021"), strength(200, "ceiling", date="2021")]) == []


def test_about_reaches_one_unit_of_the_last_digit_that_is_not_zero():
    about = unsaved(personnel_best=90, personnel_words="zo'n 90", personnel_basis="deployed", date="2021")
    assert conflicts([about, strength(100, date="2021")]) == []
    assert len(conflicts([about, strength(101, date="2021")])) == 1
    assert len(conflicts([strength(90, date="2021"), strength(100, date="2021")])) == 1


dates = st.sampled_from(
    [None, "2013", "2019", "2014~", "2021-11", "2022-02-10", "[..2022-02]", "[2021..]", "[2022-01-24..2022-02-27]"]
)


@st.composite
def claims(draw):
    number = draw(st.one_of(st.none(), st.integers(1, 999)))
    more = (
        {
            "personnel_best": number,
            "personnel_words": str(number),
            "personnel_basis": draw(st.sampled_from(PersonnelBasis.values)),
        }
        if number
        else {}
    )
    return unsaved(
        stage=draw(st.sampled_from([None, *Stage.values])),
        onset=draw(st.booleans()),
        planned=draw(st.booleans()),
        derived=draw(st.booleans()),
        verdict=draw(st.sampled_from(Verdict.values)),
        date=draw(dates),
        published=draw(st.sampled_from([None, "2022", "2022-02", "2023-01-01"])),
        contribution=draw(st.sampled_from([None, "tanks", "a ship"])),
        **more,
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(claims(), max_size=7), st.randoms())
def test_the_order_of_claims_does_not_matter(some, chance: random.Random):
    first = project(some).columns()
    shuffled = list(some)
    chance.shuffle(shuffled)
    assert project(shuffled).columns() == first
    for name in ("start", "end", "planned_start", "planned_end"):
        earliest, latest = first[f"{name}_earliest"], first[f"{name}_latest"]
        assert earliest is None or latest is None or earliest <= latest
