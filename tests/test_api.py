"""The API: what is asked is answered, and what is not understood is refused."""

import pytest

pytestmark = pytest.mark.django_db
TABLES = ["deployments", "countries", "missions", "articles", "statements", "claims"]


def get(client, path, status=200):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def test_country_asks_for_contributor_or_host(client, shared_seed):
    dutch = get(client, "deployments/?country=NL")["results"]
    assert [row["slug"] for row in dutch] == ["nl-eutm-mali-1", "nl-minusma-1", "nl-ml-1"]
    assert get(client, "deployments/?country=ml")["count"] == 7
    assert get(client, "deployments/?country=MLI&contributing_country=FR,dk")["count"] == 2
    assert get(client, "deployments/?host_country=NL")["count"] == 0


def test_a_deployment_has_flat_columns_and_objects_for_references(client, shared_seed):
    row = get(client, "deployments/nl-minusma-1/")
    assert row["contributing_country"] == {"code": "NL", "name": "Netherlands"}
    assert row["mission"]["slug"] == "minusma"
    assert (row["start_earliest"], row["start_latest"]) == ("2021-11-01", "2021-11-30")
    assert (row["planned_end_earliest"], row["planned_end_latest"]) == ("2022-05-01", "2022-05-31")
    assert (row["personnel_low"], row["personnel_best"], row["personnel_high"]) == (None, None, 89)
    assert row["personnel_words"] == "bijna negentig"


def test_a_deployment_carries_its_claims_with_their_words(client, shared_seed):
    row = get(client, "deployments/nl-minusma-1/")
    body = get(client, "articles/000_94c2593ff7c6a45b/")["body"]
    assert row["claims"]
    for claim in row["claims"]:
        assert body[claim["start"] : claim["end"]] == claim["exact"]
        assert body[: claim["start"]].endswith(claim["prefix"])
        assert body[claim["end"] :].startswith(claim["suffix"])


@pytest.mark.parametrize("table", TABLES)
def test_each_row_of_a_list_is_found_by_its_key(client, shared_seed, table):
    rows = get(client, f"{table}/")["results"]
    assert rows
    for row in rows[:20]:
        key = row.get("key") or row.get("slug") or row["code"]
        assert (get(client, f"{table}/{key}/").get("key") or key) == key


@pytest.mark.parametrize("table", TABLES)
def test_a_stranger_is_refused_and_the_nearest_named(client, shared_seed, table):
    assert "page" in str(get(client, f"{table}/?pag=2", 400))


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("contry=FR", "country"),
        ("country=XX", "XK"),
        ("mission=minusmaa", "minusma"),
        ("status=gone", "gone"),
        ("page_size=0", "500"),
        ("page_size=501", "500"),
        ("country=NL&country=FR", "commas"),
        ("country=", "without a value"),
        ("country=NL,", "empty word"),
        ("country=%00", "country"),
    ],
)
def test_what_is_not_understood_is_a_400_that_names_the_mend(client, shared_seed, query, word):
    assert word in str(get(client, f"deployments/?{query}", 400))


def test_a_page_beyond_the_end_and_an_unknown_row_are_404(client, shared_seed):
    get(client, "deployments/?page=9", 404)
    get(client, "deployments/nl-nowhere-1/", 404)
    get(client, "claims/no-article:1/", 404)
    assert client.get("/api/v1/deployments/%00/").status_code == 404


def test_only_published_rows_are_seen(client, shared_seed):
    from missions import curation
    from missions.models import Claim

    curation.reject(Claim.objects.get(number=9), reason="a test")
    assert "000_94c2593ff7c6a45b:9" not in [row["key"] for row in get(client, "claims/")["results"]]
    assert "Matthijssen" not in get(client, "deployments/nl-minusma-1/")["contribution"]


def test_a_text_that_may_not_be_shown_is_not(client, shared_seed):
    from missions.models import Article

    Article.objects.update(text_public=False)
    assert get(client, "articles/000_94c2593ff7c6a45b/")["body"] is None


@pytest.mark.parametrize("table", TABLES)
def test_a_longer_page_costs_no_more_queries(client, shared_seed, table, django_assert_max_num_queries):
    get(client, f"{table}/?page_size=1")  # what is found out once a revision: the count, the countries, the missions
    with django_assert_max_num_queries(6):
        get(client, f"{table}/?page_size=500")


def test_the_committed_schema_is_what_the_code_says(tmp_path):
    from django.conf import settings
    from django.core.management import call_command

    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))
    assert (tmp_path / "openapi.yaml").read_text() == (settings.BASE_DIR / "openapi.yaml").read_text(), (
        "run make schema"
    )


def test_every_parameter_and_refusal_of_the_reference_has_words_and_an_example(client, shared_seed):
    reference = client.get("/api/v1/schema/?format=json").json()
    assert reference["openapi"].startswith("3.1")

    def resolved(told):
        if "$ref" not in told:
            return told
        _, _, kind, name = told["$ref"].split("/")
        return reference["components"][kind][name]

    count = 0
    for path, operations in reference["paths"].items():
        for method, operation in operations.items():
            for parameter in map(resolved, operation.get("parameters", [])):
                told = parameter["schema"].get("examples") or [parameter["example"]]
                assert parameter["description"] and told, (path, parameter["name"])
                count += 1
            for status, answer in operation["responses"].items():
                answer = resolved(answer)
                if status >= "400":
                    content = answer["content"]["application/problem+json"]
                    assert answer["description"] and content["examples"], (path, method, status)
    assert count > 100


def test_every_filter_is_in_the_reference(client, shared_seed):
    from missions import filtersets

    reference = client.get("/api/v1/schema/?format=json").json()
    parameters = reference["components"]["parameters"]

    def names(path):
        listed = reference["paths"][path]["get"]["parameters"]
        return {parameters[one["$ref"].split("/")[-1]]["name"] if "$ref" in one else one["name"] for one in listed}

    assert set(filtersets.DeploymentFilterSet.base_filters) | {"ordering", "cursor"} <= names("/api/v1/deployments/")
    assert set(filtersets.ClaimFilterSet.base_filters) <= names("/api/v1/claims/")
    assert "known_on" in names("/api/v1/summary/")


def test_every_read_has_an_etag_and_head_and_options_answer(client, shared_seed):
    for path in (
        "",
        "schema/",
        "problems/",
        "problems/invalid/",
        "summary/",
        "changes/",
        "conflicts/",
        "claims/",
        "deployments/nl-minusma-1/",
    ):
        response = client.get(f"/api/v1/{path}")
        assert response.status_code == 200
        assert response["ETag"]
        head = client.head(f"/api/v1/{path}")
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", response["ETag"])
        assert client.options(f"/api/v1/{path}").status_code == 200


def test_pages_carry_a_strict_policy(client, shared_seed):
    assert client.get("/favicon.ico").status_code == 302
    for path in ("/en/", "/nl/articles/000_94c2593ff7c6a45b/", "/admin/login/", "/api/v1/docs/"):
        response = client.get(path)
        assert response.status_code == 200
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in policy + ";" and "unsafe" not in policy


def test_a_claim_says_whether_its_passage_names_the_deployment(client, shared_seed):
    links = {row["key"].split(":")[1]: row["link"] for row in get(client, "claims/")["results"]}
    assert links["3"] == "named"  # Frankrijk is sinds 2013 actief in Mali.
    assert links["4"] == "inferred"  # the Netherlands and Mali, and no mission
    assert links["12"] == "inferred"  # Eerder trok Zweden al soldaten terug.


def test_a_refusal_tells_nothing_of_what_is_not_published(client, shared_seed):
    from tests import factories

    factories.article("draft-of-tomorrow")
    refusal = str(get(client, "claims/?article=draft-of-tomorro", 400))
    assert "000_94c2593ff7c6a45b" in refusal
    assert "did you mean" not in refusal
    assert "draft-of-tomorrow" not in refusal
    get(client, "claims/?article=draft-of-tomorrow", 400)
