"""Refusals of addresses that no view answers: problem details below /api/, Django's pages elsewhere."""

import sys

from django.views import defaults

from missions.api import problems
from newsdb import middleware
from newsdb.failures import FAILURES

API = "/api/"


def bad_request(request, exception):
    chosen = problems.bad_request if request.path.startswith(API) else defaults.bad_request
    return chosen(request, exception)


def forbidden(request, exception):
    chosen = problems.forbidden if request.path.startswith(API) else defaults.permission_denied
    return chosen(request, exception)


def not_found(request, exception):
    chosen = problems.not_found if request.path.startswith(API) else defaults.page_not_found
    return chosen(request, exception)


def server_error(request):
    if isinstance(sys.exception(), FAILURES):
        return busy(request)
    chosen = problems.server_error if request.path.startswith(API) else defaults.server_error
    return chosen(request)


def busy(request):
    """The database kept somebody waiting for too long, or is away; not only views ask it."""
    if not request.path.startswith(API):
        return middleware.busy(request)
    return problems.answer(problems.details("busy", problems.BUSY), {"Retry-After": "1"})
