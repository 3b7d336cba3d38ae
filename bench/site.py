"""What the site's pages cost while a mission grows from 20 deployments to 2,000.

    python -m bench.site [deployments]

Prints, for each page and size, milliseconds (the best of five), queries and bytes sent, and how many times as long the
large mission takes as the small one. The database is one of its own, in memory or beside the one that DATABASE_URL names.
"""

import gzip
import random
import sys
import time
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.database import on_its_own

SENTENCES = 4000
ROUNDS = 5


def fill(missions: dict[str, int]) -> None:
    """Missions with so many published deployments each, of many countries, with one to three claims on each."""
    from missions import derived
    from missions.models import Article, Claim, Country, Deployment, Mission
    from missions.models.article import sha256
    from missions.projection import project

    chance = random.Random(1)
    body = " ".join(f"Zin {number}: het land is er sinds 2013." for number in range(SENTENCES))
    article = Article.objects.create(
        slug="bench", body=body, body_sha256=sha256(body), raw_sha256=sha256(body), language="nl", state="published",
        published_words="2022-02", published_edtf="2022-02", published_earliest=date(2022, 2, 1),
        published_latest=date(2022, 2, 28),
    )  # fmt: skip
    countries, host = list(Country.objects.all()), Country.objects.get(code="ML")
    number = 0
    for slug, size in missions.items():
        mission = Mission.objects.create(slug=slug, name=f"Mission {slug}")
        rows = Deployment.objects.bulk_create(
            Deployment(
                slug=f"{country.code.lower()}-{slug}-{ordinal}", contributing_country=country, host_country=host,
                mission=mission, state="published",
            )
            for ordinal, country in enumerate(chance.choices(countries[:90], k=size), 1)
        )  # fmt: skip
        claims = []
        for row in rows:
            begin = date(2000, 1, 1) + timedelta(chance.randrange(6000))
            for stage, after in (("active", 0), ("under_review", 500), ("withdrawn", 900))[: chance.randint(1, 3)]:
                number += 1
                start = body.index("Zin", (number * 37) % (len(body) - 100))
                end = body.index(".", start) + 1
                day = begin + timedelta(after)
                claims.append(
                    Claim(
                        article=article,
                        deployment=row,
                        number=number,
                        start=start,
                        end=end,
                        exact=body[start:end],
                        stage=stage,
                        onset=True,
                        state="published",
                        date_words="2013",
                        date_edtf=day.isoformat(),
                        date_earliest=day,
                        date_latest=day,
                    )
                )  # fmt: skip
        Claim.objects.bulk_create(claims, batch_size=500)
        for row in Deployment.objects.filter(mission=mission).prefetch_related("claims__article"):
            Deployment.objects.filter(pk=row.pk).update(**project(row.claims.all()).columns())
    derived.refresh(missing_only=True)


def measure(client, address: str) -> tuple[float, int, int]:
    """Milliseconds, queries, bytes sent."""
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    asked = len(queries)  # before the next request forgets them
    assert page.status_code == 200, (address, page.status_code)
    best = min(_timed(client, address) for _ in range(ROUNDS))
    return best * 1000, asked, len(gzip.compress(page.content))


def _timed(client, address: str) -> float:
    start = time.perf_counter()
    client.get(address)
    return time.perf_counter() - start


def main(most: int) -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    call_command("loaddata", "10_countries", verbosity=0)
    fill({"small": 20, "large": most})
    client = Client()
    print(f"{connection.vendor}; milliseconds, queries, bytes after gzip")
    print(f"{'':32}{'20':>24}{most:>24,}{'times':>8}")
    for name, address in (
        ("mission", "/en/missions/{}/"),
        ("its picture", "/en/missions/{}/timeline.svg"),
        ("its deployments one by one", "/en/deployments/?mission={}"),
        ("comparison", "/en/compare/?mission={}"),
        ("the other language", "/nl/missions/{}/"),
    ):
        small, large = (measure(client, address.format(slug)) for slug in ("small", "large"))
        cells = "".join(f"{ms:>10.0f}{queries:>5}{size:>9,}" for ms, queries, size in (small, large))
        print(f"{name:32}{cells}{large[0] / small[0]:>8.1f}")
    for name, address in (("home", "/en/"), ("country", "/en/countries/ML/"), ("article", "/en/articles/bench/")):
        ms, queries, size = measure(client, address)
        print(f"{name:32}{'':24}{ms:>10.0f}{queries:>5}{size:>9,}")


if __name__ == "__main__":
    on_its_own(main, int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
