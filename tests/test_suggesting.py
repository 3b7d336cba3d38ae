"""Suggestions are kept until a person decides, never made twice, and become drafts like any other."""

import json
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from missions import curation
from missions.curation import suggesting
from missions.models import Article, Claim, Country, Deployment, Mission, Statement, Suggestion
from missions.models.article import sha256
from missions.models.dates import ImpreciseDate
from missions.models.review import State
from tests import factories

BODY = (
    "Zweden stuurt in mei bijna negentig militairen naar Mali. „Wij gaan graag”, zei minister Jan de Boer van Defensie.\n\n"
    "Denemarken trok zijn soldaten vorige maand terug uit Mali."
)


@pytest.fixture
def article(seed):
    return factories.article(slug="new", body=BODY)


@pytest.fixture
def person(db):
    return get_user_model().objects.create_superuser("curator")


def read(**options) -> int:
    return sum(count for _slug, count in curation.suggest_for(Article.objects.filter(slug="new"), **options))


def of(article, kind: str, word: str) -> Suggestion:
    return article.suggestions.get(kind=kind, exact__contains=word)


def test_a_text_is_read_once_and_read_again_when_its_words_change(article, person):
    assert read() == article.suggestions.count() > 2
    assert read() == 0
    curation.correct(
        article, BODY + " Noorwegen stuurt vijftig militairen naar Mali.", sha256("x"), by=person, reason="more"
    )
    assert read() == 1


def test_an_article_is_read_again_when_its_date_or_language_changes(article, person):
    """“Vorige maand” is another month then, and until it was read again nothing is accepted of what was found."""
    read()
    day = ImpreciseDate.of("2022-08", "2022-08")
    for column, value in (("published", day), ("language", "nl-BE")):
        before = of(article, "claim", "Denemarken")
        setattr(article, column, value)
        curation.record(article, by=person, reason="as printed")
        with pytest.raises(ValidationError, match="read again"):
            curation.accept(before, by=person)
        read()
        renewed = of(article, "claim", "Denemarken")
        assert renewed.content["date"]["edtf"] == "2022-07"
        assert list(curation.suggest_for(Article.objects.filter(slug="new"))) == []
    assert curation.accept(renewed, by=person).date.edtf == "2022-07"


def test_the_desk_says_when_an_article_is_to_be_read_again(article, person, client):
    client.force_login(person)
    page = reverse("admin:missions_article_change", args=[article.pk])
    says = "manage.py suggest --article new"
    assert says not in client.get(page).content.decode()  # nobody asked for suggestions
    read()
    assert says not in client.get(page).content.decode()
    curation.correct(article, BODY + " Einde.", sha256("x"), by=person, reason="more")
    assert says in client.get(page).content.decode()
    read()
    assert says not in client.get(page).content.decode()


def test_a_mission_that_is_recorded_after_the_text_was_read_is_found_by_its_name(article, person):
    body = "Zweden stuurde vorige maand negentig militairen naar Mali voor operatie Barkhane."
    curation.correct(article, body, sha256("x"), by=person, reason="another text")
    read()
    suggestion = of(article, "claim", "Zweden")
    with pytest.raises(ValidationError, match="yet: record it"):
        curation.accept(suggestion, by=person)
    Mission.objects.filter(slug="barkhane").delete()
    curation.record(Mission(slug="operation-b", name=suggestion.content["mission"].upper()), by=person, reason="a test")
    assert curation.accept(suggestion, by=person).deployment.mission.slug == "operation-b"


def test_what_waits_moves_along_with_a_corrected_text_and_with_the_rules(article, person):
    count = read()
    curation.correct(article, "Nieuw. " + BODY, sha256("x"), by=person, reason="more")
    article.suggestions.update(rule="an old rule", content={})
    read()
    article.refresh_from_db()
    assert article.suggestions.filter(article_revision=article.revision).count() == count
    for row in article.suggestions.all():
        assert article.body[row.start : row.end] == row.exact
        assert row.rule != "an old rule" and row.content


def test_a_rejection_in_an_earlier_text_is_not_taken_back(article, person):
    read()
    suggestion = of(article, "claim", "Zweden")
    curation.dismiss(suggestion, by=person)
    curation.correct(article, "Nieuw. " + BODY, sha256("x"), by=person, reason="more")
    with pytest.raises(ValidationError, match="earlier"):
        curation.reconsider(suggestion, by=person)


def test_a_mission_that_newsdb_does_not_have_is_not_lost_by_accepting(seed, person):
    article = factories.article(slug="new", body="Zweden stuurt honderd militairen naar KFOR in Kosovo.")
    read()
    with pytest.raises(ValidationError, match="KFOR"):
        curation.accept(article.suggestions.get(), by=person)


@pytest.mark.parametrize(("words", "onset"), [("Zweden heeft sinds 2019", True), ("In 2019 had Zweden", False)])
def test_a_date_begins_a_presence_only_where_its_words_say_so(seed, person, words, onset):
    article = factories.article(slug="new", body=f"{words} honderd militairen in Mali.")
    read()
    claim = curation.accept(article.suggestions.get(), by=person)
    assert (claim.date_edtf, claim.onset) == ("2019", onset)


def test_reading_again_never_touches_what_was_decided(article, person):
    read()
    curation.dismiss(of(article, "statement", "Jan de Boer"), by=person)
    curation.accept(of(article, "claim", "Denemarken"), by=person)
    before = list(article.suggestions.exclude(decision=None).values())
    article.suggested_text.delete()
    assert read() == 0
    assert list(article.suggestions.exclude(decision=None).values()) == before


def test_what_is_recorded_already_is_not_suggested(article, person):
    read()
    curation.accept(of(article, "claim", "Zweden"), by=person)
    article.suggestions.all().delete()
    article.suggested_text.delete()
    read()
    assert not article.suggestions.filter(kind="claim", exact__contains="Zweden").exists()


def test_what_was_recorded_by_hand_meanwhile_waits_no_more(article, person):
    read()
    suggestion = of(article, "claim", "Zweden")
    row = suggesting.draft(suggestion)
    row.deployment = Deployment.objects.get(slug="se-ml-1")
    curation.record(row, by=person, reason="by hand")
    article.suggested_text.delete()
    read()
    assert not article.suggestions.filter(pk=suggestion.pk).exists()


def test_an_accepted_claim_is_a_draft_on_its_deployment_with_its_words(article, person):
    read()
    suggestion = of(article, "claim", "Zweden")
    claim = curation.accept(suggestion, by=person)
    assert claim.state == State.SUGGESTED and claim.exact == "Zweden stuurt in mei bijna negentig militairen naar Mali."
    assert (claim.stage, claim.planned, claim.personnel_high, claim.date_edtf) == ("announced", True, 89, "2022-05")
    assert (claim.deployment.contributing_country_id, claim.deployment.host_country_id) == (
        Country.objects.get(code="SE").pk, Country.objects.get(code="ML").pk,
    )  # fmt: skip
    suggestion.refresh_from_db()
    assert (suggestion.decision, suggestion.became, suggestion.decided_by) == ("accepted", claim.key, person)
    assert "suggested by the rule" in Claim.history.filter(id=claim.pk).first().history_change_reason


def test_a_second_claim_on_the_same_force_makes_no_second_deployment(article, person):
    read()
    first = curation.accept(of(article, "claim", "Zweden"), by=person)
    again = factories.article(slug="again", body="Zweden heeft honderd militairen in Mali.")
    list(curation.suggest_for(Article.objects.filter(slug="again")))
    second = curation.accept(again.suggestions.get(), by=person)
    assert second.deployment == first.deployment


def test_an_accepted_statement_has_its_speaker(article, person):
    read()
    row = curation.accept(of(article, "statement", "Jan de Boer"), by=person)
    assert isinstance(row, Statement) and (row.speaker, row.form) == ("Jan de Boer", "direct")


def test_nothing_is_decided_twice_and_nothing_without_the_right(article, person):
    read()
    suggestion = of(article, "claim", "Denemarken")
    with pytest.raises(PermissionDenied):
        curation.accept(suggestion, by=get_user_model().objects.create_user("visitor"))
    with pytest.raises(PermissionDenied):
        curation.dismiss(suggestion, by=get_user_model().objects.get(username="visitor"))
    curation.dismiss(suggestion, by=person)
    with pytest.raises(ValidationError, match="already"):
        curation.accept(suggestion, by=person)
    curation.reconsider(suggestion, by=person)
    curation.accept(suggestion, by=person)
    with pytest.raises(ValidationError, match="Only what was rejected"):
        curation.reconsider(suggestion, by=person)


def test_a_suggestion_in_an_earlier_text_is_refused(article, person):
    read()
    suggestion = of(article, "claim", "Denemarken")
    curation.correct(article, "Nieuw. " + BODY, sha256("x"), by=person, reason="more")
    with pytest.raises(ValidationError, match="earlier"):
        curation.accept(suggestion, by=person)
    assert not Claim.objects.filter(article=article).exists()


def test_the_rates_tell_which_rules_are_bad(article, person):
    read()
    curation.accept(of(article, "claim", "Denemarken"), by=person)
    curation.dismiss(of(article, "claim", "Zweden"), by=person)
    shares = {rate.rule: rate.share for rate in suggesting.rates()}
    assert shares[of(article, "claim", "Denemarken").rule] == 1
    assert shares[of(article, "claim", "Zweden").rule] == 0
    assert shares[of(article, "statement", "Jan de Boer").rule] is None


def test_an_interrupted_reading_goes_on_where_it_stopped(article):
    factories.article(slug="second", body="Noorwegen stuurt vijftig militairen naar Mali.")
    articles = Article.objects.filter(slug__in=["new", "second"])
    reading = iter(curation.suggest_for(articles))
    next(reading)
    reading.close()
    assert suggesting.unread(articles).count() == 1
    assert len(list(curation.suggest_for(articles))) == 1
    assert len(list(curation.suggest_for(articles))) == 0


# --- the command


def test_the_command_prints_what_a_file_gives_and_writes_nothing(seed, tmp_path, capsys):
    file = tmp_path / "a.txt"
    file.write_text(f"date 2022-02\n{BODY}")
    call_command("suggest", file=str(file), json=True)
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["countries", "missions", "statements", "claims"]
    assert list(told["countries"][0]) == ["code", "start", "end", "exact"]
    (claim,) = (one for one in told["claims"] if one["contributing_country"] == "SE")
    assert claim["date"] == {"edtf": "2022-05", "earliest": "2022-05-01", "latest": "2022-05-31", "words": "in mei"}
    assert not Suggestion.objects.exists() and Article.objects.count() == 1


def test_the_command_keeps_what_it_finds(article, capsys):
    call_command("suggest", article="new")
    assert "1 text read" in capsys.readouterr().out
    assert article.suggestions.exists()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"file": "none.txt"}, "--json"),
        ({"file": "none.txt", "json": True}, "none.txt"),
        ({"article": "none"}, "none"),
        ({"json": True}, "--article"),
        ({"date": "2022"}, "--file"),
        ({"jobs": 0}, "--jobs"),
        ({"article": ""}, "no article"),
        ({"file": ""}, "--json"),
        ({"language": "de", "file": "none.txt", "json": True}, "nl or en"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(db, options, word):
    with pytest.raises(CommandError, match=word):
        call_command("suggest", **options)


def test_ingest_suggests_on_arrival(seed, tmp_path, capsys):
    (tmp_path / "new.txt").write_text(f"date 2022-02\n{BODY}")
    call_command("ingest", str(tmp_path), suggest=True)
    assert Article.objects.exclude(slug__startswith="000").get().suggestions.exists()


# --- the desk


@pytest.fixture
def desk(client, article, person, team_of_one):
    read()
    client.force_login(person)
    return client


def decide(desk, suggestion, verb):
    address = reverse("admin:missions_article_decide", args=[suggestion.article_id])
    return desk.post(address, {"suggestion": suggestion.pk, "verb": verb})


def test_the_page_shows_what_waits_and_each_decision_moves_it(desk, article):
    page = desk.get(reverse("admin:missions_article_change", args=[article.pk])).content.decode()
    assert f"{article.suggestions.count()} passages wait for a decision." in page
    answer = decide(desk, of(article, "claim", "Denemarken"), "accept")
    assert answer.status_code == 201 and answer["Recorded"].startswith("claim-")
    assert decide(desk, of(article, "claim", "Zweden"), "dismiss").status_code == 201
    refused = decide(desk, of(article, "claim", "Zweden"), "accept")
    assert refused.status_code == 200 and 'data-refused="Somebody decided' in refused.content.decode()
    assert (
        f'id="suggestion-{of(article, "claim", "Zweden").pk}"' not in refused.content.decode()
    )  # the page as it is now
    assert decide(desk, of(article, "claim", "Zweden"), "reconsider").status_code == 201
    assert decide(desk, of(article, "claim", "Zweden"), "publish").status_code == 400


def test_countries_and_missions_are_marked_in_the_text_that_was_read(desk, article, person):
    address = reverse("admin:missions_article_change", args=[article.pk])
    page = desk.get(address).content.decode()
    assert re.search(r'<mark class="[a-z ]*named"[^>]* title="Sweden ">Zweden</mark>', page)
    curation.correct(article, "Nieuw. " + BODY, sha256("x"), by=person, reason="more")
    assert 'title="Sweden "' not in desk.get(address).content.decode()


def test_a_suggestion_of_another_article_is_not_decided_here(desk, article):
    address = reverse("admin:missions_article_decide", args=[Article.objects.exclude(pk=article.pk).get().pk])
    suggestion = of(article, "claim", "Zweden")
    assert (
        'data-refused="This is gone'
        in desk.post(address, {"suggestion": suggestion.pk, "verb": "accept"}).content.decode()
    )
    suggestion.refresh_from_db()
    assert suggestion.decision is None


def test_correcting_begins_with_what_was_suggested(desk):
    article = factories.article(slug="north", body="Noorwegen stuurt bijna negentig militairen naar Mali.")
    list(curation.suggest_for(Article.objects.filter(slug="north")))
    suggestion = article.suggestions.get()
    address = reverse("admin:missions_article_record", args=[article.pk, "claim"])
    page = desk.get(address, {"suggestion": suggestion.pk})
    assert 'value="bijna negentig' in page.content.decode() and 'data-kind="new"' in page.content.decode()
    kept = {"start": suggestion.start, "end": suggestion.end, "exact": suggestion.exact, "suggestion": suggestion.pk}
    sent = kept | {"stage": "considered", "new-contributing_country": Country.objects.get(code="NO").pk,
                   "new-host_country": Country.objects.get(code="ML").pk, "new-force_type": "unspecified"}  # fmt: skip
    answer = desk.post(reverse("admin:missions_article_record", args=[article.pk, "new"]), sent)
    assert answer.status_code == 201, answer.content.decode()
    suggestion.refresh_from_db()
    assert (suggestion.decision, Claim.objects.get(article=article).stage) == ("corrected", "considered")
    again = desk.post(reverse("admin:missions_article_record", args=[article.pk, "new"]), sent)
    assert again.status_code == 400 and Claim.objects.filter(article=article).count() == 1
    assert Deployment.objects.filter(contributing_country__code="NO").count() == 1


def test_correcting_offers_the_deployment_that_is_there(desk, article):
    address = reverse("admin:missions_article_record", args=[article.pk, "claim"])
    page = desk.get(address, {"suggestion": of(article, "claim", "Zweden").pk}).content.decode()
    assert 'value="se-ml-1"' in page and 'data-kind="claim"' in page


def test_untrusted_words_are_escaped_on_the_page(desk):
    article = factories.article(
        slug="bad", body="Zweden stuurt <script>alert(1)</script> honderd militairen naar Mali."
    )
    list(curation.suggest_for(Article.objects.filter(slug="bad")))
    page = desk.get(reverse("admin:missions_article_change", args=[article.pk])).content.decode()
    assert article.suggestions.exists() and "<script>alert" not in page


def test_the_rules_have_a_page(desk, article):
    decide(desk, of(article, "claim", "Denemarken"), "accept")
    page = desk.get(reverse("admin:missions_article_rules")).content.decode()
    assert "100 %" in page and of(article, "claim", "Denemarken").rule in page
