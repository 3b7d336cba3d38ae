"""Sheets: what goes out comes in again; what comes in keeps every rule, all rows or none."""

import pytest
from django.contrib.auth import get_user_model

from missions import audit
from missions.exchange import sheets, tables
from missions.exchange.sheets import Unreadable
from missions.models import Claim, Deployment, Mission, Revision
from tests import factories

MODELS = list(tables.TABLES)


def sheet(model, rows, kind="csv"):
    return sheets.read(f"x.{kind}", sheets.write(kind, *tables.exported(model, rows)))


def typed(*lines: str):
    return sheets.read("x.csv", "\n".join(lines).encode())


@pytest.mark.django_db
def test_every_table_comes_back_unchanged(seed):
    before = Revision.objects.current()
    for model in MODELS:
        for kind in ("csv", "xlsx"):
            outcome = tables.take_in(model, sheet(model, model.objects.all(), kind), reason="round trip")
            unchanged = {"new": 0, "changed": 0, "unchanged": model.objects.count(), "refused": 0}
            assert outcome.counts == unchanged, outcome.refused
            assert unchanged["unchanged"] > 0
    assert Revision.objects.current() == before


@pytest.mark.django_db
def test_the_whole_dataset_travels_by_sheets(seed):
    def said(model) -> list[dict]:
        """What persons wrote, whatever the rows' numbers and review."""
        header, rows = tables.exported(model, model.objects.all())
        taken = tables.columns_of(model)
        return [{name: cell for name, cell in zip(header, row, strict=True) if name in taken} for row in rows]

    before = {model: said(model) for model in MODELS}
    written = {model: sheets.write("xlsx", *tables.exported(model, model.objects.all())) for model in MODELS}
    for model in reversed(MODELS):
        model.objects.all().delete()
    for model in MODELS:
        outcome = tables.take_in(model, sheets.read("x", written[model]), reason="moved house")
        assert outcome.written, outcome.refused
    assert {model: said(model) for model in MODELS} == before
    assert {claim.state for claim in Claim.objects.all()} == {"suggested"}
    assert list(audit.findings()) == []


@pytest.mark.django_db
class TestTakingIn:
    def test_dates_and_strengths_are_read_as_they_are_typed(self):
        factories.article(body="In mei 2022 stuurt Nederland bijna negentig militairen.")
        factories.deployment()
        line = '"In mei 2022 stuurt Nederland bijna negentig militairen."'
        rows = typed(
            "article,number,deployment,start,end,exact,stage,date_words,personnel_words,personnel_basis",
            f"article,,nl-ml-1,0,55,{line},announced,mei 2022,bijna negentig,pledged",
        )
        outcome = tables.take_in(Claim, rows, reason="a table")
        assert outcome.written, outcome.refused
        claim = Claim.objects.get()
        assert (claim.date_edtf, str(claim.date_latest), claim.personnel_high) == ("2022-05", "2022-05-31", 89)
        assert (claim.number, claim.state) == (1, "suggested")

    def test_one_refused_row_keeps_all_of_them_out_and_names_the_unknown_key(self):
        factories.country("ML")
        rows = typed("slug,name,host_countries", "one,One,ML", "two,Two,ML; ZZ", "three,,ML")
        outcome = tables.take_in(Mission, rows, reason="a table")
        assert not outcome.written
        assert [(fate.place, fate.kind) for fate in outcome.fates] == [(2, "new"), (3, "refused"), (4, "refused")]
        assert "There is no country “ZZ”" in outcome.refused[0].messages[0]
        assert "name" in outcome.refused[1].messages[0]
        assert not Mission.objects.exists()

    def test_a_rehearsal_tells_each_rows_fate_and_writes_nothing(self):
        factories.mission()
        before = Revision.objects.current(), Mission.history.count()
        rows = typed("slug,name", "minusma,MINUSMA", "eutm,EUTM")
        outcome = tables.take_in(Mission, rows, reason="a table", rehearse=True)
        assert [fate.kind for fate in outcome.fates] == ["unchanged", "new"]
        assert Mission.objects.count() == 1
        assert (Revision.objects.current(), Mission.history.count()) == before

    def test_a_column_that_is_missing_stays_as_it_is(self):
        mission = factories.mission()
        mission.abbreviation = "M"
        factories.curation.record(mission, reason="a test")
        tables.take_in(Mission, typed("slug,name", "minusma,New name"), reason="a table")
        mission.refresh_from_db()
        assert (mission.name, mission.abbreviation) == ("New name", "M")

    def test_who_and_why_stand_in_the_history_and_rights_are_asked(self):
        user = get_user_model().objects.create_user("curator")
        claim = factories.claim(factories.article(), factories.deployment(), publish=True)
        rows = typed("article,number,note", f"article,{claim.number},read again")
        outcome = tables.take_in(Claim, rows, by=user, reason="a table")
        assert "a reviewer changes or deletes it" in outcome.refused[0].messages[0]

    @pytest.mark.parametrize(
        ("lines", "word"),
        [
            (["slug,nam", "x,y"], "did you mean name"),
            (["name", "x"], "“slug” is missing"),
        ],
    )
    def test_a_strange_or_missing_column_is_refused(self, lines, word):
        with pytest.raises(tables.Unknown, match=word):
            tables.take_in(Mission, typed(*lines), reason="x")

    def test_a_deployment_is_projected_once_for_all_its_rows(self):
        article, deployment = factories.article(), factories.deployment()
        first, second = (factories.claim(article, deployment, publish=True) for _ in range(2))
        before = deployment.history.count()
        rows = typed("article,number,stage", f"article,{first.number},extended", f"article,{second.number},reduced")
        assert tables.take_in(Claim, rows, reason="a table").written
        deployment.refresh_from_db()
        assert (deployment.status, deployment.history.count()) == ("reduced", before + 1)
        assert list(audit.findings()) == []

    def test_more_rows_than_others_would_wait_for_are_refused(self):
        with pytest.raises(tables.Unknown, match="at most 1,000"):
            tables.take_in(Mission, typed("slug,name", *(f"m-{n},M {n}" for n in range(1001))), reason="x")

    def test_two_rows_of_one_key_are_refused(self):
        with pytest.raises(tables.Unknown, match="“one” stands in rows 2 and 4"):
            tables.take_in(Mission, typed("slug,name", "one,One", "two,Two", "one,Three"), reason="x")

    def test_a_deep_nest_is_no_list_of_words(self):
        (fate,) = tables.take_in(Mission, typed("slug,name,aliases", f"one,One,{'[' * 50_000}"), reason="x").refused
        assert "no JSON" in fate.messages[0]

    def test_passages_are_checked_as_if_typed(self):
        factories.article()
        factories.deployment()
        rows = typed("article,number,deployment,start,end,exact,stage", "article,,nl-ml-1,0,5,Zwede,active")
        (fate,) = tables.take_in(Claim, rows, reason="x").refused
        assert "The article says “Neder”" in fate.messages[0]

    def test_what_newsdb_writes_is_not_taken_from_a_sheet(self):
        deployment = factories.deployment()
        rows = typed("slug,status,state", f"{deployment.slug},withdrawn,published")
        outcome = tables.take_in(Deployment, rows, reason="x")
        assert [fate.kind for fate in outcome.fates] == ["unchanged"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-2+3", "+31", "'=x", "'quoted'", "a\tb", "é🎈", "line\nbreak"])
def test_no_cell_is_run_and_every_text_comes_back(kind, text):
    raw = sheets.write(kind, ["a", "b"], [[text, "x"]])
    assert sheets.read("x", raw).rows == [[text, "x"]]
    if kind == "csv" and text.startswith(sheets.FORMULA):
        assert f"'{text}" in raw.decode()


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"", "no row below"),
        (b"a,b\n", "no row below"),
        (b"a,a\n1,2", "two columns are named"),
        (b"a,,b\n1,2,3", "column 2 has no name"),
        (b"a,b\n1,2,3", "more cells"),
        (b"a\n\xff\xfe", "not UTF-8"),
        (b"a\n\0", "NUL"),
        (b"PK\x03\x04 no zip", "no readable XLSX"),
        (b'a,b\n"1,2', "quotation"),
        (b"PK" + bytes(range(256)) * 40, "no readable XLSX"),
        (b"a" * (sheets.MOST_BYTES + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_sheet_says_why(raw, word):
    with pytest.raises(Unreadable, match=word):
        sheets.read("x.csv", raw)


def test_semicolons_and_tabs_separate_too():
    assert sheets.read("x", b"a;b\n1;2").rows == sheets.read("x", b"a\tb\n1\t2").rows == [["1", "2"]]
