"""Requests a second, through the real server and all its middleware, beside the limit and the floor.

    python -m bench.requests [deployments] [seconds a query]

Twelve kinds of questions, eight connections, two processes of the server. `bare` is a WSGI function that sends JSON as
PostgreSQL makes it (bench/bare.py), `plain` the same tables behind REST framework as it is usually written (bench/plain).
`kept` is the same question asked again at an unchanged revision, by clients that hold no answer; `304` by clients that do.

DATABASE_URL names a database that bench.generate has filled; without it a PostgreSQL is started and filled (a minute for 50,000).
Of SQLite there is no limit and no floor to compare with: `bare` lets PostgreSQL write its JSON.
"""

import sys
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass

from bench.client import Load, load
from bench.database import filled
from bench.server import served

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class Asked:
    """One kind of question: its address, and those of the same question at the limit and at the floor."""

    name: str
    path: str
    bare: str | None = None
    plain: str | None = None
    headers: dict | None = None
    most: int = 8  # connections


def questions() -> list[Asked]:
    """The questions, made of what the dataset holds: its most popular and its rarest contributor, and so on."""
    from django.db.models import Count
    from django.test import Client

    from missions.models import Deployment

    client = Client(headers={"host": "127.0.0.1"})

    senders = (
        Deployment.objects.values_list("contributing_country__code")
        .annotate(n=Count("pk"))
        .order_by("-n", "contributing_country__code")
    )
    (popular, most), *_, (rare, _few) = senders
    slug = Deployment.objects.order_by("pk")[777].slug
    mission = Deployment.objects.order_by("pk")[777].mission
    deep = min(20_000, most // 2)
    first = f"{API}/deployments/?contributing_country={popular}"
    window = "start_after=2010-01-01&start_before=2014-12-31"
    period = "after=2010-01-01&before=2014-12-31"
    floor = f"/deployments/?contributing_country__code={popular}"
    place = f"{API}/deployments/?contributing_country={popular}&page_size=500&cursor=*"
    after = None
    for _ in range(deep // 500):
        answer = client.get(place).json()
        place, after = answer["next"].removeprefix("http://127.0.0.1"), answer["results"][-1]["slug"]
    cursor = place.split("cursor=")[1].split("&")[0]
    change = client.get(f"{API}/changes/?page_size=500").json()["cursor"]
    name = mission.name.rsplit(" ", 1)[1]
    return [
        Asked("Q1 popular contributor", first, f"/1?country={popular}", floor),
        Asked(
            "Q2 rare contributor",
            f"{API}/deployments/?contributing_country={rare}",
            f"/1?country={rare}",
            f"/deployments/?contributing_country__code={rare}",
        ),
        Asked(
            f"Q3 {deep:,} rows deep, page",
            f"{first}&page={deep // 50 + 1}",
            f"/3?country={popular}&offset={deep}",
            f"{floor}&page={deep // 50 + 1}",
        ),
        Asked(f"Q3 {deep:,} rows deep, cursor", f"{first}&cursor={cursor}", f"/3-key?country={popular}&after={after}"),
        Asked("Q4 one, with its claims", f"{API}/deployments/{slug}/", f"/4?slug={slug}", f"/deployments/{slug}/"),
        Asked(
            "Q5 status, start, by strength",
            f"{first}&status=active&{window}&ordering=-personnel",
            f"/5?country={popular}&status=active&{period}",
            f"{floor}&status=active&start_latest__gte=2010-01-01&start_earliest__lte=2014-12-31&ordering=-personnel_best",
        ),
        Asked(
            "Q6 text, two words of claims",
            f"{API}/claims/?q=Liechtenstein+{name}",
            f"/6?first=liechtenstein&second={name}",
            f"/claims/?search=Liechtenstein+{name}",
        ),
        Asked(
            "Q6 text, one frequent word",
            f"{API}/claims/?q=Liechtenstein",
            "/6?first=liechtenstein&second=liechtenstein",
        ),
        Asked("Q6 text, of deployments", f"{API}/deployments/?q=Liechtenstein+{name}"),
        Asked("Q8 on a day, certainly", f"{API}/deployments/?on=2010-06-01&certainty=certain"),
        Asked("Q9 summary of a mission", f"{API}/summary/?mission={mission.slug}", most=2),
        Asked("Q9 summary of everything", f"{API}/summary/", most=2),
        Asked("Q10 as known on a day", f"{first}&known_on=2010-06-01"),
        Asked("Q11 changes, from the start", f"{API}/changes/"),
        Asked("Q11 changes, further on", f"{API}/changes/?since={change}"),
        Asked("Q12 mission page", f"/en/missions/{mission.slug}/"),
        Asked(
            "Q12 desk: list of deployments", "/admin/missions/deployment/", headers={"Cookie": f"sessionid={session()}"}
        ),
    ]


def session() -> str:
    """The session of somebody who may see everything at the desk."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_staff": True, "is_superuser": True, "password": "!"}
    )
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


def etag(port: int, path: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.headers["ETag"]


def shown(found: Load | None) -> str:
    if found is None:
        return f"{'':>10}"
    return f"{found.rate:>10,.0f}" if found.rate >= 10 else f"{found.rate:>10.1f}"


def ratio(one: Load, other: Load | None) -> str:
    return f"{one.rate / other.rate:>9.2f}" if other else f"{'':>9}"


def measure(seconds: float) -> None:
    from django.db import connection

    beside = connection.vendor == "postgresql"
    with ExitStack() as servers:

        def port_of(application=None, **environment) -> int:
            return servers.enter_context(served(application, **environment)).port

        if beside:
            bare = port_of("bench.bare:application")
            plain = port_of(DJANGO_SETTINGS_MODULE="bench.plain.settings")
        fresh, kept = port_of(NEWSDB_KEPT_ANSWERS_MB="0"), port_of()
        print(f"{'requests a second':32}{'newsdb':>10}{'p50 ms':>8}{'p99 ms':>8}{'bare':>10}{'plain':>10}", end="")
        print(f"{'of bare':>9}{'of plain':>9}{'kept':>10}{'304':>10}")
        for one in questions():
            options = {"seconds": seconds, "connections": one.most, "headers": one.headers}
            ours = load(fresh, [one.path], **options)
            limit = load(bare, [one.bare], seconds=seconds) if beside and one.bare else None
            floor = load(plain, [one.plain], seconds=seconds) if beside and one.plain else None
            again = same = None
            if one.headers is None:
                load(kept, [one.path], seconds=0, warm=0)  # each process makes it once
                again = load(kept, [one.path], seconds=seconds)
                same = load(kept, [one.path], seconds=seconds, headers={"If-None-Match": etag(kept, one.path)})
            print(f"{one.name:32}{shown(ours)}{ours.quantile(0.5):>8.1f}{ours.quantile(0.99):>8.1f}", end="")
            print(f"{shown(limit)}{shown(floor)}{ratio(ours, limit)}{ratio(ours, floor)}{shown(again)}{shown(same)}")
            for name, found in (("newsdb", ours), ("bare", limit), ("plain", floor), ("kept", again)):
                if found and found.refused:
                    print(f"    {name}: {found.refused} refused, the last with {found.status.decode()}")


if __name__ == "__main__":
    numbers = [*map(float, sys.argv[1:]), *(50_000, 3)[len(sys.argv) - 1 :]]
    with filled(int(numbers[0])):
        measure(numbers[1])
