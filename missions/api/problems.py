"""Every refusal of the API in one form: RFC 9457 problem details, with a list of what is wrong and the mend."""

import logging
from dataclasses import dataclass

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect, JsonResponse
from rest_framework import exceptions

from missions.downloads import NoRoom
from newsdb.failures import FAILURES

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of problem; `type` of the problem details is the address at which it is described."""

    status: int
    title: str
    description: str
    example: str


KINDS = {
    "invalid": Kind(
        400,
        "The request is not understood",
        "A parameter, header or field is unknown, malformed or breaks a rule of the dataset. `errors` names each.",
        "country: There is no country “XX”; did you mean MX?",
    ),
    "unauthenticated": Kind(
        401,
        "The token is missing or not valid",
        "Reading needs none. To write, send `Authorization: Bearer newsdb_…` with a token that has not expired.",
        "This token is unknown, revoked or expired.",
    ),
    "forbidden": Kind(
        403,
        "This is not allowed",
        "The person or the token's scopes may not do this.",
        "The token lacks the scope “review”.",
    ),
    "not-found": Kind(
        404, "There is nothing here", "The row or the page does not exist or is not published.", "No such deployment."
    ),
    "method-not-allowed": Kind(
        405, "This method is not offered here", "`Allow` lists those that are.", "Method “PUT” not allowed."
    ),
    "not-acceptable": Kind(
        406, "No such format", "The Accept header names no format that this address has.", "Take application/json."
    ),
    "conflict": Kind(
        409,
        "Other rows stand in the way",
        "Something refers to this row, or a request with the same Idempotency-Key is still running.",
        "Claims refer to this deployment: article:4.",
    ),
    "length-required": Kind(
        411,
        "The length of the body is missing",
        "Send the body whole with its Content-Length: one in chunks is not read.",
        "Send Content-Length.",
    ),
    "stale": Kind(
        412,
        "The row has changed since it was read",
        "If-Match names an earlier version. `changes` shows what was changed since, when, why and by whom.",
        "Read the row again and repeat the change on it.",
    ),
    "too-large": Kind(413, "The request is too large", "The body exceeds what the server takes.", "Send less at once."),
    "unsupported-media-type": Kind(
        415, "The body's type is not taken", "Send JSON as application/json.", "Unsupported media type “text/plain”."
    ),
    "reused-key": Kind(
        422,
        "The Idempotency-Key was used for another request",
        "A key stands for one request: give a new one a new key.",
        "Take a new key.",
    ),
    "too-many-requests": Kind(
        429, "Too many requests", "`Retry-After` tells in how many seconds to go on.", "Wait 12 seconds."
    ),
    "internal": Kind(500, "The server failed", "It is our mistake, and it is in our log.", "Nothing was written."),
    "busy": Kind(
        503,
        "The server is busy",
        "Another writer was in the way, or other large exports are; nothing was written. `Retry-After` tells when to try again.",
        "As many large exports are on their way as this server sends at once.",
    ),
}
BUSY = "The database is busy or away; nothing was written. Try again in a moment."
BY_STATUS = {kind.status: name for name, kind in KINDS.items()}


class Problem(exceptions.APIException):
    """A refusal of one of the kinds; `extra` are further members of the problem details."""

    def __init__(self, name: str, detail: str = "", errors: list[dict] | None = None, **extra):
        self.kind = KINDS[name]
        self.status_code = self.kind.status
        self.detail = detail or self.kind.description
        self.errors, self.extra = errors, extra


class Moved(Exception):
    """The row is at another address today, for good."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


def error(place: str, name: str, detail: str) -> dict:
    """One thing that is wrong: `in` is query, body, header or path."""
    return {"in": place, "name": name, "detail": detail}


def details(name: str, detail: str, errors: list[dict] | None = None, **extra) -> dict:
    kind = KINDS[name]
    found = {"type": f"/api/v1/problems/{name}/", "title": kind.title, "status": kind.status, "detail": detail}
    if errors:
        found["errors"] = errors
    return found | extra


def answer(body: dict, headers: dict | None = None) -> JsonResponse:
    return JsonResponse(
        body, status=body["status"], content_type=MEDIA_TYPE, headers=headers, json_dumps_params={"ensure_ascii": False}
    )


def handler(raised: Exception, context: dict):
    """DRF's exceptions and Django's → problem details."""
    headers = {}
    body = None
    match raised:
        case Moved():
            return HttpResponsePermanentRedirect(raised.address, preserve_request=True)
        case Problem():
            body = details(BY_STATUS[raised.status_code], raised.detail, raised.errors, **raised.extra)
        case ValidationError() | exceptions.ValidationError():
            body = _invalid(raised, "query" if context["request"].method in ("GET", "HEAD") else "body")
        case ProtectedError():
            body = _protected(raised)
        case Http404():
            body = details("not-found", KINDS["not-found"].description)
        case PermissionDenied():
            body = details("forbidden", str(raised) or KINDS["forbidden"].description)
        case RequestDataTooBig():
            body = details("too-large", "The body is larger than the server takes: send less at once.")
        case SuspiciousOperation():
            body = details("invalid", "The request is malformed.")
        case _ if isinstance(raised, FAILURES):
            log.warning("The database was busy: %s", raised)
            body, headers = details("busy", BUSY), {"Retry-After": "1"}
        case NoRoom():
            body, headers = details("busy", str(raised)), {"Retry-After": str(raised.wait)}
        case exceptions.APIException():
            name = BY_STATUS.get(raised.status_code, "invalid")
            body = details(name, str(raised.detail))
            if getattr(raised, "auth_header", None):
                headers["WWW-Authenticate"] = raised.auth_header
            if getattr(raised, "wait", None):
                headers["Retry-After"] = str(max(1, round(raised.wait)))
    return answer(body, headers) if body else None


def _invalid(raised, place: str) -> dict:
    found = raised.detail if isinstance(raised, exceptions.ValidationError) else None
    if found is None:
        found = raised.message_dict if hasattr(raised, "error_dict") else {NON_FIELD_ERRORS: raised.messages}
    errors = list(_flat(place, "", found))
    detail = " ".join(f"{one['name']}: {one['detail']}" if one["name"] else one["detail"] for one in errors[:3])
    return details("invalid", detail, errors)


def _flat(place: str, name: str, found):
    """Nested messages as a flat list, the name as a path such as `scopes.0`."""
    if isinstance(found, dict):
        for part, inner in found.items():
            own = part in (NON_FIELD_ERRORS, "non_field_errors")
            yield from _flat(place, name if own else f"{name}.{part}".lstrip("."), inner)
    elif isinstance(found, list | tuple):
        for number, inner in enumerate(found):
            nested = isinstance(inner, dict | list)
            yield from _flat(place, f"{name}.{number}".lstrip(".") if nested else name, inner)
    else:
        yield error(place, name, str(found))


def _protected(raised: ProtectedError) -> dict:
    rows = sorted(
        f"{row._meta.verbose_name} {':'.join(map(str, row.natural_key()))}" for row in raised.protected_objects
    )
    shown = ", ".join(rows[:20]) + (f" and {len(rows) - 20} more" if len(rows) > 20 else "")
    return details("conflict", f"These rows refer to it: {shown}. Delete or change them first.")


# --- for addresses and failures that no view of the API answers


def not_found(request: HttpRequest, exception=None):
    detail = f"There is no address {request.path} in the API; /api/v1/ lists what there is."
    return answer(details("not-found", detail))


def bad_request(request: HttpRequest, exception=None):
    return answer(details("invalid", "The request is malformed."))


def forbidden(request: HttpRequest, exception=None):
    return answer(details("forbidden", KINDS["forbidden"].description))


def server_error(request: HttpRequest):
    return answer(details("internal", KINDS["internal"].description))
