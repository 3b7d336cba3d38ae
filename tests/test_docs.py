import json
import re

import pytest
from django.conf import settings

from missions import codebook

ROOT = settings.BASE_DIR
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_the_codebook_is_what_the_models_say():
    assert (ROOT / "docs" / "codebook.md").read_text() == codebook.text(), "run make codebook"


def test_every_variable_target_and_command_is_documented():
    sources = [*(ROOT / "newsdb").glob("*.py"), ROOT / "Makefile", ROOT / "tests" / "on_postgres.py"]
    variables = set(re.findall(r"NEWSDB_[A-Z_]+", " ".join(path.read_text() for path in sources)))
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    commands = {path.stem for path in (ROOT / "missions" / "management" / "commands").glob("[a-z]*.py")}
    assert variables and targets and commands
    for name in variables | targets - {"help"} | commands:
        assert f"`{name}`" in OPERATIONS or f"manage.py {name}`" in OPERATIONS, name


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_every_link_leads_to_a_file(path):
    for target in re.findall(r"\]\(([^)#:]+)[^)]*\)", path.read_text()):
        assert (path.parent / target).exists(), target


@pytest.mark.django_db
def test_the_readme_shows_what_the_api_says(client, seed):
    shown = (ROOT / "README.md").read_text()
    row = client.get("/api/v1/deployments/nl-minusma-1/").json()
    claim = next(claim for claim in row["claims"] if claim["key"].endswith(":4"))
    for name in (
        "slug",
        "status",
        "start_words",
        "start_earliest",
        "start_latest",
        "personnel_high",
        "personnel_words",
    ):
        assert f'"{name}": {json.dumps(row[name])}' in shown
    for name in ("key", "stage", "start", "end"):
        assert f'"{name}": {json.dumps(claim[name])}' in shown
