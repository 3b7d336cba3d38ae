"""What pages show and count is bounded, however large the tables grow."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test.utils import CaptureQueriesContext

from missions import curation
from missions.admin import base
from missions.models import Claim, Deployment
from missions.site.sitemaps import SITEMAPS
from tests import factories
from tests.test_site import many, text

ROWS = 60


@pytest.fixture
def sixty(db):
    many(ROWS, factories.mission())


@pytest.fixture
def desk(client, sixty, monkeypatch):
    monkeypatch.setattr(base, "MOST_COUNTED", 20)
    client.force_login(get_user_model().objects.create_superuser("root"))
    return client


def test_a_list_of_the_desk_counts_so_far_and_says_so(desk):
    page = text(desk, "/admin/missions/claim/")
    assert "20 claims or more: narrow the list" in page and "Select all 20" not in page


def test_a_step_takes_no_more_rows_than_were_counted(desk):
    sent = {
        "action": "reject_selected",
        "index": "0",
        "select_across": "1",
        "_selected_action": Claim.objects.first().pk,
    }
    page = desk.post("/admin/missions/claim/", sent, follow=True).content.decode()
    assert "too many rows for one step" in page
    assert Claim.objects.published().count() == ROWS


def test_a_sitemap_reads_no_rows_but_its_own(client, sixty, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(SITEMAPS["deployments"], "limit", 40, raising=False)
    assert text(client, "/sitemap.xml").count("/sitemap-deployments.xml") == 3
    pages = [re.findall(r"<loc>([^<]+)</loc>", text(client, f"/sitemap-deployments.xml?p={n}")) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [40, 40, 40]
    assert len({address for page in pages for address in page}) == 2 * ROWS
    with django_assert_max_num_queries(4):  # the revision, the count, the numbers, the rows
        client.get("/sitemap-deployments.xml?p=2")


def test_counts_of_public_rows_are_remembered_for_a_revision_and_no_longer(client, sixty):
    from django.db import connection

    def counted() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = text(client, "/en/claims/")
        assert page
        return sum("COUNT(" in one["sql"] for one in asked.captured_queries)

    counted()
    assert counted() == 0
    curation.reject(factories.claim(factories.article(), Deployment.objects.first(), publish=True), reason="a test")
    assert counted() == 1
