"""Desk and site speak Dutch and English; the API says the same words to everyone."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from missions import labels
from missions.locale import build
from missions.models import Claim


def test_every_word_of_the_desk_has_a_dutch_one_and_the_catalogue_is_compiled():
    catalog, po, mo = build.built()
    assert len(catalog) > 500
    assert build.untranslated(catalog) == []
    assert build.PO.read_bytes() == po, "run make messages"
    assert build.MO.read_bytes() == mo, "run make messages"


def test_the_tables_words_are_translated_where_they_are_shown():
    field = Claim._meta.get_field("stage")
    assert len(labels.words(apps.get_app_config("missions"))) > 300
    with translation.override("nl"):
        assert str(field.verbose_name) == "stadium"
        assert dict(field.choices)["withdrawn"] == "teruggetrokken"
        assert Claim(stage="withdrawn").get_stage_display() == "teruggetrokken"
    with translation.override("en"):
        assert str(field.verbose_name) == "stage"


@pytest.mark.django_db
def test_the_desk_follows_its_reader_and_the_api_does_not(client):
    client.force_login(get_user_model().objects.create_superuser("curator"))
    dutch = {"Accept-Language": "nl"}
    page = client.get(reverse("admin:missions_claim_add"), headers=dutch)
    assert page["Content-Language"] == "nl"
    assert "Het stadium dat wordt gemeld." in page.content.decode()
    assert "The stage it reports." in client.get(reverse("admin:missions_claim_add")).content.decode()
    assert "The stage it reports." not in page.content.decode()
    asked = client.get(reverse("admin:understand"), {"kind": "date", "words": "ooit"}, headers=dutch)
    assert "newsdb begrijpt deze datum niet – schrijf nov 2021" in asked.json()["error"]
    for address in ("/api/v1/", "/api/v1/claims/?stage=x"):
        assert client.get(address, headers=dutch).content == client.get(address).content
