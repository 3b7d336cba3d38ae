"""The dataset as files: there and back, in any order, and refused without a trace."""

import json
import random

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands import loaddata as django_loaddata
from django.db import connection

from missions.models import DATASET, Claim, Country, Deployment, Mission, Revision, Statement
from tests.conftest import fixture_names

pytestmark = pytest.mark.django_db
FOLDER = settings.FIXTURE_DIRS[0]


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def everything():
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in DATASET}


@pytest.mark.parametrize("seed_of_order", [1, 2, 3])
def test_there_and_back_in_any_order_gives_the_same_bytes(tmp_path, seed_of_order):
    names = fixture_names()
    random.Random(seed_of_order).shuffle(names)
    call_command("loaddata", *names, verbosity=0)
    call_command("buildfixtures", output=tmp_path)
    assert contents(tmp_path) == contents(FOLDER)


def test_loading_twice_changes_nothing(seed, capsys):
    before, revision = everything(), Revision.objects.current()
    call_command("loaddata", *fixture_names())
    assert "0 created, 0 changed, 289 unchanged" in capsys.readouterr().out
    assert everything() == before
    assert Revision.objects.current() == revision


def test_djangos_own_loaddata_loads_them_in_the_order_of_their_names(tmp_path):
    call_command(django_loaddata.Command(), *fixture_names(), verbosity=0)
    with pytest.raises(CommandError):  # what is computed from the rows is not there yet
        call_command("audit")
    call_command("refresh")
    call_command("audit")
    call_command("buildfixtures", output=tmp_path)
    assert contents(tmp_path) == contents(FOLDER)


def test_loading_starts_a_history_with_its_relations(seed):
    assert Claim.history.count() == Claim.objects.count()
    assert Mission.history.first().history_change_reason == "loaded from fixtures"
    assert [str(link.country) for link in Mission.history.first().host_countries.all()] == ["Mali"]


def test_one_change_in_a_file_changes_one_row(seed, tmp_path, capsys):
    rows = json.loads((FOLDER / "60_statements.json").read_text())
    rows[0]["fields"]["note"] = "Read again."
    (tmp_path / "more.json").write_text(json.dumps(rows))
    call_command("loaddata", str(tmp_path / "more.json"))
    assert "0 created, 1 changed, 15 unchanged" in capsys.readouterr().out


def broken(file, place, /, **fields):
    def change(data):
        data[file][place]["fields"] |= fields

    return change


def twice(data):
    data["50_deployments.json"].append(data["50_deployments.json"][0])


CLAIM, DEPLOYMENT = "70_claims.json", "50_deployments.json"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            broken(CLAIM, 2, deployment=["nl-nowhere-1"]),
            ["70_claims.json", "row 3", "field deployment", "nl-nowhere-1"],
        ),
        (broken(CLAIM, 2, article=["none"]), ["70_claims.json", "row 3", "field article"]),
        (broken(CLAIM, 0, start=1), ["70_claims.json", "row 1", "field exact"]),
        (broken(CLAIM, 0, end=99_999), ["70_claims.json", "row 1", "field end"]),
        (broken(CLAIM, 0, start=-1), ["70_claims.json", "row 1", "field start"]),
        (broken(CLAIM, 0, start="one"), ["70_claims.json", "row 1", "field start"]),
        (broken(CLAIM, 0, start=True), ["70_claims.json", "row 1", "field start"]),
        (broken(CLAIM, 0, number=2), ["70_claims.json", "row 2", "row 1"]),
        (broken(CLAIM, 0, stagee="active"), ["70_claims.json", "row 1", "field stagee"]),
        (broken(CLAIM, 0, stage="gone"), ["70_claims.json", "row 1", "field stage"]),
        (broken(CLAIM, 6, personnel_high=10**7 + 1), ["70_claims.json", "row 7", "10,000,000"]),
        (broken(CLAIM, 6, personnel_high=10**12), ["70_claims.json", "row 7", "personnel_high"]),
        (broken(CLAIM, 6, personnel_low=90), ["70_claims.json", "row 7", "personnel_low"]),
        (broken(CLAIM, 6, personnel_high=float("nan")), ["70_claims.json", "NaN"]),
        (broken(CLAIM, 2, date_latest="2012-01-01"), ["70_claims.json", "row 3", "field date_latest"]),
        (broken(CLAIM, 2, date_edtf="2013-13"), ["70_claims.json", "row 3", "field date_edtf"]),
        (broken(CLAIM, 6, personnel_words="negentig man"), ["70_claims.json", "row 7", "field personnel_words"]),
        (broken(DEPLOYMENT, 0, status="withdrawn"), ["50_deployments.json", "row 1", "field status"]),
        (
            broken(DEPLOYMENT, 0, contributing_country=["QQ"]),
            ["50_deployments.json", "row 1", "field contributing_country"],
        ),
        (broken("20_articles.json", 0, body="Iets anders."), ["20_articles.json", "row 1", "body_sha256"]),
        (broken(CLAIM, 0, article="a"), ["70_claims.json", "row 1", "field article"]),
        (broken(CLAIM, 0, deployment=3), ["70_claims.json", "row 1", "field deployment"]),
        (broken(CLAIM, 0, deployment={"slug": "x"}), ["70_claims.json", "row 1", "field deployment"]),
        (broken(CLAIM, 0, note="a\0b"), ["70_claims.json", "row 1", "field note"]),
        (broken(CLAIM, 0, note="\ud800"), ["70_claims.json", "row 1", "field note"]),
        (broken("10_countries.json", 0, demonyms=["x"]), ["10_countries.json", "row 1", "field demonyms"]),
        (broken(DEPLOYMENT, 0, identity_note=None), ["50_deployments.json", "row 1", "field identity_note"]),
        (twice, ["50_deployments.json", "row 8", "row 1"]),
    ],
)
def test_a_broken_row_is_named_with_file_row_and_field_and_nothing_is_kept(tmp_path, change, words):
    data = {name: json.loads(raw) for name, raw in contents(FOLDER).items()}
    change(data)
    for name, rows in data.items():
        (tmp_path / name).write_text(json.dumps(rows))
    with pytest.raises(CommandError) as refused:
        call_command("loaddata", *(str(tmp_path / name) for name in data), verbosity=0)
    for word in words:
        assert word in str(refused.value)
    assert not any(model.objects.exists() for model in DATASET)
    assert not Revision.objects.exists()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '[{"model": "missions.ghost", "fields": {}}]', "\xff"])
def test_a_file_that_is_no_fixture_is_refused_by_name(tmp_path, text):
    (tmp_path / "poor.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(CommandError, match=r"poor\.json"):
        call_command("loaddata", str(tmp_path / "poor.json"))


def test_the_audit_is_clean_and_finds_what_is_not(seed, capsys):
    call_command("audit")
    assert "none" in capsys.readouterr().out
    Deployment.objects.filter(slug="nl-minusma-1").update(status="active")
    with pytest.raises(CommandError) as refused:
        call_command("audit")
    assert refused.value.returncode == 1
    assert "deployment nl-minusma-1: status" in capsys.readouterr().out


def test_the_audit_finds_words_that_no_longer_stand_there(seed, capsys):
    row = Statement.objects.get(number=1)
    Statement.objects.filter(pk=row.pk).update(exact=row.exact[:-1] + "!")
    with pytest.raises(CommandError):
        call_command("audit")
    assert "statement 000_94c2593ff7c6a45b:1: exact" in capsys.readouterr().out


def test_the_test_runs_on_the_database_it_says():
    assert connection.vendor in ("sqlite", "postgresql")
    assert Country._meta.db_table in connection.introspection.table_names()
