"""CSV by PostgreSQL's own COPY: the same bytes as by the other road."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions import curation
from missions.models import Article
from tests import factories

pytestmark = pytest.mark.django_db

TITLES = [
    "=1+1", "'=1+1", "''+1", "-2 degrees", "@home", "'quoted'", 'say "yes", now', "semi;colon", "é", "Ω", "€ 5", "~", "<b>", "0", "9",
    ":", "=", "+", "A", "Z", "a", "NULL", "\\N", "\\.", "100 %", "%s", "{}", "two\twords",
]  # fmt: skip


@pytest.fixture
def odd_texts(shared_seed):
    """Texts that a spreadsheet would run, or that a writer of CSV or SQL may stumble over."""
    for number, title in enumerate(TITLES):
        body = f'{title}\nNederland stuurt, zei hij, "honderd" militairen naar Mali.\n\n-{title}'
        article = factories.article(f"odd-{number:02}", body=body)
        article.title, article.publisher, article.text_public = title, title, bool(number % 2)
        curation.record(article, reason="a test")
        factories.through(article)
    deployment = factories.deployment()
    for start, words in (("odd-00", "=1+1"), ("odd-03", "-2 degrees")):
        claim = factories.claim(Article.objects.get(slug=start), deployment, words, publish=True, note="@SUM(A1)")
        assert claim.prefix == ""
    factories.through(deployment)


def csv_of(client, address: str) -> bytes:
    response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, response.content
    return response.content


def copies(client, address: str) -> tuple[bytes, int]:
    """The answer, and how many COPY statements it took."""
    with CaptureQueriesContext(connection) as queries:
        found = csv_of(client, address)
    return found, sum(query["sql"].startswith("COPY (") for query in queries.captured_queries)


COPIED = [
    ("articles", ""),
    ("articles", "&fields=slug,body,title"),
    ("articles", "&ordering=-published"),
    ("claims", "&omit=link,stage"),
    ("claims", "&omit=link&country=NL&q=militairen"),
    ("claims", "&fields=key,prefix,suffix"),
    ("countries", "&fields=code,name,name_nl,region"),
    ("deployments", ""),
    ("deployments", "&contributing_country=NL&ordering=-personnel"),
    ("deployments", "&on=2021-12-01&certainty=possible"),
    ("missions", "&omit=aliases"),
    ("missions", "&fields=slug,host_countries"),
    ("statements", ""),
    ("statements", "&about_country=ML"),
]
WRITTEN = [
    ("claims", ""),  # how a passage names its deployment is found out by us
    ("countries", ""),
    ("countries", "&fields=code,latitude"),  # databases write numbers otherwise
    ("countries", "&fields=name_nl"),  # an empty cell alone would be an empty line
    ("deployments", "&known_on=2022-03-01"),
    ("missions", ""),
]


@pytest.mark.parametrize(
    ("name", "asked", "by_copy"), [*((*one, True) for one in COPIED), *((*one, False) for one in WRITTEN)]
)
def test_all_rows_are_written_as_a_page_of_them_is(client, odd_texts, name, asked, by_copy):
    whole, copied = copies(client, f"{name}/?format=csv{asked}")
    assert whole == csv_of(client, f"{name}/?format=csv{asked}&page=1&page_size=500")
    assert whole.count(b"\r\n") > 1
    assert copied == (by_copy and connection.vendor == "postgresql")


def test_a_list_without_rows_has_its_headings(client, shared_seed):
    empty = csv_of(client, "deployments/?format=csv&contributing_country=IS")
    assert empty.startswith(b"slug,") and empty.count(b"\r\n") == 1
