"""What made an answer goes with it: else the collector finds it a hundred answers later, in a pause as long as some answers."""

import gc

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

pytestmark = pytest.mark.django_db
PATHS = [
    "/api/v1/",
    "/api/v1/deployments/?country=NL",
    "/api/v1/deployments/nl-minusma-1/",
    "/api/v1/deployments/?cursor=*&page_size=2&include=claims",
    "/api/v1/claims/?q=Malinese&ordering=-article",
    "/api/v1/summary/",
    "/api/v1/changes/",
    "/api/v1/deployments/none/",
    "/api/v1/deployments/?page=none",
]


@pytest.mark.parametrize("kept", [0, 64])
@pytest.mark.parametrize("path", PATHS)
def test_a_strangers_read_leaves_nothing_to_the_collector(shared_seed, settings, path, kept):
    settings.NEWSDB_KEPT_ANSWERS_MB = kept
    handler = WSGIHandler()

    def read() -> str:
        told = []
        answer = handler(RequestFactory().get(path).environ, lambda status, headers: told.append(status))
        assert answer.content
        answer.close()
        return told[0]

    assert read() == read()  # what is made once is made
    gc.collect()
    gc.disable()
    try:
        read()
        assert gc.collect() == 0
    finally:
        gc.enable()
