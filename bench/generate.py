"""A large dataset, always the same: published, verbatim and projected, straight into the tables of an empty database.

    python -m bench.generate [deployments]

For each ten deployments there are one article of 2 KB, four statements and about twenty claims; 250 countries of
which few send much and many send little (Zipf), and 200 missions. The history begins with the load. The database is the one that
DATABASE_URL names; it must be migrated, and empty.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

MISSIONS = 200
PER_ARTICLE = 10  # deployments
STATEMENTS = 4  # an article
BLOCK = 10_000  # deployments that are made at once; their articles stand far apart in time
LENGTH = 2000  # code points of an article
FIRST, LAST = date(1995, 1, 15), date(2024, 12, 15)
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]  # fmt: skip
FILLER = " De regering gaf verder geen toelichting op de gang van zaken in het gebied."
ORGANIZATIONS = ("UN", "EU", "NATO", "AU")
LOADED = datetime(2025, 1, 1, tzinfo=UTC)
COUNTRIES = Path(__file__).resolve().parent.parent / "fixtures" / "10_countries.json"


def fill(deployments: int, told=lambda done: None) -> None:
    """Write the whole dataset in one transaction; `told` hears how many deployments stand."""
    from django.db import connection, transaction

    from missions import search

    chance = random.Random(6)
    with transaction.atomic():
        countries = _countries()
        _write(countries)
        missions = _missions(chance, countries)
        _write(missions)
        _write_hosts(missions)
        stems = search.Stems()
        _write(_numbered((_entry(stems, row) for row in (*countries, *missions)), 0))
        senders = _senders(chance, countries, deployments)
        for first in range(0, deployments, BLOCK):
            for rows in _block(chance, senders[first : first + BLOCK], missions, first):
                _write(rows)
            told(min(first + BLOCK, deployments))
        _write_history()
        _write_revision()
        _reset_sequences()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


# --- the facts


def _countries() -> list:
    from missions.models import Country

    entries = json.loads(COUNTRIES.read_text(encoding="utf-8"))
    return [Country(pk=number, **entry["fields"]) for number, entry in enumerate(entries, 1)]


def _missions(chance: random.Random, countries: list) -> list:
    from missions.models import Mission
    from missions.models.mission import Kind

    found = []
    for number in range(1, MISSIONS + 1):
        mission = Mission(
            pk=number, slug=f"operation-{number:03}", name=f"Operatie Baken {number:03}",
            abbreviation=f"OPBAK{number:03}", kind=chance.choice(Kind.values),
            conducting_organization=chance.choice(ORGANIZATIONS),
        )  # fmt: skip
        mission.host = chance.choice(countries)
        found.append(mission)
    return found


def _senders(chance: random.Random, countries: list, deployments: int) -> list:
    """Who sends each deployment: the k-th country about k^-1.1 as often as the first; each at least once if there is room."""
    order = chance.sample(countries, len(countries))
    weights = [rank**-1.1 for rank in range(1, len(order) + 1)]
    found = [*order[:deployments], *chance.choices(order, weights, k=max(0, deployments - len(order)))]
    chance.shuffle(found)
    return found


def _block(chance: random.Random, senders: list, missions: list, first: int) -> Iterator[list]:
    """Articles, deployments, statements, claims, and what is computed from them, of one block."""
    from missions import derived, search
    from missions.models import Article, DatedProjection, Deployment
    from missions.models.article import sha256
    from missions.projection import NAMES

    size = max(3, -(-len(senders) // PER_ARTICLE))
    offset = first // PER_ARTICLE
    span = (LAST - FIRST).days
    articles = []
    for number in range(size):
        day = FIRST + timedelta(span * number // size)
        slug = f"article-{offset + number + 1:06}"
        article = Article(
            pk=offset + number + 1, slug=slug, title=f"Bericht {offset + number + 1}", publisher=chance.choice(("ANP", "Belga")),
            language="nl", raw_sha256=sha256(slug), state="published",
            published_words=day.isoformat(), published_edtf=day.isoformat(), published_earliest=day, published_latest=day,
        )  # fmt: skip
        article.sentences, article.length = [], 0
        articles.append(article)

    deployments, claims, statements = [], [], []
    for place, sender in enumerate(senders):
        number = first + place + 1
        mission = chance.choice(missions)
        deployment = Deployment(
            pk=number, slug=f"{sender.code.lower()}-{mission.slug}-{number}", contributing_country=sender,
            host_country=mission.host, mission=mission, state="published",
            force_type=chance.choice(("military", "military", "military", "police", "unspecified")),
        )  # fmt: skip
        told = sorted(chance.sample(range(size), chance.randint(1, 3)))
        deployment.told = [_claim(chance, deployment, articles[at], step) for step, at in enumerate(told)]
        deployments.append(deployment)
        claims += deployment.told
    for article in articles:
        statements += [_statement(chance, article, number, missions) for number in range(1, STATEMENTS + 1)]
    for article in articles:
        body = "\n".join(article.sentences)
        article.body = body + FILLER * (max(0, LENGTH - len(body)) // len(FILLER) + 1)
        article.body_sha256 = sha256(article.body)
    yield articles
    projections = []
    for deployment in deployments:
        amount = derived.amount(deployment.told)
        for name, value in zip(NAMES, amount.values, strict=True):
            setattr(deployment, name, value)
        deployment.published_claims = deployment.told  # where its words are sought
        projections += [
            DatedProjection(deployment=deployment, **dict(zip(derived.DATED, row, strict=True))) for row in amount.dated
        ]
    yield deployments
    # No claim precedes its article's in the table, as if articles had been read one by one.
    for rows, base in ((claims, 3 * first), (statements, STATEMENTS * offset)):
        rows.sort(key=lambda row: (row.article_id, row.number))
        yield _numbered(rows, base)
    yield _numbered(projections, 3 * first)
    stems = search.Stems()
    yield _numbered((_entry(stems, row) for row in (*articles, *statements, *claims, *deployments)), 7 * first + 1000)


def _entry(stems, row):
    from missions.models import SearchEntry

    return SearchEntry(table=row._meta.model_name, row=row.pk, stems=stems.of(row))


def _numbered(rows: Iterable, base: int) -> list:
    found = list(rows)
    for place, row in enumerate(found, base + 1):
        row.pk = place
    return found


def _claim(chance: random.Random, deployment, article, step: int):
    """The first report of a deployment tells of its coming, later ones of how it went on or ended."""
    from missions.models import Claim

    sender, mission = deployment.contributing_country, deployment.mission
    number = len(article.sentences) + 1
    day = article.published_latest
    month = f"{MONTHS[day.month - 1]} {day.year}"
    strength = chance.randint(3, 90) * 10
    who = f"{sender.name_nl} in {mission.host.name_nl}"
    fields = {}
    if step == 0:
        stage, exact = "active", f"Sinds {month} zijn {strength} militairen van {who} bij {mission.name}."
        fields = {
            "personnel_best": strength,
            "personnel_words": str(strength),
            "personnel_basis": "deployed",
            "onset": True,
        }
    elif step == 1 and chance.random() < 0.5:
        stage = chance.choice(("under_review", "extended", "reduced"))
        exact = f"De bijdrage van {who} aan {mission.name} werd in {month} besproken ({number})."
    else:
        stage, exact = "withdrawn", f"In {month} vertrok de laatste groep van {who} uit {mission.name} ({number})."
        fields = {"onset": True}
    edtf = f"{day:%Y-%m}"
    last = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    return Claim(
        article=article, deployment=deployment, number=number, exact=exact, stage=stage, state="published",
        date_words=month, date_edtf=edtf, date_earliest=day.replace(day=1), date_latest=last,
        **_placed(article, exact), **fields,
    )  # fmt: skip


def _statement(chance: random.Random, article, number: int, missions: list):
    from missions.models import Statement

    speaker = f"Minister {chance.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}. Woord{chance.randint(1, 400)}"
    topic = chance.choice(missions).name
    exact = f"„Wij letten op {topic}” ({number}), zei {speaker}."
    return Statement(
        article=article, number=number, exact=exact, speaker=speaker, form="direct", attribution="explicit",
        state="published", **_placed(article, exact),
    )  # fmt: skip


def _placed(article, exact: str) -> dict:
    """Adds a sentence to an article that is still being written; where it stands."""
    start = article.length
    article.sentences.append(exact)
    article.length += len(exact) + 1
    return {"start": start, "end": start + len(exact)}


# --- writing


def _write(rows: list) -> None:
    """Rows of one table, by COPY where there is one."""
    from django.db import connection

    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    values = (
        tuple(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields) for row in rows
    )
    _insert(rows[0]._meta.db_table, [field.column for field in fields], values)


def _insert(table: str, columns: list[str], values: Iterable[tuple]) -> None:
    from django.db import connection

    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in values:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values))


def _write_hosts(missions: list) -> None:
    from missions.models import Mission

    links = ((number, mission.pk, mission.host.pk) for number, mission in enumerate(missions, 1))
    _insert(Mission.host_countries.through._meta.db_table, ["id", "mission_id", "country_id"], links)


def _write_history() -> None:
    """A record of every row as it was loaded, made within the database."""
    from django.db import connection

    from missions.models import DATASET

    for model in DATASET:
        history = model.history.model
        columns = [field.column for field in model._meta.concrete_fields]
        into = ", ".join(f'"{name}"' for name in (*columns, "history_date", "history_type", "history_change_reason"))
        out = ", ".join(f'"{name}"' for name in columns)
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{history._meta.db_table}" ({into}) SELECT {out}, %s, %s, %s FROM "{model._meta.db_table}"'
                " ORDER BY id",
                [LOADED, "+", "generated"],
            )


def _write_revision() -> None:
    """All of it is one revision, with the change of every row."""
    from django.db import connection
    from django.db.models import CharField, Value
    from django.db.models.functions import Cast, Concat

    from missions.models import Change, Revision
    from missions.publication import PUBLIC

    _write([Revision(pk=1, number=1, at=LOADED)])
    for model, key in PUBLIC.items():
        word = Cast(key[0], CharField()) if len(key) == 1 else Concat(key[0], Value(":"), Cast(key[1], CharField()))
        sql, parameters = model.objects.order_by("pk").annotate(word=word).values("word").query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{Change._meta.db_table}" (revision, "table", key, kind, at)'
                f" SELECT 1, %s, found.word, 'changed', %s FROM ({sql}) AS found",
                [model._meta.model_name, LOADED, *parameters],
            )


def _reset_sequences() -> None:
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(
            no_style(), list(apps.get_app_config("missions").get_models())
        ):
            cursor.execute(statement)


def main(deployments: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    django.setup()
    from missions.models import Country

    if Country.objects.exists():
        raise SystemExit("The database is not empty: take a fresh one, and migrate it.")
    start = time.perf_counter()
    fill(
        deployments,
        lambda done: print(f"\r{done:,} deployments, {time.perf_counter() - start:.0f} s", end="", flush=True),
    )
    print(f"\r{deployments:,} deployments in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500_000)
