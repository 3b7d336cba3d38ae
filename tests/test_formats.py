"""The same rows in every format, and the headers that let clients and caches save a request."""

import csv
import io
import json

import pytest
from django.test import Client

from missions import curation
from missions.models import Claim, Country, Deployment, Mission
from tests import factories

pytestmark = pytest.mark.django_db


def read(client, path, status=200, **headers):
    response = client.get(f"/api/v1/{path}", headers=headers)
    assert response.status_code == status, response.content
    return response


def text(response) -> str:
    return response.content.decode()


def table(response) -> list[dict]:
    return list(csv.DictReader(io.StringIO(text(response), newline="")))


def test_csv_has_flat_columns_with_codes_and_names(client, shared_seed):
    response = read(client, "deployments/?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = {row["slug"]: row for row in table(response)}
    row = rows["nl-minusma-1"]
    assert (row["contributing_country"], row["contributing_country_name"]) == ("NL", "Netherlands")
    assert (row["mission"], row["personnel_best"], row["personnel_high"]) == ("minusma", "", "89")
    assert rows["se-ml-1"]["mission_name"] == ""


@pytest.mark.parametrize("name", ["articles", "claims", "countries", "deployments", "missions", "statements"])
def test_every_table_is_the_same_in_json_lines_and_csv(client, shared_seed, name):
    rows = read(client, f"{name}/?page_size=500").json()["results"]
    assert [json.loads(line) for line in text(read(client, f"{name}/?format=jsonl")).splitlines()] == rows
    flat = table(read(client, f"{name}/?format=csv"))
    assert len(flat) == len(rows)
    plain = [key for key, value in rows[0].items() if isinstance(value, str)]
    assert [[row[key] for key in plain] for row in flat] == [[str(row[key] or "") for key in plain] for row in rows]


def test_lists_of_references_are_joined_in_csv(client, shared_seed):
    row = next(row for row in table(read(client, "missions/?format=csv")) if row["slug"] == "minusma")
    assert (row["host_countries"], row["host_countries_name"]) == ("ML", "Mali")
    assert "VN-missie Minusma" in row["aliases"].split("; ")


def test_a_format_is_chosen_by_accept_too(client, shared_seed):
    assert read(client, "claims/", accept="text/csv")["Content-Type"].startswith("text/csv")
    assert read(client, "claims/", accept="application/x-ndjson")["Content-Type"].startswith("application/x-ndjson")
    problem = read(client, "claims/", 406, accept="application/xml")
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["type"] == "/api/v1/problems/not-acceptable/"
    assert "csv" in read(client, "claims/?format=geojson", 400).json()["detail"]


def test_a_stream_gives_all_rows_or_the_page_that_is_asked_for(client, shared_seed):
    assert len(table(read(client, "countries/?format=csv"))) == 250
    page = read(client, "countries/?format=csv&page=2&page_size=100")
    assert len(table(page)) == 100
    assert 'rel="next"' in page["Link"]


def test_a_refusal_in_csv_is_still_a_problem(client, shared_seed):
    assert read(client, "claims/?format=csv&stage=gone", 400)["Content-Type"] == "application/problem+json"


def test_text_that_looks_like_a_formula_stays_text(client, shared_seed):
    article = factories.article(body="=1+1 zegt de minister.\n-2 graden.", published="2022-02")
    claim = factories.claim(article, factories.deployment(), "=1+1 zegt de minister.", publish=True, note="@SUM(A1)")
    factories.through(claim.deployment)
    row = table(read(client, "claims/?format=csv&article=article"))[0]
    assert row["exact"] == "'=1+1 zegt de minister."
    assert row["note"] == "'@SUM(A1)"
    assert read(client, "claims/?article=article").json()["results"][0]["exact"] == "=1+1 zegt de minister."


def test_geojson_puts_a_deployment_at_its_host(client, shared_seed):
    response = read(client, "deployments/?format=geojson&contributing_country=NL")
    assert response["Content-Type"].startswith("application/geo+json")
    found = json.loads(text(response))
    mali = Country.objects.get(code="ML")
    assert found["type"] == "FeatureCollection"
    assert {feature["id"] for feature in found["features"]} == {"nl-eutm-mali-1", "nl-minusma-1", "nl-ml-1"}
    for feature in found["features"]:
        assert feature["geometry"] == {"type": "Point", "coordinates": [mali.longitude, mali.latitude]}
        assert feature["properties"]["host_country"] == "ML"


def test_a_deployment_without_a_host_has_no_place(client, shared_seed):
    row = Deployment(contributing_country=factories.country(), mission=Mission.objects.get(slug="minusma"))
    row.slug = curation.new_slug(row)
    curation.record(row, reason="a test")
    factories.claim(factories.article("other"), row, publish=True)
    factories.through(row)
    assert (
        json.loads(text(read(client, "deployments/?format=geojson&article=other")))["features"][0]["geometry"] is None
    )


# --- overviews


def test_the_summary_keeps_the_unknown_apart_from_zero(client, shared_seed):
    found = read(client, "summary/").json()
    assert (found["total"]["deployments"], found["total"]["personnel_unknown"]) == (7, 6)
    assert found["total"]["personnel"]["low"] == {"sum": None, "deployments": 0}
    assert found["total"]["personnel"]["high"] == {"sum": 89, "deployments": 1}
    dutch = next(one for one in found["by_contributing_country"] if one["contributing_country"]["code"] == "NL")
    assert (dutch["deployments"], dutch["personnel_unknown"]) == (3, 2)
    assert {one["status"]: one["deployments"] for one in found["by_status"]}["under_review"] == 2
    assert [one["mission"] and one["mission"]["slug"] for one in found["by_mission"]] == ["eutm-mali", "minusma", None]


def test_the_summarys_years_are_those_of_presence(client, shared_seed):
    possible = {
        one["year"]: one["deployments"] for one in read(client, "summary/?contributing_country=FR").json()["by_year"]
    }
    certain = {
        one["year"]: one["deployments"]
        for one in read(client, "summary/?contributing_country=FR&certainty=certain").json()["by_year"]
    }
    assert min(possible) == 2013
    assert set(certain) == set(range(2013, 2023))


def test_the_summary_answers_the_questions_of_deployments(client, shared_seed):
    assert read(client, "summary/?mission=minusma").json()["total"]["deployments"] == 1
    assert read(client, "summary/?known_on=2022-02-01").json()["total"]["deployments"] == 0
    assert read(client, "summary/?known_on=2022-03-01").json()["total"]["personnel"]["high"]["sum"] == 89
    assert "contributing_country" in read(client, "summary/?contributing_contry=NL", 400).json()["detail"]
    assert "leave it out" in read(client, "summary/?ordering=slug", 400).json()["detail"]


def test_conflicts_show_both_passages(client, shared_seed):
    deployment = factories.deployment()
    body = "Zij zijn er sinds 2013. Zij zijn er sinds 2015."
    article = factories.article(body=body)
    for year in ("2013", "2015"):
        factories.claim(
            article, deployment, f"Zij zijn er sinds {year}.", publish=True, stage="active", onset=True, date=year
        )
    deployment.refresh_from_db()
    factories.through(deployment)
    found = read(client, "conflicts/?article=article").json()
    assert found["count"] == 1
    pair = found["results"][0]["conflicts"][0]
    assert pair["kind"] == "two starts"
    assert [claim["exact"] for claim in pair["claims"]] == ["Zij zijn er sinds 2013.", "Zij zijn er sinds 2015."]
    assert read(client, "conflicts/?country=SE").json()["count"] == 0
    assert read(client, "conflicts/?known_on=2021-01-01").json()["count"] == 0


# --- caching


def test_an_answer_that_is_still_true_is_a_304(client, shared_seed):
    first = read(client, "deployments/?country=NL")
    assert first["Cache-Control"] == "public, no-cache"
    again = client.get("/api/v1/deployments/?country=NL", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    weak = client.get("/api/v1/deployments/?country=NL", headers={"If-None-Match": f'W/{first["ETag"]}, "x"'})
    assert weak.status_code == 304


@pytest.mark.parametrize(
    "path", ["/api/v1/deployments/nl-minusma-1/", "/api/v1/deployments/", "/en/deployments/nl-minusma-1/"]
)
@pytest.mark.parametrize("kept", [0, 64])
def test_a_304_has_the_headers_of_the_answer_it_stands_for(shared_seed, settings, path, kept):
    settings.NEWSDB_KEPT_ANSWERS_MB = kept
    client = Client()
    first = client.get(path, headers={"Accept-Encoding": "gzip"})
    held = [{"If-None-Match": first["ETag"]}, {"If-None-Match": "*"}, {"If-Modified-Since": first["Last-Modified"]}]
    for condition in held:
        again = client.get(path, headers={"Accept-Encoding": "gzip"} | condition)
        assert (again.status_code, again.content) == (304, b""), condition
        assert again["ETag"].removeprefix("W/") == first["ETag"].removeprefix("W/")
        assert "Content-Type" not in again
        head = client.head(path, headers={"Accept-Encoding": "gzip"} | condition)
        assert (head.status_code, "Content-Length" in head) == (304, False), condition
        for name in ("Vary", "Cache-Control", "Last-Modified"):
            assert sorted(again[name].lower().split(", ")) == sorted(first[name].lower().split(", ")), (condition, name)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/deployments/none/", 404),
        ("/api/v1/deployments/?page=99", 404),
        ("/api/v1/deployments/?country=NLL", 400),
        ("/api/v1/deployments/?page_size=0", 400),
        ("/en/deployments/none/", 404),
        ("/en/deployments/?page_size=x", 400),
    ],
)
def test_what_is_refused_is_refused_whatever_the_client_holds(client, shared_seed, path, status):
    moment = read(client, "deployments/")["Last-Modified"]
    tags = ("*", read(client, "deployments/")["ETag"], f'"r{"9" * 30}-{"a" * 20}"')
    for condition in ({"If-Modified-Since": moment}, *({"If-None-Match": tag} for tag in tags)):
        assert client.get(path, headers=condition).status_code == status, condition


def test_an_account_is_answered_whatever_it_holds(admin_client, client, shared_seed):
    """What a stranger was shown is not what it is shown."""
    path = "/en/deployments/nl-minusma-1/"
    first = client.get(path)
    for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        assert client.get(path, headers=condition).status_code == 304
        assert admin_client.get(path, headers=condition).status_code == 200


def test_a_kept_page_of_the_api_shows_nobodys_limits(shared_seed):
    asked = [Client().get("/api/v1/deployments/", headers={"Accept": "text/html"}, REMOTE_ADDR=address)
             for address in ("192.0.2.1", "192.0.2.2")]  # fmt: skip
    assert "ETag:" in asked[0].content.decode()
    assert all("RateLimit" not in answer.content.decode() and answer["RateLimit"] for answer in asked)


def test_a_304_costs_one_query(client, shared_seed, django_assert_num_queries):
    for path in ("deployments/", "deployments/nl-minusma-1/", "summary/", "changes/"):
        tag = read(client, path)["ETag"]
        with django_assert_num_queries(1):
            assert client.get(f"/api/v1/{path}", headers={"If-None-Match": tag}).status_code == 304


def test_an_etag_belongs_to_one_address_and_one_revision(client, shared_seed):
    tag = read(client, "deployments/nl-minusma-1/")["ETag"]
    for other in ("deployments/", "deployments/nl-ml-1/", "deployments/nl-minusma-1/?fields=slug"):
        assert client.get(f"/api/v1/{other}", headers={"If-None-Match": tag}).status_code == 200
    curation.reject(Claim.objects.get(number=9), reason="a test")  # a claim of the deployment
    after = client.get("/api/v1/deployments/nl-minusma-1/", headers={"If-None-Match": tag})
    assert after.status_code == 200
    assert "Matthijssen" not in after.json()["contribution"]


def test_last_modified_is_the_last_change(client, shared_seed):
    from missions.models import Revision

    Revision.objects.update(at="2022-03-01T12:00:00Z")
    response = read(client, "claims/")
    assert response["Last-Modified"] == "Tue, 01 Mar 2022 12:00:00 GMT"
    since = {"If-Modified-Since": response["Last-Modified"]}
    assert client.get("/api/v1/claims/", headers=since).status_code == 304
    earlier = {"If-Modified-Since": "Mon, 28 Feb 2022 12:00:00 GMT"}
    assert client.get("/api/v1/claims/", headers=earlier).status_code == 200


def test_two_revisions_of_one_second_are_not_told_apart_by_a_date(client, shared_seed):
    from missions.models import Change, Revision

    curation.reject(Claim.objects.get(number=9), reason="a test")
    curation.reject(Claim.objects.get(number=8), reason="a test")
    moment = "2022-03-01T12:00:00Z"
    Revision.objects.update(at=moment)
    Change.objects.update(at=moment)
    since = {"If-Modified-Since": "Tue, 01 Mar 2022 12:00:00 GMT"}
    assert client.get("/api/v1/claims/", headers=since).status_code == 200
    Change.objects.update(at="2022-03-01T11:59:59.9Z")
    assert client.get("/api/v1/claims/", headers=since).status_code == 304


def test_a_date_of_a_dataset_that_a_backup_replaced_proves_nothing(client, shared_seed):
    from missions.models import Revision

    Revision.objects.update(at="2022-03-01T12:00:00Z")
    since = {"If-Modified-Since": "Tue, 01 Mar 2022 12:00:01 GMT"}
    assert client.get("/api/v1/claims/", headers=since).status_code == 200


def test_what_an_account_sees_is_kept_by_nobody(admin_client, shared_seed):
    assert read(admin_client, "claims/")["Cache-Control"] == "private, no-store"


def test_other_sites_may_read_and_not_write(client, shared_seed):
    response = client.get("/api/v1/claims/", headers={"Origin": "https://other.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    asked = client.options(
        "/api/v1/claims/", headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    )
    assert "POST" not in asked["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/", headers={"Origin": "https://other.example"})


def test_answers_are_compressed(client, shared_seed):
    response = client.get("/api/v1/countries/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) < len(read(client, "countries/").content) / 2


def test_one_client_may_ask_so_often_and_is_told(client, shared_seed, settings):
    settings.NEWSDB_REQUESTS_PER_MINUTE = {"address": 3, "account": 100}
    answers = [client.get("/api/v1/missions/") for _ in range(5)]
    # A minute may end in between.
    assert [one.status_code for one in answers][-1] == 429 or 429 in [
        client.get("/api/v1/").status_code for _ in range(4)
    ]
    limited = next(one for one in answers if one.status_code == 429)
    assert limited["Content-Type"] == "application/problem+json"
    assert 1 <= int(limited["Retry-After"]) <= 60
    assert answers[0]["RateLimit-Policy"] == '"address";q=3;w=60'
    assert '"address";r=2;t=' in answers[0]["RateLimit"]
    assert '"address";r=0;t=' in limited["RateLimit"]


def test_who_guesses_tokens_is_counted_too(client, shared_seed, settings):
    settings.NEWSDB_REQUESTS_PER_MINUTE = {"address": 3, "account": 100}
    wrong = {"Authorization": "Bearer newsdb_guess"}
    answers = [client.get("/api/v1/missions/", headers=wrong).status_code for _ in range(9)]
    assert answers[0] == 401
    assert answers.count(429) >= 3  # a minute may end in between


def test_every_address_that_is_not_there_is_a_problem(client, shared_seed):
    for path in ("nothing/", "deployments/a/b/", "claims/x/", "problems/none/"):
        response = read(client, path, 404)
        assert response["Content-Type"] == "application/problem+json", path
    assert client.get("/nothing/")["Content-Type"].startswith("text/html")


def test_every_kind_of_problem_is_described_at_its_address(client, shared_seed):
    kinds = read(client, "problems/").json()
    assert len(kinds) > 10
    for kind in kinds:
        assert client.get(kind["type"]).json() == kind


def test_a_failure_is_a_problem_without_secrets(client, shared_seed, monkeypatch, settings):
    from missions.api import overviews

    def fail(*words, **options):
        raise RuntimeError("the database's password")

    monkeypatch.setattr(overviews, "summary", fail)
    client.raise_request_exception = False
    response = client.get("/api/v1/summary/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"password" not in response.content


def test_a_browser_gets_a_page_of_the_site(client, shared_seed):
    response = client.get("/api/v1/deployments/nl-minusma-1/", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response["Content-Type"] == "text/html; charset=utf-8"
    page = response.content.decode()
    assert "site.css" in page
    assert "bijna negentig" in page
    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page


def test_text_of_articles_is_escaped_on_the_page(client, shared_seed):
    article = factories.article(body="<script>alert(1)</script> zegt de minister.")
    article.title = "<img src=x onerror=alert(1)>"
    curation.record(article, reason="a test")
    factories.through(article)
    page = client.get("/api/v1/articles/article/", headers={"Accept": "text/html"}).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
