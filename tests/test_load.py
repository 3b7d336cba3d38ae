"""Large fixtures: read as a stream, written in bulk, the same rows on every database, all or nothing."""

import bz2
import gzip
import io
import json
import lzma
import re
import threading
import zipfile
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from missions import audit, bulk, curation, ground, publication, search
from missions.exchange import reading, spool
from missions.exchange.marks import Marks
from missions.exchange.reading import Refused, read
from missions.models import Article, Change, Claim, DatedProjection, Deployment, Mission, Revision, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db
ROWS = 40


def large(count: int = ROWS) -> list[dict]:
    """A country's deployments with a published claim each, ten to an article, the claims before what they refer to."""
    article, deployment = factories.article(), factories.deployment()
    factories.claim(article, deployment, publish=True)
    factories.through(deployment)
    data = {model: json.loads(fixture(model))[0] for model in (Article, Deployment, Claim)}
    countries = json.loads(fixture(type(deployment.host_country)))
    empty()
    rows = []
    for number in range(count):
        slug, told_by = f"nl-ml-{number + 1}", f"article-{number // 10}"
        evidence = dict.fromkeys(data[Deployment]["fields"]["evidence"], f"{told_by}:{number % 10 + 1}")
        claim = {"article": [told_by], "number": number % 10 + 1, "deployment": [slug]}
        rows.append(changed(data[Claim], **claim))
        rows.append(changed(data[Deployment], slug=slug, evidence=evidence, identity_note="As read."))
        if number % 10 == 0:
            rows.append(changed(data[Article], slug=told_by))
    return rows + countries


def fixture(model) -> str:
    output = io.StringIO()
    call_command("dumpdata", model._meta.label, natural_foreign=True, natural_primary=True, stdout=output)
    return output.getvalue()


def changed(row: dict, **fields) -> dict:
    return {"model": row["model"], "fields": row["fields"] | fields}


def empty() -> None:
    from missions.models import DATASET

    for model in (DatedProjection, SearchEntry, Change, Revision, *reversed(DATASET)):
        model.objects.all().delete()
        if hasattr(model, "history"):
            model.history.all().delete()


def load(tmp_path, rows: list[dict]) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps(rows, indent=1))
    call_command("loaddata", str(path))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Batches, pieces and what is held in memory are so small that every load needs many."""
    monkeypatch.setattr(spool, "ROWS", 7)
    monkeypatch.setattr(spool, "IN_MEMORY", 100)
    monkeypatch.setattr(reading, "PIECE", 50)
    monkeypatch.setattr(publication, "IN_MEMORY", 16)
    monkeypatch.setattr(bulk, "WORTH_A_LOOK", 10)


# --- reading


class Watched(io.BytesIO):
    """A file that knows how much was read."""

    def read(self, size=-1):
        self.most = max(getattr(self, "most", 0), size)
        return super().read(size)


def test_a_file_is_read_a_row_at_a_time():
    whole = json.dumps([{"model": "missions.mission", "fields": {"slug": f"m-{n}"}} for n in range(1000)]).encode()
    file = Watched(whole)
    rows = read("many.json", file)
    assert isinstance(rows, Iterator)
    assert next(rows).fields == {"slug": "m-0"}
    assert file.tell() < 500 < len(whole)
    assert [row.place for row in rows][-1] == "many.json, row 1000"
    assert file.most < 2000


def test_a_wrong_row_is_refused_before_the_rest_is_read():
    file = Watched(b'[{"model": missions}, ' + b'{"model": "missions.mission", "fields": {}},' * 1000)
    with pytest.raises(Refused, match=r"x\.json, row 1, line 1"):
        next(read("x.json", file))
    assert file.tell() < 1000


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 1000])
def test_no_letter_and_no_word_is_torn_where_a_piece_ends(monkeypatch, piece):
    monkeypatch.setattr(reading, "PIECE", piece)
    fields = {"name": 'Zuidoost-Azië 🎈 "quoted" \\ \n', "aliases": [None, True, False, -1.5e3, 12, {}], "slug": ""}
    for ascii_only in (True, False):
        raw = json.dumps([{"model": "missions.mission", "fields": fields}] * 3, ensure_ascii=ascii_only).encode()
        assert [row.fields for row in read("x.json", io.BytesIO(raw))] == [fields] * 3


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b'[{"model": "missions.mission", "fields": {"name": "\xff"}}]', ["byte 51", "UTF-8"]),
        (b'[{"model": "missions.mission", "fields": {}} {}]', ["row 1", "comma"]),
        (b'[{"model": "missions.mission", "fields": {}}] x', ["follows the list"]),
        (b'[{"model": "missions.mission", "fields": {}},', ["row 2"]),
        (b'[\n{"model": "missions.mission",\n"fields": {"name": "open}}]', ["row 1", "line 3", "Unterminated"]),
        (b'[{"model": "missions.mission", "fields": {"start_earliest": Infinity}}]', ["row 1", "Infinity"]),
        (b"[" + b"[" * 100_000, ["row 1"]),
        (b'[{"model": "missions.mission", "fields": {"slug": ' + b"1" * 5000 + b"}}]", ["row 1", "digits"]),
        (b"\xef\xbb\xbf[]", ["list of objects"]),
    ],
)
def test_what_is_no_fixture_is_refused_with_its_place(raw, words):
    with pytest.raises(Refused) as refused:
        list(read("x.json", io.BytesIO(raw)))
    for word in ("x.json", *words):
        assert word in str(refused.value)


def test_a_row_without_end_is_refused_and_not_held(monkeypatch):
    monkeypatch.setattr(reading, "LONGEST_ROW", 10_000)
    file = Watched(b'["' + b"x" * 1_000_000)
    with pytest.raises(Refused, match="row 1: longer than"):
        list(read("x.json", file))
    assert file.tell() < 100_000


def test_rows_wait_in_a_file_and_come_back_in_their_order():
    waiting = spool.Spool(Mission)
    for number in range(100):
        waiting.add(reading.Row(f"row {number}", Mission, {"slug": f"m-{number}"}, length=10))
        assert len(waiting.batch) < spool.ROWS
    assert waiting.file._rolled  # on the disk
    for _ in range(2):
        batches = list(waiting)
        assert max(map(len, batches)) == spool.ROWS
        assert [row.fields["slug"] for batch in batches for row in batch] == [f"m-{number}" for number in range(100)]


def test_long_rows_make_short_batches():
    waiting = spool.Spool(Mission)
    for number in range(3):
        waiting.add(reading.Row(f"row {number}", Mission, {}, length=spool.CHARACTERS))
    assert [len(batch) for batch in waiting] == [1, 1, 1]


def test_marks_remember_numbers_near_and_far():
    marks, numbers = Marks(), {0, 1, 7, 8, 65_535, 65_536, 10**12}
    marks.add(numbers)
    assert (list(marks), len(marks)) == (sorted(numbers), len(numbers))
    assert 7 in marks and 9 not in marks and 10**13 not in marks


# --- writing


def test_claims_may_stand_before_what_they_refer_to(tmp_path, capsys):
    load(tmp_path, large())
    assert "86 created" in capsys.readouterr().out
    assert (Claim.objects.count(), Deployment.objects.count(), Article.objects.count()) == (ROWS, ROWS, 4)
    assert list(audit.findings()) == []


def test_all_that_is_kept_beside_the_rows_is_written_and_as_the_verbs_write_it(tmp_path):
    rows = large()
    load(tmp_path, rows)
    assert {claim.history.get().exact for claim in Claim.objects.all()} == {"Zij zijn er sinds 2013."}
    record = Deployment.objects.get(slug="nl-ml-1").history.get()
    assert (record.history_type, record.history_change_reason, record.status) == ("+", "loaded from fixtures", "active")
    assert SearchEntry.objects.filter(table="claim").count() == ROWS
    assert Claim.objects.filter(pk__in=search.found(Claim, "zijn")).count() == ROWS
    assert DatedProjection.objects.filter(status="active", known_until=None).count() == ROWS
    told = set(Change.objects.values_list("revision", "table", "key", "kind"))
    assert len(told) == Change.objects.count() == 2 * ROWS + 4 + 2
    assert (1, "claim", "article-3:10", "changed") in told
    assert (1, "country", "NL", "changed") in told
    assert Revision.objects.current() == 1
    # As if each had been recorded: the verbs find nothing to mend.
    deployment = Deployment.objects.get(slug="nl-ml-1")
    assert curation.bring_up_to_date(deployment, reason="a test") is False


@pytest.mark.parametrize("model", [Article, Claim, Deployment, Mission])
def test_rows_read_in_bulk_are_those_that_django_reads(tmp_path, model):
    load(tmp_path, [*large(10), {"model": "missions.mission", "fields": {"slug": "m", "name": "M", "aliases": ["Em"]}}])
    rows = list(model.objects.order_by("pk"))
    found = bulk.fetched(model.objects.order_by("pk"))
    names = [column.attname for column in model._meta.concrete_fields]
    shown = [[(type(value), value) for value in map(vars(row).get, names)] for row in found]
    assert shown == [[(type(value), value) for value in map(vars(row).get, names)] for row in rows]
    assert [(row._state.adding, row._state.db) for row in found] == [(False, "default")] * len(rows) != []


def test_claims_read_in_bulk_are_the_claims(tmp_path):
    load(tmp_path, large(10))
    claims = list(Claim.objects.select_related("article"))
    found = ground.claims_of({claim.deployment_id for claim in claims})
    for claim in claims:
        (read,) = found[claim.deployment_id]
        for name in ground.CLAIM:
            assert (type(getattr(read, name)), getattr(read, name)) == (
                type(getattr(claim, name)),
                getattr(claim, name),
            )
        assert (read.key, read.date, read.article.slug) == (claim.key, claim.date, claim.article.slug)
        assert read.article.published[2:] == claim.article.published[2:]


@pytest.mark.parametrize("data", [[10**30], ["Opération “É”", None, 1.5], {"a": [{}]}])
def test_data_is_written_as_it_is(data):
    row = Mission(slug="m", name="M", aliases=data)
    bulk.number([row])
    bulk.insert([row])
    assert Mission.objects.get().aliases == data


def test_a_second_load_changes_nothing(tmp_path, capsys):
    rows = large()
    load(tmp_path, rows)
    before = [list(model.objects.order_by("pk").values()) for model in (Claim, Deployment, Article, DatedProjection)]
    capsys.readouterr()
    load(tmp_path, list(reversed(rows)))
    assert "0 created, 0 changed, 86 unchanged" in capsys.readouterr().out
    assert before == [
        list(model.objects.order_by("pk").values()) for model in (Claim, Deployment, Article, DatedProjection)
    ]
    assert (Revision.objects.current(), Claim.history.count()) == (1, ROWS)


def test_rows_that_are_there_and_new_ones_come_together(tmp_path, capsys):
    rows = large()
    load(tmp_path, rows[:42] + rows[-2:])
    capsys.readouterr()
    rows[0] = changed(rows[0], note="Read again.")
    load(tmp_path, rows)
    assert " 1 changed" in capsys.readouterr().out
    assert [record.history_type for record in Claim.objects.get(note="Read again.").history.all()] == ["~", "+"]
    assert Claim.objects.count() == ROWS
    assert list(audit.findings()) == []


def nothing_is_there() -> bool:
    kept = (Claim, Deployment, Article, SearchEntry, DatedProjection, Change, Revision)
    return not any(model.objects.exists() for model in kept) and not Claim.history.exists()


LAST = 2 * ROWS + 4 - 2  # the last claim's place in the list


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"exact": "Zij zijn er niet sinds."}, ["field exact", "stand nowhere"]),
        ({"deployment": ["nl-nowhere-1"]}, ["field deployment", "nl-nowhere-1"]),
        ({"stage": "gone"}, ["field stage"]),
        ({"rule": "One."}, ["names its rule"]),  # a rule of the table, which the database asks
        ({"number": 9}, ["stands already at", "rows.json, row"]),
        ({"note": "a\0b"}, ["field note", "NUL"]),
        ({"note": "\udfff"}, ["field note", "surrogate"]),
        ({"personnel_high": 10**30}, ["field personnel_high"]),
        ({"number": 10**30}, ["field number"]),
        ({"number": "\ud800"}, ["field number"]),
        ({"article": ["a\0"]}, ["field article"]),
        ({"article": [10**30]}, ["field article"]),
        ({"article": [["x"]]}, ["field article"]),
        ({"number": {}}, ["field number"]),
        ({"number": None}, ["field number"]),
        ({"article": None}, ["field article"]),
        ({"date_earliest": "20130101x"}, ["field date_earliest"]),
        ({"planned": 1}, ["field planned"]),
    ],
)
def test_an_error_in_the_last_row_names_it_and_leaves_nothing(tmp_path, fields, words):
    rows = large()
    place = max(number for number, row in enumerate(rows) if row["model"] == "missions.claim")
    rows[place] = changed(rows[place], **fields)
    with pytest.raises(CommandError) as refused:
        load(tmp_path, rows)
    for word in (f"rows.json, row {place + 1}", *words):
        assert word in str(refused.value)
    assert nothing_is_there()


@pytest.mark.parametrize("evidence", [{"status": "a\0b"}, {"status": "\ud800"}, {"\ud800": ""}, {"status": 1e999}])
def test_what_no_database_keeps_is_refused_in_data_too(tmp_path, evidence):
    rows = large()
    place = max(number for number, row in enumerate(rows) if row["model"] == "missions.deployment")
    rows[place] = changed(rows[place], evidence=evidence)
    text = json.dumps(rows).replace("Infinity", "1e999")
    (tmp_path / "rows.json").write_text(text)
    with pytest.raises(CommandError, match=rf"row {place + 1}, field evidence"):
        call_command("loaddata", str(tmp_path / "rows.json"))
    assert nothing_is_there()


def test_a_text_that_looks_like_an_escape_is_kept(tmp_path):
    rows = large(1)
    rows[1] = changed(rows[1], identity_note=r"\u0000 and NaN")
    rows += [{"model": "missions.mission", "fields": {"slug": "m", "name": "M", "aliases": [r"\u0000", "NaN"]}}]
    load(tmp_path, rows)
    assert Mission.objects.get().aliases == [r"\u0000", "NaN"]


def test_what_hangs_on_a_changed_row_is_audited(tmp_path):
    """The file changes an article alone; what it makes wrong stands in the database, and is named."""
    rows = large()
    load(tmp_path, rows)
    article = next(row for row in rows if row["model"] == "missions.article")
    for fields, word in (
        ({"state": "in_review"}, "field article: The passage is published and its article is not"),
        ({"revision": 2}, "field article_revision"),
    ):
        with pytest.raises(CommandError) as refused:
            load(tmp_path, [changed(article, **fields)])
        assert "in the database, " in str(refused.value)
        assert word in str(refused.value)
    claim = changed(rows[0], verdict="rejected", verdict_reason="A test.")
    with pytest.raises(CommandError, match="in the database, deployment nl-ml-1, field status: The claims give None"):
        load(tmp_path, [claim])


def test_a_changed_publication_date_moves_what_was_known(tmp_path):
    rows = large()
    load(tmp_path, rows)
    article = next(row for row in rows if row["model"] == "missions.article")
    new = {f"published_{part}": "2022-03-05" for part in ("words", "edtf", "earliest", "latest")}
    # The claims are undated: they hold on the day of publication.
    days = {"start_edtf": "[..2022-03-05]", "start_latest": "2022-03-05"}
    days |= {"end_edtf": "[2022-03-05..]", "end_earliest": "2022-03-05"}
    deployments = [row for row in rows if row["model"] == "missions.deployment"][:10]
    with pytest.raises(CommandError, match="in the database, deployment nl-ml-1, field start_edtf"):
        load(tmp_path, [changed(article, **new)])
    load(tmp_path, [changed(article, **new), *(changed(row, **days) for row in deployments)])
    days = DatedProjection.objects.values_list("known_from", flat=True)
    assert sorted({day.isoformat() for day in days}) == ["2022-02-28", "2022-03-05"]
    assert list(audit.findings()) == []


def test_a_missing_column_stays_as_it_is_or_takes_its_default(tmp_path):
    rows = large()
    load(tmp_path, rows)
    kept = {name: rows[0]["fields"][name] for name in ("article", "number")}
    load(tmp_path, [{"model": "missions.claim", "fields": kept | {"note": "Read again."}}])
    claim = Claim.objects.get(note="Read again.")
    assert (claim.stage, claim.exact) == ("active", "Zij zijn er sinds 2013.")
    with pytest.raises(CommandError, match="row 1, field name: This field cannot be blank"):
        load(tmp_path, [{"model": "missions.mission", "fields": {"slug": "nameless"}}])


@pytest.mark.parametrize(("left_out", "kept"), [(["missions.mission"], 0), (["auth"], 1)])
def test_a_table_may_be_left_out(tmp_path, left_out, kept):
    path = tmp_path / "rows.json"
    rows = [*large(2), {"model": "missions.mission", "fields": {"slug": "m", "name": "M"}}]
    path.write_text(json.dumps(rows))
    call_command("loaddata", str(path), exclude=left_out)
    assert (Mission.objects.count(), Claim.objects.count()) == (kept, 2)


def test_progress_is_told_where_somebody_watches(tmp_path, monkeypatch):
    from missions.management.commands import loaddata

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(loaddata, "SECONDS", 0)
    (tmp_path / "rows.json").write_text(json.dumps(large()))
    for stderr, watched in ((Terminal(), True), (io.StringIO(), False)):
        call_command("loaddata", str(tmp_path / "rows.json"), stderr=stderr)
        told = stderr.getvalue()
        assert ("86 / 86 rows written" in told) is watched
    assert connection.vendor in ("sqlite", "postgresql")


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


@pytest.mark.parametrize("kind", [*PACKERS, "zip"])
def test_a_packed_file_is_read_as_a_stream(tmp_path, kind):
    path, text = tmp_path / f"rows.json.{kind}", json.dumps(large()).encode()
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("rows.json", text)
    else:
        path.write_bytes(PACKERS[kind](text))
    call_command("loaddata", str(path))
    assert Claim.objects.count() == ROWS


@pytest.mark.parametrize("left", [1, 10, -200])
@pytest.mark.parametrize("kind", [*PACKERS, "zip"])
def test_a_packed_file_that_is_cut_off_is_refused_by_its_name(tmp_path, kind, left):
    path = tmp_path / f"rows.json.{kind}"
    path.write_bytes(PACKERS.get(kind, gzip.compress)(json.dumps(large()).encode())[:left])
    with pytest.raises(
        CommandError, match=rf"rows\.json\.{kind}: cannot be read: .+ pack it anew(.|\n)*Nothing was written"
    ):
        call_command("loaddata", str(path))
    assert nothing_is_there()


@pytest.mark.parametrize(("names", "words"), [([], "holds 0 files"), (["a.json", "b.json"], "holds 2 files")])
def test_an_archive_of_another_number_of_files_is_refused(tmp_path, names, words):
    path = tmp_path / "rows.json.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "[]")
    with pytest.raises(CommandError, match=rf"rows\.json\.zip: it {words}"):
        call_command("loaddata", str(path))


@pytest.mark.parametrize(("place", "value", "words"), [(6, 1, "password"), (8, 97, "not supported")])
def test_an_archive_that_python_cannot_open_is_refused(tmp_path, place, value, words):
    """Its flags say that it is locked, or its method is one of its own."""
    path = tmp_path / "rows.json.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("rows.json", "[]")
    raw = bytearray(path.read_bytes())
    directory = raw.index(b"PK\x01\x02")
    raw[place], raw[directory + place + 2] = value, value
    path.write_bytes(raw)
    with pytest.raises(CommandError, match=rf"rows\.json\.zip: cannot be read: .*{words}"):
        call_command("loaddata", str(path))


@pytest.mark.parametrize(
    "label",
    ["missions.change", "missions.revision", "missions.searchentry", "missions.historicalarticle", "missions.token"],
)
def test_what_newsdb_writes_itself_is_taken_from_no_file(tmp_path, label):
    with pytest.raises(CommandError, match=rf"row 1, field model: newsdb writes “{label}” itself"):
        load(tmp_path, [{"model": label, "pk": 1, "fields": {}}])


@pytest.mark.django_db(transaction=True)
def test_of_two_loads_at_once_the_second_finds_the_rows_of_the_first(tmp_path):
    (tmp_path / "rows.json").write_text(json.dumps(large()))
    told = io.StringIO()

    def second():
        try:
            call_command("loaddata", str(tmp_path / "rows.json"), stdout=told)
        except Exception as error:
            told.write(repr(error))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    at_once = connection.vendor == "postgresql"  # SQLite has one writer
    with publication.one_revision():
        call_command("loaddata", str(tmp_path / "rows.json"))
        if at_once:
            thread.start()
            thread.join(1)
            assert thread.is_alive() and not told.getvalue()  # it waits
    if not at_once:
        thread.start()
    thread.join(30)
    assert re.match(r"0 created, 0 changed, \d+ unchanged", told.getvalue())
