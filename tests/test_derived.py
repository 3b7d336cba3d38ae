"""What was known when, and by which words a row is found."""

from datetime import date

import pytest

from missions import curation, derived, search
from missions.models import Change, Claim, Computed, Country, DatedProjection, Deployment, Revision, SearchEntry
from missions.models.deployment import PROJECTED
from missions.projection import Projection
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_projection_writes_every_column_after_the_identity():
    assert set(Projection().columns()) == set(PROJECTED)


def steps(deployment):
    rows = deployment.dated_projections.order_by("known_from")
    return [(row.known_from.isoformat(), row.known_until and row.known_until.isoformat(), row.status) for row in rows]


def test_each_article_adds_what_was_known_from_the_day_it_was_certainly_out():
    deployment = factories.deployment()
    later = factories.article("later", published="2022-08-17")
    factories.claim(factories.article("early", published="2022-02"), deployment, publish=True)
    factories.claim(later, deployment, "Zweden vertrok.", publish=True, stage="withdrawn")
    assert steps(deployment) == [("2022-02-28", "2022-08-17", "active"), ("2022-08-17", None, "withdrawn")]


def test_an_article_that_adds_nothing_makes_no_step():
    deployment = factories.deployment()
    for slug, published in (("one", "2022-02-10"), ("two", "2022-02-11")):
        article = factories.article(slug, body="Zij zijn er sinds 2013.", published=published)
        factories.claim(article, deployment, publish=slug == "one")
    assert steps(deployment) == [("2022-02-10", None, "active")]
    claim = Claim.objects.get(article__slug="two")
    claim.verdict, claim.verdict_reason = "rejected", "A test."
    curation.record(claim, reason="a test")
    factories.through(claim.article)
    factories.through(claim)
    assert steps(deployment) == [("2022-02-10", None, "active")]


def test_an_undated_article_never_counts():
    deployment = factories.deployment()
    factories.claim(factories.article(published=None), deployment, publish=True)
    deployment.refresh_from_db()
    assert (deployment.status, steps(deployment)) == ("active", [])


def test_a_rejected_claim_leaves_what_was_known(seed):
    claim = factories.claim(
        factories.article(published="2022-08-17"),
        Deployment.objects.get(slug="nl-minusma-1"),
        "Zweden vertrok.",
        publish=True,
        stage="withdrawn",
    )
    assert claim.deployment.dated_projections.count() == 2
    curation.reject(claim, reason="a test")
    assert claim.deployment.dated_projections.count() == 1


def test_the_seed_is_known_from_the_end_of_its_month(seed):
    assert set(DatedProjection.objects.values_list("known_from", flat=True)) == {date(2022, 2, 28)}
    assert DatedProjection.objects.count() == Deployment.objects.count()


def test_refresh_writes_what_is_missing_and_touches_nothing_else(seed):
    assert derived.refresh(missing_only=True) == (0, 0)
    DatedProjection.objects.filter(deployment__slug="nl-minusma-1").delete()
    SearchEntry.objects.filter(table="claim").delete()
    assert derived.refresh(missing_only=True) == (1, Claim.objects.count())
    assert derived.refresh()[0] == 0


def test_what_migrations_leave_to_be_computed_is_computed_once_whoever_migrates(seed):
    derived.complete()
    DatedProjection.objects.all().delete()
    derived.complete()  # no migration came since
    assert not DatedProjection.objects.exists()
    Computed.objects.update(migration="0001_initial")
    derived.complete()
    assert DatedProjection.objects.count() == Deployment.objects.count()
    assert Computed.objects.get().migration > "0001_initial"
    derived.complete()


def test_what_is_computed_anew_is_a_revision_of_its_own_and_changes_no_row(seed, client):
    """Else an answer that was kept for the revision would go on without what is found now."""
    address = "/api/v1/deployments/?known_on=2022-03-01"
    DatedProjection.objects.all().delete()
    before, changes = client.get(address), Change.objects.count()
    assert before.json()["count"] == 0
    assert client.get(address, headers={"If-None-Match": before["ETag"]}).status_code == 304
    revision = Revision.objects.current()
    assert derived.refresh(missing_only=True)[0]
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.json()["count"] == Deployment.objects.count()
    assert (Revision.objects.current(), Change.objects.count()) == (revision + 1, changes)
    since = client.get("/api/v1/changes/?since=0&page_size=500").json()
    assert since["revision"] == revision + 1
    assert derived.refresh(missing_only=True) == (0, 0)
    assert Revision.objects.current() == revision + 1


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("De militairen vertrekken", "militair"),  # Dutch plural
        ("zijn militaire missie", "militair"),  # Dutch adjective
        ("the soldiers are leaving", "leave"),  # English verb
        ("Several missions", "MISSION"),
        ("België stuurt", "belgie"),
        ("Zweden trok terug", "Zweden"),
    ],
)
def test_a_word_is_found_whatever_its_ending(text, asked):
    kept = {stem for word in search.words(text) for stem in search.stems(word)}
    assert any(stem in kept for word in search.words(asked) for stem in search.stems(word))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("".join(map(chr, range(128))), ["0123456789", "abcdefghijklmnopqrstuvwxyz", "_"]),
        ("U.N.-led F_16s, 89 troops\n(EUTM)", ["u", "n", "led", "f_16s", "89", "troops", "eutm"]),
        ("Türkiye, Ελλάδα and Côte d’Ivoire", ["turkiye", "ελλαδα", "and", "cote", "d", "ivoire"]),
        ("Zoe\u0308 Zoë", ["zoe"]),
    ],
)
def test_words_are_the_same_whether_a_text_is_plain_or_not(text, words):
    assert set(search.words(text)) == set(words)
    assert set(search.words(f"{text} é")) == {*words, "e"}  # the slower way


def test_a_number_is_its_own_stem():
    assert search.stems("89") == ("89",)


def test_a_word_is_found_whole_and_not_as_a_part():
    factories.country("ML")
    assert Country.objects.filter(pk__in=search.found(Country, "mali")).exists()
    assert not Country.objects.filter(pk__in=search.found(Country, "mal")).exists()
    assert not Country.objects.filter(pk__in=search.found(Country, "i")).exists()


def test_what_is_deleted_is_found_no_more():
    mission = factories.mission()
    assert search.found(type(mission), "minusma").exists()
    curation.delete(mission, reason="a test")
    assert not SearchEntry.objects.filter(table="mission").exists()
