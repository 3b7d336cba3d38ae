"""The limit: a bare WSGI function that sends JSON as PostgreSQL makes it — no framework, no refusals, no revision.

    granian --interface wsgi bench.bare:application

`/1?country=…` and so on name the benchmark's queries; the database is the one that DATABASE_URL names.
"""

import os
import threading
from urllib.parse import parse_qs

import psycopg

COLUMNS = """d.slug, json_build_object('code', c.code, 'name', c.name_en) AS contributing_country,
 CASE WHEN h.id IS NOT NULL THEN json_build_object('code', h.code, 'name', h.name_en) END AS host_country,
 CASE WHEN m.id IS NOT NULL THEN json_build_object('slug', m.slug, 'name', m.name) END AS mission,
 d.force_type, d.status, d.start_words, d.start_edtf, d.start_earliest, d.start_latest, d.start_basis, d.end_words,
 d.end_edtf, d.end_earliest, d.end_latest, d.end_basis, d.planned_start_words, d.planned_start_edtf,
 d.planned_start_earliest, d.planned_start_latest, d.planned_end_words, d.planned_end_edtf, d.planned_end_earliest,
 d.planned_end_latest, d.personnel_low, d.personnel_best, d.personnel_high, d.personnel_words, d.personnel_basis,
 d.contribution, d.conflict_count"""
JOINED = """missions_deployment d JOIN missions_country c ON c.id = d.contributing_country_id
 LEFT JOIN missions_country h ON h.id = d.host_country_id LEFT JOIN missions_mission m ON m.id = d.mission_id"""


def _page(where: str, order: str = "slug", more: str = "") -> str:
    return f"""SELECT json_build_object({more} 'results', coalesce(json_agg(r), '[]'))::text FROM (
 SELECT {COLUMNS} FROM {JOINED} JOIN (SELECT id FROM missions_deployment WHERE {where} AND state = 'published'
 ORDER BY {order} LIMIT 50 {{offset}}) p ON p.id = d.id ORDER BY d.{order}) r"""


SENDER = "contributing_country_id = (SELECT id FROM missions_country WHERE code = %(country)s)"
COUNT = f"'count', (SELECT count(*) FROM missions_deployment WHERE {SENDER} AND state = 'published'),"
STATEMENTS = {
    "/1": _page(SENDER).format(offset=""),
    "/1-counted": _page(SENDER, more=COUNT).format(offset=""),
    "/3": _page(SENDER).format(offset="OFFSET %(offset)s"),
    "/3-key": _page(f"{SENDER} AND slug > %(after)s").format(offset=""),
    "/4": """SELECT row_to_json(r)::text FROM (SELECT d.*, (SELECT json_agg(k) FROM missions_claim k
 WHERE k.deployment_id = d.id AND k.state = 'published') AS claims FROM missions_deployment d WHERE d.slug = %(slug)s) r""",
    "/5": _page(
        f"{SENDER} AND status = %(status)s AND (start_latest >= %(after)s OR start_latest IS NULL AND start_basis IS NOT NULL)"
        " AND (start_earliest <= %(before)s OR start_earliest IS NULL AND start_basis IS NOT NULL)",
        "personnel_best DESC NULLS LAST",
    ).format(offset=""),
    "/6": """SELECT json_build_object('results', coalesce(json_agg(r), '[]'))::text FROM (SELECT k.*, a.slug, d.slug AS deployment
 FROM missions_claim k JOIN missions_article a ON a.id = k.article_id JOIN missions_deployment d ON d.id = k.deployment_id
 WHERE k.state = 'published' AND a.state = 'published' AND d.state = 'published' AND k.id IN (
 SELECT e.row FROM missions_searchentry e WHERE e.table = 'claim' AND string_to_array(e.stems, ' ') && ARRAY[%(first)s]
 AND string_to_array(e.stems, ' ') && ARRAY[%(second)s]) ORDER BY a.slug, k.number LIMIT 50) r""",
}
_local = threading.local()


def application(environ, start_response):
    if not hasattr(_local, "cursor"):
        _local.cursor = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True).cursor()
    asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
    if environ["PATH_INFO"] not in STATEMENTS:
        start_response("404 Not Found", [("Content-Length", "0")])
        return [b""]
    _local.cursor.execute(STATEMENTS[environ["PATH_INFO"]], asked)
    body = _local.cursor.fetchone()[0].encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
