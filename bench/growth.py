"""What grows with the dataset: each page of the site and the desk, and saving one claim, on databases of several sizes.

    python -m bench.growth postgres://…/n5 postgres://…/n50 postgres://…/n500

The databases are filled by bench.generate, the smallest first. Prints for each of them milliseconds (the best of three, with
nothing remembered of the revision, but for lines that ask again) and queries, and how many times as long the largest takes as the smallest. Nothing is
changed: whatever is written is taken back. `--only WORD` takes the lines that hold the word, `--sql MS` prints each
statement that took longer.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import django

ROUNDS = 3
PATIENCE = 60  # seconds that a statement may take
ENOUGH = 5000  # milliseconds after which nothing is measured again
REASON = "a measurement"

# What is asked for: the name of a line, and an address or a form to send.
OF_SENDER = "/api/v1/deployments/?contributing_country={sender}"
API = {
    "Q1 popular contributor": OF_SENDER,
    "Q2 rare contributor": "/api/v1/deployments/?contributing_country={rare}",
    "Q3 half of them deep": OF_SENDER + "&page={half_of_sender}",
    "Q4 one, with its claims": "/api/v1/deployments/{deployment}/",
    "Q5 status, start, by strength": OF_SENDER
    + "&status=active&start_after=2010-01-01&start_before=2014-12-31&ordering=-personnel",
    "Q6 two words of claims": "/api/v1/claims/?q=Liechtenstein+{word}",
    "Q6 a frequent word": "/api/v1/claims/?q=Liechtenstein",
    "Q6 of deployments": "/api/v1/deployments/?q=Liechtenstein+{word}",
    "Q8 on a day, certainly": "/api/v1/deployments/?on=2010-06-01&certainty=certain",
    "Q9 summary of a mission": "/api/v1/summary/?mission={mission}",
    "Q9 summary of everything": "/api/v1/summary/",
    "Q10 as known on a day": OF_SENDER + "&known_on=2010-06-01",
    "Q11 changes": "/api/v1/changes/",
}
SITE = {
    "home": "/en/",
    "home, its picture": "/en/timeline.svg",
    "missions": "/en/missions/",
    "missions, of a contributor": "/en/missions/?contributing_country={sender}",
    "mission": "/en/missions/{mission}/",
    "mission, its picture": "/en/missions/{mission}/timeline.svg",
    "countries": "/en/countries/",
    "countries that contribute": "/en/countries/?contributes=true",
    "country, contributor": "/en/countries/{sender}/",
    "country, rare contributor": "/en/countries/{rare}/",
    "country, host": "/en/countries/{host}/",
    "country, its picture": "/en/countries/{sender}/timeline.svg",
    "country, its map": "/en/countries/{sender}/map.svg",
    "deployment": "/en/deployments/{deployment}/",
    "deployment, its picture": "/en/deployments/{deployment}/timeline.svg",
    "deployments": "/en/deployments/",
    "deployments, last page": "/en/deployments/?page={last_deployments}",
    "deployments, of a contributor": "/en/deployments/?contributing_country={sender}",
    "deployments, status and day": "/en/deployments/?status=active&on=2010-06-01&certainty=certain",
    "deployments, as known on": "/en/deployments/?known_on=2010-06-01&contributing_country={sender}",
    "deployments, words": "/en/deployments/?q=Liechtenstein",
    "deployments, of a mission": "/en/deployments/?mission={mission}",
    "articles": "/en/articles/",
    "articles, speaking of": "/en/articles/?mentions_country={sender}",
    "article": "/en/articles/{article}/",
    "statements": "/en/statements/",
    "statements, last page": "/en/statements/?page={last_statements}",
    "claims": "/en/claims/",
    "claims, of a country": "/en/claims/?country={sender}",
    "compare": "/en/compare/",
    "compare, one contributor": "/en/compare/?on=2010-06-01&then_on=2012-06-01&contributing_country={sender}",
    "compare, as known on": "/en/compare/?on=2010-06-01&known_on=2011-01-01&then_on=2012-06-01&then_known_on=2013-01-01",
    "search, rare word": "/en/search/?q=Liechtenstein",
    "search, frequent word": "/en/search/?q=militairen",
    "search, a key": "/en/search/?q={deployment}",
    "feed": "/en/changes.atom",
    "sitemap": "/sitemap.xml",
    "sitemap, countries": "/sitemap-countries.xml",
    "sitemap, deployments": "/sitemap-deployments.xml",
    "sitemap, deployments, last page": "/sitemap-deployments.xml?p={last_sitemap}",
}
DESK = {
    "desk: what waits": "/admin/",
    "desk: countries": "/admin/missions/country/",
    "desk: missions": "/admin/missions/mission/",
    "desk: deployments": "/admin/missions/deployment/",
    "desk: deployments, last page": "/admin/missions/deployment/?p={last_desk}",
    "desk: deployments, by strength": "/admin/missions/deployment/?o=8",
    "desk: deployments, by country": "/admin/missions/deployment/?o=2",
    "desk: deployments, active": "/admin/missions/deployment/?status__exact=active",
    "desk: deployments, searched": "/admin/missions/deployment/?q=Liechtenstein",
    "desk: deployments, by slug": "/admin/missions/deployment/?q={deployment}",
    "desk: articles": "/admin/missions/article/",
    "desk: articles, searched": "/admin/missions/article/?q=Liechtenstein",
    "desk: statements": "/admin/missions/statement/",
    "desk: statements, searched": "/admin/missions/statement/?q=Baken",
    "desk: claims": "/admin/missions/claim/",
    "desk: claims, of a stage": "/admin/missions/claim/?stage__exact=withdrawn",
    "desk: claims, searched": "/admin/missions/claim/?q=Liechtenstein",
    "desk: merges": "/admin/missions/merge/",
    "desk: in review": "/admin/missions/claim/?worklist=in_review",
    "desk: misquoted claims": "/admin/missions/claim/?worklist=misquoted",
    "desk: probable duplicates": "/admin/missions/deployment/?worklist=probable_duplicates",
    "desk: claims that say the same": "/admin/missions/claim/?worklist=same_reading",
    "desk: articles without facts": "/admin/missions/article/?worklist=without_facts",
    "desk: deleted claims": "/admin/missions/claim/deleted/",
    "desk: an article": "/admin/missions/article/{article_pk}/change/",
    "desk: its panel": "/admin/missions/article/{article_pk}/record/claim/?start=0&end=20",
    "desk: a deployment": "/admin/missions/deployment/{deployment_pk}/change/",
    "desk: a claim": "/admin/missions/claim/{claim_pk}/change/",
    "desk: a mission": "/admin/missions/mission/{mission_pk}/change/",
    "desk: history of a deployment": "/admin/missions/deployment/{deployment_pk}/history/",
    "desk: delete a claim?": "/admin/missions/claim/{claim_pk}/delete/",
    "desk: delete a deployment?": "/admin/missions/deployment/{deployment_pk}/delete/",
    "desk: delete a mission?": "/admin/missions/mission/{mission_pk}/delete/",
    "desk: delete a country?": "/admin/missions/country/{sender_pk}/delete/",
    "desk: merge a deployment?": "/admin/missions/deployment/{deployment_pk}/merge/",
    "desk: a deployment is looked for": "/admin/autocomplete/?term={deployment}&app_label=missions&model_name=claim"
    "&field_name=deployment",
    "desk: an article is looked for": "/admin/autocomplete/?term=article-0001&app_label=missions&model_name=claim"
    "&field_name=article",
}


# --- one database


class Measurement:
    """One filled database, with somebody at its desk."""

    def __init__(self, only: str, sql: float | None):
        self.only, self.sql = only, sql
        self.lines: dict[str, tuple[float, int]] = {}

    def run(self) -> dict:
        from django.contrib.auth import get_user_model
        from django.db import connection, transaction
        from django.test import Client

        from missions.models import Deployment

        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
            names = _names()
            users = get_user_model().objects
            curator, reviewer = (users.create_superuser(f"growth-{name}") for name in ("curator", "reviewer"))
            stranger, desk = Client(), Client()
            desk.force_login(curator)
            for addresses, client in ((API, stranger), (SITE, stranger), (DESK, desk)):
                for name, address in addresses.items():
                    asking = partial(_read, client, address.format(**names))
                    self.take(name, asking)
                    if addresses is API:
                        self.take(f"{name}, again", asking, forget=False)
            self.saving(names, curator, reviewer, desk)
            transaction.set_rollback(True)
        return {"vendor": connection.vendor, "deployments": Deployment.objects.count(), "lines": self.lines}

    def saving(self, names: dict, curator, reviewer, desk) -> None:
        """One claim on a deployment, by the verbs and at the desk."""
        from missions import curation
        from missions.models import Article, Claim, Deployment

        article, deployment = (
            Article.objects.get(pk=names["article_pk"]),
            Deployment.objects.get(pk=names["deployment_pk"]),
        )
        rows: list[Claim] = []

        def record():
            row = Claim(article=article, deployment=deployment, stage="active", **_words(article))
            rows.append(curation.record(row, by=curator, reason=REASON))

        def submit():
            curation.submit(rows[-1], by=curator)

        def publish():
            curation.publish(rows[-1], by=reviewer)

        def change():
            rows[-1].note = "changed"
            curation.record(rows[-1], by=reviewer, reason=REASON)

        def delete():
            curation.delete(rows[-1], by=reviewer, reason=REASON)

        def new_deployment():
            row = Deployment(**{name: getattr(deployment, name) for name in ("contributing_country", "mission")})
            row.slug = curation.new_slug(row)
            curation.record(row, by=curator, reason=REASON)

        self.take("save: record a claim", record)
        self.take("save: submit it", submit, record)
        self.take("save: publish it", publish, record, submit)
        self.take("save: change the published one", change, record, submit, publish)
        self.take("save: delete the published one", delete, record, submit, publish)
        self.take("save: a new deployment", new_deployment)
        words = {"stage": "active", **_words(article)}
        form = words | {"deployment": deployment.slug}
        self.take("save: at the desk", lambda: _send(desk, f"{names['record']}claim/", form, 201))
        new = {"contributing_country": names["sender_pk"], "mission": names["mission_pk"], "force_type": "military"}
        form_of_new = words | {f"new-{name}": value for name, value in new.items()}
        self.take(
            "save: at the desk, with a deployment", lambda: _send(desk, f"{names['record']}new/", form_of_new, 201)
        )
        chosen = {"action": "submit_selected", "index": "0"}
        listed = "/admin/missions/claim/?state__exact=suggested"
        self.take(
            "save: submit from the list",
            lambda: _send(desk, listed, chosen | {"_selected_action": rows[-1].pk}, 302),
            record,
        )

    def take(self, name: str, act: Callable[[], object], *before: Callable[[], object], forget=True) -> None:
        """Measure one line; what stands `before` sets the stage for each round."""
        from django.db import DatabaseError, connection, transaction
        from django.test.utils import CaptureQueriesContext

        if self.only not in name:
            return
        best, queries = float("inf"), 0
        for _ in range(ROUNDS):
            try:
                with transaction.atomic():
                    for step in before:
                        step()
                    if forget:
                        _forget()
                    with CaptureQueriesContext(connection) as asked:
                        start = time.perf_counter()
                        act()
                        took = (time.perf_counter() - start) * 1000
            except DatabaseError as error:
                print(f"{name}: {str(error).splitlines()[0]}", file=sys.stderr)
                took, asked = PATIENCE * 1000, ()
            best, queries = min(best, took), len(asked)
            if took > ENOUGH:
                break
        if self.sql is not None and asked:
            for one in asked.captured_queries:
                if float(one["time"]) * 1000 > self.sql:
                    print(f"    {float(one['time']) * 1000:8.0f} ms  {one['sql'][:1500]}", file=sys.stderr)
        self.lines[name] = (best, queries)
        print(f"{name}: {best:.0f} ms, {queries} queries", file=sys.stderr)


def _names() -> dict:
    """Keys of the rows that are asked for: those with the most deployments, and ones in the middle."""
    from django.db.models import Count

    from missions.models import Article, Claim, Country, Deployment, Mission, Statement

    def largest(column: str, order: str = "-size"):
        return Deployment.objects.order_by().values_list(column).annotate(size=Count("pk")).order_by(order, column)[0]

    number = Deployment.objects.count()
    sender_pk, of_sender = largest("contributing_country")
    mission_pk, _ = largest("mission")
    article = Article.objects.defer("body").order_by("pk")[Article.objects.count() // 2]
    claim = Claim.objects.filter(article=article).select_related("deployment").order_by("pk")[0]
    return {
        "sender": Country.objects.get(pk=sender_pk).code,
        "rare": Country.objects.get(pk=largest("contributing_country", "size")[0]).code,
        "host": Country.objects.get(pk=largest("host_country")[0]).code,
        "mission": Mission.objects.get(pk=mission_pk).slug,
        "word": Mission.objects.get(pk=mission_pk).name.rsplit(" ", 1)[1], "half_of_sender": max(1, of_sender // 100),
        "article": article.slug,
        "deployment": claim.deployment.slug,
        "article_pk": article.pk, "claim_pk": claim.pk, "deployment_pk": claim.deployment.pk, "mission_pk": mission_pk,
        "sender_pk": sender_pk, "record": f"/admin/missions/article/{article.pk}/record/",
        "last_deployments": -(-number // 30), "last_statements": -(-Statement.objects.count() // 50),
        "last_desk": min(-(-number // 50), 200), "last_sitemap": -(-number // 2000),
    }  # fmt: skip


def _words(article) -> dict:
    """A passage that each article of the generated dataset ends with."""
    exact = "De regering gaf verder geen toelichting op de gang van zaken in het gebied."
    start = article.body.index(exact)
    return {"start": start, "end": start + len(exact), "exact": exact}


def _forget() -> None:
    """What is remembered of the revision, so that each request finds it out anew."""
    from missions import caching

    caching.remembered.identity = None


def _read(client, address: str) -> None:
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, (address, answer.status_code, body[:2000])


def _send(client, address: str, form: dict, status: int) -> None:
    answer = client.post(address, form)
    assert answer.status_code == status, (address, answer.status_code, answer.content[:2000])


@contextmanager
def _of_measurements() -> Iterator[None]:
    """Nobody is limited, and nothing is kept of an answer."""
    from django.conf import settings
    from django.test.utils import setup_test_environment, teardown_test_environment

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    setup_test_environment()
    try:
        yield
    finally:
        teardown_test_environment()


def _one(only: str, sql: float | None) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsdb.settings"
    os.environ["NEWSDB_KEPT_ANSWERS_MB"] = "0"
    django.setup()
    with _of_measurements():
        print(json.dumps(Measurement(only, sql).run()))


# --- all of them


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("urls", nargs="*", help="databases filled by bench.generate, the smallest first")
    parser.add_argument("--only", default="", help="measure the lines that hold this word")
    parser.add_argument("--sql", type=float, help="print the statements that took longer than so many milliseconds")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        _one(asked.only, asked.sql)
        return
    found = []
    for url in asked.urls or [os.environ["DATABASE_URL"]]:
        options = ["--only", asked.only, *(["--sql", str(asked.sql)] if asked.sql is not None else [])]
        done = subprocess.run(
            [sys.executable, "-m", "bench.growth", "--one", *options],
            env=os.environ | {"DATABASE_URL": url}, stdout=subprocess.PIPE, check=True, text=True,
        )  # fmt: skip
        found.append(json.loads(done.stdout))
    print(f"{found[0]['vendor']}; milliseconds (best of {ROUNDS}) and queries")
    print(f"{'':40}" + "".join(f"{one['deployments']:>17,}" for one in found) + f"{'times':>8}")
    for name, (first, _) in found[0]["lines"].items():
        cells = "".join(f"{one['lines'][name][0]:>11,.0f}{one['lines'][name][1]:>6}" for one in found)
        print(f"{name:40}{cells}{found[-1]['lines'][name][0] / first:>8.1f}")


if __name__ == "__main__":
    main()
