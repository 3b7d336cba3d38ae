"""What is asked of the tables: each filter with its complement, lists, orders, and the dataset of an earlier day."""

import pytest
from django.db.models import Q

from missions import curation, filtersets
from missions.api.pagination import read_place, write_place
from missions.models import Article, Change, Claim, Country, Deployment, Mission, Statement
from missions.questions import NOT, Modifier, Question
from tests import factories

pytestmark = pytest.mark.django_db
FILTERSETS = [
    one
    for one in vars(filtersets).values()
    if isinstance(one, type) and issubclass(one, filtersets.StrictFilterSet) and one._meta.model
]
ALL = {"country": "countries", "mission": "missions"}


def get(client, path, status=200):
    response = client.get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def slugs(client, query) -> list[str]:
    return [row["slug"] for row in get(client, f"deployments/?{query}")["results"]]


@pytest.fixture(scope="module")
def world(shared_seed):
    """Beside the seed: a later article, a deployment without dates or place, and strengths of every kind."""
    text = (
        "Nederland trok zich in mei 2022 terug uit Mali. Zweden heeft 220 militairen in Niger. "
        "Noorwegen overweegt iets. Nederland verliet Mali al in maart 2022."
    )
    article = factories.article("later", body=text, published="2022-08-17")
    netherlands = Deployment.objects.get(slug="nl-minusma-1")

    def claim(about, words, **fields):
        return factories.claim(article, about, words, publish=True, **fields)

    claim(
        netherlands,
        "Nederland trok zich in mei 2022 terug uit Mali.",
        stage="withdrawn",
        onset=True,
        date="2022-05",
        date_words="mei 2022",
    )
    claim(
        netherlands,
        "Nederland verliet Mali al in maart 2022.",
        stage="withdrawn",
        onset=True,
        date="2022-03",
        date_words="maart 2022",
    )
    sweden = _deployment("SE", "NE")
    claim(
        sweden,
        "Zweden heeft 220 militairen in Niger.",
        stage="active",
        personnel_best=220,
        personnel_words="220 militairen",
        personnel_basis="deployed",
    )
    norway = _deployment("NO", None, mission="eutm-mali")
    claim(norway, "Noorwegen overweegt iets.", stage="considered")
    undated = factories.article("undated", body="Denemarken is in Niger.", published=None)
    denmark = _deployment("DK", "NE")
    factories.claim(undated, denmark, "Denemarken is in Niger.", publish=True, stage="active")
    for row in (sweden, norway, denmark):
        row.refresh_from_db()
        factories.through(row)


def _deployment(contributing, host, mission=None):
    row = Deployment(
        contributing_country=Country.objects.get(code=contributing),
        host_country=Country.objects.get(code=host) if host else None,
        mission=Mission.objects.get(slug=mission) if mission else None,
    )
    row.slug = curation.new_slug(row)
    return curation.record(row, reason="a test")


# --- every filter


def test_every_filter_set_is_walked():
    assert {one._meta.model for one in FILTERSETS} == {Article, Claim, Country, Deployment, Mission, Statement}


@pytest.mark.parametrize("filterset", FILTERSETS, ids=lambda one: one.__name__)
def test_a_negation_is_the_exact_complement(world, filterset):
    modifiers = [{}]
    if "certainty" in filterset.base_filters:
        modifiers.append({"certainty": "certain"})
    if "known_on" in filterset.base_filters:
        modifiers.append({"known_on": "2022-03-01"})
    asked = 0
    for modifier in modifiers:
        everything = rows(filterset, modifier)
        for name, question in filterset.base_filters.items():
            if name.endswith(NOT) or isinstance(question, Modifier):
                continue
            for value in values_of(name, question):
                found = rows(filterset, {name: value, **modifier})
                left = rows(filterset, {f"{name}{NOT}": value, **modifier})
                assert found | left == everything, (name, value, modifier)
                assert not found & left, (name, value, modifier)
                asked += 1
    assert asked > 5


def values_of(name, question) -> list[str]:
    """Words that divide the rows, and some that do not."""
    if "enum" in question.schema.get("items", {}):
        return question.schema["items"]["enum"]
    if question.schema.get("type") == "boolean":
        return ["true", "false"]
    if question.schema.get("format") == "date":
        return ["2013-01-01", "2022-02-10", "2022-04-01", "2030-01-01"]
    if question.schema.get("type") == "integer":
        return ["0", "89", "150", "1000"]
    return [str(question.example), *(["NE", "US"] if "country" in name else [])]


def rows(filterset, data) -> set:
    found = filterset(data, queryset=filterset._meta.model.objects.public()).qs
    listed = list(found.values_list("pk", flat=True))
    assert len(listed) == len(set(listed)), "a row came twice"
    return set(listed)


def test_every_filter_says_what_it_means():
    for filterset in FILTERSETS:
        for name, question in filterset.base_filters.items():
            assert isinstance(question, Question | Modifier), name
            assert question.extra["help_text"] and question.schema and question.example is not None


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=nld", ["nl-eutm-mali-1", "nl-minusma-1", "nl-ml-1"]),
        ("contributing_country=FR,swe", ["fr-ml-1", "se-ml-1", "se-ne-1"]),
        ("host_country=NE", ["dk-ne-1", "se-ne-1"]),
        ("host_country__not=ML,NE", ["no-eutm-mali-1"]),  # it has none
        ("conducting_organization=un", ["nl-minusma-1"]),
        ("status=withdrawn,turned_back", ["dk-ml-1", "nl-minusma-1", "nl-ml-1"]),
        ("stage=under_review", ["de-ml-1", "nl-minusma-1"]),  # a later claim made it withdrawn
        ("personnel_min=200", ["se-ne-1"]),
        ("personnel_max=89", ["nl-minusma-1"]),
        ("personnel_known=true", ["nl-minusma-1", "se-ne-1"]),
        ("in_conflict=true", ["nl-minusma-1"]),
        ("article=later", ["nl-minusma-1", "no-eutm-mali-1", "se-ne-1"]),
        ("q=militairen niger", ["se-ne-1"]),
        ("q=MILITAIR", ["dk-ml-1", "nl-minusma-1", "se-ne-1"]),
        ("q=norway", ["no-eutm-mali-1"]),
        ("start_after=2013-01-01&start_before=2013-12-31&certainty=certain", ["fr-ml-1"]),
        ("end_before=2022-06-01&certainty=certain", None),
    ],
)
def test_deployments_by(client, world, query, expected):
    if expected is None:
        expected = [
            row.slug for row in Deployment.objects.public() if row.end_latest and str(row.end_latest) <= "2022-06-01"
        ]
    found = slugs(client, query)
    if query == "q=MILITAIR":
        assert "se-ne-1" in found
        assert len(found) < 10
    else:
        assert found == expected


def test_on_a_day_certainly_and_possibly(client, world):
    possible = slugs(client, "on=2021-12-01&contributing_country=NL")
    certain = slugs(client, "on=2021-12-01&contributing_country=NL&certainty=certain")
    assert "nl-minusma-1" in possible
    assert set(certain) < set(possible)
    assert slugs(client, "on=2015-01-01&certainty=certain&contributing_country=FR") == ["fr-ml-1"]


def test_what_was_known_on_a_day(client, world):
    assert get(client, "deployments/nl-minusma-1/")["status"] == "withdrawn"
    before = get(client, "deployments/nl-minusma-1/?known_on=2022-03-01")
    assert before["status"] == "under_review"
    assert {claim["article"] for claim in before["claims"]} == {"000_94c2593ff7c6a45b"}
    assert slugs(client, "known_on=2022-03-01&status=withdrawn") == ["nl-ml-1"]
    assert slugs(client, "known_on=2022-02-27") == []  # an article of 2022-02 is certainly out on the 28th
    assert slugs(client, "known_on=2022-08-16&contributing_country=SE") == ["se-ml-1"]
    assert "dk-ne-1" not in slugs(client, "known_on=2030-01-01")  # its article has no date
    get(client, "deployments/se-ne-1/?known_on=2022-03-01", 404)
    assert slugs(client, "known_on=2022-03-01&on=2022-06-30&contributing_country=NL&mission=minusma") == [
        "nl-minusma-1"
    ]
    assert slugs(client, "on=2022-06-30&contributing_country=NL&mission=minusma&certainty=certain") == []
    assert slugs(client, "known_on=2022-03-01&in_conflict=true") == []
    assert slugs(client, "known_on=2022-03-01&q=verliet") == []
    assert get(client, "claims/?known_on=2022-03-01")["count"] == 13
    assert get(client, "articles/?known_on=2022-03-01")["count"] == 1


def test_lists_are_or_and_different_filters_are_and(client, world):
    assert slugs(client, "contributing_country=NL,FR&mission=minusma") == ["nl-minusma-1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("articles/?mentions_country=FR", 1),
        ("articles/?mentions_country=US", 0),
        ("articles/?mentions_mission=minusma", 2),
        ("articles/?published_after=2022-02-15", 2),
        ("articles/?published_after=2022-02-15&certainty=certain", 1),
        ("articles/?q=Malinese", 1),
        ("missions/?host_country=ML&contributing_country=NL", 2),
        ("missions/?conducting_organization=EU,UN", 2),
        ("missions/?q=stabilisation mali", 0),
        ("missions/?q=stabilization", 1),
        ("countries/?hosts=true", 2),
        ("countries/?contributes=true", 6),
        ("countries/?q=nederlandse", 1),
        ("countries/?subregion=western africa&q=mali", 1),
        ("statements/?organization=ministerie van defensie", None),
        ("statements/?country=NL&form=direct,mixed", None),
        ("statements/?about_country=ML", None),
        ("claims/?planned=true", None),
        ("claims/?stage=turned_back", 1),
        ("claims/?country=FR", None),
        ("claims/?personnel_known=true", 2),
    ],
)
def test_the_other_tables(client, world, query, found):
    count = get(client, query)["count"]
    assert count == found if found is not None else count > 0


def test_updated_since_follows_the_feed(client, world):
    assert get(client, "deployments/?updated_since=2020-01-01")["count"] == 10
    curation.reject(Claim.objects.get(article__slug="000_94c2593ff7c6a45b", number=9), reason="a test")
    moment = Change.objects.latest("revision").at.isoformat()
    assert slugs(client, f"updated_since={moment.replace('+00:00', 'Z')}") == ["nl-minusma-1"]
    assert slugs(client, f"updated_since={moment}") == ["nl-minusma-1"]  # a “+” that was not encoded


# --- orders and shapes


def test_orders_with_unknown_values_last(client, world):
    assert slugs(client, "ordering=-personnel")[:2] == ["se-ne-1", "nl-minusma-1"]
    assert slugs(client, "ordering=personnel")[:2] == ["nl-minusma-1", "se-ne-1"]
    by_status = [row["status"] for row in get(client, "deployments/?ordering=status")["results"]]
    assert by_status[0] == "considered"
    assert by_status[-1] == "turned_back"
    assert slugs(client, "ordering=host_country,-slug")[-1] == "no-eutm-mali-1"
    assert "did you mean personnel" in str(get(client, "deployments/?ordering=personel", 400))


@pytest.mark.parametrize("filterset", FILTERSETS, ids=lambda one: one.__name__)
def test_every_order_is_an_order(client, world, filterset):
    name = filterset._meta.model._meta.verbose_name_plural
    for ordering in filterset.orderings:
        rows = get(client, f"{name}/?ordering={ordering}&page_size=500")["results"]
        assert rows
        assert len(rows) == get(client, f"{name}/?ordering=-{ordering}&page_size=500")["count"]


def test_fields_omit_and_include(client, world):
    assert set(get(client, "deployments/?fields=slug,status")["results"][0]) == {"slug", "status"}
    assert "contribution" not in get(client, "deployments/?omit=contribution")["results"][0]
    row = get(client, "deployments/?include=claims,mission&mission=minusma")["results"][0]
    assert row["mission"]["conducting_organization"] == "UN"
    assert row["claims"][0]["article"] == "000_94c2593ff7c6a45b"
    claim = get(client, "claims/?include=article,deployment&page_size=1")["results"][0]
    assert claim["article"]["language"] == "nl"
    assert claim["deployment"]["contributing_country"]["name"]
    assert "body" not in claim["article"]
    assert get(client, "articles/?include=statements")["results"][0]["statements"]
    assert get(client, "missions/minusma/?include=deployments")["deployments"][0]["slug"] == "nl-minusma-1"
    assert get(client, "deployments/nl-minusma-1/?fields=slug,claims")["claims"]
    assert "claims" not in get(client, "deployments/nl-minusma-1/?omit=claims")
    assert "did you mean status" in str(get(client, "deployments/?fields=statsu", 400))
    assert "not both" in str(get(client, "deployments/?fields=slug&omit=slug", 400))
    assert "claims" in str(get(client, "deployments/?include=claim", 400))


def test_every_include_costs_as_much_for_many_rows_as_for_one(client, world, django_assert_max_num_queries):
    for path in (
        "deployments/?include=claims,mission,contributing_country",
        "claims/?include=article,deployment",
        "articles/?include=claims,statements",
        "missions/?include=deployments",
        "conflicts/?",
        "summary/?",
        "changes/?page_size=500",
        "statements/?include=article",
    ):
        with django_assert_max_num_queries(12):
            get(client, path)


# --- pages


def walk(client, path, between=lambda: None):
    rows, address = [], f"/api/v1/{path}"
    while address:
        page = client.get(address).json()
        rows += page["results"]
        address = page["next"]
        between()
    return rows


def test_pages_have_neighbours_and_links(client, world):
    response = client.get("/api/v1/countries/?page=2&page_size=100")
    page = response.json()
    assert (page["count"], len(page["results"])) == (250, 100)
    assert "page=3" in page["next"]
    assert "page=1" in page["previous"]
    for name in ("first", "prev", "next", "last"):
        assert f'rel="{name}"' in response["Link"]
    assert [row["code"] for row in walk(client, "countries/?page_size=100")] == sorted(
        Country.objects.values_list("code", flat=True)
    )


def test_a_walk_by_cursor_neither_skips_nor_repeats_while_rows_are_added(client, world):
    before = [row["slug"] for row in walk(client, "deployments/?cursor=*&page_size=500")]
    codes = iter(["AO", "BE", "NL", "ZA"])

    def add():
        code = next(codes, None)
        if code:
            row = _deployment(code, "NE")
            Deployment.objects.filter(pk=row.pk).update(state="published")

    walked = [row["slug"] for row in walk(client, "deployments/?cursor=*&page_size=2", add)]
    assert len(walked) == len(set(walked))
    assert set(before) <= set(walked)
    keys = [row["key"] for row in walk(client, "claims/?cursor=*&page_size=3")]
    assert keys == [claim.key for claim in Claim.objects.order_by("article__slug", "number")]


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("cursor=nonsense", "cursor=*"),
        ("cursor=WzEsMl0", "cursor=*"),
        ("cursor=*&page=2", "leave this out"),
        ("cursor=*&ordering=slug", "leave this out"),
        ("page=0", "page number"),
        ("page=x", "page number"),
        ("on=2022-02-30", "calendar"),
        ("on=20220228", "2022-02-28"),
        ("known_on=soon", "2022-02-28"),
        ("updated_since=yesterday", "no moment"),
        ("personnel_min=-1", "whole number"),
        ("personnel_min=99999999999999999999", "whole number"),
        ("personnel_known=yes", "true nor false"),
        ("certainty=maybe", "possible"),
        ("certainty__not=certain", "no parameter"),
        ("q=!!!", "no word"),
        ("format=xml", "csv"),
        ("status__no=active", "status"),
        ("include=claims&format=csv", "flat"),
        ("state=draft", "suggested"),
    ],
)
def test_what_is_refused_names_the_mend(client, world, query, word):
    body = get(client, f"deployments/?{query}", 400)
    assert word in body["detail"]
    assert body["errors"][0]["name"] == query.split("&")[-1 if "&page" in query or "&ord" in query else 0].split("=")[0]
    assert body["type"] == "/api/v1/problems/invalid/"


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**400])
def test_a_cursor_with_a_number_that_no_database_holds_is_refused(client, world, number):
    following = get(client, "claims/?cursor=*&page_size=1")["next"].split("cursor=")[1].split("&")[0]
    belongs, slug, _ = read_place(following, "cursor", "*", (str, str, int))
    for known, status in ((2**63 - 1, 200), (-(2**63), 200), (number, 400)):
        body = get(client, f"claims/?cursor={write_place([belongs, slug, known])}", status)
    assert "cursor=*" in body["detail"]
    assert "since=0" in get(client, f"changes/?since={write_place([-abs(number) - 1, 'claim', slug])}", 400)["detail"]


def test_a_cursor_belongs_to_its_filters(client, world):
    following = get(client, "deployments/?cursor=*&page_size=2")["next"].split("cursor=")[1].split("&")[0]
    assert get(client, f"deployments/?cursor={following}&page_size=3")["results"]
    assert "other filters" in str(get(client, f"deployments/?cursor={following}&status=active", 400))
    assert "cursor=*" in str(get(client, f"claims/?cursor={following}", 400))


def test_the_complement_of_nothing_known_is_everything(client, world):
    assert Deployment.objects.filter(~Q(personnel_words__isnull=False)).count() == len(
        slugs(client, "personnel_known=false")
    )
