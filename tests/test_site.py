"""The site for readers: every page, in both languages, says what the rows say, with the words that carry it."""

import json
import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from missions import curation
from missions.models import Article, Claim, Deployment, Mission, Revision, Statement
from missions.site.addresses import address
from tests import factories

SEED = "000_94c2593ff7c6a45b"
PAGES = [
    "",
    "search/",
    "search/?q=Malinese+regime",
    "compare/",
    "compare/?on=2021-01-01&then_on=2022-02-15&then_known_on=2022-03-01&host_country=ML",
    "missions/",
    "missions/minusma/",
    "countries/",
    "countries/NL/",
    "countries/ML/",
    "countries/AQ/",
    "deployments/",
    "deployments/?on=2021-12-01&certainty=certain&known_on=2022-03-01",
    "deployments/nl-minusma-1/",
    "deployments/dk-ml-1/",
    "articles/",
    f"articles/{SEED}/",
    "statements/",
    "claims/?q=soldaten",
]
PICTURES = [
    "timeline.svg",
    "missions/minusma/timeline.svg",
    "missions/minusma/timeline.svg?page=1&show=strengths",
    "countries/NL/timeline.svg",
    "countries/ML/timeline.svg?hosted_page=1",
    "countries/ML/map.svg",
    "deployments/timeline.svg?country=FR",
    "deployments/nl-minusma-1/timeline.svg",
]
HOSTILE = "</script><script>alert(1)</script> <b>&\"'\N{RIGHT-TO-LEFT OVERRIDE}]]> {% now %} {{ x }}"


def text(client, address: str, **options) -> str:
    response = client.get(address, **options)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def published(db):
    """A published deployment with one claim, on an article of our own."""
    claim = factories.claim(factories.article(), factories.deployment(), publish=True)
    factories.through(claim.deployment)
    return claim


# --- every page


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_both_languages(client, shared_seed, page):
    english, dutch = text(client, f"/en/{page}"), text(client, f"/nl/{page}")
    assert '<html lang="en">' in english and '<html lang="nl">' in dutch
    for found in (english, dutch):
        assert found.count("<h1") == 1
        assert re.search(r"<title>[^<]+ · newsdb</title>", found)
        assert " style=" not in found and "<style" not in found and "onclick" not in found
    for code in ("en", "nl"):
        assert re.search(rf'rel="alternate" hreflang="{code}" href="http://testserver/{code}/', english)


@pytest.mark.parametrize("picture", PICTURES)
def test_every_picture_is_whole_by_itself(client, shared_seed, picture):
    response = client.get(f"/nl/{picture}")
    assert response["Content-Type"] == "image/svg+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    svg = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{svg}title").text and root.find(f"{svg}desc").text
    names = {element.tag for element in root.iter()}
    assert not names & {f"{svg}style", f"{svg}script", f"{svg}foreignObject", f"{svg}image", f"{svg}a"}
    assert float(root.get("width"))


def test_numbers_in_pictures_are_no_numbers_of_a_language(client, shared_seed):
    """A Dutch decimal comma would break every place in an SVG."""
    places = (
        "x",
        "y",
        "width",
        "height",
        "x1",
        "x2",
        "y1",
        "y2",
        "r",
        "cx",
        "cy",
        "offset",
        "transform",
        "d",
        "viewBox",
    )
    for picture in PICTURES:
        for element in ElementTree.fromstring(client.get(f"/nl/{picture}").content).iter():
            found = [element.get(name) for name in places if element.get(name)]
            assert not [one for one in found if "," in one], (picture, element.tag)


def test_dates_and_numbers_are_in_the_readers_language(client, shared_seed):
    page = "deployments/nl-minusma-1/"
    english, dutch = text(client, f"/en/{page}"), text(client, f"/nl/{page}")
    assert "November 2021" in english and "at most 89" in english and "under review" in english
    assert "hoogstens 89" in dutch and "in heroverweging" in dutch and "1 februari 2022 of later" in dutch
    assert "at most" not in dutch and "under review" not in dutch


def test_an_address_without_a_language_leads_to_the_readers(client, shared_seed):
    for asked, code in (("nl-BE,nl;q=0.9", "nl"), ("fr,en;q=0.5", "en"), ("de", "en")):
        response = client.get("/deployments/?country=NL&on=2022-01-01", headers={"Accept-Language": asked})
        assert response.status_code == 302
        assert response["Location"] == f"/{code}/deployments/?country=NL&on=2022-01-01"
        assert "Accept-Language" in response["Vary"]
    assert client.get("/missions/minusma", follow=True).status_code == 200
    assert client.head("/").status_code == 302
    assert client.post("/missions/").status_code in (403, 404, 405)
    assert client.get("/de/missions/").status_code == 404


def test_what_is_not_there_is_said_on_a_page_of_the_site(client, shared_seed):
    for page in (
        "missions/nix/",
        "deployments/xx-yy-9/",
        "articles/nix/",
        "countries/ZZ/",
        f"articles/{SEED}/cite.doc",
    ):
        response = client.get(f"/nl/{page}")
        assert response.status_code == 404
        assert "Hier is niets" in response.content.decode()


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("deployments/?contry=NL", "did you mean country"),
        ("deployments/?country=XX", "There is no country “XX”"),
        ("deployments/?on=2022-13-01", "no day of the calendar"),
        ("deployments/?page=x", "no number of a page"),
        ("deployments/?page=99", "The last page is 1."),
        ("deployments/?ordering=size", "There is no ordering “size”"),
        ("missions/minusma/?page=2", "The last page is 1."),
        ("missions/minusma/?on=2022-01-01", "There is no parameter “on” here."),
        ("compare/?on=yesterday", "no day of the calendar"),
        ("compare/?then=2022-01-01", "There is no parameter “then” here."),
        ("search/?q=%2C%2C", "holds no word"),
        ("claims/?stage=gone", "There is no “gone”"),
        ("statements/?q=" + "x" * 300, "200 characters at most"),
        ("countries/NL/?hosted_page=0", "no number of a page"),
        ("timeline.svg?x=1", "There is no parameter “x” here."),
    ],
)
def test_what_is_not_understood_is_refused_with_the_mend(client, shared_seed, page, word):
    response = client.get(f"/en/{page}")
    assert response.status_code == 400
    assert word in response.content.decode()
    assert client.get(f"/nl/{page}").status_code == 400


def test_a_form_may_send_blanks_and_a_shared_link_its_marks(client, shared_seed):
    whole = text(client, "/en/deployments/")
    sent = text(client, "/en/deployments/?q=&country=&on=&certainty=&utm_source=x&fbclid=y")
    assert re.findall(r"deployments/[a-z0-9-]+/", whole) == re.findall(r"deployments/[a-z0-9-]+/", sent)


def test_a_country_has_one_address(client, shared_seed):
    for word in ("nl", "NLD", "nld"):
        response = client.get(f"/en/countries/{word}/")
        assert (response.status_code, response["Location"]) == (301, "/en/countries/NL/")


def test_the_address_of_a_merged_deployment_leads_on(client, published, team_of_one):
    other = factories.deployment("NL")
    curation.merge(other, published.deployment, reason="a test")
    response = client.get(f"/nl/deployments/{other.slug}/")
    assert (response.status_code, response["Location"]) == (301, f"/nl/deployments/{published.deployment.slug}/")


def test_each_public_row_has_an_address_that_answers(client, shared_seed):
    for model in (Mission, Article, Deployment, Statement, Claim):
        for row in model.objects.public():
            with translation.override("nl"):
                page, _, place = address(row).partition("#")
            assert f'id="{place}"' in text(client, page) if place else text(client, page)


# --- only what is published, and nothing raw


def test_drafts_are_seen_nowhere(client, published):
    article = factories.article("draft", body="Geheim: Zweden stuurt een schip.")
    factories.claim(article, factories.deployment("SE"), "Geheim: Zweden stuurt een schip.")
    factories.claim(published.article, published.deployment, "Zweden vertrok.", note="Geheim")
    for page in ("", "search/?q=geheim", "search/?q=schip", "deployments/", "claims/", "statements/", "articles/",
                 "countries/NL/", "countries/SE/", "countries/ML/", "deployments/nl-ml-1/", "articles/article/",
                 "changes.atom", "compare/", "timeline.svg"):  # fmt: skip
        found = text(client, f"/en/{page}")
        assert "Geheim" not in found and "schip." not in found and "se-ml-1" not in found, page
    assert client.get("/en/articles/draft/").status_code == 404
    assert client.get("/en/deployments/se-ml-1/").status_code == 404
    assert "draft" not in text(client, "/sitemap-articles.xml")


def test_untrusted_text_is_escaped_on_every_page(client, db):
    body = f"{HOSTILE} stuurt 12 man.\n\nEinde."
    article = factories.article(body=body)
    article.title = article.publisher = article.author = HOSTILE[:200]
    curation.record(article, reason="a test")
    claim = factories.claim(
        article, factories.deployment(), f"{HOSTILE} stuurt 12 man.", stage="under_review", publish=True,
        contribution=HOSTILE, personnel_words="12 man", personnel_best=12, personnel_basis="deployed",
    )  # fmt: skip
    factories.through(claim.deployment)
    statement = Statement(**factories.passage(article, "Einde."), form="direct", attribution="inferred")
    statement.speaker = statement.organization = HOSTILE[:120]
    factories.through(curation.record(statement, reason="a test"))
    mission = factories.mission()
    mission.name = HOSTILE
    curation.record(mission, reason="a test")
    for page in ("", "deployments/", "deployments/nl-ml-1/", "articles/", "articles/article/", "claims/?q=stuurt",
                 "statements/?q=einde", "countries/NL/", "missions/", "missions/minusma/", "search/?q=stuurt",
                 "compare/", "deployments/nl-ml-1/timeline.svg", "changes.atom",
                 "search/?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E"):  # fmt: skip
        found = text(client, f"/en/{page}")
        assert "<script>alert" not in found, page
        assert '<b>&"' not in found and HOSTILE[:30] not in found, page
    for page in ("deployments/nl-ml-1/timeline.svg", "changes.atom"):
        ElementTree.fromstring(client.get(f"/en/{page}").content)


def test_a_text_that_may_not_be_shown_is_shown_no_further_than_it_is_cited(client, db):
    long_before, long_after = "Voorop staat een lange aanloop. " * 20, " Daarna komt nog veel meer tekst." * 20
    article = factories.article(body=f"{long_before}Nederland stuurt honderd militairen.{long_after}")
    claim = factories.claim(article, factories.deployment(), "Nederland stuurt honderd militairen.", publish=True)
    factories.through(claim.deployment)
    page = text(client, "/en/articles/article/")
    shown = re.sub(r"<[^>]+>", "", page)
    assert "Nederland stuurt honderd militairen." in shown
    assert "belongs to its publisher" in shown
    assert shown.count("lange aanloop") <= 1 and shown.count("veel meer tekst") <= 1
    article.text_public = True
    curation.record(article, reason="a test")
    shown = re.sub(r"<[^>]+>", "", text(client, "/en/articles/article/"))
    assert shown.count("lange aanloop") >= 20 and "belongs to its publisher" not in shown


# --- each page's own promise


def test_each_value_of_a_deployment_stands_with_the_words_that_carry_it(client, shared_seed):
    for deployment in Deployment.objects.public():
        page = text(client, f"/en/deployments/{deployment.slug}/")
        values = dict(re.findall(r'<div id="(\w+)"><dt>.*?</dt>(.*?)</div>', page, re.DOTALL))
        assert set(values) == set(deployment.evidence)
        for name, keys in deployment.evidence.items():
            for key in keys if isinstance(keys, list) else [keys]:
                slug, number = key.split(":")
                claim = Claim.objects.get(article__slug=slug, number=number)
                quoted = re.sub(r"</?mark>", "", values[name])
                assert claim.exact in quoted
                assert f"/en/articles/{slug}/#claim-{number}" in values[name]
                words = getattr(deployment, f"{name}_words", None)
                if words:
                    assert f"<mark>{words}</mark>" in values[name]


def test_conflicting_claims_stand_side_by_side(client, published):
    factories.claim(published.article, published.deployment, "Zweden vertrok.", date="2014", date_words=None,
                    stage="active", onset=True, derived=True, rule="a test", publish=True)  # fmt: skip
    factories.claim(published.article, published.deployment, date="2013", date_words="sinds 2013", stage="active",
                    onset=True, publish=True)  # fmt: skip
    factories.through(published.deployment)
    page = text(client, "/en/deployments/nl-ml-1/")
    pair = re.search(r'<ul class="cards pair">(.*?)</ul>', page, re.DOTALL)[1]
    assert "two starts" in page
    assert "Zweden vertrok." in pair and "2013" in pair
    assert "twee" not in pair
    assert "tweemaal begonnen" in text(client, "/nl/deployments/nl-ml-1/")


def test_the_public_history_names_no_person_and_no_reason(client, published):
    root = get_user_model().objects.create_superuser("jane")
    claim = published
    claim.stage = "reduced"
    curation.record(claim, by=root, reason="Jane was wrong")
    factories.through(claim)
    factories.through(claim.deployment)
    page = text(client, "/en/deployments/nl-ml-1/")
    steps = re.search(r"How the record changed</h2>(.*?)</ol>", page, re.DOTALL)[1]
    told = [re.findall(r"<li>Status: (.*?)</li>", step) for step in steps.split("<h3>")[1:]]
    assert told == [["<ins>reduced</ins>"], ["<del>active</del> → not told"], ["<ins>active</ins>"]]
    assert "jane" not in page.lower() and "wrong" not in page


def test_what_was_known_when_is_told_step_by_step(client, published):
    later = factories.article("later", body="Nederland verlaat Mali.", published="2023-01")
    factories.claim(later, published.deployment, "Nederland verlaat Mali.", stage="withdrawn", publish=True)
    page = text(client, "/en/deployments/nl-ml-1/")
    steps = re.findall(r"From the articles out by ([^<]+)</h3>(.*?)</ul>", page, re.DOTALL)
    assert [day for day, _changes in steps] == ["28 February 2022", "31 January 2023"]
    assert "<ins>active</ins>" in steps[0][1] and "<del>active</del> → <ins>withdrawn</ins>" in steps[1][1]


def test_a_comparison_says_what_the_api_says(client, shared_seed):
    moments = {"on": "2021-12-15", "then_on": "2022-02-20"}
    page = text(client, f"/en/compare/?on={moments['on']}&then_on={moments['then_on']}")
    rows = dict(re.findall(r'href="/en/deployments/([a-z0-9-]+)/">[^<]+</a></th>(.*?)</tr>', page, re.DOTALL))
    for column, day in enumerate(moments.values()):
        certain, possible = (
            {one["slug"] for one in client.get(f"/api/v1/deployments/?on={day}&certainty={name}").json()["results"]}
            for name in ("certain", "possible")
        )
        cells = {slug: re.findall(r"<td>(.*?)</td>", cells, re.DOTALL)[column] for slug, cells in rows.items()}
        assert {slug for slug, cell in cells.items() if "there" in cell} == possible
        assert {slug for slug, cell in cells.items() if "certainly there" in cell} == certain
        assert f"{len(certain)} certainly, {len(possible)} possibly" in page


def test_a_comparison_shows_what_was_known_when(client, published):
    later = factories.article("later", body="Nederland verliet Mali.", published="2023-01")
    factories.claim(later, published.deployment, "Nederland verliet Mali.", stage="withdrawn", publish=True)
    asked = "on=2022-02-15&known_on=2022-06-01&then_on=2022-02-15&then_known_on=2023-06-01"
    page = text(client, f"/en/compare/?{asked}")
    assert "in all: active" in page and "in all: withdrawn" in page and "differs" in page
    before = text(client, "/en/compare/?on=2022-02-15&known_on=2022-01-01&then_on=2022-02-15")
    assert "appears" in before


def test_a_search_finds_in_every_table_and_sets_the_words_off(client, shared_seed):
    page = text(client, "/en/search/?q=Malinese+regime")
    assert page.count("<mark>Malinese</mark> <mark>regime</mark>") >= 2  # of a claim and of a statement
    assert 'href="/en/deployments/dk-ml-1/"' in page
    assert 'href="/en/countries/ML/"' in text(client, "/en/search/?q=mali")
    assert "Nothing holds all of the words" in text(client, "/en/search/?q=zeppelin")


def test_hits_are_counted_up_to_a_number_and_shown_in_the_order_of_their_list(client, shared_seed, monkeypatch):
    whole = text(client, "/en/search/?q=Mali")
    found = client.get("/api/v1/claims/?q=Mali").json()["count"]
    assert found > 5 and f'Claims <span class="note">{found}</span>' in whole and f">All {found}</a>" in whole
    listed = re.findall(r'href="/en/deployments/([^/]+)/"', text(client, "/en/deployments/?q=Mali"))
    shown = re.findall(r'<li><a href="/en/deployments/([^/]+)/"', whole)
    assert shown and shown == list(dict.fromkeys(listed))[: len(shown)]
    monkeypatch.setattr("missions.site.views.MOST_COUNTED", found - 1)
    cut = text(client, "/nl/search/?q=Mali")
    assert f'Claims <span class="note">meer dan {found - 1}</span>' in cut and ">Allemaal</a>" in cut


def test_a_list_is_asked_as_the_api_is(client, shared_seed):
    for query in (
        "country=FR",
        "status__not=active",
        "on=2022-02-01&certainty=certain",
        "personnel_min=50",
        "q=Hercules",
    ):
        rows = client.get(f"/api/v1/deployments/?{query}").json()["results"]
        page = text(client, f"/en/deployments/?{query}")
        table = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
        shown = re.findall(r'<th scope="row"><a href="/en/deployments/([^/]+)/', table[1]) if table else []
        assert sorted(shown) == sorted(row["slug"] for row in rows), query


def test_a_claim_that_was_rejected_is_no_fact(client, published):
    factories.claim(published.article, published.deployment, "Zweden vertrok.", stage="withdrawn", verdict="rejected",
                    verdict_reason="of another country", publish=True)  # fmt: skip
    page = text(client, "/en/deployments/nl-ml-1/")
    assert 'data-stage="withdrawn"' not in page
    assert "rejected: of another country" in page  # it is kept and shown as what it is
    assert "rejected: of another country" in text(client, "/en/articles/article/")
    assert "withdrawn" not in text(client, "/en/countries/NL/")
    assert "Netherlands in Mali: withdrawn, rejected" in text(client, "/en/changes.atom")


def test_the_map_shows_nobody_who_did_not_come(client, published):
    shown = re.findall(r'class="area (\w+)"', text(client, "/en/countries/NL/map.svg"))
    assert sorted(shown) == ["home", "host"]
    declined = factories.deployment("SE")
    factories.claim(published.article, declined, "Zweden vertrok.", stage="declined", publish=True)
    factories.through(declined)
    assert "se-ml-1" in text(client, "/en/countries/SE/")
    assert 'class="area host"' not in text(client, "/en/countries/SE/")


def test_a_map_as_a_file_has_the_world_in_its_own_units(client, shared_seed):
    svg = "{http://www.w3.org/2000/svg}"
    root = ElementTree.fromstring(client.get("/en/countries/ML/map.svg").content)
    (shown,) = [one for one in root.iter(f"{svg}svg") if one.get("class") == "map"]
    (world,) = shown.findall(f"{svg}svg")
    assert world.get("viewBox") == f"0 0 {world.get('width')} {world.get('height')}"
    words = [one.text for one in root.iter(f"{svg}text")]
    assert "Mali" in words and any("Natural Earth" in one and "CC BY" in one for one in words)


def test_a_row_is_found_by_its_key(client, shared_seed):
    for slug in ("nl-minusma-1", "minusma", SEED):
        assert re.search(rf'href="/en/(deployments|missions|articles)/{slug}/"', text(client, f"/en/search/?q={slug}"))


# --- for machines


def test_machines_read_the_dataset_and_the_article(client, shared_seed):
    def data(page: str) -> dict:
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text(client, page))[1])

    whole = data("/en/")
    assert (whole["@type"], whole["version"]) == ("Dataset", str(Revision.objects.current()))
    for distribution in whole["distribution"]:
        assert client.get(distribution["contentUrl"].removeprefix("http://testserver")).status_code == 200
    article = data(f"/en/articles/{SEED}/")
    assert (article["@type"], article["datePublished"], article["inLanguage"]) == ("NewsArticle", "2022-02", "nl")
    assert "headline" not in article and "author" not in article  # the source has neither
    assert data("/en/missions/minusma/")["isPartOf"]["name"] == "newsdb"


def test_an_article_is_cited_without_anything_made_up(client, shared_seed):
    bibtex = text(client, f"/en/articles/{SEED}/cite.bib")
    assert bibtex.startswith(f"@misc{{{SEED},") and "year = {2022}" in bibtex and "month = {2}" in bibtex
    assert "title" not in bibtex and "author" not in bibtex
    assert rf"newsdb {SEED.replace('_', chr(92) + '_')}" in bibtex
    (csl,) = json.loads(text(client, f"/en/articles/{SEED}/cite.json"))
    assert csl["issued"] == {"date-parts": [[2022, 2]]} and "title" not in csl
    (csl,) = json.loads(text(client, "/en/deployments/nl-minusma-1/cite.json"))
    assert (csl["type"], csl["version"]) == ("dataset", str(Revision.objects.current()))


def test_the_feed_tells_changes_with_their_words(client, published):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get("/nl/changes.atom").content)
    entries = {entry.find(f"{atom}title").text: entry for entry in feed.iter(f"{atom}entry")}
    assert entries["Nederland in Mali: actief"].find(f"{atom}summary").text == "“Zij zijn er sinds 2013.”"
    identifiers = [entry.find(f"{atom}id").text for entry in entries.values()]
    assert len(set(identifiers)) == len(identifiers)
    curation.reject(published.article, reason="a test")
    gone = client.get("/nl/changes.atom").content.decode()
    assert "artikel article is niet meer gepubliceerd" in gone and "Zij zijn er sinds" not in gone


def test_the_feed_tells_each_row_once_and_a_plan_as_a_plan(client, published):
    claim = factories.claim(
        published.article, published.deployment, "Zweden vertrok.", stage="ended", planned=True, publish=True
    )
    for note in ("one", "two", "three"):
        claim.note = note
        curation.record(claim, reason="a test")
        factories.through(claim)
    feed = text(client, "/en/changes.atom")
    assert feed.count("Netherlands in Mali: ended, planned") == 1
    home = text(client, "/en/")
    assert home.count("Zweden vertrok.") == 1


def test_a_text_of_odd_characters_is_told_in_every_format(client, db):
    article = factories.article(body="Nederland\x0bstuurt \x01 <b>honderd</b> militairen.")
    claim = factories.claim(article, factories.deployment(), article.body, stage="under_review", publish=True)
    factories.through(claim.deployment)
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.fromstring(client.get("/en/changes.atom").content)
    summaries = [one.text for one in feed.iter(f"{atom}summary")]
    assert (
        "“Nederland\ufffdstuurt \ufffd &lt;b&gt;honderd&lt;/b&gt; militairen.”" in summaries
    )  # HTML, as the type says
    ElementTree.fromstring(client.get("/en/deployments/nl-ml-1/timeline.svg").content)


def test_requests_that_a_page_does_not_take_are_told_so(client, shared_seed):
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(strict, method)("/en/missions/minusma/")
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert client.get("/en/missions/", headers={"Host": "evil.example"}).status_code == 400
    response = client.get("/en/countries/ml/map.svg")
    assert (response.status_code, response["Location"]) == (301, "/en/countries/ML/map.svg")
    assert client.get("/en/countries/ß/").status_code == 404
    page, head = client.get("/en/missions/"), client.head("/en/missions/")
    assert (head.content, head["Content-Length"]) == (b"", str(len(page.content)))


def test_the_sitemap_lists_every_page_in_both_languages(client, shared_seed):
    sections = re.findall(r"<loc>http://testserver(/[^<]+)</loc>", text(client, "/sitemap.xml"))
    pages = {
        page
        for section in sections
        for page in re.findall(r"<loc>http://testserver(/[^<]+)</loc>", text(client, section))
    }
    expected = {f"/{code}/deployments/{row.slug}/" for code in ("en", "nl") for row in Deployment.objects.public()}
    assert expected < pages
    assert {f"/en/articles/{SEED}/", "/nl/missions/minusma/", "/en/countries/ML/"} < pages
    assert "/en/countries/BR/" not in pages  # of which there is nothing to see
    for page in sorted(pages)[::7]:
        assert client.get(page).status_code == 200, page
    robots = text(client, "/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in robots and "Disallow: /admin/" in robots


# --- fast, and never stale


def test_a_page_is_known_by_the_revision(client, published):
    first = client.get("/en/deployments/nl-ml-1/")
    assert first["Cache-Control"] == "public, no-cache"
    assert client.get("/en/deployments/nl-ml-1/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    other = client.get("/nl/deployments/nl-ml-1/")
    assert other["ETag"] != first["ETag"]
    factories.claim(published.article, published.deployment, "Zweden vertrok.", stage="reduced", publish=True)
    again = client.get("/en/deployments/nl-ml-1/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and "reduced" in again.content.decode()


def many(count: int, mission: Mission) -> None:
    """So many published deployments in a mission, each with a claim, straight into the tables."""
    article = factories.through(factories.article("many", body="x" * 10))
    country, host = factories.country("NL"), factories.country("ML")
    rows = Deployment.objects.bulk_create(
        Deployment(
            slug=f"nl-many-{number}", contributing_country=country, host_country=host, mission=mission,
            state="published", status="active", start_basis="stated", start_edtf="2013", start_words="x",
            start_earliest=date(2013, 1, 1), start_latest=date(2013, 12, 31),
            evidence={"status": f"many:{number}", "start": f"many:{number}"},
        )
        for number in range(1, count + 1)
    )  # fmt: skip
    Claim.objects.bulk_create(
        Claim(article=article, deployment=row, number=number, start=0, end=1, exact="x", stage="active", onset=True,
              state="published", date_words="x", date_edtf="2013", date_earliest=date(2013, 1, 1),
              date_latest=date(2013, 12, 31))
        for number, row in enumerate(rows, 1)
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 25, 200])
def test_a_mission_page_costs_a_few_queries_and_bytes_however_much_it_shows(
    client, db, django_assert_max_num_queries, count
):
    mission = factories.mission()
    many(count, mission)
    with django_assert_max_num_queries(9):
        page = client.get("/en/missions/minusma/", headers={"Accept-Encoding": "gzip"})
    assert page.status_code == 200
    assert len(page.content) < 60_000  # styles, script and icon take the rest of the 100 KB: tests/browser


def test_many_deployments_of_a_mission_are_grouped_and_paged(client, db):
    mission = factories.mission()
    many(75, mission)
    page = text(client, "/en/missions/minusma/")
    assert "75 deployments" in page
    assert page.count("<tr>") == 2  # a head, and one country for all of them
    listed = re.search(r'<th scope="row"><a href="(/en/deployments/[^"]+)"', page)[1].replace("&amp;", "&")
    shown = [text(client, f"{listed}&page={number}") for number in (1, 2, 3)]
    slugs = [slug for one in shown for slug in re.findall(r'<th scope="row"><a href="/en/deployments/([^/]+)/', one)]
    assert sorted(slugs) == sorted(Deployment.objects.values_list("slug", flat=True))


def test_the_desk_leads_to_the_site_where_there_is_something_to_see(client, published):
    client.force_login(get_user_model().objects.create_superuser("root"))
    change = reverse("admin:missions_deployment_change", args=[published.deployment.pk])
    assert 'href="/en/deployments/nl-ml-1/"' in text(client, change)
    curation.reject(published.article, reason="a test")
    assert "/en/deployments/nl-ml-1/" not in text(client, change)
