"""A reader that leaves midway leaves a connection that answers the next one."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from missions.api import copying, formats
from missions.models import Country


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pieces", [1, 2])
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_reader_that_leaves_midway_leaves_the_connection_clean(monkeypatch, form, pieces):
    call_command("loaddata", "10_countries", verbosity=0)
    monkeypatch.setattr(copying, "BLOCK", 500)  # bytes
    monkeypatch.setattr(formats, "BLOCK", 5)  # rows
    address = f"/api/v1/countries/?format={form}&fields=code,name,region"
    response = Client().get(address)
    stream = iter(response.streaming_content)
    assert b"".join(next(stream) for _ in range(pieces)).count(b"\n") < 100
    used = connection.connection
    response.close()
    assert Country.objects.count() == 250
    assert connection.connection is used
    assert b"".join(Client().get(address).streaming_content).count(b"\n") == 250 + (form == "csv")
