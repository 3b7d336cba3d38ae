"""Answers and what else is known of a revision: kept for strangers, in this process, and never longer than it is true."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from missions import answers, caching, curation
from missions.models import Claim, Country, Revision

PATH = "/api/v1/claims/?country=NL"


@pytest.fixture
def reader(shared_seed):
    """A stranger whose first question was answered."""
    caching.remembered.identity = None
    found = Client()
    assert found.get(PATH).status_code == 200
    return found


def queries(ask) -> int:
    with CaptureQueriesContext(connection) as asked:
        answer = ask()
    assert answer.status_code in (200, 304), answer.content
    return len(asked)


def test_the_second_time_costs_one_query_and_is_the_same(reader):
    first, again = Client().get(PATH), reader.get(PATH)
    assert queries(lambda: reader.get(PATH)) == 1
    assert again.content == first.content
    told = {name: value for name, value in again.items() if not name.startswith("RateLimit")}
    assert told == {name: value for name, value in first.items() if not name.startswith("RateLimit")}


@pytest.mark.parametrize(
    "other",
    [{"Accept": "text/csv"}, {"Accept-Encoding": "gzip"}, {"Origin": "https://other.example"}, {"Host": "localhost"}],
)
def test_what_an_answer_depends_on_tells_it_from_others(reader, other):
    assert queries(lambda: reader.get(PATH, headers=other)) > 1


def test_an_account_is_answered_for_itself(reader, admin_client, admin_user):
    assert queries(lambda: admin_client.get(PATH)) > 1
    assert admin_client.get(PATH)["Cache-Control"] == "private, no-store"
    assert reader.get(PATH)["Cache-Control"] == "public, no-cache"
    assert reader.get(PATH, headers={"Authorization": "Bearer newsdb_none"}).status_code == 401


def test_refusals_and_heads_are_not_kept(shared_seed):
    reader = Client()
    assert reader.head(PATH).content == b""
    assert reader.get(PATH).content
    assert reader.head(PATH).content == b""
    claim = Claim.objects.get(number=9)
    curation.reject(claim, reason="a test")
    missing = f"/api/v1/claims/{claim.key}/"
    assert reader.get(missing).status_code == 404
    Claim.objects.filter(pk=claim.pk).update(state="published")  # behind the revision's back
    assert reader.get(missing).status_code == 200


def test_an_export_is_kept_while_it_is_small(reader):
    small = f"{PATH}&format=csv"
    first = reader.get(small)
    assert first.content.startswith(b"key,")
    assert queries(lambda: reader.get(small)) == 1
    assert reader.get(small).content == first.content


def test_a_change_makes_the_next_answer_and_its_count_new(reader):
    before = reader.get(PATH).json()
    claim = Claim.objects.get(number=9)
    assert claim.key in [row["key"] for row in before["results"]]
    curation.reject(claim, reason="a test")
    after = reader.get(PATH).json()
    assert after["count"] == before["count"] - 1
    assert claim.key not in [row["key"] for row in after["results"]]


def test_a_country_that_is_renamed_is_shown_by_its_new_name(reader):
    path = "/api/v1/deployments/?country=NL"
    assert reader.get(path).json()["results"][0]["contributing_country"]["name"] == "Netherlands"
    country = Country.objects.get(code="NL")
    country.name_en = "The Netherlands"
    curation.record(country, reason="a test")
    assert reader.get(path).json()["results"][0]["contributing_country"]["name"] == "The Netherlands"


def test_a_number_that_is_counted_again_is_another_revision(reader):
    Revision.objects.update(at="2001-01-01T00:00:00Z")  # as in a database that was restored
    assert queries(lambda: reader.get(PATH)) > 1


def test_who_holds_a_kept_answer_gets_a_304_with_its_headers(reader):
    first = reader.get(PATH)
    with CaptureQueriesContext(connection) as asked:
        again = reader.get(PATH, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, len(asked)) == (304, b"", 1)
    assert again["ETag"] == first["ETag"]
    assert again["Vary"] == first["Vary"]
    assert "Content-Length" not in again or again["Content-Length"] == "0"


def test_kept_answers_are_counted_and_refused_like_others(reader, settings):
    settings.NEWSDB_REQUESTS_PER_MINUTE = {"address": 4, "account": 4}
    found = [reader.get(PATH) for _ in range(12)]  # of which a minute's end may come in between
    assert 429 in {one.status_code for one in found}
    left = [int(one["RateLimit"].split("r=")[1].split(";")[0]) for one in found if one.status_code == 200]
    assert len(set(left)) > 1


def test_an_answer_in_whose_making_a_commit_fell_is_made_again(db):
    from django.test import RequestFactory

    Revision.objects.update_or_create(pk=1, defaults={"number": 7})
    made = []

    def view(request):
        made.append(request.dataset.number)
        if len(made) == 1:
            Revision.objects.update(number=8)
        answer = HttpResponse(f"revision {request.dataset.number}")
        answer["Cache-Control"], answer["ETag"] = "public, no-cache", '"r"'
        return answer

    middleware = answers.KeptAnswers(view)
    request = RequestFactory().get("/en/")
    assert middleware(request).content == b"revision 8"
    assert middleware(RequestFactory().get("/en/")).content == b"revision 8"
    assert made == [7, 8]


def answer(size: int) -> HttpResponse:
    return HttpResponse(b"x" * size)


def test_the_answer_that_was_asked_for_longest_ago_gives_way():
    kept = answers.Kept(3 * (10_000 + answers.OVERHEAD))
    for name in "abc":
        kept.add(1, (name,), answer(9_000))
    assert kept.find(1, ("a",)) is not None
    kept.add(1, ("d",), answer(9_000))
    assert [name for name in "abcd" if kept.find(1, (name,))] == ["a", "c", "d"]
    assert kept.size <= kept.most


def test_an_answer_of_another_revision_and_one_that_is_too_large_are_not_kept():
    kept = answers.Kept(10 << 20)
    kept.add(1, ("a",), answer(10))
    kept.add(1, ("large",), answer(answers.LARGEST))
    assert kept.find(1, ("large",)) is None
    assert kept.find(1, ("a",)) is not None
    assert kept.find(2, ("a",)) is None
    assert kept.size == 0


def test_no_memory_keeps_no_answers(shared_seed, settings):
    settings.NEWSDB_KEPT_ANSWERS_MB = 0
    reader = Client()
    reader.get(PATH)
    assert queries(lambda: reader.get(PATH)) > 1


def test_what_is_remembered_belongs_to_its_revision(db):
    found = caching.Remembered(2)
    Revision.objects.update_or_create(pk=1, defaults={"number": 1})
    state = caching.State()
    assert found.get(state, "a", lambda: 1) == 1
    assert found.get(caching.State(), "a", lambda: 2) == 2  # the request was not yet seen to the end
    found.keep(state)
    assert found.get(caching.State(), "a", lambda: 3) == 1
    Revision.objects.update(number=2)
    assert found.get(caching.State(), "a", lambda: 4) == 4


def asked_at_once(found, find) -> list:
    """What four requests get that ask the same at the same revision, or how they fail."""
    states = [caching.State() for _ in range(4)]

    def ask(state):
        try:
            return found.get(state, "count", find)
        except LookupError as error:
            return error

    with ThreadPoolExecutor(len(states)) as pool:
        return list(pool.map(ask, states))


def test_what_several_ask_at_once_is_found_out_once(shared_seed):
    found, calls = caching.Remembered(2), []

    def find():
        calls.append(threading.get_ident())
        time.sleep(0.2)
        return len(calls)

    assert asked_at_once(found, find) == [1] * 4
    assert len(calls) == 1 and not found.under_way


def test_who_waits_for_one_that_fails_finds_out_by_itself(shared_seed):
    found, calls = caching.Remembered(2), []

    def find():
        calls.append(threading.get_ident())
        time.sleep(0.2)
        if len(calls) == 1:
            raise LookupError
        return "found"

    answers = asked_at_once(found, find)
    assert sorted(map(str, answers)) == ["", "found", "found", "found"]
    assert not found.under_way


def test_what_another_revision_asks_is_not_waited_for(shared_seed):
    found, began = caching.Remembered(2), threading.Event()
    now, later = caching.State(), caching.State()
    later.number += 1

    def slow():
        began.set()
        time.sleep(0.5)
        return "of the one"

    with ThreadPoolExecutor(1) as pool:
        one = pool.submit(found.get, now, "count", slow)
        began.wait()
        assert found.get(later, "count", lambda: "of the other") == "of the other"
        assert one.result() == "of the one"


@pytest.mark.parametrize("table", ["deployments", "claims", "statements", "articles", "missions", "countries"])
def test_a_row_says_the_same_in_its_list_and_by_itself(shared_seed, table):
    reader = Client()
    key = {"claims": "key", "statements": "key", "countries": "code"}.get(table, "slug")
    rows = reader.get(f"/api/v1/{table}/?page_size=5").json()["results"]
    assert rows
    for row in rows:
        alone = reader.get(f"/api/v1/{table}/{row[key]}/").json()
        assert {name: alone[name] for name in row} == row
