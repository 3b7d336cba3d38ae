"""How a curator's program writes: the verbs of curation, with a reason, a version and a key against repetition."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

from django.db import transaction
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.utils.encoders import JSONEncoder

from missions import caching, curation, history
from missions.api.authentication import allows
from missions.api.inputs import INPUTS, Correction, Reason
from missions.api.parameters import Parameter, selection
from missions.api.problems import Problem, error
from missions.api.rows import VERSION, shown_by_number
from missions.api.schema import CORRECTED
from missions.models import Deployment, KeptAnswer
from missions.models.passage import Passage
from missions.models.review import Reviewed, State
from missions.models.token import Scope
from missions.publication import key_of, one_revision

KEPT = timedelta(hours=24)
LONGEST_KEY, LONGEST_REASON = 200, 500
VERBS = {verb: Scope.CURATE if verb == "submit" else Scope.REVIEW for verb in curation.EDGES}


class Header(Parameter):
    """A header as the reference tells it."""

    def described(self):
        return Parameter.described(self) | {"in": "header"}


REASON = Header(
    "Change-Reason",
    "Why, for the history; percent-encoded where it is not ASCII. The field `reason` serves as well.",
    {"type": "string", "maxLength": LONGEST_REASON},
    "The article was corrected.",
)
IF_MATCH = Header(
    "If-Match",
    "The ETag of the row as it was read: where it has changed since, nothing is written and the answer is 412.",
    {"type": "string"},
    '"v12-0123456789abcdef0123"',
)
ONCE = Header(
    "Idempotency-Key",
    "A word of your own for this request: sent again within a day, it is answered alike and done once.",
    {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"},
    "import-2022-03-01-17",
)


class Reviewable:
    """Rows of a table that are recorded, reviewed and deleted by way of curation's verbs."""

    def input_of(self, action: str):
        """The shape of the body that an action takes."""
        create, change = INPUTS[self.model]
        return {"create": create, "partial_update": change, "correct": Correction}.get(action, Reason)

    def headers_of(self, method: str) -> list[Parameter]:
        """Headers that a method takes."""
        if method in ("GET", "HEAD", "OPTIONS"):
            return []
        found = [REASON]
        if self.detail:
            found.append(IF_MATCH)
        if method == "POST":
            found.append(ONCE)
        return found

    def create(self, request):
        return self._written(request, lambda: self._create(request))

    def partial_update(self, request, **kwargs):
        return self._written(request, lambda: self._change(request))

    def destroy(self, request, **kwargs):
        return self._written(request, lambda: self._delete(request))

    @action(detail=True, methods=["post"])
    def submit(self, request, **kwargs):
        """Hand a suggested row in for review."""
        return self._written(request, lambda: self._move(request, "submit"))

    @action(detail=True, methods=["post"])
    def publish(self, request, **kwargs):
        """Publish a row that is in review."""
        return self._written(request, lambda: self._move(request, "publish"))

    @action(detail=True, methods=["post"])
    def send_back(self, request, **kwargs):
        """Return a row from review to its curator, with the reason."""
        return self._written(request, lambda: self._move(request, "send_back"))

    @action(detail=True, methods=["post"])
    def reject(self, request, **kwargs):
        """Turn a row down, a published one too: it stays, with the reason, and the public sees it no more."""
        return self._written(request, lambda: self._move(request, "reject"))

    # --- one request, one transaction

    def _written(self, request, write: Callable[[], Response]) -> Response:
        if not request.user.is_authenticated:
            raise NotAuthenticated("Writing takes a token: send Authorization: Bearer newsdb_….")
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            raise Problem("length-required")  # the server reads no body of unknown length, and nothing is ignored
        _reason_header(request)  # refused before anything else is asked
        key = request.headers.get(ONCE.name) if request.method == "POST" else None
        with one_revision():
            kept = self._kept(request, key) if key is not None else None
            if kept is not None and kept.status is not None:
                return Response(kept.body, kept.status, headers=kept.headers | {"Idempotency-Replayed": "true"})
            response = write()
            if kept is not None:
                kept.status, kept.body = response.status_code, _plain(response.data)
                kept.headers = {name: response[name] for name in ("Location", "ETag") if response.has_header(name)}
                kept.save()
        return response

    def _kept(self, request, key: str) -> KeptAnswer:
        if not key.isascii() or not key.isprintable() or not 1 <= len(key) <= LONGEST_KEY or " " in key:
            detail = f"An Idempotency-Key has 1 to {LONGEST_KEY} characters of ASCII, without spaces."
            raise Problem("invalid", detail, [error("header", ONCE.name, detail)])
        asked = hashlib.sha256(
            repr((request.get_full_path(), sorted(request.data.items(), key=repr), _reason_header(request))).encode()
        ).hexdigest()
        KeptAnswer.objects.filter(created__lt=timezone.now() - KEPT).delete()
        # Two at once: the second waits here for the first's transaction, and then finds its answer.
        with transaction.atomic():
            kept, new = KeptAnswer.objects.select_for_update().get_or_create(
                user=request.user, key=key, defaults={"request": asked}
            )
        if not new and kept.request != asked:
            raise Problem("reused-key", f"“{key}” was sent with another request: give this one a key of its own.")
        return kept

    # --- the verbs

    def _create(self, request):
        self._require(request, "add", Scope.CURATE)
        row = self.model()
        related = self._apply(request, row)
        if isinstance(row, Deployment):
            row.slug = curation.new_slug(row)
        curation.record(row, by=request.user, reason=self._reason(request), related=related)
        address = reverse(f"{self.basename}-detail", args=[key_of(row)], request=request)
        return self._shown(request, row, 201, {"Location": address})

    def _change(self, request):
        row = self._writable(request, "change")
        related = self._apply(request, row, partial=True)
        curation.record(row, by=request.user, reason=self._reason(request), related=related)
        return self._shown(request, row)

    def _delete(self, request):
        row = self._writable(request, "delete")
        curation.delete(row, by=request.user, reason=self._reason(request))
        return Response(status=204)

    def _move(self, request, verb: str):
        body = Reason(data=request.data)
        body.is_valid(raise_exception=True)
        row = self._held(request)
        self._require(request, verb, VERBS[verb])
        row = getattr(curation, verb)(row, by=request.user, reason=self._reason(request))
        return self._shown(request, row)

    def _apply(self, request, row, *, partial=False) -> dict:
        given = self.input_of(self.action)(data=request.data, partial=partial, context={"request": request})
        given.is_valid(raise_exception=True)
        return given.applied_to(row)

    def _writable(self, request, right: str):
        row = self._held(request)
        self._require(request, right, Scope.REVIEW if row.state == State.PUBLISHED else Scope.CURATE)
        return row

    def _held(self, request) -> Reviewed:
        """The row the address names, held until the transaction ends and as it was when the client read it."""
        found = self.find(
            self._visible().select_related("article") if issubclass(self.model, Passage) else self._visible()
        )
        curation.held(found)
        row = caching.with_version(self.model.objects.all()).get(pk=found.pk)
        asked = request.headers.get("If-Match")
        if asked is not None:
            versions = caching.versions_asked(asked)
            current = row.version
            if versions is not None and current not in versions:
                raise Problem(
                    "stale",
                    "The row has changed since it was read: read it again and repeat the change on it.",
                    changes=changes_since(row, max((v for v in versions if v < current), default=current)),
                )
        return row

    def _visible(self):
        return self.model.objects.all() if self.drafts else self.model.objects.public()

    def _require(self, request, right: str, scope: Scope) -> None:
        name = self.model._meta.model_name
        if not allows(request, scope):
            raise Problem("forbidden", f"The token lacks the scope {scope}.")
        if not request.user.has_perm(f"missions.{right}_{name}"):
            raise Problem("forbidden", f"{request.user} may not {right} a {name}.")

    def _reason(self, request) -> str:
        reason = request.data.get("reason") if isinstance(request.data, dict) else None
        return reason or _reason_header(request) or _no_reason()

    def _shown(self, request, row, status: int = 200, headers: dict | None = None) -> Response:
        """The row as it is now, with the ETag that a next change may name."""
        chosen = selection(request, self.serializer_class, detail=True)
        [(columns, fields)] = shown_by_number([row.pk], self._asked(chosen, VERSION))
        tag = caching.State().etag(request, columns[VERSION])
        return Response(fields, status, headers=(headers or {}) | {"ETag": tag})


class Correctable(Reviewable):
    """Articles, of which the text too may be corrected."""

    @extend_schema(responses={200: CORRECTED})
    @action(detail=True, methods=["post"])
    def correct(self, request, **kwargs):
        """Give an article a corrected text: passages move by their exact words, those that cannot are listed."""
        return self._written(request, lambda: self._correct(request))

    def _correct(self, request):
        article = self._writable(request, "change")
        given = Correction(data=request.data)
        given.is_valid(raise_exception=True)
        body = given.validated_data["body"]
        if body == article.body:
            raise Problem(
                "invalid", "The text is the one the article has.", [error("body", "body", "Nothing changed.")]
            )
        result = curation.correct(article, body, given.raw_sha256, by=request.user, reason=self._reason(request))
        return Response({"revision": article.revision, "moved": result.moved, "unplaced": result.unplaced})


def changes_since(row, version: int) -> list[dict]:
    """What the history tells of a row after one of its versions: when, by whom, why, and each column before and after."""
    return [
        {
            "at": one.at,
            "by": one.by,
            "reason": one.reason,
            "fields": {change.field: {"before": change.before, "after": change.after} for change in one.differences},
        }
        for one in history.versions(row, since=version)
    ]


def _reason_header(request) -> str | None:
    given = request.headers.get(REASON.name)
    if given is None:
        return None
    reason = unquote(given).strip()
    if len(reason) > LONGEST_REASON or "\0" in reason:
        detail = f"A reason has at most {LONGEST_REASON} characters."
        raise Problem("invalid", detail, [error("header", REASON.name, detail)])
    return reason


def _no_reason():
    detail = "Every change says why: give the field reason or the header Change-Reason."
    raise Problem("invalid", detail, [error("body", "reason", detail)])


def _plain(data):
    """An answer's body as a JSON column keeps it."""
    return json.loads(json.dumps(data, cls=JSONEncoder))
