"""Statements that PostgreSQL plans once a connection and then executes for any values, where nothing stands in between."""

from collections.abc import Sequence
from itertools import count
from weakref import WeakKeyDictionary

from django.db import NotSupportedError
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.errors import error_from_result
from psycopg.pq import DiagnosticField, ExecStatus, TransactionStatus

# By the driver's connection: the names of the statements that it has prepared for `first`.
_named: WeakKeyDictionary = WeakKeyDictionary()
_numbers = count()
# How PostgreSQL says that a prepared statement is unknown or fits no longer; it says nothing where it is gone.
FORGOTTEN = (None, b"26000", b"0A000")


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
        _named.pop(connection.connection, None)
        return _fetched(connection, sql, parameters)


def first(connection, sql: str) -> tuple | None:
    """The first row of a statement without values, with what each column is written as: of a kept answer it is the only statement.

    Outside of transactions libpq is asked for it directly, which takes half as long as a cursor. Where what it prepared is no
    more, or the connection is gone, the cursor asks instead.
    """
    if connection.vendor == "postgresql" and not connection.queries_logged:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            found = _by_libpq(connection.connection, sql)
        if found is not None:
            return found[0] if found else None
    found = fetched(connection, sql)
    return tuple(map(str, found[0])) if found else None


def _by_libpq(driver, sql: str) -> list[tuple] | None:
    """The first row, if there is one; None where libpq cannot or may not be asked."""
    asked = driver.pgconn
    if driver.prepare_threshold is None or asked.transaction_status != TransactionStatus.IDLE:
        return None
    names = _named.setdefault(driver, {})
    if sql not in names:
        name = f"newsdb_{next(_numbers)}".encode()
        if asked.prepare(name, sql.encode()).status != ExecStatus.COMMAND_OK:
            return None
        names[sql] = name
    found = asked.exec_prepared(names[sql], None)
    if found.status != ExecStatus.TUPLES_OK:
        if (state := found.error_field(DiagnosticField.SQLSTATE)) not in FORGOTTEN:
            raise error_from_result(found)
        if state:
            del names[sql]
        return None
    return [tuple(found.get_value(0, column).decode() for column in range(found.nfields))] if found.ntuples else []


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
