"""What the environment says, read once and refused when it is dangerous.

Every variable newsdb knows is read in this module or in settings.py and described in docs/operations.md.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(name: str, default: bool = False) -> bool:
    """A yes-or-no variable; anything else is an error rather than a silent no."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={value!r} is neither yes nor no: write 1 or 0.")


def number(name: str, default: int, *, least: int = 1) -> int:
    """A whole number that is not below the least."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and int(value) >= least):
        raise ImproperlyConfigured(f"{name}={value!r} is no whole number from {least}.")
    return int(value)


def words(name: str) -> list[str]:
    """A comma-separated variable as a list, blanks left out."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def database(default_file: Path) -> dict:
    """Django's settings of one database, from DATABASE_URL or else the embedded SQLite file."""
    url = os.environ.get("DATABASE_URL") or f"sqlite:///{default_file}"
    try:
        settings = dj_database_url.parse(url)
    except (ValueError, dj_database_url.ParseError) as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not understood: write postgres://user:password@host:port/name "
            "or sqlite:////absolute/path.sqlite3."
        ) from error
    if settings["ENGINE"].endswith("sqlite3"):
        if not settings["NAME"]:
            raise ImproperlyConfigured("DATABASE_URL names no file: write sqlite:////absolute/path.sqlite3.")
        settings["OPTIONS"] = {
            "timeout": 60,  # seconds a writer waits for another one
            "transaction_mode": "IMMEDIATE",  # a writer queues at its start instead of failing midway
            "init_command": SQLITE_PRAGMAS,
        }
    elif settings["ENGINE"].endswith("postgresql"):
        settings["CONN_HEALTH_CHECKS"] = True
        settings["CONN_MAX_AGE"] = 60
    else:
        raise ImproperlyConfigured("newsdb runs on PostgreSQL and SQLite; DATABASE_URL names another engine.")
    return settings


def secret_key(var: Path) -> str:
    """NEWSDB_SECRET_KEY, else a random key kept in var/ readable by its owner alone.

    There is no built-in key, so no installation can run on a known one. Several machines that share one
    database need one key: set the variable on each.
    """
    given = os.environ.get("NEWSDB_SECRET_KEY")
    if given is not None:
        if len(given) < 50:
            raise ImproperlyConfigured("NEWSDB_SECRET_KEY is too short: give at least 50 random characters.")
        return given
    path = var / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()
