"""The desk by role: what each may do, what each is told, and what never happens."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from missions import curation
from missions.models import Article, Claim, Deployment, Merge, Mission, Statement
from tests import factories
from tests.test_admin import form_of

pytestmark = pytest.mark.django_db


def account(role: str):
    user = get_user_model().objects.create_user(role.lower(), is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


class Desk:
    def __init__(self, client, role):
        self.client, self.user = client, account(role)

    def at(self, name: str, /, *args):
        return reverse(f"admin:missions_{name}", args=args)

    def get(self, name, /, *args, status=200, **query):
        self.client.force_login(self.user)
        answer = self.client.get(self.at(name, *args), query)
        assert answer.status_code == status, answer.status_code
        return answer

    def post(self, name, /, *args, status=302, **data):
        self.client.force_login(self.user)
        answer = self.client.post(self.at(name, *args), data)
        assert answer.status_code == status, (answer.status_code, said(answer))
        return answer

    def change(self, row, status=302, **data):
        table = row._meta.model_name
        sent = form_of(self.get(f"{table}_change", row.pk)) | data
        return self.post(f"{table}_change", row.pk, status=status, **sent)


def said(answer) -> str:
    return answer.getvalue().decode().replace("&#x27;", "'")


def messages_of(answer) -> str:
    return " ".join(str(message) for message in answer.wsgi_request._messages)


@pytest.fixture
def curator(client):
    return Desk(client, "Curator")


@pytest.fixture
def reviewer(client):
    return Desk(client, "Reviewer")


@pytest.fixture
def claim():
    """A published claim of nobody in particular."""
    return factories.claim(factories.article(), factories.deployment(), publish=True)


def recorded(by, article=None):
    """A suggested claim of somebody."""
    article = article or Article.objects.first()
    row = Claim(
        deployment=Deployment.objects.first(), stage="extended", **factories.passage(article, "Zweden vertrok.")
    )
    return curation.record(row, by=by, reason="a test")


def test_a_curator_submits_and_a_reviewer_publishes(curator, reviewer, claim):
    row = recorded(curator.user)
    curator.change(row, _submit="Submit")
    row.refresh_from_db()
    assert row.state == "in_review"
    assert "Publish" not in said(curator.get("claim_change", row.pk))
    reviewer.change(row, _publish="Publish")
    row.refresh_from_db()
    assert row.state == "published"
    assert row.history.first().history_user == reviewer.user


def test_a_curator_does_not_publish_even_by_hand(curator, claim):
    row = recorded(curator.user)
    curation.submit(row)
    answer = curator.change(row, status=200, _publish="Publish")
    assert "may not publish" in said(answer)
    assert Claim.objects.get(pk=row.pk).state == "in_review"


def test_a_curator_does_not_change_what_is_published(curator, claim):
    answer = curator.change(claim, status=200, note="changed")
    assert "may not publish" in said(answer)
    assert Claim.objects.get(pk=claim.pk).note is None


def test_sending_back_takes_a_reason_and_the_curator_reads_it(curator, reviewer, claim):
    row = recorded(curator.user)
    curation.submit(row, by=curator.user)
    answer = reviewer.change(row, status=200, _send_back="Send back")
    assert "say why" in said(answer) or "give a reason" in said(answer)
    reviewer.change(row, _send_back="Send back", reason="the words say something else")
    row.refresh_from_db()
    assert row.state == "suggested"
    assert "the words say something else" in said(curator.get("claim_history", row.pk))


def test_a_reviewers_own_row_has_a_word_instead_of_a_button_that_works(reviewer, claim):
    claim.note = "read again"
    curation.record(claim, by=reviewer.user, reason="a test")
    assert "somebody else reviews it" in said(reviewer.get("claim_change", claim.pk))
    answer = reviewer.change(claim, status=200, _publish="Publish")
    assert "own work" in said(answer)


def test_many_rows_are_taken_with_a_summary_of_those_refused(curator, reviewer, claim):
    own, other = recorded(reviewer.user), recorded(curator.user)
    for row in (own, other):
        curation.submit(row)
    chosen = [own.pk, other.pk, claim.pk]
    answer = reviewer.post("claim_changelist", action="publish_selected", _selected_action=chosen)
    told = messages_of(answer)
    assert "Published: 1." in told and "2 rows were refused" in told and "own work" in told
    assert {row.pk: row.state for row in Claim.objects.all()} == {
        own.pk: "in_review",
        other.pk: "published",
        claim.pk: "published",
    }


def test_many_rows_are_rejected_for_a_reason_only(reviewer, curator, claim):
    row = recorded(curator.user)
    chosen = {"action": "reject_selected", "_selected_action": [row.pk]}
    page = reviewer.post("claim_changelist", status=200, **chosen)
    assert row.key in said(page)
    reviewer.post("claim_changelist", status=200, confirmed="1", reason=" ", **chosen)
    assert Claim.objects.get(pk=row.pk).state == "suggested"
    reviewer.post("claim_changelist", confirmed="1", reason="no fact", **chosen)
    assert Claim.objects.get(pk=row.pk).state == "rejected"


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("claim_add", {"Curator"}),
        ("article_table", {"Curator"}),
        ("claim_import", {"Curator"}),
        ("claim_changelist", {"Curator", "Reviewer", "Administrator"}),
        ("claim_deleted", {"Curator", "Reviewer", "Administrator"}),
        ("token_add", {"Administrator"}),
    ],
)
@pytest.mark.parametrize("role", ["Curator", "Reviewer", "Administrator"])
def test_each_role_opens_its_pages(client, page, allowed, role):
    Desk(client, role).get(page, status=200 if role in allowed else 403)


def test_merging_is_the_reviewers(curator, reviewer, claim):
    second = factories.deployment()
    curator.get("deployment_merge", second.pk, status=403)
    reviewer.get("deployment_merge", second.pk)
    sent = {"confirmed": "1", "target": claim.deployment_id, "reason": "one force"}
    reviewer.post("deployment_merge", second.pk, **sent)
    merge = Merge.objects.get()
    curator.get("merge_undo", merge.pk, status=403)
    reviewer.post("merge_undo", merge.pk, confirmed="1", reason="two after all")
    assert Deployment.objects.count() == 2


def test_a_merge_that_cannot_be_says_so_on_its_page(reviewer, claim):
    other = factories.deployment("SE")
    sent = {"confirmed": "1", "target": claim.deployment_id, "reason": "one force"}
    answer = reviewer.post("deployment_merge", other.pk, status=200, **sent)
    assert "different countries" in said(answer)


def test_going_back_and_bringing_back_ask_the_right_to_change(curator, reviewer, claim):
    first = claim.history.last().history_id
    claim.note = "read again"
    curation.record(claim, reason="a test")
    page = curator.post("claim_revert", claim.pk, first, status=200, confirmed="1", reason="back")
    assert "may not publish" in said(page)
    assert Claim.objects.get().note == "read again"
    row = recorded(curator.user)
    pk = row.pk
    curation.delete(row, reason="a test")
    gone = Claim.history.get(id=pk, history_type="-").history_id
    reviewer.get("claim_restore", gone, status=403)
    curator.post("claim_restore", gone, confirmed="1", reason="it was none")
    assert Claim.objects.filter(pk=pk).exists()


def test_a_history_of_another_row_is_not_gone_back_to(reviewer, curator, claim):
    other = recorded(curator.user)
    curator.get("claim_revert", claim.pk, other.history.first().history_id, status=404)


def test_the_panel_refuses_what_does_not_stand_and_keeps_what_was_typed(curator, claim):
    sent = {"start": 0, "end": 5, "exact": "Nergens", "form": "indirect", "attribution": "none", "speaker": "Iemand"}
    answer = curator.post("article_record", claim.article_id, "statement", status=200, **sent)
    assert 'value="Iemand"' in said(answer) and "Neder" in said(answer)
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    "query", [{}, {"start": "x", "end": "9"}, {"start": "5", "end": "3"}, {"start": "0", "end": "99999"}]
)
def test_a_panel_for_no_words_is_refused(curator, claim, query):
    curator.get("article_record", claim.article_id, "claim", status=400, **query)


def test_a_new_deployment_is_recorded_with_its_claim_or_not_at_all(curator, claim):
    passage = factories.passage(claim.article, "Zweden vertrok.")
    sent = {name: passage[name] for name in ("start", "end", "exact")} | {
        "new-contributing_country": factories.country("SE").pk,
        "new-host_country": factories.country("ML").pk,
        "new-force_type": "military",
    }
    curator.post("article_record", claim.article_id, "new", status=200, **sent)  # says nothing of it
    assert Deployment.objects.count() == 1
    answer = curator.post("article_record", claim.article_id, "new", status=201, stage="withdrawn", onset="on", **sent)
    row = Claim.objects.get(deployment__slug="se-ml-1")
    assert answer["Recorded"] == f"claim-{row.pk}"
    assert (row.stage, row.exact, row.state) == ("withdrawn", "Zweden vertrok.", "suggested")


def test_a_step_beside_the_text_is_taken_or_says_why_not(curator, reviewer, claim):
    row = recorded(curator.user)
    curator.post("article_step", claim.article_id, status=201, fact=f"claim-{row.pk}", verb="submit")
    answer = curator.post("article_step", claim.article_id, status=200, fact=f"claim-{row.pk}", verb="publish")
    assert "may not publish" in said(answer)
    curator.post("article_step", claim.article_id, status=400, fact=f"claim-{row.pk}", verb="delete")
    curator.post("article_step", claim.article_id, status=400, fact="country-1", verb="submit")


def test_a_text_is_pasted_and_corrected(curator):
    text = "\ufeffNederland stuurt honderd militairen.\r\nDat zei de minister.\r\n"
    curator.post("article_add", slug="pasted", body=text, language="nl", published_words="maart 2022", _save="Save")
    article = Article.objects.get()
    assert article.body == "Nederland stuurt honderd militairen.\nDat zei de minister.\n"
    assert str(article.published_latest) == "2022-03-31"
    factories.deployment()
    claim = factories.claim(article, Deployment.objects.get(), "Nederland stuurt honderd militairen.")
    corrected = "Rectificatie. Nederland stuurt honderd militairen.\nDat zei de minister.\n"
    curator.post("article_correct", article.pk, confirmed="1", body=corrected, reason="a rectification")
    claim.refresh_from_db()
    article.refresh_from_db()
    assert (article.revision, claim.start) == (2, 14)


def test_an_empty_text_is_none(curator):
    answer = curator.post("article_add", slug="pasted", body="", language="nl", status=200)
    assert "required" in said(answer)
    assert not Article.objects.exists()


def test_words_are_understood_for_the_desk_only(client, curator, claim):
    address = reverse("admin:understand")
    assert client.get(address).status_code == 302
    client.force_login(curator.user)
    ask = {"kind": "date", "words": "vorige week", "article": claim.article_id}
    assert client.get(address, ask).json()["said"].endswith("([2022-01-24..2022-02-27])")
    assert "publication" in client.get(address, ask | {"article": ""}).json()["error"]
    assert (
        client.get(address, {"kind": "strength", "words": "2400-2500"}).json()["said"]
        == "low 2400 · best – · high 2500"
    )
    for odd in ({}, {"kind": "strength"}, {"article": "9" * 30, "words": "2013"}, {"words": "\0"}):
        assert client.get(address, odd).status_code == 200


def test_untrusted_words_are_escaped_in_text_facts_and_panel(curator):
    article = factories.article(body="Zie <script>alert(1)</script> & </div> daar. Zweden vertrok.")
    factories.claim(article, factories.deployment(), "Zie <script>alert(1)</script> & </div> daar.")
    page = said(curator.get("article_change", article.pk))
    panel = said(curator.get("article_record", article.pk, "statement", start="0", end="44"))
    for html in (page, panel):
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;/div&gt;" in html


def test_an_export_holds_what_the_list_shows(curator, claim):
    factories.deployment("SE")
    answer = curator.get("deployment_export", "csv", q="Sweden")
    written = said(answer)
    assert written.count("\n") == 2
    assert "se-ml-1" in written
    assert answer["Content-Disposition"].startswith('attachment; filename="deployment-')
    curator.get("deployment_export", "exe", status=404)


def test_a_mission_is_looked_up_by_its_old_slug_in_a_file(reviewer):
    good, old = factories.mission(), factories.mission("minusma-2")
    curation.merge(old, good, reason="one mission")
    from missions.questions import row_named

    assert row_named(Mission, "minusma-2") == good


def test_all_rows_of_a_list_are_meant_where_it_was_said(reviewer, curator, claim):
    rows = [recorded(curator.user) for _ in range(3)]
    chosen = {"action": "reject_selected", "_selected_action": [rows[0].pk], "select_across": "1"}
    page = reviewer.post("claim_changelist", status=200, **chosen)
    assert 'name="select_across" value="1"' in said(page)
    reviewer.post("claim_changelist", confirmed="1", reason="no facts", **chosen)
    assert set(Claim.objects.values_list("state", flat=True)) == {"rejected"}


# --- two on one record


def test_what_only_the_other_changed_is_taken_in_and_what_both_changed_stays(reviewer):
    mission = factories.mission()
    mali, sweden = factories.country("ML"), factories.country("SE")
    opened = form_of(reviewer.get("mission_change", mission.pk))
    mission.name, mission.abbreviation = "Theirs", "T"
    curation.record(mission, reason="meanwhile", related={"host_countries": [mali]})
    mine = opened | {"name": "Mine", "legal_instrument": "Resolution 1", "host_countries": []}
    page = reviewer.post("mission_change", mission.pk, status=200, **mine)
    assert "meanwhile" in said(page)
    form = page.context["adminform"].form
    told = {one.label: (one.opened, one.theirs, one.yours, one.kept) for one in form.meetings}
    assert told == {
        "Name": ("MINUSMA", "Theirs", "Mine", True),
        "Abbreviation": ("–", "T", "–", False),
        "Host countries": ("–", "Mali", "–", False),
    }
    mission.refresh_from_db()
    assert mission.name == "Theirs"
    again = dict(form.data.lists()) | {"reason": ["agreed"]}
    reviewer.post("mission_change", mission.pk, **again)
    mission.refresh_from_db()
    assert (mission.name, mission.abbreviation, mission.legal_instrument) == ("Mine", "T", "Resolution 1")
    assert list(mission.host_countries.all()) == [mali]
    assert sweden not in mission.host_countries.all()


def test_a_ticked_box_and_a_review_meanwhile_are_shown_too(curator):
    article = factories.article()
    opened = form_of(curator.get("article_change", article.pk))
    article.text_public = True
    curation.record(article, reason="meanwhile")
    curation.submit(article)
    page = curator.post("article_change", article.pk, status=200, **opened | {"title": "A title"})
    form = page.context["adminform"].form
    assert [(one.label, one.opened, one.theirs, one.kept) for one in form.meetings] == [
        ("Text public", "no", "yes", False)
    ]
    assert "It is in review now" in said(page)
    again = dict(form.data.lists())
    curator.post("article_change", article.pk, **again)
    article.refresh_from_db()
    assert (article.title, article.text_public, article.state) == ("A title", True, "in_review")


def test_a_projection_meanwhile_keeps_nobody_from_saving(reviewer, claim):
    deployment = claim.deployment
    deployment.refresh_from_db()
    opened = form_of(reviewer.get("deployment_change", deployment.pk))
    claim.stage = "extended"
    curation.record(claim, reason="meanwhile")
    reviewer.post("deployment_change", deployment.pk, **opened | {"identity_note": "Read from the sentence before."})
    deployment.refresh_from_db()
    assert (deployment.identity_note, deployment.status) == ("Read from the sentence before.", "extended")


def test_a_date_is_read_anew_when_its_words_change(curator):
    article = factories.article(body="In mei 2022 komen zij. In juli 2022 gaan zij.")
    row = factories.claim(
        article,
        factories.deployment(),
        "In mei 2022 komen zij. In juli 2022 gaan zij.",
        stage="active",
        date="2022-05",
        date_words="mei 2022",
    )
    curator.change(row, date_words="juli 2022")
    row.refresh_from_db()
    assert (row.date_edtf, str(row.date_latest)) == ("2022-07", "2022-07-31")
    curator.change(row, date_words="", date_edtf="")
    row.refresh_from_db()
    assert (row.date_words, row.date_edtf, row.date_earliest, row.date_latest) == (None, None, None, None)


def test_relative_words_are_derived_by_a_named_rule(curator):
    article = factories.article(body="Vorige week kwamen bijna 90 militairen.")
    row = factories.claim(article, factories.deployment(), article.body)
    curator.change(row, date_words="Vorige week", personnel_words="bijna 90", personnel_basis="deployed")
    row.refresh_from_db()
    assert (row.date_edtf, row.derived) == ("[2022-01-24..2022-02-27]", True)
    assert "calendar week" in row.rule
    assert (row.personnel_low, row.personnel_best, row.personnel_high) == (None, None, 89)


@pytest.mark.parametrize(
    "page", ["article_change", "claim_changelist", "deployment_changelist", "statement_changelist", "claim_export"]
)
def test_a_page_asks_as_many_questions_for_many_rows_as_for_few(curator, page):
    article, asked = factories.article(), []
    args = {"article_change": [article.pk], "claim_export": ["csv"]}.get(page, [])
    for _ in range(2):
        for code in ("NL", "SE"):
            factories.claim(article, factories.deployment(code))
            passage = factories.passage(article, "Dat zei de minister.")
            row = Statement(form="indirect", attribution="none", country=factories.country(code), **passage)
            curation.record(row, reason="a test", related={"countries": [factories.country(code)]})
        curator.get(page, *args)  # what is asked once is remembered
        with CaptureQueriesContext(connection) as queries:
            said(curator.get(page, *args))
        asked.append(len(queries))
    assert asked[0] == asked[1] > 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", []),
        ('["VN-missie"]', ["VN-missie"]),
        ('["a\\u0000"]', None),
        ('["\\ud800"]', None),
        ("VN-missie", None),
        ('{"a": 1}', None),
    ],
)
def test_a_list_of_words_is_one_or_is_refused(reviewer, typed, kept):
    mission = factories.mission()
    reviewer.change(mission, status=200 if kept is None else 302, aliases=typed)
    mission.refresh_from_db()
    assert mission.aliases == (kept or [])


@pytest.mark.parametrize(
    "odd", [{"start": "-1"}, {"start": "99999999999999999999"}, {"end": "x"}, {"exact": "a\0b"}, {"personnel_low": "0"},
            {"stage": "gone"}, {"deployment": "999999"}, {"date_words": "x" * 300}, {"reason": "x" * 600}, {"version": "x"}]
)  # fmt: skip
def test_odd_values_are_refused_on_the_page(curator, odd):
    row = factories.claim(factories.article(), factories.deployment())
    before = Claim.objects.values().get()
    page = curator.change(row, status=200, **odd)
    assert "errornote" in said(page)
    assert Claim.objects.values().get() == before


@pytest.mark.parametrize("odd", ["x", "😀", "9" * 30, "-1", "2021-11", "<script>", " "])
def test_a_key_that_is_none_is_refused_on_the_page(curator, reviewer, odd):
    row = factories.claim(factories.article(), factories.deployment())
    for name in ("article", "deployment"):
        assert "errorlist" in said(curator.change(row, status=200, **{name: odd}))
    answer = reviewer.change(row.deployment, status=200, contributing_country=odd, version=odd)
    assert "errorlist" in said(answer)
    assert "errorlist" in said(reviewer.change(factories.mission(), status=200, host_countries=[odd]))
    sent = {"confirmed": "1", "target": odd, "reason": "x"}
    reviewer.post("deployment_merge", row.deployment_id, status=200, **sent)


def test_deep_nests_are_no_words(reviewer):
    mission = factories.mission()
    assert "errorlist" in said(reviewer.change(mission, status=200, aliases="[" * 100_000))


def test_a_writer_that_waited_too_long_is_told_and_nothing_is_half_written(curator, monkeypatch):
    from django.db import OperationalError

    article = factories.article()
    sent = form_of(curator.get("article_change", article.pk)) | {"title": "A title"}

    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr("missions.curation.writing.search.keep", locked)
    answer = curator.post("article_change", article.pk, status=503, **sent)
    assert "somebody else" in said(answer).lower()
    assert answer["Retry-After"] == "30"
    assert Article.objects.get().title is None


@pytest.mark.parametrize(
    "path",
    [
        "claim/x/history/",
        "claim/x/history/1/",
        "claim/x/delete/",
        "deployment/x/merge/",
        "merge/x/undo/",
        "claim/99999/delete/",
    ],
)
def test_an_address_of_no_row_is_not_found(client, path):
    client.force_login(get_user_model().objects.create_superuser("root"))
    assert client.get(f"/admin/missions/{path}").status_code == 404


@pytest.mark.parametrize("version", ["", "0", "999999"])
def test_a_form_that_shows_no_version_of_the_row_is_refused(curator, version):
    article = factories.article()
    assert "open the page anew" in said(curator.change(article, status=200, title="A title", version=version))


@pytest.mark.parametrize(("body", "word"), [(" \n ", "no text"), ("a" * 5_300_000, "larger than")])
def test_a_text_that_is_none_or_too_much_is_refused(curator, body, word):
    assert word in said(curator.post("article_add", slug="pasted", body=body, language="nl", status=200))


def test_what_is_published_says_whose_it_is_to_change_or_delete(curator, claim):
    assert "a reviewer changes or deletes it" in said(curator.change(claim, status=200, note="x"))
    page = curator.post("claim_delete", claim.pk, status=200, confirmed="1", reason="x")
    assert "a reviewer changes or deletes it" in said(page)


def test_many_facts_beside_a_text_take_time_in_proportion():
    """The cutting of a text asks each fact once where it begins and once where it ends."""
    from missions.segments import segments_of
    from tests.test_reading import fact

    asked = []
    for count in (100, 1000):
        seen = []

        class Counted:
            def __init__(self, start, seen=seen):
                self._start, self.end, self.seen = start, start + 10, seen

            @property
            def start(self):
                self.seen.append(1)
                return self._start

        facts = [fact(number, 0, 1, "claim") for number in range(count)]
        for number, one in enumerate(facts):
            object.__setattr__(one, "row", Counted(number * 11))
        list(segments_of("x" * count * 11, facts))
        asked.append(len(seen))
    assert asked[1] <= asked[0] * 12
