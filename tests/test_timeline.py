"""The picture says what the rows say: certain presence is solid, possible presence pale, and what is open fades out."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from missions.models import Deployment
from missions.site import lanes
from missions.site.presence import Presence
from missions.site.strengths import strengths
from missions.site.timeline import Scale, Subject, picture

DAYS = st.dates(date(2010, 1, 1), date(2024, 12, 31))
OPEN = st.none() | DAYS


@st.composite
def imprecise(draw):
    """Earliest and latest day of a date, either of which may be open."""
    first, last = draw(OPEN), draw(OPEN)
    return (last, first) if first and last and first > last else (first, last)


@st.composite
def rows(draw):
    begins, begun = draw(imprecise())
    ends, ended = draw(imprecise())
    return row(begins, begun, ends, ended, draw(st.sampled_from(["stated", "derived", "bounded", None])))


def row(begins=None, begun=None, ends=None, ended=None, basis="stated", **plans):
    days = {"start_earliest": begins, "start_latest": begun, "end_earliest": ends, "end_latest": ended}
    planned = dict.fromkeys(
        ("planned_start_earliest", "planned_start_latest", "planned_end_earliest", "planned_end_latest")
    )
    return SimpleNamespace(start_basis=basis, **days, **planned | plans)


def subject(*found) -> Subject:
    presence = Presence()
    for one in found:
        presence += Presence.of(one)
    return Subject("a force", None, presence=presence)


def bars(one: Subject):
    return picture([(None, None, [one])], name="p", title="t", description="d").lanes[0].bars


def covered(day: date, drawn, kinds: set[str]) -> bool:
    return any(bar.kind in kinds and bar.first <= day <= bar.last for bar in drawn)


POSSIBLE = {"opens", "possible", "closes"}


def certainly(one, day: date) -> bool:
    return bool(
        one.start_basis and one.start_latest and one.end_earliest and one.start_latest <= day <= one.end_earliest
    )


def possibly(one, day: date) -> bool:
    began = one.start_earliest is None or one.start_earliest <= day
    lasts = one.end_latest is None or day <= one.end_latest
    return began and lasts and one.start_basis is not None


@given(st.lists(rows(), min_size=1, max_size=4), DAYS)
def test_a_day_is_solid_where_presence_is_certain_and_pale_where_it_is_possible(found, day):
    """The rule of `missions.models.deployment.present`, for one deployment and for several in one lane."""
    shown = picture([(None, None, [subject(*found)])], name="p", title="t", description="d")
    if shown.scale.first <= day <= shown.scale.last:
        drawn = shown.lanes[0].bars
        assert covered(day, drawn, {"certain"}) == any(certainly(one, day) for one in found)
        assert covered(day, drawn, POSSIBLE) == any(possibly(one, day) for one in found)


@pytest.mark.django_db
def test_the_picture_agrees_with_the_question_on(shared_seed):
    deployments = list(Deployment.objects.public())
    shown = picture([(None, None, [subject(one) for one in deployments])], name="p", title="t", description="d")
    for deployment, lane in zip(deployments, shown.lanes, strict=True):
        drawn = lane.bars
        for day in (date(2013, 6, 1), date(2016, 1, 1), date(2021, 11, 15), date(2022, 1, 1), date(2022, 2, 20)):
            asked = Deployment.objects.filter(pk=deployment.pk)
            assert covered(day, drawn, {"certain"}) == asked.present(day, "certain").exists(), (deployment, day)
            assert covered(day, drawn, POSSIBLE) == asked.present(day, "possible").exists(), (deployment, day)


def test_an_open_start_fades_in_from_the_edge_and_an_open_end_fades_out_to_it():
    drawn = bars(subject(row(None, date(2014, 1, 1), date(2016, 1, 1), None)))
    kinds = [bar.kind for bar in drawn]
    assert kinds == ["opens", "possible", "closes", "certain"]
    opens, _known, closes, _certain = drawn
    assert (opens.x, float(closes.x[:-1]) + float(closes.width[:-1])) == ("0.000%", pytest.approx(100))


def test_what_is_known_at_both_ends_fades_nowhere():
    drawn = bars(subject(row(date(2013, 1, 1), date(2013, 12, 31), date(2016, 1, 1), date(2016, 12, 31))))
    assert [bar.kind for bar in drawn] == ["possible", "certain"]


def test_a_deployment_that_never_came_has_no_bar():
    assert bars(subject(row(basis=None))) == []


def test_of_a_force_of_which_no_day_is_known_any_day_is_possible():
    drawn = bars(subject(row()))
    assert [bar.kind for bar in drawn] == ["opens", "closes"]
    shown = picture([(None, None, [subject(row())])], name="p", title="t", description="d")
    assert shown.ticks == []  # and no axis is made up


JUNE, MAY = (date(2021, 6, 1), date(2021, 6, 30)), (date(2022, 5, 1), date(2022, 5, 31))


@pytest.mark.parametrize(
    ("start", "end", "kinds"),
    [
        (JUNE, MAY, ["plan-possible", "plan-certain"]),
        ((None, None), MAY, ["plan-opens", "plan-possible"]),  # until May, since when is not told
        (JUNE, (None, None), ["plan-possible", "plan-closes"]),  # from June on, until when is not told
        ((None, None), (date(2022, 5, 1), None), ["plan-opens", "plan-possible", "plan-closes"]),
        ((None, None), (None, date(2022, 5, 31)), ["plan-opens", "plan-possible"]),
        ((None, date(2021, 6, 30)), (None, None), ["plan-opens", "plan-possible", "plan-closes"]),
        (MAY, JUNE, ["plan-possible", "plan-possible"]),  # the wrong way round, as it was told
        ((None, None), (None, None), []),
    ],
)
def test_a_plan_is_hatched_as_far_as_it_is_told_and_fades_where_it_is_not(start, end, kinds):
    planned = dict(zip(("planned_start_earliest", "planned_start_latest", "planned_end_earliest", "planned_end_latest"),
                       (*start, *end), strict=True))  # fmt: skip
    drawn = bars(Subject("a force", None, plan=Presence.planned(row(basis=None, **planned))))
    assert [bar.kind for bar in drawn] == kinds
    for one in drawn:
        if one.kind == "plan-certain" and start == JUNE:
            assert (one.first, one.last) == (date(2021, 6, 30), date(2022, 5, 1))


@given(DAYS, DAYS)
def test_later_days_lie_further_right(one, other):
    scale = Scale([date(2010, 1, 1), date(2024, 12, 31)])
    assert (scale.at(one) < scale.at(other)) == (one < other)
    assert 0 < scale.at(one) < 100


@pytest.mark.parametrize("years", [0, 1, 3, 10, 40, 200, 1900])
def test_the_axis_has_a_few_labels_whatever_its_length(years):
    ticks = Scale([date(1000, 3, 1), date(1000, 3, 1) + timedelta(365 * years)]).ticks()
    assert 1 <= len(ticks) <= 9
    assert len({tick.x for tick in ticks}) == len(ticks)


def test_the_ends_of_the_calendar_can_be_drawn():
    drawn = bars(subject(row(date.min, date.min, date.max - timedelta(1), date.max - timedelta(1))))
    assert "certain" in {bar.kind for bar in drawn}


def strength(low, best, high, words="so many"):
    return SimpleNamespace(personnel_low=low, personnel_best=best, personnel_high=high, personnel_words=words)


@pytest.mark.parametrize(
    ("numbers", "line", "opens", "closes"),
    [
        ((None, None, 89), False, True, False),
        ((50, None, None), False, False, True),
        ((80, 90, 100), True, False, False),
        ((None, 105, None), False, False, False),
    ],
)
def test_an_unknown_side_of_a_strength_fades_and_is_no_zero(monkeypatch, numbers, line, opens, closes):
    monkeypatch.setattr("missions.site.strengths.address", lambda row: "/")
    (one,) = strengths([("NL", strength(*numbers))], "s").lanes
    assert (bool(one.line), bool(one.opens), bool(one.closes)) == (line, opens, closes)
    assert [bool(place) for place in (one.low, one.best, one.high)] == [number is not None for number in numbers]


def test_of_no_known_strength_there_is_no_picture():
    assert strengths([("NL", strength(None, None, None, None))], "s") is None


def test_the_home_page_draws_contributors_while_there_is_room_for_them_and_else_their_places(shared_seed, monkeypatch):
    rows = Deployment.objects.public()
    places = rows.values("mission", "host_country").distinct().count()
    contributors = rows.values("mission", "host_country", "contributing_country").distinct().count()
    assert places < contributors
    drawn = {}
    for room in (contributors, contributors - 1, places - 1):
        monkeypatch.setattr(lanes, "MOST_LANES", room)
        groups, _left_out = lanes.places_of()
        drawn[room] = sum(len(subjects) for _title, _href, subjects in groups)
    assert list(drawn.values()) == [contributors, places, places]
