"""Review by role: who may do what, who may judge what, and how a row goes back."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from missions import curation, history
from missions.models import Claim, Deployment
from tests import factories

pytestmark = pytest.mark.django_db

FACTS = ("article", "statement", "claim", "deployment")


def account(name, *roles):
    user = get_user_model().objects.create_user(name)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def may(user, right, tables=FACTS):
    return {table for table in tables if user.has_perm(f"missions.{right}_{table}")}


@pytest.fixture
def curator():
    return account("ann", "Curator")


@pytest.fixture
def reviewer():
    return account("bob", "Reviewer")


@pytest.fixture
def claim(curator):
    """A claim that a curator recorded and submitted, on a published article."""
    article = factories.through(factories.article())
    deployment = factories.deployment()
    row = Claim(deployment=deployment, stage="active", **factories.passage(article, "Zij zijn er sinds 2013."))
    curation.record(row, by=curator, reason="read")
    return curation.submit(row, by=curator)


def test_a_curator_records_and_submits_and_does_not_judge(curator):
    assert may(curator, "add") == may(curator, "change") == may(curator, "submit") == {*FACTS}
    for right in ("publish", "reject", "send_back"):
        assert may(curator, right) == set()
    assert not curator.has_perm("auth.change_user")


def test_a_reviewer_judges_and_merges(reviewer):
    for right in ("publish", "reject", "send_back"):
        assert may(reviewer, right) == {*FACTS}
    assert may(reviewer, "merge", ["deployment", "mission"]) == {"deployment", "mission"}
    assert may(reviewer, "add") == set()


def test_an_administrator_manages_accounts_and_no_facts():
    administrator = account("ada", "Administrator")
    assert administrator.has_perms(["auth.add_user", "auth.change_user", "missions.add_token", "axes.view_accesslog"])
    for right in ("add", "change", "publish"):
        assert may(administrator, right) == set()


def test_a_reviewer_publishes_what_a_curator_recorded(claim, reviewer):
    assert curation.publish(claim, by=reviewer).state == "published"


def test_nobody_publishes_rejects_or_sends_back_their_own_work(claim, curator):
    curator.groups.add(Group.objects.get(name="Reviewer"))
    curator = get_user_model().objects.get(pk=curator.pk)
    for verb in (curation.publish, curation.reject, curation.send_back):
        with pytest.raises(PermissionDenied, match="own work"):
            verb(claim, by=curator, reason="mine")
    assert Claim.objects.get().state == "in_review"


def test_an_administrator_of_everything_does_not_publish_their_own_work_either():
    chief = get_user_model().objects.create_superuser("chief")
    article = factories.article()
    curation.record(article, by=chief, reason="date corrected") if article.pk else None
    article.publisher = "A paper"
    curation.submit(curation.record(article, by=chief, reason="publisher found"), by=chief)
    with pytest.raises(PermissionDenied, match="own work"):
        curation.publish(article, by=chief)


def test_a_team_of_one_may_publish_its_own_work(claim, curator, settings):
    settings.NEWSDB_REVIEW_OWN_WORK = True
    curator.groups.add(Group.objects.get(name="Reviewer"))
    curator = get_user_model().objects.get(pk=curator.pk)
    assert curation.publish(claim, by=curator).state == "published"


def test_who_changed_a_row_has_a_hand_in_it(claim, reviewer):
    claim.note = "read again"
    curation.record(claim, by=reviewer, reason="note")
    assert {str(user) for user in history.authors(claim)} == {"ann", "bob"}
    with pytest.raises(PermissionDenied, match="own work"):
        curation.publish(claim, by=reviewer)


def test_who_only_moved_a_row_has_no_hand_in_it(claim, reviewer):
    curation.send_back(claim, by=reviewer, reason="which year?")
    assert {str(user) for user in history.authors(claim)} == {"ann"}


def test_a_row_sent_back_is_suggested_again_with_the_reason(claim, reviewer):
    curation.send_back(claim, by=reviewer, reason="which year?")
    claim.refresh_from_db()
    assert (claim.state, claim.history.first().history_change_reason) == ("suggested", "which year?")


def test_only_what_is_in_review_is_sent_back(claim, reviewer):
    curation.publish(claim, by=reviewer)
    with pytest.raises(ValidationError, match="starts from in review"):
        curation.send_back(claim, by=reviewer, reason="x")


def test_a_published_fact_that_a_reviewer_changes_waits_for_other_eyes(claim, reviewer):
    curation.publish(claim, by=reviewer)
    claim.stage = "extended"
    curation.record(claim, by=reviewer, reason="read again")
    assert Claim.objects.get().state == "in_review"
    assert Deployment.objects.get().status is None
    with pytest.raises(PermissionDenied, match="own work"):
        curation.publish(claim, by=reviewer)


def test_a_published_fact_that_a_team_of_one_changes_stays_published(claim, reviewer, settings):
    settings.NEWSDB_REVIEW_OWN_WORK = True
    curation.publish(claim, by=reviewer)
    claim.stage = "extended"
    curation.record(claim, by=reviewer, reason="read again")
    assert (Claim.objects.get().state, Deployment.objects.get().status) == ("published", "extended")


def test_the_particulars_of_a_published_article_change_without_taking_it_back(claim, reviewer):
    article = claim.article
    article.publisher = "A paper"
    assert curation.record(article, by=reviewer, reason="found").state == "published"
