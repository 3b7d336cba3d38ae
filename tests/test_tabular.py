"""Tables of figures: each row is a claim whose passage is the row, on the one deployment that it speaks of."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missions import audit, curation
from missions.exchange import sheets, tabular
from missions.exchange.reading import Refused
from missions.exchange.tabular import Mapping
from missions.models import Article, Claim, Deployment, Mission
from tests import factories

pytestmark = pytest.mark.django_db

MAPPING = Mapping(contributor="Country", place="Mission", time="Month", number="Troops", force="Type")
HEADER = "Country,Mission,Month,Type,Troops"


def sheet(*rows: str, header=HEADER):
    return sheets.read("x.csv", "\n".join([header, *rows]).encode())


def article() -> Article:
    return Article(slug="table", title="Contributions", publisher="UN", language="en")


@pytest.fixture(autouse=True)
def places():
    for code in ("NL", "SE", "ML"):
        factories.country(code)
    factories.mission()


def take(*rows, **options):
    made = tabular.plan(sheet(*rows), MAPPING, article())
    assert made.refused == []
    tabular.take_in(made, reason="a table", **options)
    return made


def test_rows_become_claims_whose_passage_is_the_row():
    take('NLD,MINUSMA,2022-01,troops,"1,100"', "Sweden,minusma,January 2022,police,about 20")
    text = Article.objects.get().body
    assert text.splitlines()[0] == "Country | Mission | Month | Type | Troops"
    first, second = Claim.objects.order_by("number")
    assert first.exact == "NLD | MINUSMA | 2022-01 | troops | 1,100"
    assert text[first.start : first.end] == first.exact
    assert (first.stage, first.date_edtf, first.personnel_best, first.personnel_words) == (
        "active",
        "2022-01",
        1100,
        "1,100",
    )
    assert (second.deployment.slug, second.deployment.force_type) == ("se-minusma-1", "police")
    assert {row.state for row in (first, first.deployment, first.article)} == {"suggested"}
    assert list(audit.findings()) == []


def test_rows_of_one_country_place_and_force_are_one_deployment():
    made = take(
        "NL,MINUSMA,2022-01,troops,10",
        "NL,MINUSMA,2022-02,troops,20",
        "NL,MINUSMA,2022-02,police,5",
        "NL,Mali,2022,troops,5",
    )
    assert [fate.kind for fate in made.fates] == ["new", "claim", "new", "new"]
    assert sorted(Deployment.objects.values_list("slug", flat=True)) == ["nl-minusma-1", "nl-minusma-2", "nl-ml-1"]


def test_a_deployment_that_is_there_is_taken_and_two_are_refused():
    there = factories.deployment()
    made = tabular.plan(sheet("NL,Mali,2022,,10"), MAPPING, article())
    assert [(fate.kind, fate.row) for fate in made.fates] == [("claim", there.slug)]
    factories.deployment()
    (fate,) = tabular.plan(sheet("NL,Mali,2022,,10"), MAPPING, article()).refused
    assert "nl-ml-1, nl-ml-2" in fate.messages[0]


def test_zero_says_that_nobody_is_there_and_makes_no_claim():
    made = take("NL,MINUSMA,2022-01,troops,0", "SE,MINUSMA,2022-01,troops,7")
    assert [fate.kind for fate in made.fates] == ["nobody", "new"]
    claim = Claim.objects.get()
    assert claim.exact in claim.article.body and claim.article.body[claim.start : claim.end] == claim.exact


def test_every_unknown_cell_of_a_row_is_named_and_nothing_is_written():
    made = tabular.plan(sheet("NL,MINUSMA,2022,troops,1", "Atlantis,MINUSCA,soon,wizards,many"), MAPPING, article())
    (fate,) = made.refused
    assert fate.place == 3
    for word in (
        "Country: There is no country “Atlantis”",
        "mission or host country “MINUSCA”",
        "force type “wizards”",
        "Troops:",
    ):
        assert any(word in message for message in fate.messages), word
    with pytest.raises(ValueError, match="nothing is written"):
        tabular.take_in(made, reason="x")
    assert not Article.objects.exists()


def test_who_and_why_and_how_far_are_told():
    user, told = get_user_model().objects.create_user("curator"), []
    take("NL,MINUSMA,2022-01,troops,10", by=user, progress=told.append)
    for row in (Claim.objects.get(), Deployment.objects.get(), Article.objects.get()):
        record = row.history.get()
        assert (record.history_user, record.history_change_reason) == (user, "a table")
    assert told[-1] == 3


def test_a_table_is_taken_in_once():
    take("NL,MINUSMA,2022-01,troops,10")
    curation.publish(curation.submit(Article.objects.get()))
    with pytest.raises(Refused, match="is there already"):
        take("SE,MINUSMA,2022-01,troops,10")
    assert Claim.objects.count() == 1


def test_slugs_that_were_given_before_are_not_given_again():
    gone = factories.deployment()
    curation.delete(gone, reason="a test")
    take("NL,Mali,2022,troops,10", "NL,Mali,2022,police,10")
    assert sorted(Deployment.objects.values_list("slug", flat=True)) == ["nl-ml-2", "nl-ml-3"]


def test_columns_are_guessed_by_their_names():
    assert Mapping.guessed(["Contributing Country", "Mission", "Personnel Type", "Month", "Number"]) == {
        "contributor": "Contributing Country",
        "place": "Mission",
        "force": "Personnel Type",
        "time": "Month",
        "number": "Number",
    }


def test_a_plan_asks_as_many_questions_for_many_rows_as_for_few():
    asked = []
    for years in (1, 20):
        rows = [f"NL,MINUSMA,{2000 + year}-{month:02},troops,5" for year in range(years) for month in range(1, 13)]
        with CaptureQueriesContext(connection) as queries:
            tabular.plan(sheet(*rows), MAPPING, article())
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0


def test_rows_become_facts_once_they_are_reviewed():
    take("NL,MINUSMA,2022-01,troops,10", "NL,MINUSMA,2022-02,troops,20")
    for row in (Article.objects.get(), *Claim.objects.all(), Deployment.objects.get()):
        factories.through(row)
    deployment = Deployment.objects.get()
    assert (deployment.status, deployment.state) == ("active", "published")
    assert Mission.objects.get().deployments.get() == deployment
    assert list(audit.findings()) == []
