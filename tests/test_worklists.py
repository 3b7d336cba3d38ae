"""Worklists: each finds what waits, and nothing else."""

from datetime import date

import pytest

from missions import audit, curation
from missions.models import Article, Claim, Deployment
from missions.worklists import WORKLISTS, of_table
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2022, 6, 1)


def found(name: str, model) -> set:
    (one,) = [one for one in of_table(model) if one.name == name]
    return set(one.of(model.objects.all(), TODAY))


@pytest.fixture
def article():
    return factories.article()


@pytest.fixture
def deployment():
    return factories.deployment()


def test_rows_wait_by_their_state(article, deployment):
    claim = factories.claim(article, deployment)
    assert found("suggested", Claim) == {claim}
    curation.submit(claim)
    assert (found("suggested", Claim), found("in_review", Claim)) == (set(), {claim})


def test_words_that_no_longer_stand_are_misquoted(article, deployment):
    claim = factories.claim(article, deployment)
    assert found("misquoted", Claim) == set()
    curation.correct(article, "Een heel andere tekst, met een streepje 🎈.", "0" * 64, reason="corrected")
    assert found("misquoted", Claim) == {claim}


def test_words_are_counted_in_code_points(deployment):
    article = factories.article(body="🎈🎈 e\u0301é Zij zijn er sinds 2013.".replace("e\u0301", "é"))
    factories.claim(article, deployment)
    assert not list(audit.findings())
    Claim.objects.update(start=1, end=24)
    assert "claim" in {finding.table for finding in audit.findings()}


def test_a_claim_that_only_tells_a_contribution_has_no_stage_or_strength(article, deployment):
    factories.claim(article, deployment)
    claim = factories.claim(article, deployment, stage=None, contribution="Zij")
    assert found("without_stage_or_strength", Claim) == {claim}


def test_a_deployment_waits_until_a_claim_is_published(article, deployment):
    assert found("without_published_claim", Deployment) == {deployment}
    factories.claim(article, deployment, publish=True)
    assert found("without_published_claim", Deployment) == set()


def test_planned_days_pass_unless_someone_says_what_came_of_them(deployment):
    article = factories.article(body="Nederland komt in mei 2022. Zweden komt in juli 2022. Nederland is er.")
    coming = {"publish": True, "stage": "active", "onset": True, "planned": True}
    plan = factories.claim(
        article, deployment, "Nederland komt in mei 2022.", **coming, date="2022-05", date_words="mei 2022"
    )
    factories.claim(
        article,
        factories.deployment("SE"),
        "Zweden komt in juli 2022.",
        **coming,
        date="2022-07",
        date_words="juli 2022",
    )
    assert found("planned_dates_passed", Deployment) == {plan.deployment}
    factories.claim(article, deployment, "Nederland is er.", publish=True)
    assert found("planned_dates_passed", Deployment) == set()


def test_an_article_without_facts_waits(article, deployment):
    assert found("without_facts", Article) == {article}
    factories.claim(article, deployment)
    assert found("without_facts", Article) == set()


def test_deployments_that_may_be_one_are_probable_duplicates(article):
    first, second, other = factories.deployment(), factories.deployment(), factories.deployment("SE")
    assert found("probable_duplicates", Deployment) == {first, second}
    assert other not in found("probable_duplicates", Deployment)


def test_deployments_of_two_force_types_or_missions_are_none():
    first, second = factories.deployment(), factories.deployment()
    for row, force in ((first, "military"), (second, "police")):
        row.force_type = force
        curation.record(row, reason="a test")
    assert found("probable_duplicates", Deployment) == set()
    second.force_type = "unspecified"
    curation.record(second, reason="a test")
    assert found("probable_duplicates", Deployment) == {first, second}
    for row, slug in ((first, "minusma"), (second, "eutm")):
        row.mission = factories.mission(slug)
        curation.record(row, reason="a test")
    assert found("probable_duplicates", Deployment) == set()
    second.mission = None
    curation.record(second, reason="a test")
    assert found("probable_duplicates", Deployment) == {first, second}


def test_deployments_at_two_times_are_none():
    article = factories.article(body="Zij kwamen in 2013. Zij gingen in 2014. Zij kwamen weer in 2016.")
    first, second = factories.deployment(), factories.deployment()
    factories.claim(article, first, "Zij gingen in 2014.", publish=True, stage="withdrawn", onset=True, date="2014")
    assert found("probable_duplicates", Deployment) == {first, second}
    back = {"publish": True, "stage": "active", "onset": True}
    factories.claim(article, second, "Zij kwamen weer in 2016.", date="2016", **back)
    assert found("probable_duplicates", Deployment) == set()


def test_the_same_text_twice_and_the_same_reading_twice(article, deployment):
    assert found("same_text", Article) == set()
    again = factories.article("again")
    assert found("same_text", Article) == {article, again}
    one = factories.claim(article, deployment)
    factories.claim(article, deployment, stage="extended")
    assert found("same_reading", Claim) == set()
    two = factories.claim(article, deployment)
    assert found("same_reading", Claim) == {one, two}


def test_what_was_rejected_waits_for_nobody(article, deployment):
    claim = factories.claim(article, deployment, stage=None, contribution="Zij")
    curation.reject(claim, reason="no claim")
    for one in of_table(Claim):
        assert claim not in set(one.of(Claim.objects.all(), TODAY)), one.name


def test_every_list_counts_its_rows_and_tells_since_when(article, deployment):
    assert len(WORKLISTS) > 10
    counts = {(one.model, one.name): one.standing(TODAY) for one in WORKLISTS}
    count, oldest = counts[Deployment, "suggested"]
    assert (count, oldest) == (1, deployment.history.first().history_date)
    assert counts[Claim, "misquoted"] == (0, None)
