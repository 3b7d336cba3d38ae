"""An upgrade of a database that holds something, and that others read meanwhile."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
import time

import psycopg
import pytest
from django.conf import settings

from tests import serving

BEFORE, AFTER = "0007_computed", "0008_lighter_rows"
NEW = "INSERT INTO missions_mission (slug, name, aliases) VALUES ('new', 'New', '[]') RETURNING id"


@pytest.fixture
def old(django_db_setup, tmp_path):
    """The URL of a database as the release before left it."""
    with serving.database_beside(settings.DATABASES["default"], "upgrading", tmp_path) as url:
        migrate(url, BEFORE)
        yield url


def migrate(url: str, to: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "missions", to, "-v0"]
    subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": url}, check=True)


def opened(url: str):
    """A connection on which each statement stands for itself."""
    if url.startswith("postgres"):
        return psycopg.connect(url, autocommit=True)
    file = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    file.create_function("regexp", 2, lambda pattern, words: re.search(pattern, words) is not None)
    return file


def test_a_number_that_was_given_once_is_not_given_again(old):
    """By it the history is found, also that of a row which is gone."""
    asked, given = opened(old), []
    for to in (AFTER, BEFORE, AFTER):
        given += asked.execute(NEW).fetchone()
        asked.execute("DELETE FROM missions_mission")
        migrate(old, to)
    asked.close()
    assert given == [1, 2, 3]


def test_an_upgrade_waits_for_a_reader_and_fails_none(old):
    """It asks for the tables in another order than the upgrade takes them in."""
    ended, failures = threading.Event(), []

    def read():
        asked = opened(old)
        try:
            while not ended.is_set():
                asked.execute("BEGIN")
                asked.execute("SELECT count(*) FROM missions_suggestion").fetchone()
                time.sleep(0.3)
                asked.execute("SELECT count(*) FROM missions_article").fetchone()
                asked.execute("COMMIT")
                time.sleep(0.1)
        except (psycopg.Error, sqlite3.Error) as failure:
            failures.append(failure)
        finally:
            asked.close()

    reader = threading.Thread(target=read)
    reader.start()
    try:
        migrate(old, AFTER)
    finally:
        ended.set()
        reader.join()
    assert failures == []
