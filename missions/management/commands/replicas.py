from dataclasses import dataclass

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections

from missions.caching import REVISION
from newsdb.replicas import FAILURES, PRIMARY, REPLICAS

PLACE = "SELECT pg_current_wal_lsn()::text"
# Measured against the primary's place, or against what came in from it where it is away.
LAG = """
SELECT pg_wal_lsn_diff(coalesce(%s::pg_lsn, pg_last_wal_receive_lsn()), pg_last_wal_replay_lsn())::bigint,
       extract(epoch FROM now() - pg_last_xact_replay_timestamp())::int,
       pg_is_wal_replay_paused()
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a server stands; `fault` says why no read goes to it."""

    alias: str
    told: str
    fault: str = ""


class Command(BaseCommand):
    help = "Tell how far each replica has come and whether reads go to it; exit code 1 where one is left out."

    def handle(self, **options):
        if not REPLICAS:
            self.stdout.write("There are no replicas: DATABASE_REPLICA_URLS is empty.")
            return
        place, revision, primary = self._primary()
        found = [primary, *(self._replica(server.alias, place, revision) for server in REPLICAS)]
        for one in found:
            use = "left out: " + one.fault if one.fault else "in use"
            self.stdout.write("\t".join(filter(None, [one.alias, use, one.told])))
        if count := sum(bool(one.fault) for one in found):
            raise CommandError(f"{count} left out.", returncode=1)

    def _primary(self) -> tuple[str | None, int, Standing]:
        try:
            place, revision = _ask(PRIMARY, PLACE)[0], _revision(PRIMARY)
        except FAILURES as failure:
            return None, 0, Standing("primary", "", _first_line(failure))
        return place, revision, Standing("primary", f"revision {revision}")

    def _replica(self, alias: str, place: str | None, wanted: int) -> Standing:
        try:
            if not _ask(alias, "SELECT pg_is_in_recovery()")[0]:
                return Standing(alias, "", "it is no standby")
            revision, (size, seconds, paused) = _revision(alias), _ask(alias, LAG, [place])
        except Error as failure:
            return Standing(alias, "", _first_line(failure))
        told = f"revision {revision}, {max(0, size or 0):,} bytes and {seconds if size and size > 0 else 0} s behind"
        if revision >= wanted:
            return Standing(alias, told)
        return Standing(alias, told, "its replay is paused" if paused else "it lags")


def _ask(alias: str, query: str, values: list | None = None) -> tuple | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()


def _revision(alias: str) -> int:
    return (_ask(alias, REVISION) or (0,))[0]


def _first_line(failure: Exception) -> str:
    return str(failure).strip().splitlines()[0]
