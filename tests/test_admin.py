"""The desk: every table opens, edits go through curation, and what is wrong is said on the page."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from missions.models import DATASET, Article, Claim, Deployment, EarlierText, Merge, Statement

TABLES = [model._meta.model_name for model in DATASET if model not in (EarlierText, Merge)]


@pytest.fixture
def desk(client, seed, team_of_one):
    client.force_login(get_user_model().objects.create_superuser("curator"))
    return client


def form_of(response) -> dict:
    """The data a browser would send back unchanged."""
    form = response.context["adminform"].form
    data = {}
    for name, field in form.fields.items():
        value = form[name].value()
        widget = field.widget
        if value is None or value is False:
            continue
        if hasattr(value, "__iter__") and not isinstance(value, (str, dict)):
            data[name] = [getattr(one, "pk", one) for one in value]
        else:
            data[name] = widget.format_value(value) if isinstance(widget.format_value(value), str) else value
    return data


@pytest.mark.parametrize("table", TABLES)
def test_every_table_opens_and_saves_unchanged(desk, table):
    assert desk.get(reverse(f"admin:missions_{table}_changelist")).status_code == 200
    model = next(m for m in DATASET if m._meta.model_name == table)
    row = model.objects.last()
    address = reverse(f"admin:missions_{table}_change", args=[row.pk])
    page = desk.get(address)
    assert page.status_code == 200
    before = model.objects.values().get(pk=row.pk)
    saved = desk.post(address, form_of(page))
    assert saved.status_code == 302, saved.context["adminform"].form.errors
    assert model.objects.values().get(pk=row.pk) == before
    assert desk.get(reverse(f"admin:missions_{table}_history", args=[row.pk])).status_code == 200


def test_the_article_shows_its_text_and_what_it_says(desk):
    page = desk.get(reverse("admin:missions_article_change", args=[Claim.objects.first().article_id])).content.decode()
    assert "Duitsland stelde vandaag" in page
    for row in (Statement.objects.last(), Claim.objects.last(), Deployment.objects.last()):
        assert (getattr(row, "key", None) or row.slug) in page


def test_an_edit_moves_the_deployment_and_says_why(desk):
    claim = Claim.objects.get(number=1)
    address = reverse("admin:missions_claim_change", args=[claim.pk])
    data = form_of(desk.get(address)) | {"stage": "extended", "reason": "read again"}
    assert desk.post(address, data).status_code == 302
    assert Deployment.objects.get(slug="nl-minusma-1").status == "extended"
    record = Claim.history.first()
    assert (record.history_change_reason, record.history_user.username) == ("read again", "curator")


def test_a_wrong_offset_is_refused_on_the_page(desk):
    claim = Claim.objects.get(number=1)
    address = reverse("admin:missions_claim_change", args=[claim.pk])
    page = desk.post(address, form_of(desk.get(address)) | {"start": 3, "end": claim.end + 3})
    assert page.status_code == 200
    assert "these words stand at" in page.content.decode()
    assert Claim.objects.get(number=1).start == claim.start


def test_a_new_claim_is_recorded_submitted_and_published(desk):
    old = Claim.objects.get(number=10)
    data = {
        "article": old.article_id,
        "deployment": old.deployment_id,
        "start": old.start,
        "end": old.end,
        "exact": old.exact,
        "contribution": "de EU-trainingsmissie",
        "verdict": "accepted",
    }
    assert desk.post(reverse("admin:missions_claim_add"), data).status_code == 302
    claim = Claim.objects.get(number=14)
    assert claim.state == "suggested"
    for action in ("submit_selected", "publish_selected"):
        desk.post(reverse("admin:missions_claim_changelist"), {"action": action, "_selected_action": [claim.pk]})
    claim.refresh_from_db()
    assert claim.state == "published"
    assert Deployment.objects.get(slug="nl-eutm-mali-1").contribution == "de EU-trainingsmissie"


def test_a_new_deployment_is_given_its_slug(desk):
    old = Deployment.objects.get(slug="nl-minusma-1")
    data = {"contributing_country": old.contributing_country_id, "mission": old.mission_id, "force_type": "police"}
    assert desk.post(reverse("admin:missions_deployment_add"), data).status_code == 302
    assert Deployment.objects.get(force_type="police").slug == "nl-minusma-2"


def test_untrusted_text_is_escaped(desk):
    article = Claim.objects.first().article
    type(article).objects.update(title="<script>alert(1)</script>")
    Claim.objects.filter(number=1).update(note="<b>x</b>")
    for path in ("/", reverse("admin:missions_article_change", args=[article.pk])):
        assert "<script>alert(1)" not in desk.get(path).content.decode()


@pytest.mark.parametrize("words", ["nl-minusma", "Minusma", "Netherlands mali", "Nederland"])
def test_deployments_are_found_by_the_beginning_of_a_slug_or_by_names(admin_client, seed, words):
    page = admin_client.get("/admin/missions/deployment/", {"q": words}).content.decode()
    assert "nl-minusma-1" in page
    assert "dk-ml-1" not in page or words == "Minusma"
    assert (
        "nl-minusma-1" not in admin_client.get("/admin/missions/deployment/", {"q": f"{words} Sweden"}).content.decode()
    )


def test_articles_are_found_by_words_of_their_texts(admin_client, seed):
    [article] = Article.objects.all()
    for words, found in ((article.slug[:8], True), ("Deense militairen", True), ("Antarctica", False)):
        page = admin_client.get("/admin/missions/article/", {"q": words}).content.decode()
        assert (article.slug in page) == found, words
