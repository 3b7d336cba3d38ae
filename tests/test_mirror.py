"""A copy kept by polling /changes/ ends equal to the dataset, whatever was edited meanwhile and by how many."""

import random
import threading
from contextlib import suppress

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management import call_command
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client

from missions import audit, curation, search
from missions.models import Article, Change, Claim, Country, Deployment, Mission, Revision, Statement
from missions.models.review import State
from missions.publication import PUBLIC, one_revision
from tests import factories
from tests.conftest import fixture_names

ADDRESSES = {model._meta.model_name: str(model._meta.verbose_name_plural) for model in PUBLIC}
WRITERS = 4
EDITS = 25


class Mirror:
    """What a client holds that does nothing but follow the feed."""

    def __init__(self):
        self.client, self.since = Client(), "0"
        self.rows = {table: {} for table in ADDRESSES}

    def follow(self, page_size=7):
        while True:
            answer = self.client.get("/api/v1/changes/", {"since": self.since, "page_size": page_size}).json()
            for change in answer["results"]:
                table = self.rows[change["table"]]
                if change["row"] is None:
                    table.pop(change["key"], None)
                else:
                    table[change["key"]] = change["row"]
            self.since = answer["cursor"]
            if answer["next"] is None:
                return


def published(client) -> dict:
    """The rows that the API lists now."""
    found = {}
    for table, name in ADDRESSES.items():
        found[table], address = {}, f"/api/v1/{name}/?cursor=*&page_size=500"
        while address:
            page = client.get(address).json()
            for row in page["results"]:
                found[table][row.get("key") or row.get("slug") or row["code"]] = row
            address = page["next"]
    return found


def edit(rng: random.Random, writer: int, number: int) -> None:
    """One of the things that curators do, refusals included."""

    def some(model, **conditions):
        return rng.choice(list(model.objects.filter(**conditions).order_by("pk")[:50]))

    match rng.randrange(10):
        case 0:
            article = factories.article(f"article-{writer}-{number}", published=f"2022-0{rng.randrange(1, 9)}")
            deployment = some(Deployment)
            factories.claim(article, deployment, publish=True, stage=rng.choice(["active", "withdrawn", "reduced"]))
        case 1:
            factories.through(some(rng.choice([Claim, Statement, Article, Deployment])))
        case 2 | 3:
            row = some(rng.choice([Claim, Claim, Statement, Deployment, Article]), state=State.PUBLISHED)
            curation.reject(row, reason="a test")
        case 4:
            row = some(rng.choice([Claim, Statement]))
            row.note = f"{writer}.{number}"
            curation.record(row, reason="a test")
        case 5:
            country = some(Country, code__in=["ML", "NL", "FR"])
            country.aliases = {"en": [f"alias {writer}.{number}"], "nl": []}
            country.name_en = f"{country.code} {writer}.{number}"
            curation.record(country, reason="a test")
        case 6:
            curation.delete(some(rng.choice([Claim, Statement])), reason="a test")
        case 7:
            article = some(Article)
            curation.correct(article, f"{writer}.{number} {article.body}", "0" * 64, reason="a test")
        case 8:
            mission = some(Mission)
            mission.aliases = [f"alias {writer}.{number}"]
            curation.record(mission, reason="a test")
        case 9:
            claim = some(Claim)
            claim.deployment = some(Deployment)
            curation.record(claim, reason="a test")


def many_edits(seed: int, unexpected: list, then=lambda: None) -> None:
    rng = random.Random(seed)
    try:
        for number in range(EDITS):
            with suppress(
                ValidationError, ProtectedError, IndexError, ObjectDoesNotExist
            ):  # refused, or gone meanwhile
                edit(rng, seed, number)
            then()
    except Exception as error:  # a thread's failure is told by the test
        unexpected.append(error)
    finally:
        if threading.current_thread() is not threading.main_thread():
            connection.close()


def check(mirror: Mirror) -> None:
    mirror.follow()
    truth = published(Client())
    for table in ADDRESSES:
        assert mirror.rows[table] == truth[table], table
    assert not list(audit.findings())
    numbers = list(Change.objects.order_by("revision").values_list("revision", flat=True).distinct())
    assert numbers == list(range(1, Revision.objects.current() + 1))


@pytest.mark.django_db(transaction=True)
def test_a_mirror_that_polls_now_and_then_ends_equal():
    call_command("loaddata", *fixture_names(), verbosity=0)
    mirror, unexpected = Mirror(), []
    mirror.follow(page_size=500)
    for seed in range(3):
        many_edits(seed, unexpected, mirror.follow)
    assert not unexpected
    check(mirror)


@pytest.mark.django_db(transaction=True)
def test_a_mirror_ends_equal_while_many_edit_at_once():
    """On PostgreSQL the writers run at the same time; SQLite has one writer, and they take turns."""
    call_command("loaddata", *fixture_names(), verbosity=0)
    mirror, unexpected = Mirror(), []
    if connection.vendor != "postgresql":
        for seed in range(WRITERS):
            many_edits(100 + seed, unexpected)
    else:
        writers = [threading.Thread(target=many_edits, args=(100 + seed, unexpected)) for seed in range(WRITERS)]
        for writer in writers:
            writer.start()
        while any(writer.is_alive() for writer in writers):
            mirror.follow()
        for writer in writers:
            writer.join()
    assert not unexpected
    assert Revision.objects.current() > 20
    check(mirror)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the name", "the claim"])
def test_a_name_and_a_claim_that_change_at_once_are_both_found(first):
    """The second of two writers must not keep what it read before the first was done."""
    call_command("loaddata", *fixture_names(), verbosity=0)
    article, deployment = factories.article("new"), Deployment.objects.filter(state=State.PUBLISHED).first()
    curation.submit(article)
    curation.publish(article)

    def name():
        country = deployment.contributing_country
        country.aliases = {"en": ["Unheardofia"], "nl": []}
        curation.record(country, reason="a test")

    def claim():
        factories.claim(article, deployment, publish=True)

    one, other = (name, claim) if first == "the name" else (claim, name)
    at_once = connection.vendor == "postgresql"  # SQLite has one writer
    failed = []

    def second():
        try:
            other()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with one_revision():
        one()
        if at_once:
            thread.start()
            thread.join(1)
            assert thread.is_alive() and not failed, failed  # it waits
    if at_once:
        thread.join(20)
    else:
        other()
    assert not failed
    found = search.found(Deployment, *search.words(f"Unheardofia {Claim.objects.get(article=article).exact}"))
    assert deployment.pk in found.values_list("row", flat=True)
    assert not list(audit.stale_search_entries())
