"""Statements that are prepared once a connection: the first row as words, whatever has become of what was prepared."""

import pytest
from django.db import DatabaseError, connection, transaction

from missions import prepared

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = "SELECT number, told FROM shown ORDER BY number"
LOSES_THEM = {"postgresql": "DEALLOCATE ALL", "sqlite": "SELECT 1"}


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def shown():
    run("CREATE TABLE shown (number bigint, told varchar(20))")
    yield
    run("DROP TABLE IF EXISTS shown")


def test_the_first_row_comes_as_words_and_none_where_there_is_none(shown):
    assert prepared.first(connection, ASKED) is None
    run("INSERT INTO shown VALUES (8, 'eight'), (7, 'zeven é')")
    assert prepared.first(connection, ASKED) == ("7", "zeven é")
    with transaction.atomic():
        run("INSERT INTO shown VALUES (6, 'six')")
        assert prepared.first(connection, ASKED) == ("6", "six")
        transaction.set_rollback(True)
    assert prepared.first(connection, ASKED) == ("7", "zeven é")


def test_it_is_read_on_when_what_was_prepared_is_lost_or_fits_no_longer(shown):
    run("INSERT INTO shown VALUES (7, 'seven')")
    for change in (
        [LOSES_THEM[connection.vendor]],
        ["DROP TABLE shown", "CREATE TABLE shown (number text, told text)", "INSERT INTO shown VALUES ('7', 'seven')"],
    ):
        assert prepared.first(connection, ASKED) == ("7", "seven")
        run(*change)
        for _ in range(10):  # oftener than the driver waits before it prepares by itself
            assert prepared.first(connection, ASKED) == ("7", "seven")
    connection.close()
    assert prepared.first(connection, ASKED) == ("7", "seven")


def test_what_cannot_be_asked_is_told_as_by_any_cursor(shown):
    run("DROP TABLE shown")
    for _ in range(2):
        with pytest.raises(DatabaseError, match="shown"):
            prepared.first(connection, ASKED)
    run("CREATE TABLE shown (number bigint, told text)", "INSERT INTO shown VALUES (1, 'one')")
    assert prepared.first(connection, ASKED) == ("1", "one")
