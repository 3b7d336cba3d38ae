"""What the environment says, read once and refused when it is dangerous.

Every variable newsdb knows is read in this module or in settings.py and described in docs/operations.md.
"""

import os
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from psycopg.pq import Conninfo

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
KEPT_OPEN = 60  # seconds for which a thread keeps its connection
SQLITE, POSTGRESQL = "django.db.backends.sqlite3", "django.db.backends.postgresql"
# A server that is gone without a word is noticed within seconds; a query may take as long as it takes.
IMPATIENCE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# What is prepared goes by keys: its plan is the same whatever they are, and is made once a connection, after so many uses.
PREPARED_AFTER = 5
PLANNED_ONCE = "-c plan_cache_mode=force_generic_plan"
# A question is read by one process of PostgreSQL: of several askers some would get all its workers and others wait for theirs.
# A URL may ask for more: `?options=-c max_parallel_workers_per_gather=2`.
ALONE = "-c max_parallel_workers_per_gather=0"
OF_DJANGO = {"isolation_level", "assume_role", "server_side_binding"}
MOST_CONNECTIONS = 1000  # of one process
# Seconds in which a connection of a pool must come free, and after which a pool no longer tries by itself to reach a server
# that is away: it waits longer and longer for it, where the next request would find it back.
POOL_PATIENCE = 5
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


def number(name: str, default: int, *, least: int = 1, most: int = 1_000_000_000) -> int:
    """A whole number within bounds."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and len(value) < 20 and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name}={value!r} is no whole number from {least} to {most:,}.")
    return int(value)


def words(name: str) -> list[str]:
    """A comma-separated variable as a list, blanks left out."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def databases(default_file: Path) -> dict[str, dict]:
    """Django's settings: the primary of DATABASE_URL, or else the embedded SQLite file, and its replicas."""
    primary = database("DATABASE_URL", os.environ.get("DATABASE_URL") or f"sqlite:///{default_file}")
    found = {"default": primary}
    for number, url in enumerate(words("DATABASE_REPLICA_URLS"), 1):
        replica = database("DATABASE_REPLICA_URLS", url)
        if {primary["ENGINE"], replica["ENGINE"]} != {POSTGRESQL}:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URLS: only PostgreSQL has replicas, of a primary in DATABASE_URL."
            )
        if any("pool" in one["OPTIONS"] for one in (primary, replica)):
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URLS: beside replicas there is no pool, which waits for a server that is gone; leave pool= out."
            )
        # Who reads from it goes on elsewhere when it breaks: no query is spent on checking first.
        found[f"replica{number}"] = replica | {"CONN_HEALTH_CHECKS": False, "TEST": {"MIRROR": "default"}}
    return found


def database(name: str, url: str) -> dict:
    """Django's settings of one database, from the URL that a variable gives."""
    try:
        settings = dj_database_url.parse(url)
    except (ValueError, dj_database_url.ParseError) as error:
        raise ImproperlyConfigured(
            f"{name} is not understood: write postgres://user:password@host:port/name "
            "or sqlite:////absolute/path.sqlite3."
        ) from error
    if settings["ENGINE"] == SQLITE:
        if settings["NAME"] in ("", ":memory:"):
            raise ImproperlyConfigured(f"{name} names no file: write sqlite:////absolute/path.sqlite3.")
        if settings.get("OPTIONS"):
            raise ImproperlyConfigured(f"{name}: a file takes no options; leave out {', '.join(settings['OPTIONS'])}.")
        settings["OPTIONS"] = {
            "timeout": 60,  # seconds a writer waits for another one
            "transaction_mode": "IMMEDIATE",  # a writer queues at its start instead of failing midway
            "init_command": SQLITE_PRAGMAS,
        }
        settings["CONN_MAX_AGE"] = KEPT_OPEN  # Django gives each new connection fifty functions
    elif settings["ENGINE"] == POSTGRESQL:
        if not settings["NAME"]:
            raise ImproperlyConfigured(f"{name} names no database: write postgres://user:password@host:port/name.")
        options = settings["OPTIONS"] = IMPATIENCE | settings.get("OPTIONS", {})
        settings["CONN_HEALTH_CHECKS"] = True
        # pgbouncer gives each transaction another connection: nothing may be expected to outlive one.
        bounced = _yes(name, "pgbouncer", options.pop("pgbouncer", False))
        settings["DISABLE_SERVER_SIDE_CURSORS"] = bounced
        most = options.pop("pool", None)
        _check_options(name, options)
        if not bounced:
            options["prepare_threshold"] = PREPARED_AFTER
            options["options"] = " ".join(filter(None, [ALONE, options.get("options"), PLANNED_ONCE]))
        settings["CONN_MAX_AGE"] = KEPT_OPEN if most is None else 0  # a pool keeps connections itself
        if most is not None:
            patience = {"timeout": POOL_PATIENCE, "reconnect_timeout": POOL_PATIENCE}
            options["pool"] = {"min_size": 1, "max_size": _size(name, "pool", most), **patience}
    else:
        raise ImproperlyConfigured(f"newsdb runs on PostgreSQL and SQLite; {name} names another engine.")
    return settings


def _yes(name: str, option: str, value) -> bool:
    if value not in (True, False):
        raise ImproperlyConfigured(f"{name}: {option}={value} is neither yes nor no: write true or false.")
    return bool(value)


def _size(name: str, option: str, value) -> int:
    if type(value) is not int or not 1 <= value <= MOST_CONNECTIONS:
        raise ImproperlyConfigured(f"{name}: {option}={value} is no whole number from 1 to {MOST_CONNECTIONS:,}.")
    return value


def _check_options(name: str, options: dict) -> None:
    """What libpq does not know it would refuse with the first request, not with the start."""
    known = OF_DJANGO | {option.keyword.decode() for option in Conninfo.get_defaults()}
    for option, value in options.items():
        if option not in known:
            raise ImproperlyConfigured(f"{name}: {option} is none of PostgreSQL's options; check its spelling.")
        if option == "options" and type(value) is not str:
            raise ImproperlyConfigured(
                f"{name}: options={value} is no option of PostgreSQL's server: write “-c name=value”, once."
            )
        if option in IMPATIENCE and type(value) is not int:
            raise ImproperlyConfigured(f"{name}: {option}={value} is no whole number.")


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
