"""What every address shares: parameters read strictly, one revision behind every answer, rows in any format."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import islice

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.generics import get_object_or_404
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from missions import caching
from missions.api import pagination
from missions.api.authentication import allows
from missions.api.formats import Csv, Json, JsonLines, Page, Stream, format_parameter
from missions.api.parameters import Parameter, check, questions, refuse, selection, shape_parameters
from missions.api.problems import Moved
from missions.models import Merge
from missions.models.dated_projection import as_known
from missions.models.review import Reviewed, State
from missions.models.token import Scope
from missions.questions import read_choices

FORMATS = [Json, Page, Csv, JsonLines]
BATCH = 1000
VARY = "Accept, Authorization, Cookie"


class NotModified(Exception):
    """The client holds this very answer."""


class Endpoint(APIView):
    """One address: its parameters, and the headers that every answer carries."""

    renderer_classes = [Json, Page]
    path_parameters: dict[str, tuple[str, str]] = {}  # name in the address: what it is, and an example
    version: int | None = None  # of the row that an answer shows
    filterset_class = None

    @cached_property
    def filterset(self):
        """What the request asks, by the questions of the address."""
        return self.filterset_class(self.request.query_params, request=self.request)

    def parameters(self) -> list[Parameter]:
        """What may be asked here."""
        return [format_parameter(self.get_renderers())]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if hasattr(self, request.method.lower()):  # a method that is not offered is a 405, whatever is asked
            self.check_parameters(request)
        if request.method in SAFE_METHODS:
            self.dataset = caching.state_of(request._request)
            if not request.user.is_authenticated and caching.not_modified(request, self.dataset):
                raise NotModified

    def perform_authentication(self, request):
        try:
            super().perform_authentication(request)
        except AuthenticationFailed:
            self.check_throttles(request)  # who guesses tokens is counted too
            raise

    def check_parameters(self, request) -> None:
        check(request, {parameter.name for parameter in self.parameters()})

    def handle_exception(self, exc):
        return HttpResponse(status=304) if isinstance(exc, NotModified) else super().handle_exception(exc)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        read = request.method in ("GET", "HEAD") and hasattr(self, "dataset") and response.status_code in (200, 304)
        if read:
            caching.mark(response, request, self.dataset, self.version)
        else:
            response["Cache-Control"] = "no-store"
        response["Vary"] = VARY
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
        known = {parameter.name for parameter in self.parameters()}
        if self.action != "list":
            return check(request, known)
        return check(request, known, self.filterset.strangers(known))

    @property
    def drafts(self) -> bool:
        """Whether the asker may see rows that are not published."""
        user = self.request.user
        return user.has_perm(f"missions.view_{self.model._meta.model_name}") and allows(self.request, Scope.READ)

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
        rows = self.filter_queryset(self.get_queryset())
        fetched = self.serializer_class.fetched(rows, chosen, self.known_on)
        if isinstance(renderer, Stream) and not {"page", "page_size", "cursor"} & set(request.query_params):
            return renderer.answer(self._all(fetched), self._shape(chosen), self.basename)
        page = self._as_known(self.paginate_queryset(fetched))
        if isinstance(renderer, Stream):
            paged = self.paginator.get_paginated_response([])
            response = renderer.answer(page, self._shape(chosen), self.basename)
            if paged.has_header("Link"):
                response["Link"] = paged["Link"]
            return response
        return self.get_paginated_response(self._shape(chosen, many=True, rows=page).data)

    def retrieve(self, request, *args, **kwargs):
        chosen = selection(request, self.serializer_class, detail=True)
        row = self.get_object(chosen)
        self.version = row.version
        return Response(self._shape(chosen, rows=row).data)

    def get_object(self, chosen):
        rows = caching.with_version(self.serializer_class.fetched(self.get_queryset(), chosen, self.known_on))
        if self.known_on:
            rows = self.filterset_class.known(rows, self.known_on)
        return self._as_known([self.find(rows)])[0]

    def find(self, rows):
        """The row that the address names; the address of a row that was merged leads on."""
        key = self.kwargs[self.lookup_field]
        try:
            return get_object_or_404(rows, **{self.lookup_field: key})
        except Http404:
            today = Merge.objects.leads_to(self.model._meta.model_name, key)
            if today is None or not rows.filter(slug=today).exists():
                raise
            match = self.request.resolver_match
            asked = self.request.META.get("QUERY_STRING")
            address = reverse(match.view_name, kwargs=match.kwargs | {self.lookup_field: today})
            raise Moved(f"{address}?{asked}" if asked else address) from None

    def _as_known(self, rows: list) -> list:
        day = self.known_on
        return as_known(rows, day) if day and hasattr(self.model, "dated_projections") else rows

    def _all(self, rows: QuerySet) -> Iterator:
        iterator = rows.iterator(chunk_size=BATCH)
        while batch := list(islice(iterator, BATCH)):
            yield from self._as_known(batch)

    def _shape(self, chosen, *, many=False, rows=None):
        context = self.get_serializer_context() | {"selection": chosen, "drafts": self.drafts}
        return self.serializer_class(rows, many=many, context=context)
