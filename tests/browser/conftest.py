"""A real browser on a real server process, with a database of the tested kind."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests import serving
from tests.browser import chromium
from tests.postgres import free_port
from tests.test_server import manage, wait_for

collect_ignore_glob = ["test_*"] if os.environ.get("BROWSER") == "none" else []

PATIENCE = 15_000  # milliseconds
PASSWORD = "a long word for tests"
ACCOUNTS = f"""
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
root = get_user_model().objects.get()  # the first curator, who may do everything
root.username = "root"
root.set_password({PASSWORD!r})
root.save()
for name in ("curator", "reviewer", "administrator"):
    user = get_user_model().objects.create_user(name, password={PASSWORD!r}, is_staff=True)
    user.groups.add(Group.objects.get(name=name.capitalize()))
"""


@pytest.fixture(scope="session")
def database_url(tmp_path_factory):
    """A database beside the one of the other tests."""
    database, folder = settings.DATABASES["default"], tmp_path_factory.mktemp("database")
    with serving.database_beside(database, "browser", folder) as url:
        yield url


@pytest.fixture(scope="session")
def environment(database_url, tmp_path_factory) -> dict:
    """What the running newsdb is told, and whoever works on its database beside it."""
    return os.environ | {
        "NEWSDB_VAR": str(tmp_path_factory.mktemp("var")),
        "DATABASE_URL": database_url,
        "NEWSDB_REQUESTS_PER_MINUTE": "1000000",
    }


@pytest.fixture(scope="session")
def shell(environment):
    """Runs Python on the database of the running newsdb, in a process of its own."""
    return lambda code: manage(environment, "shell", "-v0", "-c", code)


@pytest.fixture(scope="session")
def site(environment, shell) -> str:
    """The address of a running newsdb with the shipped dataset and an account of each role."""
    folder = Path(environment["NEWSDB_VAR"])
    manage(environment, "prepare")
    shell(ACCOUNTS)
    port = free_port()
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(serving.command(port, workers=1), cwd=settings.BASE_DIR, env=environment, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


# Closed with the last browser test: its driver's event loop would stand in the way of the database's tests after it.
@pytest.fixture(scope="package")
def browser():
    path = chromium.ready()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *quiet])
        yield found
        found.close()


class Desk:
    """One person's browser window, which keeps what must not happen in it."""

    def __init__(self, browser: Browser, site: str, name: str, **options):
        self.site, self.name, self.complaints = site, name, []
        self.context = browser.new_context(base_url=site, **{"viewport": {"width": 1400, "height": 900}} | options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(f"console of {self.page.url}: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("response", self._response)

    def _request(self, request):
        address = urlsplit(request.url)
        if address.scheme != "data" and f"{address.scheme}://{address.netloc}" != self.site:
            self.complaints.append(f"external request: {request.url}")

    def _response(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")
        if "text/html" in response.headers.get("content-type", ""):
            policy = response.headers.get("content-security-policy", "")
            rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";") if rule.strip())
            if (rules.get("script-src"), rules.get("style-src")) != ("'self'", "'self'"):
                self.complaints.append(f"policy {policy!r}: {response.url}")

    def log_in(self) -> "Desk":
        self.page.goto("/admin/")
        self.page.wait_for_selector("#id_username:focus")  # the page puts the focus there by itself
        self.page.fill("#id_username", self.name)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_selector("#user-tools")
        return self

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def get(self, address: str) -> dict:
        return self.context.request.get(address).json()


@pytest.fixture
def windows(browser, site):
    """Opens browser windows; at the end none may have complained."""
    opened = []

    def open_window(name: str = "reader", **options) -> Desk:
        opened.append(Desk(browser, site, name, **options))
        return opened[-1]

    yield open_window
    complaints = [complaint for desk in opened for complaint in desk.complaints]
    for desk in opened:
        desk.context.close()
    assert complaints == []


@pytest.fixture
def desks(windows):
    """Opens browser windows for persons, who log in."""
    return lambda name, **options: windows(name, **options).log_in()


@pytest.fixture
def desk(desks):
    return desks("curator")
