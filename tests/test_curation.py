import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from missions import curation
from missions.models import DATASET, Change, Claim, Deployment, Mission, Revision
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    return factories.claim(factories.article(), factories.deployment())


def test_a_row_goes_from_suggested_through_review_to_published(claim):
    article = claim.article
    assert article.state == "suggested"
    assert curation.submit(article).state == "in_review"
    assert curation.publish(article).state == "published"
    assert [row.state for row in article.history.all()] == ["published", "in_review", "suggested"]


def test_a_claim_is_published_only_on_a_published_article(claim):
    curation.submit(claim)
    with pytest.raises(ValidationError, match="Publish the article"):
        curation.publish(claim)
    factories.through(claim.article)
    claim.refresh_from_db()
    curation.publish(claim)
    assert Deployment.objects.get().status == "active"


def test_a_step_cannot_be_skipped(claim):
    with pytest.raises(ValidationError, match="in review"):
        curation.publish(claim)


def test_a_deployment_is_published_only_with_a_published_claim(claim):
    curation.submit(claim.deployment)
    with pytest.raises(ValidationError, match="No published claim"):
        curation.publish(claim.deployment)


def test_a_rejection_needs_a_reason_and_takes_the_value_away(claim):
    factories.through(claim.article)
    factories.through(claim)
    with pytest.raises(ValidationError, match="reason"):
        curation.reject(claim, reason=" ")
    curation.reject(claim, reason="misread")
    assert Deployment.objects.get().status is None
    assert Claim.history.first().history_change_reason == "misread"


def test_who_may_not_publish_does_not(claim):
    user = get_user_model().objects.create_user("reader")
    factories.through(claim.article)
    curation.submit(claim)
    with pytest.raises(PermissionDenied):
        curation.publish(claim, by=user)
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_a_passage_that_does_not_stand_there_is_refused_with_its_place():
    article = factories.article()
    with pytest.raises(ValidationError, match="these words stand at"):
        curation.record(
            Claim(
                article=article,
                deployment=factories.deployment(),
                start=0,
                end=15,
                exact="Zweden vertrok.",
                stage="active",
            ),
            reason="x",
        )
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"stage": None},
        {"stage": "gone"},
        {"onset": True, "stage": None, "contribution": "Zij"},
        {"personnel_best": 0, "personnel_words": "er", "personnel_basis": "deployed"},
        {"personnel_best": 10_000_001, "personnel_words": "er", "personnel_basis": "deployed"},
        {"personnel_low": 9, "personnel_high": 8, "personnel_words": "er", "personnel_basis": "deployed"},
        {"personnel_best": 9},
        {"personnel_words": "negen", "personnel_best": 9, "personnel_basis": "deployed"},
        {"derived": True},
        {"rule": "a rule"},
        {"verdict": "disputed"},
        {"contribution": ""},
        {"date_edtf": "2022-13"},
        {"date_earliest": "2022-01-01"},
    ],
)
def test_a_claim_that_breaks_a_rule_is_refused(fields):
    article = factories.article()
    row = Claim(
        deployment=factories.deployment(),
        **factories.passage(article, "Zij zijn er sinds 2013."),
        **{"stage": "active"} | fields,
    )
    with pytest.raises(ValidationError):
        curation.record(row, reason="x")


@pytest.mark.parametrize(
    "change",
    [
        {"end": 5},
        {"stage": "gone"},
        {"personnel_best": 5},
        {"derived": True},
        {"date_earliest": "2022-01-01"},
        {"state": "live"},
        {"contribution": ""},
    ],
)
def test_the_database_itself_has_the_last_word(claim, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)


def test_what_is_referred_to_is_protected(claim):
    for row in (claim.article, claim.deployment, claim.deployment.contributing_country):
        with pytest.raises(ProtectedError):
            row.delete()


def test_slugs_and_numbers_are_never_given_twice(claim):
    assert claim.deployment.slug == "nl-ml-1"
    article, deployment, number = claim.article, claim.deployment, claim.number
    curation.delete(claim, reason="x")
    curation.delete(deployment, reason="x")
    assert factories.deployment().slug == "nl-ml-2"
    assert curation.next_number(Claim, article) == number + 1


def test_every_published_change_counts_the_one_revision(claim):
    before = Revision.objects.current()
    curation.submit(claim)
    assert Revision.objects.current() == before
    factories.through(claim.article)
    assert Revision.objects.current() == before + 1
    assert Change.objects.latest("revision").table == "article"


def test_an_alias_that_could_be_any_mission_is_refused():
    with pytest.raises(ValidationError, match="any mission"):
        curation.record(Mission(slug="x", name="X", aliases=["de missie"]), reason="x")


def test_every_table_has_a_natural_key_protects_and_keeps_history():
    assert DATASET
    for model in DATASET:
        assert hasattr(model, "natural_key"), model
        assert hasattr(model._default_manager, "get_by_natural_key"), model
        assert hasattr(model, "history"), model
        for field in model._meta.fields:
            if field.is_relation:
                assert field.remote_field.on_delete.__name__ == "PROTECT", field
            if field.choices:
                assert any(c.name.endswith(f"_{field.name}_known") for c in model._meta.constraints), field
