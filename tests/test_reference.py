"""The API does what its reference says: schemathesis asks every operation what it could, well-formed and malformed."""

import re
from datetime import timedelta

import pytest
import schemathesis
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.config import SchemathesisConfig

from missions import edtf
from missions.models import DATASET, Token
from missions.models.token import Scope
from newsdb.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def one_connection():
    """The server would close the connection, and with it the test's transaction, after each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(shared_seed):
    user = get_user_model().objects.create_superuser("schemathesis")
    return Token.objects.issue(user, "a test", Scope.values, timezone.now() + timedelta(days=1))[1]


# A request may be well-formed and yet name no row, break a rule between fields, or contradict itself: these refusals
# are told from those of malformed requests by their words, in `refused_for_a_reason`.
CONFIG = SchemathesisConfig.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {"expected-statuses": ["2xx", 304, 400, 401, 403, 404, 409, 412, 422]},
            # A row that has changed is told before the body is read.
            "negative_data_rejection": {
                "expected-statuses": [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 429]
            },
        },
        # The kinds of questions are walked in full at /claims/; at the addresses that have more of them by chance.
        "operations": [
            {"include-path": path, "phases": {"coverage": {"enabled": False}}}
            for path in (
                f"/api/v1/{name}/" for name in ("summary", "conflicts", "articles", "statements", "deployments")
            )
        ],
    }
)
RULES = [str(rule.violation_error_message) for model in DATASET for rule in model._meta.constraints]
REASONS = re.compile(
    "|".join(
        [
            *map(re.escape, RULES),
            r"There is no (article|country|deployment|mission) ",
            "Give fields or omit",
            "A walk by cursor",
            "was given by no answer",
            "holds no word",
            "no text in it",
            re.escape(edtf.TAKEN),
            "lies outside the years",
            "ends before it begins",
            "Enter a valid URL",
            "Every change says why",
            " starts from ",
            "Nothing changed",
            "[Tt]hese words stand",
            "There are no words at",
            "The text ends at",
            "Give the exact words",
            "does not stand in the passage",
            "A date stands in words",
            "Publish the article",
            "already exists",
        ]
    )
)
schema = schemathesis.openapi.from_path(str(settings.BASE_DIR / "openapi.yaml"), config=CONFIG)
schema.app = application
EXAMPLES = hypothesis_settings(
    max_examples=10, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
PLAIN = {"Accept-Encoding": "identity"}


def refused_for_a_reason(ctx, response, case):
    """What the reference allows is refused only for what no schema can tell."""
    if case.meta.generation.mode.is_positive and response.status_code == 400:
        for one in response.json()["errors"]:
            assert REASONS.search(one["detail"]), one


@schema.include(method="GET").parametrize()
@EXAMPLES
def test_reads(case, shared_seed):
    case.call_and_validate(headers=PLAIN, additional_checks=[refused_for_a_reason])


@schema.exclude(method="GET").parametrize()
@EXAMPLES
def test_writes(case, token):
    headers = PLAIN | {"Authorization": f"Bearer {token}"}
    case.call_and_validate(headers=headers, additional_checks=[refused_for_a_reason])
