"""How fast and in how much memory a fixture comes in: newsdb's loaddata, Django's own, and a bare COPY of the same rows.

    python -m bench.load [deployments] [deployments for Django's own] [--postgres]

The fixture holds the deployments with one to three published claims each, articles of 2 KB that ten claims share, 200
missions and the shipped countries, by natural keys. Django's own takes a smaller fixture of the same kind: the large one
would take it half an hour. Each load is a process of its own on a fresh database: a file, or one beside the
database that DATABASE_URL names, or with --postgres on a server that is started for it. Seconds are those after Django's
start; `computed` are those of the process itself, without the database server's.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPLOYMENTS, FOR_DJANGO = 100_000, 2_000
MISSIONS, CLAIMS_OF_ARTICLE, BODY = 200, 10, 2000
PLAIN = ("country", "article", "mission", "deployment", "claim")
FILLER = "Verder meldt het bericht dat de toestand in het gebied onzeker blijft en dat er overleg is. "


# --- the fixture


def write_fixture(path: Path, size: int) -> int:
    """A fixture of so many deployments, the same every time and in the order of buildfixtures; how many rows it has."""
    _ready()
    count = 0
    with path.open("w") as file:
        for row in rows(size):
            file.write((",\n" if count else "[\n") + json.dumps(row, ensure_ascii=False, indent=1, default=str))
            count += 1
        file.write("\n]\n")
    return count


def rows(size: int) -> Iterator[dict]:
    from missions.models import Article, Claim, Deployment

    chance = random.Random(1)
    countries = json.loads((ROOT / "fixtures" / "10_countries.json").read_text())
    yield from countries
    names = {row["fields"]["code"]: row["fields"]["name_en"] for row in countries}
    codes = chance.sample(list(names), len(names))
    weights = [1 / rank for rank in range(1, len(codes) + 1)]  # a few countries send most of the forces
    missions = [f"operation-{number}" for number in range(1, MISSIONS + 1)]
    hosts = {slug: chance.choice(codes) for slug in missions}
    drafts, waiting = [], []
    for number in range(1, size + 1):
        sender, slug = chance.choices(codes, weights)[0], chance.choice(missions)
        slug, host = (slug, hosts[slug]) if chance.random() < 0.7 else (None, chance.choice(codes))
        place = slug or host.lower()
        drafts.append((f"{sender.lower()}-{place}-{number}", sender, host, slug))
        waiting += [(number - 1, step) for step in range(chance.randint(1, 3))]
    chance.shuffle(waiting)
    articles, claims = [], {}
    for place in range(0, len(waiting), CLAIMS_OF_ARTICLE):
        article, found = _article(chance, len(articles) + 1, waiting[place : place + CLAIMS_OF_ARTICLE], drafts, names)
        articles.append(article)
        for claim, deployment in found:
            claims.setdefault(deployment, []).append(claim)
    yield from (_row(Article, article) for article in sorted(articles, key=lambda article: article.slug))
    for slug in sorted(missions):
        fields = {"slug": slug, "name": _mission(slug), "host_countries": [[hosts[slug]]]}
        yield {"model": "missions.mission", "fields": fields}
    for place in sorted(range(size), key=lambda place: drafts[place][0]):
        yield _row(Deployment, _deployment(drafts[place], claims[place]))
    told = [(claim, place) for place, of in claims.items() for claim in of]
    for claim, place in sorted(told, key=lambda one: (one[0].article.slug, one[0].number)):
        yield _row(Claim, claim, article=[claim.article.slug], deployment=[drafts[place][0]])


def _article(chance, number: int, told: list, drafts: list, names: dict) -> tuple:
    from missions.models import Article, Claim
    from missions.models.article import sha256
    from missions.models.dates import ImpreciseDate

    day = date(2015, 1, 1) + timedelta(chance.randrange(3650))
    article = Article(slug=f"bericht-{number}", title=f"Bericht {number}", language="en", state="published")
    article.published = ImpreciseDate.of(day.isoformat(), day.isoformat())
    body, claims = "", []
    for place, (deployment, step) in enumerate(told, start=1):
        _, sender, host, mission = drafts[deployment]
        year, strength = 2001 + deployment % 12 + step, chance.randint(2, 900)
        stage, verb = (("active", "sent"), ("extended", "kept"), ("withdrawn", "withdrew"))[step]
        beside = f" for {_mission(mission)}" if mission else ""
        exact = f"{names[sender]} {verb} {strength} troops in {names[host]}{beside} in {year}."
        claim = Claim(article=article, number=place, start=len(body), end=len(body) + len(exact), exact=exact,
                      state="published", stage=stage, onset=step != 1, personnel_best=strength,
                      personnel_words=str(strength), personnel_basis="deployed")  # fmt: skip
        claim.date = ImpreciseDate.of(str(year), str(year))
        claims.append((claim, deployment))
        body += exact + " "
    body += FILLER * ((BODY - len(body)) // len(FILLER))
    article.body, article.body_sha256, article.raw_sha256 = body, sha256(body), sha256(body)
    return article, claims


def _deployment(draft: tuple, claims: list):
    from missions.models import Deployment
    from missions.projection import project

    slug, sender, host, mission = draft
    row = Deployment(slug=slug, state="published", **project(claims).columns())
    row.refers = {"contributing_country": [sender], "host_country": [host], "mission": mission and [mission]}
    return row


def _mission(slug: str) -> str:
    return f"Operation {slug.rpartition('-')[2]}"


def _row(model, row, **refers) -> dict:
    refers = refers or getattr(row, "refers", {})
    plain = {
        column.name: column.value_from_object(row)
        for column in model._meta.concrete_fields
        if not (column.is_relation or column.primary_key)
    }
    return {"model": model._meta.label_lower, "fields": plain | refers}


# --- databases


@contextmanager
def databases(postgres: bool) -> Iterator:
    """Makes a fresh, migrated database at each call; gives its URL."""
    from tests.on_postgres import server

    given = os.environ.get("DATABASE_URL", "")
    if postgres:
        with server() as url:
            yield lambda name: _beside(url, name)
    elif given.startswith("postgres"):
        yield lambda name: _beside(given, name)
    else:
        with tempfile.TemporaryDirectory(prefix="newsdb-load-") as folder:
            yield lambda name: _migrated(f"sqlite:///{folder}/{name}.sqlite3")


def _beside(url: str, name: str) -> str:
    import psycopg

    name = f"newsdb_load_{name}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    return _migrated(f"{url.rpartition('/')[0]}/{name}")


def _migrated(url: str) -> str:
    run(url, "manage.py", "migrate", "-v0")
    return url


def run(url: str, *words: str) -> tuple[float, float, float]:
    """Seconds, those of them that it computed, and megabytes at the peak, of a Python process on a database."""
    start = time.perf_counter()
    command, environment = [sys.executable, *words], os.environ | {"DATABASE_URL": url}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed.")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def load(whose: str, path: str) -> None:
    """In a process of its own."""
    _ready()
    from django.core.management import call_command
    from django.core.management.commands import loaddata

    call_command("loaddata" if whose == "newsdb" else loaddata.Command(), path, verbosity=0)


def copied(source: str, target: str, folder: Path, models: tuple[str, ...] | None) -> tuple[int, float]:
    """Rows, and seconds to write them by COPY in one transaction: of the models named, or of all that a load writes."""
    import psycopg

    with psycopg.connect(source) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE tablename LIKE 'missions_%'").fetchall()
        tables = [name for (name,) in found if models is None or name.removeprefix("missions_") in models]
        for table in tables:
            with (folder / table).open("wb") as file, connection.cursor().copy(f"COPY {table} TO STDOUT") as copy:
                for piece in copy:
                    file.write(piece)
    count, start = 0, time.perf_counter()
    with psycopg.connect(target) as connection:
        connection.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor = connection.cursor()
            with (folder / table).open("rb") as file, cursor.copy(f"COPY {table} FROM STDIN") as copy:
                while piece := file.read(1 << 18):
                    copy.write(piece)
            count += cursor.rowcount
    return count, time.perf_counter() - start


def _ready() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    size, small = (*asked.sizes, *(DEPLOYMENTS, FOR_DJANGO)[len(asked.sizes) :])
    with tempfile.TemporaryDirectory(prefix="newsdb-load-") as name, databases(asked.postgres) as fresh:
        folder = Path(name)
        large_file, small_file = folder / "large.json", folder / "small.json"
        # Elsewhere: a process begins with the memory of the one that starts it.
        with get_context("spawn").Pool(1) as pool:
            many, few = pool.starmap(write_fixture, [(large_file, size), (small_file, small)])
        print(f"{size:,} deployments, {many:,} rows, {large_file.stat().st_size / 1e6:,.0f} MB")
        print(f"{'':44}{'rows':>10}{'seconds':>10}{'rows/s':>10}{'computed':>10}{'MB':>8}")

        def tell(name: str, count: int, seconds: float, computed: float = 0, peak: float = 0) -> float:
            shown = f"{computed:>10.1f}{peak:>8.0f}" if peak else ""
            print(f"{name:44}{count:>10,}{seconds:>10.1f}{count / seconds:>10,.0f}{shown}", flush=True)
            return count / seconds

        empty = fresh("none")
        starts = [run(empty, "-c", "from bench.load import _ready; _ready()")[:2] for _ in range(3)]
        start, started = (min(part) for part in zip(*starts, strict=True))

        def measure(name: str, whose: str, url: str, path: Path, count: int) -> tuple[float, float]:
            seconds, computed, peak = run(
                url, "-c", "import sys; from bench.load import load; load(*sys.argv[1:])", whose, str(path)
            )
            return tell(name, count, seconds - start, computed - started, peak), count / (computed - started)

        loaded = fresh("ours")
        ours, ours_computed = measure("newsdb's loaddata", "newsdb", loaded, large_file, many)
        theirs, theirs_computed = measure(
            "Django's loaddata, the small fixture", "django", fresh("django"), small_file, few
        )
        measure("newsdb's loaddata, the small fixture", "newsdb", fresh("small"), small_file, few)
        measure("newsdb's loaddata once more, all unchanged", "newsdb", loaded, large_file, many)
        by_computed = f"{ours_computed / theirs_computed:.1f} times by what was computed"
        print(f"newsdb's loaddata is {ours / theirs:.1f} times as fast as Django's own, {by_computed}")
        if loaded.startswith("postgres"):
            took = many / ours
            for name, models in (
                ("bare COPY of the five tables", PLAIN),
                ("bare COPY of all that the load wrote", None),
            ):
                count, seconds = copied(loaded, fresh("copied"), folder, models)
                tell(name, count, seconds)
                print(f"newsdb's loaddata takes {took / seconds:.1f} times as long")


if __name__ == "__main__":
    main()
