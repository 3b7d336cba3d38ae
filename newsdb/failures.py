"""What is raised where the database is away, cuts a connection off or keeps somebody waiting for too long, or was never prepared."""

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

# Django makes the driver's errors its own, but not where a cursor is closed.
FAILURES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


def what_is_missing() -> str | None:
    """Why no command can work on the database, and the mend; None where it answers and has newsdb's tables."""
    try:
        tables = connection.introspection.table_names()
    except (DatabaseError, *FAILURES) as error:
        return f"The database does not answer: {error}\nIs it running, and does DATABASE_URL name it?"
    if "missions_revision" in tables:
        return None
    return "The database has no tables of newsdb yet: python manage.py prepare makes them and loads the fixtures."
