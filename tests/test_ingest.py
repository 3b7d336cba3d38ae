import io
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from missions.ingest import reader
from missions.models import Article, Claim, EarlierText
from tests import factories

SEED = settings.BASE_DIR / "seeds" / "000_94c2593ff7c6a45b.txt"


def write(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_the_seed_is_rebuilt_from_its_raw_file(seed):
    raw = SEED.read_bytes().decode("utf-8")
    article = Article.objects.get()
    assert article.body == unicodedata.normalize("NFC", raw.removeprefix(" date 2022-02 "))
    assert (article.published_edtf, article.title) == ("2022-02", None)


@pytest.mark.parametrize(
    ("raw", "body", "date"),
    [
        (b"Een tekst.", "Een tekst.", None),
        (b"\xef\xbb\xbfdate 2022\nEen\r\ntekst.\r", "Een\ntekst.\n", "2022"),
        (b" date 2022-02-10 Een.", "Een.", "2022-02-10"),
        ("Cafe\u0301".encode(), "Café", None),
        (b"date palms grow", "date palms grow", None),
        (b"  Een.  ", "  Een.  ", None),
    ],
)
def test_only_header_mark_line_ends_and_composition_change(raw, body, date):
    source = reader.read(raw, "a")
    assert (source.body, source.published_edtf) == (body, date)


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"a\0b", "NUL"),
        (b"", "no text"),
        (b" date 2022-02 \n ", "no text"),
        (b"x" * (reader.MAX_BYTES + 1), "larger"),
        (b"date 2022-13 Een.", "calendar"),
        (b"date 2022-2 Een.", "YYYY-MM"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name_and_nothing_is_written(db, tmp_path, raw, word):
    write(tmp_path, "good.txt", b"Een tekst.")
    write(tmp_path, "poor.txt", raw)
    with pytest.raises(CommandError, match=rf"(?s)poor\.txt.*{word}"):
        call_command("ingest", str(tmp_path))
    assert not Article.objects.exists()


@pytest.mark.parametrize("name", ["een tekst.txt", "é.txt"])
def test_a_stem_that_is_no_slug_is_refused(tmp_path, name):
    with pytest.raises(reader.Unreadable, match="rename"):
        reader.read_file(write(tmp_path, name, b"Een."))


def test_two_files_of_one_stem_are_refused(tmp_path):
    (tmp_path / "b").mkdir()
    paths = [write(tmp_path, "a.txt", b"Een."), write(tmp_path / "b", "a.txt", b"Twee.")]
    with pytest.raises(reader.Unreadable, match="same stem"):
        reader.find(paths)


def test_a_second_ingest_changes_nothing(db, capsys):
    call_command("ingest", str(SEED.parent))
    call_command("ingest", str(SEED.parent))
    assert "0 created, 0 changed, 1 unchanged" in capsys.readouterr().out
    assert Article.history.count() == 1


def test_standard_input_needs_a_slug(db, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"date 2022 Een.")))
    with pytest.raises(CommandError, match="--slug"):
        call_command("ingest", "-")
    call_command("ingest", "-", slug="from-a-pipe")
    assert Article.objects.get().slug == "from-a-pipe"


def test_a_corrected_text_moves_passages_by_their_exact_words_alone(db, tmp_path):
    article = factories.article("a")
    deployment = factories.deployment()
    kept = factories.claim(article, deployment, publish=True)
    lost = factories.claim(article, deployment, "Zweden vertrok.", publish=True, contribution="Zweden")
    path = write(
        tmp_path, "a.txt", ("Rectificatie. " + article.body.replace("Zweden vertrok", "Denemarken vertrok")).encode()
    )
    err = io.StringIO()
    call_command("ingest", str(path), stderr=err)
    kept.refresh_from_db()
    lost.refresh_from_db()
    assert kept.article.body[kept.start : kept.end] == kept.exact
    assert kept.state == "published"
    assert lost.key in err.getvalue()
    assert kept.key not in err.getvalue()
    assert (lost.state, lost.text[lost.start : lost.end]) == ("in_review", "Zweden vertrok.")
    assert EarlierText.objects.count() == 1
    deployment.refresh_from_db()
    assert deployment.contribution is None
    call_command("audit")


def test_words_that_stand_twice_are_not_placed_by_chance(db, tmp_path):
    article = factories.article("a", "Zij gingen. Zij bleven.")
    claim = factories.claim(article, factories.deployment(), "Zij bleven.")
    call_command(
        "ingest",
        str(write(tmp_path, "a.txt", b"Zij bleven. Zij gingen. Zij bleven. Zij gingen.")),
        stderr=io.StringIO(),
    )
    assert Claim.objects.get(pk=claim.pk).article_revision == 1
    assert Article.objects.get().revision == 2
