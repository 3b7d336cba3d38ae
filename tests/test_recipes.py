"""The recipes of docs/api.md, run as they stand against a server."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from missions.models import Claim, Country, Deployment, Token
from missions.models.token import Scope
from tests.conftest import fixture_names

TEXT = (settings.BASE_DIR / "docs" / "api.md").read_text()
RECIPES = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def run(recipe: str, **names) -> dict:
    exec(compile(recipe, "docs/api.md", "exec"), names)
    return names


@pytest.fixture
def site(transactional_db, live_server):
    call_command("loaddata", *fixture_names(), verbosity=0)
    return live_server.url


def recipe(word: str) -> str:
    found = [text for text in RECIPES if word in text]
    assert len(found) == 1, word
    return found[0]


def test_every_recipe_is_run():
    assert len(RECIPES) == 4


def test_a_table_of_deployments(site):
    found = run(recipe("pandas"), site=site)
    assert found["by_status"]["under_review"] == 2
    assert list(found["dutch"]["slug"]) == ["nl-eutm-mali-1", "nl-minusma-1", "nl-ml-1"]


def test_a_walk_through_all_claims(site):
    claims = run(recipe("cursor=*"), site=site)["claims"]
    assert len(claims) == Claim.objects.count()
    assert all(claim["deployment"]["contributing_country"]["code"] for claim in claims)


def test_a_mirror(site):
    mirror = run(recipe("changes/"), site=site)["mirror"]
    assert {key for table, key in mirror if table == "deployment"} == set(
        Deployment.objects.values_list("slug", flat=True)
    )
    assert sum(table == "country" for table, _ in mirror) == Country.objects.count()


def test_writing(site):
    user = get_user_model().objects.create_superuser("newsroom")
    expires = timezone.now() + timedelta(days=1)
    token = Token.objects.issue(user, "a test", [Scope.READ, Scope.CURATE], expires)[1]
    run(recipe("Bearer"), site=site, token=token)
    claim = Claim.objects.get(article__slug="example")
    assert (claim.state, claim.start, claim.end) == ("in_review", 0, 39)


def test_every_filter_order_and_address_of_the_text_is_there():
    from missions import filtersets
    from missions.api.urls import urlpatterns

    known = {name for one in vars(filtersets).values() for name in getattr(one, "base_filters", ())}
    known |= {"page", "page_size", "cursor", "ordering", "fields", "omit", "include", "format", "since"}
    asked = set(re.findall(r"[?&]([a-z_]+)=", TEXT))
    assert asked
    assert asked <= known
    addresses = " ".join(str(one.pattern) for one in urlpatterns)
    for address in re.findall(r"^\| `([a-z]+)/`", TEXT, re.MULTILINE):
        assert address in addresses
