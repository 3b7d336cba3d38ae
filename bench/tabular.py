"""How long a table of 5,000 rows takes to come in, beside the time the same database takes to write as many bare rows.

    python -m bench.tabular [rows]

Prints seconds and their ratio; the database is one of its own, in memory or, with DATABASE_URL, beside the one named.
"""

import sys
import time

from django.db import connection, transaction

from bench.database import on_its_own

MONTHS = [f"{year}-{month:02}" for year in range(2010, 2025) for month in range(1, 13)]


def table(rows: int) -> bytes:
    from missions.models import Country

    codes = list(Country.objects.values_list("alpha3", flat=True)[: -(-rows // (len(MONTHS) * 2))])
    lines = [
        f"{code},Mali,{month},{force},{1 + (number % 2000)}"
        for number, (code, force, month) in enumerate(
            (code, force, month) for code in codes for force in ("troops", "police") for month in MONTHS
        )
    ][:rows]
    return "\n".join(["Country,Mission,Month,Type,Number", *lines]).encode()


def measure(rows: int) -> None:
    from django.core.management import call_command

    from missions.exchange import sheets, tabular
    from missions.models import Article, Claim, Revision

    call_command("loaddata", "10_countries", verbosity=0)
    raw = table(rows)
    start = time.perf_counter()
    sheet = sheets.read("table.csv", raw)
    mapping = tabular.Mapping(**tabular.Mapping.guessed(sheet.header))
    made = tabular.plan(sheet, mapping, Article(slug="table", language="en"))
    planned = time.perf_counter() - start
    tabular.take_in(made, reason="a benchmark")
    whole = time.perf_counter() - start
    assert Claim.objects.count() == rows, made.refused[:3]

    claims = list(Claim.objects.all())
    start = time.perf_counter()
    with transaction.atomic():
        Claim.objects.all()._raw_delete(connection.alias)
        Claim.objects.bulk_create(claims, batch_size=500)
    bare = time.perf_counter() - start
    print(
        f"{connection.vendor}: {rows} rows in {whole:.1f} s, of which {planned:.1f} s to plan; "
        f"{bare:.1f} s to delete and write the bare rows: {whole / bare:.1f} times as long. Revision {Revision.objects.current()}."
    )


if __name__ == "__main__":
    on_its_own(measure, int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
