"""Refusals of addresses that no view answers: problem details below /api/, Django's pages elsewhere."""

from django.views import defaults

from missions.api import problems

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
    chosen = problems.server_error if request.path.startswith(API) else defaults.server_error
    return chosen(request)
