"""Programs that write: the admin's verbs, rules and history, with a token's scopes, versions, and no repetition."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.utils import timezone

from missions import curation
from missions.models import Article, Claim, Deployment, KeptAnswer, Revision, Statement, Token
from missions.models.token import Scope

pytestmark = pytest.mark.django_db
BODY = "Zweden stuurt honderd militairen naar Mali. Zij zijn er sinds 2013. Zij zijn er sinds 2013.\nZo is het."


@pytest.fixture
def account(shared_seed):
    return get_user_model().objects.create_superuser("editor")


def token_of(user, *scopes, days=1) -> str:
    expires = timezone.now() + timedelta(days=days)
    return Token.objects.issue(user, "a test", list(scopes or Scope.values), expires)[1]


class Program:
    """A client with a token."""

    def __init__(self, client, words):
        self.client, self.words = client, words

    def send(self, method, path, body=None, status=None, **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.words:
            headers["Authorization"] = f"Bearer {self.words}"
        response = getattr(self.client, method)(
            f"/api/v1/{path}", body, content_type="application/json", headers=headers
        )
        if status:
            assert response.status_code == status, response.content
        return response

    def post(self, path, body=None, status=201, **headers):
        return self.send("post", path, body or {}, status, **headers)

    def patch(self, path, body, status=200, **headers):
        return self.send("patch", path, body, status, **headers)

    def delete(self, path, status=204, **headers):
        return self.send("delete", path, "", status, **headers)

    def get(self, path, status=200, **headers):
        return self.client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {self.words}"} | headers)


@pytest.fixture
def program(client, account):
    return Program(client, token_of(account))


@pytest.fixture
def article(program):
    return program.post(
        "articles/", {"slug": "second", "body": BODY, "published_edtf": "2022-03", "reason": "x"}
    ).json()


@pytest.fixture
def deployment(program):
    return program.post("deployments/", {"contributing_country": "SWE", "host_country": "NE", "reason": "x"}).json()


@pytest.fixture
def claim(program, article, deployment):
    words = "Zweden stuurt honderd militairen naar Mali."
    body = {"article": "second", "deployment": "se-ne-1", "exact": words, "stage": "announced", "reason": "read"}
    return program.post("claims/", body).json()


def publish(program, path):
    program.post(f"{path}/submit/", {"reason": "x"}, 200)
    return program.post(f"{path}/publish/", {"reason": "x"}, 200)


# --- the road of a fact, by a program


def test_a_fact_goes_from_an_article_to_the_public(client, program, article, deployment, claim, team_of_one):
    assert (article["state"], article["published_latest"]) == ("suggested", "2022-03-31")
    assert claim["exact"] == BODY[claim["start"] : claim["end"]]
    assert client.get("/api/v1/claims/second:1/").status_code == 404
    publish(program, "articles/second")
    publish(program, "claims/second:1")
    publish(program, "deployments/se-ne-1")
    assert client.get("/api/v1/deployments/se-ne-1/").json()["status"] == "announced"
    history = Claim.objects.get(article__slug="second").history.all()
    assert [(one.history_user.username, one.history_change_reason) for one in history] == [
        ("editor", "x"),
        ("editor", "x"),
        ("editor", "read"),
    ]


def test_a_statement_with_its_relations(program, article):
    body = {
        "article": "second",
        "exact": "Zo is het.",
        "form": "direct",
        "attribution": "none",
        "country": "nl",
        "missions": ["minusma"],
        "countries": ["ML", "SWE"],
        "reason": "x",
    }
    made = program.post("statements/", body)
    assert made["Location"].endswith("/api/v1/statements/second:1/")
    row = made.json()
    assert [one["code"] for one in row["countries"]] == ["ML", "SE"]
    changed = program.patch("statements/second:1/", {"countries": [], "country": None, "reason": "x"}).json()
    assert (changed["countries"], changed["country"], changed["missions"][0]["slug"]) == ([], None, "minusma")


@pytest.mark.parametrize(
    ("passage", "start"),
    [
        ({"exact": "Zo is het."}, 92),
        ({"start": 92, "end": 102}, 92),
        ({"exact": "Zij zijn er sinds 2013.", "start": 68}, 68),
        ({"exact": "Zij zijn er sinds 2013.", "prefix": "Mali. "}, 44),
        ({"exact": "Zij zijn er sinds 2013.", "suffix": "\nZo"}, 68),
    ],
)
def test_a_passage_by_offsets_or_by_its_words(program, article, deployment, passage, start):
    body = {"article": "second", "deployment": "se-ne-1", "stage": "active", "reason": "x"} | passage
    made = program.post("claims/", body).json()
    assert made["start"] == start
    assert BODY[start : made["end"]] == made["exact"]


@pytest.mark.parametrize(
    ("passage", "words"),
    [
        ({"exact": "Zij zijn er sinds 2013."}, "2 places"),
        ({"exact": "Zij zijn er sinds 2013."}, "Starts: 44"),
        ({"exact": "Zij waren er."}, "nowhere"),
        ({"exact": "Zo is het.", "start": 10}, "these words stand at 92–102"),
        ({"start": 92, "end": 500}, "the text ends at 102"),
        ({"start": 92}, "Give the exact words"),
        ({}, "Give the exact words"),
    ],
)
def test_a_passage_that_is_not_the_one_is_refused_with_the_places(program, article, deployment, passage, words):
    body = {"article": "second", "deployment": "se-ne-1", "stage": "active", "reason": "x"} | passage
    problem = program.post("claims/", body, 400).json()
    assert words in problem["detail"]
    assert problem["errors"][0]["in"] == "body"
    assert not Claim.objects.filter(article__slug="second").exists()


def test_a_corrected_text_moves_passages_and_lists_the_others(program, article, claim):
    text = "Rectificatie. " + BODY
    found = program.post("articles/second/correct/", {"body": text, "reason": "x"}, 200).json()
    assert found["revision"] == 2
    assert len(found["moved"]) == 1
    assert program.get("claims/second:1/").json()["start"] == claim["start"] + len("Rectificatie. ")
    again = program.post("articles/second/correct/", {"body": text, "reason": "x"}, 400)
    assert "is the one" in again.json()["detail"]


def test_line_ends_become_those_of_the_dataset(program):
    body = {"slug": "third", "body": "\ufeffEén.\r\nTwee\u0308.", "reason": "x"}
    program.post("articles/", body)
    assert Article.objects.get(slug="third").body == "Eén.\nTweë."


def test_a_row_that_nothing_refers_to_is_deleted(program, claim):
    refused = program.delete("deployments/se-ne-1/", 409, Change_Reason="wrong")
    assert "claim second:1" in refused.json()["detail"]
    program.delete("claims/second:1/", Change_Reason="wrong")
    program.delete("deployments/se-ne-1/", Change_Reason="wrong")
    assert Claim.history.filter(history_type="-").first().history_change_reason == "wrong"
    assert not Deployment.objects.filter(slug="se-ne-1").exists()


# --- the same rules


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("claims/", {"stage": "gone"}, "gone"),
        ("claims/", {"stage": None}, "a stage, a strength or a contribution"),
        ("claims/", {"personnel_best": 10}, "A strength needs"),
        ("claims/", {"date_edtf": "soon"}, "2022-02-10"),
        ("claims/", {"date_edtf": "2013"}, "stands in words"),
        ("claims/", {"derived": True}, "names its rule"),
        ("claims/", {"stgae": "active"}, "did you mean stage"),
        ("claims/", {"state": "published"}, "no field"),
        ("claims/", {"deployment": "se-ne-2"}, "did you mean se-ne-1"),
        ("claims/", {"article": "secnd"}, "second"),
        ("claims/", {"deployment": 7}, "is a text"),
        ("claims/", {"note": ""}, "blank"),
        ("claims/", {"note": "\ud800"}, "no JSON"),
        ("claims/", {"note": "a\0b"}, "Null characters"),
        ("claims/", {"personnel_best": 10**30}, "2147483647"),
        ("deployments/", {"contributing_country": "NLD", "force_type": "knights"}, "knights"),
        ("deployments/", {"contributing_country": "NL"}, "host country or a mission"),
        ("deployments/", {"contributing_country": "XX", "host_country": "ML"}, "XK"),
        ("articles/", {"slug": "second", "body": "x"}, "already exists"),
        ("articles/", {"slug": "with space", "body": "x"}, "slug"),
        ("articles/", {"slug": "empty", "body": " \n"}, "no text"),
        (
            "statements/",
            {
                "article": "second",
                "exact": "Zo is het.",
                "form": "direct",
                "attribution": "explicit",
                "speaker": "Somebody",
            },
            "does not stand",
        ),
    ],
)
def test_what_the_desk_refuses_is_refused_here(program, article, deployment, path, body, words):
    whole = {"article": "second", "deployment": "se-ne-1", "exact": "Zo is het.", "stage": "active"}
    body = (whole if path == "claims/" else {}) | {"reason": "x"} | body
    before = (Claim.objects.count(), Deployment.objects.count(), Article.objects.count(), Statement.objects.count())
    problem = program.post(path, body, 400)
    assert problem["Content-Type"] == "application/problem+json"
    assert words in problem.json()["detail"], problem.json()
    assert before == (
        Claim.objects.count(),
        Deployment.objects.count(),
        Article.objects.count(),
        Statement.objects.count(),
    )


def test_every_change_says_why_in_a_field_or_a_header(program, claim):
    assert "reason" in program.patch("claims/second:1/", {"note": "n"}, 400).json()["detail"]
    program.patch("claims/second:1/", {"note": "n"}, Change_Reason=quote("gelezen, écht"))
    assert Claim.objects.get(article__slug="second").history.first().history_change_reason == "gelezen, écht"
    program.post("claims/second:1/reject/", {}, 400)
    program.delete("claims/second:1/", 400)


def test_a_step_that_review_does_not_know_is_refused(program, claim):
    assert "starts from in review" in program.post("claims/second:1/publish/", {"reason": "x"}, 400).json()["detail"]


def test_what_is_given_once_is_not_changed(program, claim):
    assert "no field" in program.patch("claims/second:1/", {"article": "second", "reason": "x"}, 400).json()["detail"]
    assert "no field" in program.patch("articles/second/", {"slug": "new", "reason": "x"}, 400).json()["detail"]
    assert (
        "no field" in program.patch("deployments/se-ne-1/", {"status": "active", "reason": "x"}, 400).json()["detail"]
    )


def test_a_date_follows_its_edtf_string(program, claim):
    changed = program.patch(
        "claims/second:1/", {"date_edtf": "2013", "derived": True, "rule": "a rule", "reason": "x"}
    ).json()
    assert (changed["date_earliest"], changed["date_latest"]) == ("2013-01-01", "2013-12-31")
    changed = program.patch(
        "claims/second:1/", {"date_edtf": None, "derived": False, "rule": None, "reason": "x"}
    ).json()
    assert (changed["date"], changed["date_earliest"]) == (None, None)


# --- who may


def test_reading_is_open_and_writing_takes_a_token(client, account, shared_seed):
    for words in (None, "newsdb_wrong", "\xff\xfe"):
        answer = Program(client, words).post("claims/", {"reason": "x"}, 401)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_ends(client, account):
    words = token_of(account)
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
    Program(client, words).post("claims/", {"reason": "x"}, 401)
    assert Program(client, words).get("claims/").status_code == 401


def test_an_account_that_is_closed_has_no_tokens(client, account):
    words = token_of(account)
    account.is_active = False
    account.save()
    Program(client, words).post("claims/", {"reason": "x"}, 401)


def test_a_token_is_kept_as_a_digest_alone(account):
    words = token_of(account)
    token = Token.objects.get()
    assert len(words) > 40
    assert words not in str(vars(token))


def test_scopes_bound_what_a_token_does(client, account, program, claim):
    reader = Program(client, token_of(account, Scope.READ))
    assert reader.get("claims/second:1/").status_code == 200
    assert "scope curate" in reader.patch("claims/second:1/", {"note": "n", "reason": "x"}, 403).json()["detail"]
    curator = Program(client, token_of(account, Scope.CURATE, Scope.READ))
    curator.patch("claims/second:1/", {"note": "n", "reason": "x"})
    curator.post("claims/second:1/submit/", {"reason": "x"}, 200)
    assert "scope review" in curator.post("claims/second:1/publish/", {"reason": "x"}, 403).json()["detail"]
    # What is published is changed by those who may publish.
    assert curator.patch("claims/000_94c2593ff7c6a45b:1/", {"note": "n", "reason": "x"}, 403)
    blind = Program(client, token_of(account, Scope.REVIEW))
    assert blind.get("claims/second:1/").status_code == 404


def test_permissions_bound_what_an_account_does(client, shared_seed, claim):
    user = get_user_model().objects.create_user("somebody")
    somebody = Program(client, token_of(user))
    assert somebody.get("claims/second:1/").status_code == 404
    somebody.post("deployments/", {"contributing_country": "NL", "host_country": "ML", "reason": "x"}, 403)
    names = ["view_claim", "change_claim", "submit_claim"]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    somebody.patch("claims/second:1/", {"note": "n", "reason": "x"})
    somebody.post("claims/second:1/submit/", {"reason": "x"}, 200)
    somebody.post("claims/second:1/publish/", {"reason": "x"}, 403)
    somebody.delete("claims/second:1/", 403, Change_Reason="x")


def test_drafts_are_listed_for_those_who_may_see_them(client, program, claim):
    assert "second:1" not in [row["key"] for row in client.get("/api/v1/claims/").json()["results"]]
    assert client.get("/api/v1/claims/?state=suggested").status_code == 401
    assert client.get("/api/v1/claims/?state__not=published").status_code == 401
    assert client.get("/api/v1/claims/?state=published").json()["count"] == 13
    assert [row["key"] for row in program.get("claims/?state=suggested").json()["results"]] == ["second:1"]
    assert program.get("claims/").json()["count"] == 13
    assert program.get("articles/second/").json()["body"] == BODY  # not yet public


def test_a_session_of_the_desk_writes_with_its_token_against_forgery(account, claim):
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)
    body = {"note": "n", "reason": "x"}
    path = "/api/v1/claims/second:1/"
    assert browser.patch(path, body, content_type="application/json").status_code == 403
    browser.get("/admin/")
    mark = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else None
    if mark is None:
        browser.get("/admin/password_change/")
        mark = browser.cookies["csrftoken"].value
    assert browser.patch(path, body, content_type="application/json", headers={"X-CSRFToken": mark}).status_code == 200


def test_tokens_are_made_listed_and_revoked_by_a_command(client, account, capsys):
    call_command("token", "issue", "editor", "import", "--scope", "read", "--scope", "curate", "--days", "2")
    words = capsys.readouterr().out.strip()
    Program(client, words).post("deployments/", {"contributing_country": "NL", "host_country": "ML", "reason": "x"})
    call_command("token", "list")
    assert "import\tcurate,read" in capsys.readouterr().out
    call_command("token", "revoke", "editor", "import")
    Program(client, words).post("claims/", {"reason": "x"}, 401)
    for wrong in (["issue", "nobody", "x"], ["revoke", "editor", "import"], ["issue", "editor", "x", "--days", "0"]):
        with pytest.raises(CommandError):
            call_command("token", *wrong)


def test_tokens_are_made_and_revoked_in_the_admin(client, account):
    client.force_login(account)
    form = {"user": account.pk, "name": "import", "scopes": ["read"], "expires_0": "2030-01-01", "expires_1": "00:00"}
    page = client.post("/admin/missions/token/add/", form, follow=True).content.decode()
    assert "newsdb_" in page
    words = page.split("shown this once: ")[1].split("<")[0].strip()
    assert Token.objects.of(words).scopes == ["read"]
    assert words not in client.get("/admin/missions/token/").content.decode()
    client.post(f"/admin/missions/token/{Token.objects.get().pk}/delete/", {"post": "yes"})
    assert Token.objects.of(words) is None


# --- versions and repetition


def test_a_stale_write_is_refused_and_shows_what_changed(program, claim):
    read = program.get("claims/second:1/")
    program.patch("claims/second:1/", {"note": "Mine.", "reason": "first"}, If_Match=read["ETag"])
    stale = program.patch("claims/second:1/", {"note": "Yours.", "reason": "second"}, 412, If_Match=read["ETag"])
    assert stale.json()["changes"] == [
        {
            "at": stale.json()["changes"][0]["at"],
            "by": "editor",
            "reason": "first",
            "fields": {"note": {"before": None, "after": "Mine."}},
        }
    ]
    assert Claim.objects.get(article__slug="second").note == "Mine."
    fresh = program.get("claims/second:1/")["ETag"]
    again = program.patch("claims/second:1/", {"note": "Yours.", "reason": "x"}, If_Match=f"W/{fresh}")
    program.post("claims/second:1/submit/", {"reason": "x"}, 412, If_Match=fresh)
    program.post("claims/second:1/submit/", {"reason": "x"}, 200, If_Match=again["ETag"])
    program.delete("claims/second:1/", 412, If_Match=fresh, Change_Reason="x")
    program.delete("claims/second:1/", 412, If_Match='"other"', Change_Reason="x")
    for number in ("9" * 18, "9" * 19, "9" * 5000):  # the longest fits a database, the others do not
        program.delete("claims/second:1/", 412, If_Match=f'"v{number}r1-abc"', Change_Reason="x")
    program.delete("claims/second:1/", If_Match="*", Change_Reason="x")


def test_a_request_that_is_sent_twice_is_done_once(program, article, deployment):
    body = {"article": "second", "deployment": "se-ne-1", "exact": "Zo is het.", "stage": "active", "reason": "x"}
    first = program.post("claims/", body, Idempotency_Key="k-1")
    second = program.post("claims/", body, Idempotency_Key="k-1")
    assert first.json() == second.json()
    assert (second["Location"], second["ETag"]) == (first["Location"], first["ETag"])
    assert (first.has_header("Idempotency-Replayed"), second["Idempotency-Replayed"]) == (False, "true")
    assert Claim.objects.filter(article__slug="second").count() == 1
    other = program.post("claims/", body | {"stage": "reduced"}, 422, Idempotency_Key="k-1")
    assert other.json()["type"] == "/api/v1/problems/reused-key/"
    assert program.post("claims/", body, Idempotency_Key="k-2").json()["number"] == 2


def test_a_request_that_failed_may_be_sent_again(program, article, deployment):
    body = {"article": "second", "deployment": "se-ne-1", "exact": "Zo is het.", "stage": "gone", "reason": "x"}
    program.post("claims/", body, 400, Idempotency_Key="k-1")
    assert not KeptAnswer.objects.exists()
    program.post("claims/", body | {"stage": "active"}, Idempotency_Key="k-1")


def test_an_answer_is_kept_for_a_day_and_for_its_sender(client, program, article, shared_seed):
    body = {"contributing_country": "NO", "host_country": "NE", "reason": "x"}
    program.post("deployments/", body, Idempotency_Key="k-1")
    other = Program(client, token_of(get_user_model().objects.create_superuser("other")))
    assert other.post("deployments/", body, Idempotency_Key="k-1").json()["slug"] == "no-ne-2"
    KeptAnswer.objects.update(created=timezone.now() - timedelta(hours=25))
    assert program.post("deployments/", body, Idempotency_Key="k-1").json()["slug"] == "no-ne-3"
    program.post("deployments/", body, 400, Idempotency_Key="with space")


def test_a_write_that_fails_leaves_nothing(program, article, deployment):
    before = (Revision.objects.current(), Claim.history.count(), KeptAnswer.objects.count())
    program.post("claims/", {"article": "second", "reason": "x"}, 400, Idempotency_Key="k-1")
    assert before == (Revision.objects.current(), Claim.history.count(), KeptAnswer.objects.count())


# --- malformed requests


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b'{"reason": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"reason=x", "application/x-www-form-urlencoded", 415),
        (b"<x/>", "text/xml", 415),
        (b"x" * (9 * 1024 * 1024), "application/json", 413),
    ],
)
def test_a_malformed_body_is_a_problem(program, body, kind, status):
    answer = program.client.post(
        "/api/v1/claims/", body, content_type=kind, headers={"Authorization": f"Bearer {program.words}"}
    )
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == status


def test_a_body_in_chunks_is_refused_and_not_ignored(program, claim):
    for length in ({}, {"CONTENT_LENGTH": ""}):
        answer = program.client.generic(
            "POST",
            "/api/v1/claims/second:1/submit/",
            headers={"Authorization": f"Bearer {program.words}", "Transfer-Encoding": "chunked"},
            **length,
        )
        assert answer.status_code == 411
        assert answer.json()["type"] == "/api/v1/problems/length-required/"


def test_an_address_without_its_slash_keeps_method_and_body(program, claim):
    answer = program.send("post", "claims/second:1/submit", {"reason": "x"}, 308)
    assert answer["Location"] == "/api/v1/claims/second:1/submit/"


def test_methods_that_are_not_offered_say_which_are(program, claim):
    for method, path in (
        ("put", "claims/second:1/"),
        ("delete", "claims/"),
        ("post", "summary/"),
        ("post", "countries/"),
    ):
        answer = program.send(method, path, {"reason": "x"}, 405)
        assert answer["Content-Type"] == "application/problem+json"
        assert "GET" in answer["Allow"]


def test_rows_of_others_are_not_there_to_be_written(client, account, claim):
    curator = Program(client, token_of(account, Scope.CURATE))
    curator.patch("claims/second:1/", {"note": "n", "reason": "x"}, 404)
    curator.patch("claims/second:99/", {"note": "n", "reason": "x"}, 404)


def test_a_rejected_claim_leaves_the_public_and_stays_with_its_reason(client, program):
    key = "000_94c2593ff7c6a45b:9"
    program.post(f"claims/{key}/reject/", {"reason": "misread"}, 200)
    assert client.get(f"/api/v1/claims/{key}/").status_code == 404
    assert program.get(f"claims/{key}/").json()["state"] == "rejected"
    assert "Matthijssen" not in client.get("/api/v1/deployments/nl-minusma-1/").json()["contribution"]


def test_no_verb_is_reached_but_by_its_method(client, program, claim):
    assert program.get("claims/second:1/publish/").status_code == 405
    assert curation.EDGES.keys() == {"submit", "publish", "send_back", "reject"}
