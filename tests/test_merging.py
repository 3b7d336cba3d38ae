"""Merging: what hangs on a row moves along, its address leads on, and all of it can be undone."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from missions import audit, curation
from missions.models import Claim, Country, Deployment, Merge, Mission, Statement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Two published deployments of one country, a claim each."""
    article = factories.article()
    first, second = factories.deployment(), factories.deployment()
    factories.claim(article, first, "Zij zijn er sinds 2013.", publish=True)
    factories.claim(article, second, "Nederland stuurt honderd militairen naar Mali.", stage="announced", publish=True)
    for row in (first, second):
        row.identity_note = "Read from the sentence before."
        curation.record(row, reason="a test")
        factories.through(row)
    return first, second


def everything() -> dict:
    tables = (Country, Mission, Deployment, Statement, Claim)
    return {model: list(model.objects.order_by("pk").values()) for model in tables}


def without_pk(rows: dict) -> dict:
    """Rows by their keys; a row that came back has a number of its own."""
    slugs = {row["id"]: row["slug"] for row in rows[Deployment]}
    claims = [
        {k: v for k, v in row.items() if k != "deployment_id"} | {"of": slugs[row["deployment_id"]]}
        for row in rows[Claim]
    ]
    deployments = [{k: v for k, v in row.items() if k != "id"} for row in rows[Deployment]]
    return {"claims": claims, "deployments": sorted(deployments, key=lambda row: row["slug"])}


def test_claims_move_along_and_are_projected_together(two):
    first, second = two
    curation.merge(second, first, reason="one force")
    assert list(Deployment.objects.all()) == [first]
    assert Claim.objects.filter(deployment=first).count() == 2
    first.refresh_from_db()
    assert first.status == "active"
    assert list(audit.findings()) == []


def test_a_merge_is_undone_without_a_trace_in_the_data(two):
    first, second = two
    before = everything()
    left = curation.merge(second, first, reason="one force")
    curation.unmerge(left, reason="two after all")
    assert without_pk(everything()) == without_pk(before)
    assert not Merge.objects.exists()
    assert list(audit.findings()) == []


def test_what_was_recorded_after_the_merge_stays(two):
    first, second = two
    left = curation.merge(second, first, reason="one force")
    later = factories.claim(Claim.objects.first().article, first, "Zweden vertrok.", stage="ended")
    curation.unmerge(left, reason="two after all")
    later.refresh_from_db()
    assert later.deployment == first


def test_the_old_address_leads_on_also_over_two_merges(two, client):
    first, second = two
    third = factories.deployment()
    curation.merge(third, second, reason="one force")
    curation.merge(second, first, reason="one force")
    for slug in (second.slug, third.slug):
        answer = client.get(f"/api/v1/deployments/{slug}/?known_on=2022-03-01")
        assert answer.status_code == 308
        assert answer["Location"] == f"/api/v1/deployments/{first.slug}/?known_on=2022-03-01"
    assert client.get("/api/v1/deployments/nl-ml-99/").status_code == 404
    assert client.get(f"/api/v1/claims/?deployment={third.slug}").json()["count"] == 2


def test_a_slug_that_was_merged_is_never_given_again(two):
    first, second = two
    curation.merge(second, first, reason="one force")
    Deployment.history.all().delete()  # a fresh database, loaded from fixtures
    assert (
        curation.new_slug(Deployment(contributing_country=factories.country(), host_country=factories.country("ML")))
        == "nl-ml-3"
    )


def test_the_feed_tells_of_a_merge_and_of_its_undoing(two, client):
    first, second = two
    feed = client.get("/api/v1/changes/").json()
    left = curation.merge(second, first, reason="one force")
    feed = client.get("/api/v1/changes/", {"since": feed["cursor"]}).json()
    told = {(one["table"], one["key"], one["kind"]) for one in feed["results"]}
    assert ("deployment", second.slug, "withdrawn") in told
    assert {table for table, *_ in told} >= {"claim", "deployment"}
    curation.unmerge(left, reason="two after all")
    feed = client.get("/api/v1/changes/", {"since": feed["cursor"]}).json()
    assert ("deployment", second.slug) in {(one["table"], one["key"]) for one in feed["results"]}


def test_deployments_of_two_countries_are_not_merged():
    with pytest.raises(ValidationError, match="different countries"):
        curation.merge(factories.deployment("SE"), factories.deployment("NL"), reason="x")


def test_a_published_deployment_is_not_merged_into_a_draft(two):
    with pytest.raises(ValidationError, match="publish it first"):
        curation.merge(two[0], factories.deployment(), reason="x")


def test_a_row_is_not_merged_into_itself_or_into_another_table(two):
    for target in (two[0], factories.mission()):
        with pytest.raises(ValidationError, match="another one"):
            curation.merge(two[0], target, reason="x")


def test_a_row_that_others_were_merged_into_is_not_deleted():
    first, second = factories.deployment(), factories.deployment()
    curation.merge(second, first, reason="one force")
    with pytest.raises(ValidationError, match="undo that first"):
        curation.delete(first, reason="x")


def test_a_merge_into_a_row_that_was_merged_itself_is_undone_in_order(two):
    first, second = two
    third = factories.deployment()
    inner = curation.merge(third, second, reason="one force")
    outer = curation.merge(second, first, reason="one force")
    with pytest.raises(ValidationError, match="undo that first"):
        curation.unmerge(inner, reason="x")
    curation.unmerge(outer, reason="x")
    curation.unmerge(inner, reason="x")
    assert Deployment.objects.count() == 3


def test_missions_are_merged_with_their_deployments_and_statements_and_undone(client):
    good, bad = factories.mission(), factories.mission("minusma-2")
    deployment = factories.deployment()
    deployment.mission = bad
    curation.record(deployment, reason="a test")
    statement = Statement(
        form="indirect", attribution="none", **factories.passage(factories.article(), "Dat zei de minister.")
    )
    curation.record(statement, reason="a test", related={"missions": [bad]})
    left = curation.merge(bad, good, reason="one mission")
    deployment.refresh_from_db()
    assert deployment.mission == good
    assert list(statement.missions.all()) == [good]
    assert client.get("/api/v1/missions/minusma-2/")["Location"] == "/api/v1/missions/minusma/"
    curation.unmerge(left, reason="two after all")
    deployment.refresh_from_db()
    assert (deployment.mission.slug, [m.slug for m in statement.missions.all()]) == ("minusma-2", ["minusma-2"])


def test_a_merged_row_comes_back_by_undoing_the_merge_and_not_otherwise(two):
    first, second = two
    pk = second.pk
    left = curation.merge(second, first, reason="one force")
    gone = Deployment.history.filter(id=pk, history_type="-").get()
    with pytest.raises(ValidationError, match="undo the merge"):
        curation.restore(gone, reason="x")
    assert curation.unmerge(left, reason="two after all").slug == second.slug


def test_a_statement_about_both_missions_is_about_both_again():
    good, bad = factories.mission(), factories.mission("minusma-2")
    statement = Statement(
        form="indirect", attribution="none", **factories.passage(factories.article(), "Dat zei de minister.")
    )
    curation.record(statement, reason="a test", related={"missions": [good, bad]})
    left = curation.merge(bad, good, reason="one mission")
    assert list(statement.missions.all()) == [good]
    curation.unmerge(left, reason="two after all")
    assert {mission.slug for mission in statement.missions.all()} == {"minusma", "minusma-2"}


def test_the_audit_finds_a_merge_that_leads_nowhere_or_to_itself(two):
    first, second = two
    curation.merge(second, first, reason="one force")
    assert list(audit.findings()) == []
    Merge.objects.update(into="nl-ml-9")
    (finding,) = audit.findings()
    assert "leads nowhere" in finding.message
    Merge.objects.update(slug=first.slug)
    assert any("is a row again" in finding.message for finding in audit.findings())


def test_a_merge_travels_with_the_fixtures(two, tmp_path):
    curation.merge(two[1], two[0], reason="one force")
    call_command("buildfixtures", output=tmp_path, verbosity=0)
    assert (tmp_path / "80_merges.json").exists()
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.json")}
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", *sorted(tmp_path.glob("*.json")), verbosity=0)
    call_command("buildfixtures", output=tmp_path / "again", verbosity=0)
    assert {path.name: path.read_bytes() for path in (tmp_path / "again").glob("*.json")} == before
    curation.unmerge(Merge.objects.get(), reason="two after all")
    assert Deployment.objects.count() == 2
    assert list(audit.findings()) == []
