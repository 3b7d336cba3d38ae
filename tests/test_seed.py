"""The seed, read closely: the traps of the article, none of which the fixtures may fall into."""

import pytest

from missions.models import Article, Claim, Deployment, Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seed")]


def one(slug):
    return Deployment.objects.get(slug=slug)


def test_missions_that_are_not_named_are_null():
    assert {d.slug for d in Deployment.objects.filter(mission=None)} == {
        "de-ml-1",
        "dk-ml-1",
        "fr-ml-1",
        "nl-ml-1",
        "se-ml-1",
    }


def test_france_is_there_since_2013_and_only_that():
    france = one("fr-ml-1")
    assert (france.status, france.start_edtf, france.start_basis) == ("active", "2013", "stated")


def test_sweden_took_soldiers_back_not_all():
    assert one("se-ml-1").status == "reduced"


def test_germany_and_the_netherlands_are_considering():
    assert one("de-ml-1").status == one("nl-minusma-1").status == "under_review"


def test_the_danes_were_made_to_turn_back_in_a_week_derived():
    danes = one("dk-ml-1")
    assert (danes.status, danes.start_edtf, danes.start_basis) == ("turned_back", "[2022-01-24..2022-02-27]", "derived")


def test_until_may_is_a_plan_and_derived():
    plan = Claim.objects.get(planned=True)
    assert (plan.date_words, plan.date_edtf, plan.derived) == ("tot mei", "2022-05", True)
    assert one("nl-minusma-1").end_latest is None


def test_almost_ninety_is_not_ninety():
    dutch = one("nl-minusma-1")
    assert (dutch.personnel_low, dutch.personnel_best, dutch.personnel_high) == (None, None, 89)


def test_the_earlier_dutch_mission_ended_in_2019_after_five_years():
    earlier = one("nl-ml-1")
    assert (earlier.start_edtf, earlier.start_basis, earlier.end_edtf, earlier.end_basis) == (
        "2014~",
        "derived",
        "2019",
        "stated",
    )


def test_mercenaries_are_statements_and_no_deployment():
    assert not Deployment.objects.filter(contributing_country__code="RU").exists()
    assert Statement.objects.filter(countries__code="RU", attribution="none").count() == 2


def test_the_quotation_without_a_tag_is_inferred():
    quotation = Statement.objects.get(exact__startswith=",,Als het niet meer")
    assert (quotation.form, quotation.attribution, quotation.speaker) == ("direct", "inferred", None)


def test_every_passage_is_whole_sentences():
    body = Article.objects.get().body
    for row in [*Statement.objects.all(), *Claim.objects.all()]:
        assert row.start == 0 or body[: row.start].rstrip(" \n")[-1] in ".”" or body[row.start - 1] == "\n", row
        assert row.exact[-1] in ".”", row


def test_everything_is_published_and_conflict_free():
    for model in (Article, Statement, Claim, Deployment):
        assert set(model.objects.values_list("state", flat=True)) == {"published"}
    assert not Deployment.objects.in_conflict().exists()
