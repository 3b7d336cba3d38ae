"""Statements that PostgreSQL plans once a connection and then executes for any values, where nothing stands in between."""

from collections.abc import Sequence

from django.db import NotSupportedError
from django.db.backends.postgresql.base import ServerBindingCursor


def fetched(connection, sql: str, parameters: Sequence = ()) -> list[tuple]:
    """The rows of a statement whose plan depends on none of its values.

    psycopg prepares what comes often (`prepare_threshold`, newsdb/environment.py), if its values are sent apart from it.
    """
    try:
        return _fetched(connection, sql, parameters)
    except NotSupportedError:
        if connection.in_atomic_block:
            raise
        # A column changed its type under the running server: what the connection has planned no longer fits.
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE ALL")
        return _fetched(connection, sql, parameters)


def _fetched(connection, sql: str, parameters: Sequence) -> list[tuple]:
    with _cursor(connection) as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def _cursor(connection):
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    made = ServerBindingCursor(connection.connection)
    return connection.make_debug_cursor(made) if connection.queries_logged else connection.make_cursor(made)
