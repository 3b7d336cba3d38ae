import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Modules in which tests commit come last: they leave an empty database, without the roles that migrations make."""
    for item in items:
        if "shared_seed" in item.fixturenames and not item.get_closest_marker("django_db"):
            item.add_marker("django_db")  # or no database is made where only such tests are asked for
    committing = {item.path for item in items if _commits(item)}
    items.sort(key=lambda item: item.path in committing)


def _commits(item) -> bool:
    of_the_database = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(
        of_the_database and of_the_database.kwargs.get("transaction")
    )


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """Static files by their own names: the tests need no collected manifest."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def unhurried(settings, tmp_path):
    """No test is slowed by another one's requests; those of the limits set their own."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": tmp_path / "cache"}}
    settings.REQUEST_COUNTS = tmp_path / "requests.counts"
    settings.NEWSDB_REQUESTS_PER_MINUTE = {"address": 1_000_000, "account": 1_000_000}


@pytest.fixture
def team_of_one(settings):
    """One account that reviews its own work."""
    settings.NEWSDB_REVIEW_OWN_WORK = True


@pytest.fixture
def seed(db):
    """The dataset that the project ships."""
    call_command("loaddata", *fixture_names(), verbosity=0)


@pytest.fixture(scope="module")
def shared_seed(django_db_setup, django_db_blocker):
    """The dataset for all tests of a module: loaded once, each test's own changes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", *fixture_names(), verbosity=0)
        yield
        transaction.set_rollback(True)


def fixture_names() -> list[str]:
    return sorted(path.stem for path in settings.FIXTURE_DIRS[0].glob("*.json"))
