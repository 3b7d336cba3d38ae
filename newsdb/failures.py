"""What is raised where the database is away, cuts a connection off or keeps somebody waiting for too long, or was never prepared."""

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

# Django makes the driver's errors its own, but not where a cursor is closed.
FAILURES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
UNPREPARED = "The database has no tables of newsdb yet: python manage.py prepare makes them and loads the fixtures."


def is_prepared() -> bool:
    """Whether the database has newsdb's tables; one of FAILURES where it does not answer."""
    return "missions_revision" in connection.introspection.table_names()


def why_nothing_works() -> str | None:
    """What is wrong with the database as a whole, and the mend; None where it answers and was prepared."""
    try:
        return None if is_prepared() else UNPREPARED
    except (DatabaseError, *FAILURES) as error:
        return f"The database does not answer: {error}\nIs it running, and does DATABASE_URL name it?"
