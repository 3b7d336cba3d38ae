"""What is raised where the database is away, cuts a connection off or keeps somebody waiting for too long."""

import psycopg
from django.db import InterfaceError, OperationalError

# Django makes the driver's errors its own, but not where a cursor is closed.
FAILURES = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)
