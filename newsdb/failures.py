"""What is raised where the database is away, cuts a connection off or keeps somebody waiting for too long, or was never prepared."""

from dataclasses import dataclass

import psycopg
from django.db import DatabaseError, InterfaceError, OperationalError, connection

# Django makes the driver's errors its own, but not where a cursor is closed.
FAILURES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)


@dataclass(frozen=True, slots=True)
class Missing:
    """Why nothing can work on the database, and the mend."""

    words: str
    does_not_answer: bool = False

    def __str__(self):
        return self.words


def what_is_missing() -> Missing | None:
    """None where the database answers and has newsdb's tables."""
    try:
        tables = connection.introspection.table_names()
    except (DatabaseError, *FAILURES) as error:
        words = f"The database does not answer: {error}\nIs it running, and does DATABASE_URL name it?"
        return Missing(words, does_not_answer=True)
    if "missions_revision" in tables:
        return None
    return Missing(
        "The database has no tables of newsdb yet: python manage.py prepare makes them and loads the fixtures."
    )
