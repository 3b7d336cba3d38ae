"""History: what each change did, and the way back, also from a deletion."""

import pytest
from django.core.exceptions import ValidationError
from django.db.models import CASCADE, PROTECT

from missions import audit, curation, history
from missions.admin import past
from missions.models import DATASET, Claim, Deployment, Mission, Statement
from tests import factories

pytestmark = pytest.mark.django_db


def differences(row) -> dict:
    *_, last = history.versions(row)
    return {one.field: (one.before, one.after) for one in last.differences}


@pytest.fixture
def claim():
    return factories.claim(factories.article(), factories.deployment(), publish=True)


def test_a_change_tells_who_when_why_and_each_column(claim):
    claim.note = "read again"
    curation.record(claim, reason="a note")
    *_, last = history.versions(claim)
    assert (last.by, last.reason, last.kind) == (None, "a note", "~")
    assert differences(claim) == {"note": (None, "read again")}


def test_a_deployments_history_names_the_claim_that_changed_it(claim):
    claim.stage = "under_review"
    curation.record(claim, reason="read again")
    *_, last = history.versions(claim.deployment)
    (change,) = [one for one in last.differences if one.field == "status"]
    assert (change.before, change.after, change.because) == ("active", "under_review", (claim.key,))
    assert "read again" in last.reason


def test_a_row_goes_back_to_an_earlier_version(claim):
    first = claim.history.last()
    claim.note, claim.stage = "misread", "ended"
    curation.record(claim, reason="a change")
    curation.revert(claim, first, reason="the first reading was right")
    claim.refresh_from_db()
    assert (claim.note, claim.stage, claim.state) == (None, "active", "published")
    assert Deployment.objects.get().status == "active"
    assert claim.history.first().history_change_reason == "the first reading was right"


def test_going_back_brings_many_to_many_columns_along():
    mission = factories.mission()
    mali, sweden = factories.country("ML"), factories.country("SE")
    curation.record(mission, reason="hosts", related={"host_countries": [mali]})
    hosted = mission.history.first()
    curation.record(mission, reason="wrong", related={"host_countries": [sweden]})
    assert differences(mission)["host_countries"] == ("Mali", "Sweden")
    curation.revert(mission, hosted, reason="back")
    assert list(mission.host_countries.all()) == [mali]


def test_a_deleted_row_comes_back_as_suggested_with_its_number_and_history(claim):
    key, pk = claim.key, claim.pk
    curation.delete(claim, reason="a mistake")
    assert not Claim.objects.exists()
    last = Claim.history.filter(id=pk).first()
    restored = curation.restore(last, reason="it was none")
    assert (restored.key, restored.pk, restored.state) == (key, pk, "suggested")
    assert [one.kind for one in history.versions(restored)][-2:] == ["-", "+"]
    assert list(audit.findings()) == []


def test_a_deleted_mission_comes_back_with_its_countries():
    mission = factories.mission()
    curation.record(mission, reason="hosts", related={"host_countries": [factories.country("ML")]})
    pk = mission.pk
    curation.delete(mission, reason="a mistake")
    restored = curation.restore(Mission.history.filter(id=pk).first(), reason="it was none")
    assert [country.code for country in restored.host_countries.all()] == ["ML"]


def test_a_row_that_is_there_is_not_restored(claim):
    with pytest.raises(ValidationError, match="revert it"):
        curation.restore(claim.history.first(), reason="x")


def test_a_version_whose_words_no_longer_stand_is_refused_and_nothing_changes():
    article = factories.article()
    claim = factories.claim(article, factories.deployment())
    first = claim.history.last()
    curation.correct(article, "Zij zijn er niet.", "0" * 64, reason="corrected")
    claim.refresh_from_db()
    claim.article.refresh_from_db()
    claim.locate(exact="Zij zijn er niet.")
    curation.record(claim, reason="placed anew")
    with pytest.raises(ValidationError):
        curation.revert(claim, first, reason="back")
    assert Claim.objects.get().exact == "Zij zijn er niet."


def test_a_statement_remembers_its_missions():
    article, mission = factories.article(), factories.mission()
    row = Statement(form="indirect", attribution="none", **factories.passage(article, "Dat zei de minister."))
    curation.record(row, reason="read", related={"missions": [mission]})
    curation.record(row, reason="none", related={"missions": []})
    assert differences(row)["missions"] == ("MINUSMA", None)


def test_what_stands_in_the_way_is_named_and_of_much_a_part(admin_client, django_assert_max_num_queries):
    host = factories.country("ML")
    for _ in range(past.A_FEW + 5):
        factories.deployment()
    factories.deployment("ML")  # sender and host at once
    with django_assert_max_num_queries(60):
        page = admin_client.get(f"/admin/missions/country/{host.pk}/delete/").content.decode()
    named = page[page.index('<ul id="obstacles">') :]
    named = named[: named.index("</ul>")]
    assert named.count("<li>Deployment: ") == past.A_FEW
    assert named.count("… and more") == 1
    assert "nl-ml-1<" in named and "… and more deployments" in named
    free = factories.country("SE")
    assert 'id="obstacles"' not in admin_client.get(f"/admin/missions/country/{free.pk}/delete/").content.decode()


def test_what_goes_with_a_row_is_referred_to_by_nothing_that_would_keep_it():
    """So that a look at a row's own relations tells all that stands in the way."""
    for model in DATASET:
        for relation in model._meta.related_objects:
            if relation.on_delete is CASCADE:
                kept_by = [
                    other for other in relation.related_model._meta.related_objects if other.on_delete is PROTECT
                ]
                assert not kept_by, (model, relation)
