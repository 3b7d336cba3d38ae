"""What every address shares: parameters read strictly, one revision behind every answer, rows in any format."""

from collections.abc import Callable
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpResponseNotModified
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from missions import caching
from missions.api import pagination
from missions.api.authentication import allows
from missions.api.formats import Csv, Json, JsonLines, Page, Stream, format_parameter
from missions.api.pagination import questions_of
from missions.api.parameters import Parameter, check, questions, refuse, selection, shape_parameters
from missions.api.problems import Moved
from missions.api.references import references
from missions.api.rows import VERSION, Asked, shown_by_key, shown_by_number
from missions.models import Merge
from missions.models.review import Reviewed, State
from missions.models.token import Scope
from missions.questions import read_choices

FORMATS = [Json, Page, Csv, JsonLines]
VARY = "Accept, Authorization, Cookie"
_known: dict[tuple, frozenset[str]] = {}


class NotModified(Exception):
    """The client holds this very answer."""


class Endpoint(APIView):
    """One address: its parameters, and the headers that every answer carries."""

    renderer_classes = [Json, Page]
    path_parameters: dict[str, tuple[str, str]] = {}  # name in the address: what it is, and an example
    version: int | None = None  # of the row that an answer shows
    held: str | None = None  # the tag of the answer, where the client has it
    filterset_class = None

    @cached_property
    def filterset(self):
        """What the request asks, by the questions of the address."""
        return self.filterset_class(self.request.query_params, request=self.request)

    def parameters(self) -> list[Parameter]:
        """What may be asked here."""
        return [format_parameter(self.get_renderers())]

    def dispatch(self, request, *args, **kwargs):
        """As REST framework's, but the answer is written at once, and then its makers let go of each other.

        Else the collector finds them together, two hundred objects a page, after a hundred pages, in a pause as long as four
        answers take. The rest is newsdb.middleware.LetGo.
        """
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.render()
            response.data = response.renderer_context = None
        self.request.parser_context = None
        vars(self).clear()
        return response

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if hasattr(self, request.method.lower()):  # a method that is not offered is a 405, whatever is asked
            self.check_parameters(request)
        if request.method in SAFE_METHODS:
            self.dataset = request._request.dataset = caching.state_of(request._request)
            self.held = None if request.user.is_authenticated else caching.tag_held(request._request, self.dataset)
            if self.held:
                raise NotModified

    def perform_authentication(self, request):
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)  # who guesses tokens is counted too
            raise

    def check_parameters(self, request) -> None:
        check(request, self.known_parameters())

    def known_parameters(self) -> frozenset[str]:
        """Names of the parameters, found out once for each address and what is done there."""
        address = type(self), getattr(self, "action", None)
        if address not in _known:
            _known[address] = frozenset(parameter.name for parameter in self.parameters())
        return _known[address]

    def found_once(self, name: str, find: Callable):
        """What is found for the questions of the request, once a revision: the same for each page of the answer."""
        return caching.remembered.get(self.dataset, (name, self.request.path, *questions_of(self.request)), find)

    def handle_exception(self, exc):
        return HttpResponseNotModified() if isinstance(exc, NotModified) else super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        read = request.method in ("GET", "HEAD") and hasattr(self, "dataset") and response.status_code in (200, 304)
        response["Vary"] = VARY
        if not read:
            response["Cache-Control"] = "no-store"
        elif self.held:
            caching.mark(response, request, self.held, self.dataset)
        else:
            response = caching.concluded(response, request, self.dataset, self.version)
        if counted := getattr(request._request, "count", None):
            counted.tell(response)
        return response


class Table(Endpoint, GenericViewSet):
    """The rows of one table, as a list and one by one. Everyone sees published rows, a curator's token the others too."""

    model = None
    renderer_classes = FORMATS
    pagination_class = pagination.Pages

    def parameters(self):
        if self.action not in ("list", "retrieve"):
            return super().parameters()
        shape = [*shape_parameters(self.serializer_class), *super().parameters()]
        if self.detail:
            return [*self.detail_parameters(), *shape]
        return [*questions(self.filterset_class), *pagination.PARAMETERS, *shape]

    def get_renderers(self):
        # A row has claims and words within it: no format of flat rows holds one.
        if self.action == "list":
            return super().get_renderers()
        return [Json(), Page()] if self.action == "retrieve" else [Json()]

    def detail_parameters(self) -> list[Parameter]:
        """How a row itself may be asked for: as it was known on a day, where its table knows that."""
        question = self.filterset_class.base_filters.get("known_on")
        if question is None or not hasattr(self.model, "dated_projections"):
            return []
        return [Parameter("known_on", question.extra["help_text"], question.schema, question.example)]

    def check_parameters(self, request):
        known = self.known_parameters()
        if self.action != "list":
            return check(request, known)
        return check(request, known, self.filterset.strangers(known))

    @property
    def drafts(self) -> bool:
        """Whether the asker may see rows that are not published."""
        user = self.request.user
        may = user.is_authenticated and user.has_perm(f"missions.view_{self.model._meta.model_name}")
        return may and allows(self.request, Scope.READ)

    def get_queryset(self) -> QuerySet:
        if not issubclass(self.model, Reviewed):
            return self.model.objects.public()
        if self.detail:
            return self.model.objects.all() if self.drafts else self.model.objects.public()
        return self.model.objects.all() if self._asks_for_drafts() else self.model.objects.public()

    def _asks_for_drafts(self) -> bool:
        asked = [name for name in ("state", "state__not") if name in self.request.query_params]
        if not asked or self.request.query_params.get("state") == State.PUBLISHED:
            return False
        try:
            for name in asked:
                read_choices(State)(self.request.query_params[name])
        except ValueError as error:
            raise refuse({name: [str(error)]}) from error
        if not self.request.user.is_authenticated:
            raise NotAuthenticated("Rows that are not published are shown to a token with the scope read.")
        if not self.drafts:
            self.permission_denied(self.request, "The token lacks the scope read, or its account the permission.")
        return True

    @cached_property
    def known_on(self) -> date | None:
        if "known_on" not in self.filterset_class.base_filters or "known_on" not in self.request.query_params:
            return None
        try:
            return self.filterset.known_on
        except ValueError as error:
            raise refuse({"known_on": [str(error)]}) from error

    def list(self, request, *args, **kwargs):
        chosen = selection(request, self.serializer_class, detail=False)
        renderer = request.accepted_renderer
        if isinstance(renderer, Stream) and not isinstance(renderer, JsonLines) and chosen.includes:
            raise refuse({"include": [f"{renderer.format} is flat: take json or jsonl, or leave this out."]})
        asked = self._asked(chosen, *self.filterset.key, *getattr(renderer, "also", ()))
        if isinstance(renderer, Stream) and not {"page", "page_size", "cursor"} & set(request.query_params):
            rows = self._rows()
            return renderer.answer(renderer.whole(rows.using(rows.db), asked), self.basename)
        page = self.paginator.page_of(
            self,
            self._rows,
            fetch=lambda numbers: shown_by_number(numbers, asked),
            key=lambda row: [row[0][column] for column in self.filterset.key],
        )
        if isinstance(renderer, Stream):
            paged = self.paginator.get_paginated_response([])
            response = renderer.answer(renderer.pieces(page, asked), self.basename)
            if paged.has_header("Link"):
                response["Link"] = paged["Link"]
            return response
        return self.get_paginated_response([fields for _, fields in page])

    def _rows(self) -> QuerySet:
        """The rows that are asked for, in their order."""
        return self.filter_queryset(self.get_queryset())

    def retrieve(self, request, *args, **kwargs):
        asked = self._asked(selection(request, self.serializer_class, detail=True), VERSION)
        if self.known_on:
            rows = self.named(self.filterset_class.known(self.get_queryset(), self.known_on))
            found = shown_by_number(list(rows.values_list("pk", flat=True)), asked)
        else:
            found = shown_by_key(self.key(), asked)
        if not found:
            self.refuse_missing(self.get_queryset())
        [(columns, fields)] = found
        self.version = columns[VERSION]
        return Response(fields)

    def _asked(self, chosen, *also: str) -> Asked:
        known = references(caching.state_of(self.request._request))
        return Asked(self.serializer_class, chosen, known, self.known_on, self.drafts, tuple(dict.fromkeys(also)))

    def found_once(self, name, find):
        if issubclass(self.model, Reviewed) and self._asks_for_drafts():  # no revision counts their changes
            return find()
        return super().found_once(name, find)

    def key(self) -> dict:
        """The natural key that the address names, by column."""
        return {self.lookup_field: self.kwargs[self.lookup_field]}

    def named(self, rows: QuerySet) -> QuerySet:
        """The row of that key, if it is among the rows."""
        return rows.filter(**self.key())

    def find(self, rows: QuerySet):
        return self.named(rows).first() or self.refuse_missing(rows)

    def refuse_missing(self, rows: QuerySet):
        """There is no such row; the address of one that was merged leads on."""
        key = self.kwargs[self.lookup_field]
        today = Merge.objects.leads_to(self.model._meta.model_name, key)
        if today is None or not rows.filter(slug=today).exists():
            raise Http404
        match = self.request.resolver_match
        asked = self.request.META.get("QUERY_STRING")
        address = reverse(match.view_name, kwargs=match.kwargs | {self.lookup_field: today})
        raise Moved(f"{address}?{asked}" if asked else address)
