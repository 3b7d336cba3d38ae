"""What the database does for each kind of question: its slowest statement and its plan, on the dataset that DATABASE_URL names.

python -m bench.explain
"""

import os
import time

import django

LARGE = ("missions_deployment", "missions_claim", "missions_change", "missions_datedprojection")  # tables that grow
PLANS = "EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF, TIMING OFF, SUMMARY OFF) "
WIDTH = 150  # characters of a line that are shown


def _shortened(line: str) -> str:
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdb.settings")
    os.environ["NEWSDB_KEPT_ANSWERS_MB"] = "0"
    django.setup()
    from django.db import connection
    from django.test import Client

    from bench.requests import questions
    from missions import caching

    asked: list[tuple[float, str, tuple]] = []

    def listening(execute, sql, parameters, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, parameters, many, context)
        finally:
            asked.append((time.perf_counter() - start, sql, parameters))

    client = Client(headers={"host": "127.0.0.1"})
    for one in questions():
        name, address = one.name, one.path
        if one.headers:
            continue  # the desk
        client.get(address)  # connections, imports
        caching.remembered.identity = None  # counts are counted
        asked.clear()
        with connection.execute_wrapper(listening):
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        print(f"\n### {name}\n\n`{address}`: {len(asked)} statements")
        large = [one for one in asked if any(f'"{table}"' in one[1] for table in LARGE)]
        for seconds, sql, parameters in sorted(large, reverse=True)[:2]:
            with connection.cursor() as cursor:
                cursor.execute(PLANS + sql, parameters)
                plan = "\n".join(f"    {_shortened(line)}" for (line,) in cursor.fetchall())
            print(f"\n{1000 * seconds:.1f} ms, {'count' if 'COUNT(*)' in sql else 'rows'}:\n\n{plan}")


if __name__ == "__main__":
    main()
