"""The feed tells every change of what the public sees, and nothing else."""

from itertools import product

import pytest
from django.core.exceptions import ValidationError

from missions import curation
from missions.models import Article, Change, Claim, Country, Deployment, Mission, Revision, Statement
from missions.models.review import State
from missions.publication import PUBLIC
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """A claim, its article and its deployment, all published."""
    found = factories.claim(factories.article(), factories.deployment(), publish=True)
    factories.through(found.deployment)
    return found


def told(verb) -> set[tuple[str, str, str]]:
    """What the feed says of a verb; one revision at most."""
    before = Revision.objects.current()
    verb()
    assert Revision.objects.current() - before <= 1
    return {tuple(row) for row in Change.objects.filter(revision__gt=before).values_list("table", "key", "kind")}


def test_a_draft_is_not_told():
    assert told(lambda: factories.article()) == set()


def test_a_published_deployment_brings_its_claims_into_sight():
    claim = factories.claim(factories.article(), factories.deployment(), publish=True)
    curation.submit(claim.deployment)
    assert told(lambda: curation.publish(claim.deployment)) == {
        ("deployment", "nl-ml-1", "changed"),
        ("claim", "article:1", "changed"),
    }


def test_a_rejected_article_takes_its_passages_along(claim):
    assert told(lambda: curation.reject(claim.article, reason="a test")) == {
        ("article", "article", "withdrawn"),
        ("claim", "article:1", "withdrawn"),
        ("deployment", "nl-ml-1", "withdrawn"),  # nothing shows it any more
    }
    claim.refresh_from_db()
    assert claim.state == "in_review"


def test_an_articles_own_columns_stand_in_no_other_row(claim):
    article = Article.objects.get()
    article.title = "A title"
    assert told(lambda: curation.record(article, reason="a test")) == {("article", "article", "changed")}


def test_a_slug_is_given_once(claim):
    article = Article.objects.get()
    article.slug = "other"
    with pytest.raises(ValidationError, match="given once"):
        curation.record(article, reason="a test")


def test_a_countrys_name_is_told_of_every_row_that_shows_it(claim):
    mali = Country.objects.get(code="ML")
    mali.name_en = "Republic of Mali"
    assert told(lambda: curation.record(mali, reason="a test")) == {
        ("country", "ML", "changed"),
        ("deployment", "nl-ml-1", "changed"),
        ("claim", "article:1", "changed"),
    }


def test_a_mission_that_is_deleted_is_withdrawn():
    mission = factories.mission()
    assert told(lambda: curation.delete(mission, reason="a test")) == {("mission", "minusma", "withdrawn")}
    assert not Mission.objects.exists()


def test_a_claim_moved_to_another_deployment_changes_both(claim):
    other = factories.claim(claim.article, factories.deployment("SE"), "Zweden vertrok.", publish=True)
    factories.through(other.deployment)
    claim.refresh_from_db()
    claim.deployment = other.deployment
    claim.onset = False
    changed = told(lambda: curation.record(claim, reason="a test"))
    assert {("claim", "article:1", "changed"), ("deployment", "nl-ml-1", "withdrawn")} <= changed
    assert {table for table, _, _ in changed} == {"claim", "deployment"}
    assert Deployment.objects.get(slug="nl-ml-1").status is None


def test_a_verb_that_fails_tells_nothing(claim):
    claim.exact = "Nowhere."
    before = Revision.objects.current()
    with pytest.raises(Exception, match="The article says"):
        curation.record(claim, reason="a test")
    assert Revision.objects.current() == before
    assert Deployment.objects.get().status == "active"
    assert Claim.objects.get().exact != "Nowhere."


def test_what_a_refused_verb_noted_is_not_told_by_the_block_around_it(claim):
    """Of many rows at once a refused one is taken back: the feed does not call it changed."""
    from missions.publication import one_revision

    def both():
        with one_revision():
            with pytest.raises(RuntimeError), one_revision():
                claim.note = "taken back"
                curation.record(claim, reason="a test")
                raise RuntimeError
            curation.record(Mission(slug="other", name="Other"), reason="a test")

    assert told(both) == {("mission", "other", "changed")}


def test_the_public_is_counted_as_it_is_listed_whatever_is_hidden():
    for number, states in enumerate(product(State.values, repeat=3)):
        article = factories.article(f"article-{number}")
        deployment = factories.deployment()
        claim = factories.claim(article, deployment)
        statement = curation.record(
            Statement(**factories.passage(article, "Dat zei de minister."), form="indirect", attribution="none"),
            reason="a test",
        )
        for row, state in zip((article, deployment, claim), states, strict=True):
            type(row).objects.filter(pk=row.pk).update(state=state)
        Statement.objects.filter(pk=statement.pk).update(state=states[2])
    for model in PUBLIC:
        if model is not Country:
            assert model.objects.count_public() == model.objects.public().count(), model
    assert Claim.objects.count_public() == 1
    assert Statement.objects.count_public() == len(State)
