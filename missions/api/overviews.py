"""Addresses that are no table: the root, the summary, the feed of changes, the conflicts, the kinds of problems."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.response import Response

from missions import filtersets
from missions.api import pagination, problems
from missions.api.formats import Json, Page
from missions.api.pagination import after, links, read_page_size, read_place, write_place
from missions.api.parameters import Parameter, check, questions, refuse
from missions.api.reading import Endpoint
from missions.api.references import references
from missions.api.rows import Asked, by_number, of_batch, shown_by_number
from missions.api.schema import CHANGES, CONFLICTS, PROBLEM_KIND, ROOT, SUMMARY
from missions.api.serializers import SHAPES, ClaimShape
from missions.models import Change, Claim, Deployment
from missions.models.revision import ChangeKind
from missions.projection import conflicts
from missions.publication import PUBLIC, TABLES, with_keys
from missions.summary import summary

BEGINNING = "0"
PLACE = ("revision", "table", "key")  # where a change stands in the feed
ADDRESSES = ["summary", "changes", "conflicts", "schema", "docs", "problems"]


class Root(Endpoint):
    """What there is: every address of the API, and how far the dataset has come."""

    @extend_schema(responses=ROOT, operation_id="root", tags=["about"])
    def get(self, request):
        tables = {str(model._meta.verbose_name_plural): f"{model._meta.model_name}-list" for model in PUBLIC}
        names = tables | {name: name for name in ADDRESSES}
        found = {name: request.build_absolute_uri(reverse(address)) for name, address in names.items()}
        return Response({"revision": self.dataset.number, **found})


class Schema(Endpoint, SpectacularAPIView):
    """The reference in OpenAPI 3.1, as YAML or JSON."""

    renderer_classes = SpectacularAPIView.renderer_classes


class Problems(Endpoint):
    """The kinds of refusals, each at the address that its `type` gives."""

    @extend_schema(responses={200: {"type": "array", "items": PROBLEM_KIND}}, operation_id="problems", tags=["about"])
    def get(self, request):
        return Response([_kind(name) for name in problems.KINDS])


class ProblemKind(Endpoint):
    """What one kind of refusal means."""

    path_parameters = {"name": ("Name of the kind, as in `type`.", "invalid")}

    @extend_schema(responses={200: PROBLEM_KIND}, operation_id="problem", tags=["about"])
    def get(self, request, name):
        if name not in problems.KINDS:
            raise Http404
        return Response(_kind(name))


def _kind(name: str) -> dict:
    return {"type": reverse("problem", args=[name])} | asdict(problems.KINDS[name])


class OfDeployments(Endpoint):
    """An address that is asked with the questions of deployments."""

    filterset_class = filtersets.DeploymentFilterSet
    left_out = {"ordering", "state", "state__not"}

    def parameters(self):
        asked = [one for one in questions(self.filterset_class) if one.name not in self.left_out]
        return [*asked, *super().parameters()]

    def asked(self):
        """The filter set, and the published deployments that it leaves."""
        filterset = self.filterset
        filterset.queryset = Deployment.objects.public()
        try:
            if not filterset.is_valid():
                raise ValidationError(filterset.errors)
            return filterset, filterset.qs
        except ValidationError as refused:
            raise refuse(refused.message_dict) from refused

    def check_parameters(self, request):
        known = self.known_parameters()
        strangers = self.filterset.strangers(known)
        strangers |= {
            name: [f"“{name}” is not asked here: leave it out."]
            for name in self.left_out
            if name in request.query_params
        }
        check(request, known, strangers)


class Summary(OfDeployments):
    """Deployments and personnel by contributing country, host country, mission, status and year.

    Unknown strengths are counted apart and never as zero; each sum says over how many deployments it goes. A sum over
    a span of years is no strength at one time: ask with `on` for one day.
    """

    @extend_schema(responses=SUMMARY, operation_id="summary", tags=["overviews"])
    def get(self, request):
        filterset, rows = self.asked()
        return Response(summary(rows, certainty=filterset.certainty, known_on=filterset.known_on))


class Conflicts(OfDeployments):
    """Claims that cannot both be so, with their passages side by side, by deployment."""

    def parameters(self):
        return [*super().parameters(), *pagination.PARAMETERS]

    @extend_schema(responses=CONFLICTS, operation_id="conflicts", tags=["overviews"])
    def get(self, request):
        day = self.asked()[0].known_on
        claims = Prefetch("claims", Claim.objects.public().known_on(day).select_related("article"), "shown_claims")
        paginator = pagination.Pages()
        page = paginator.page_of(
            self,
            self._rows,
            fetch=lambda numbers: list(
                Deployment.objects.filter(pk__in=numbers).order_by("slug").prefetch_related(claims)
            ),
            key=Deployment.natural_key,
        )
        found = {deployment.slug: conflicts(deployment.shown_claims) for deployment in page}
        numbers = sorted({claim.pk for pairs in found.values() for pair in pairs for claim in pair.claims})
        asked = Asked(ClaimShape, ClaimShape.whole(), references(self.dataset))
        fields = by_number(shown_by_number(numbers, asked))
        results = [
            {
                "deployment": slug,
                "conflicts": [
                    {"kind": pair.kind, "claims": [fields[claim.pk] for claim in pair.claims]} for pair in pairs
                ],
            }
            for slug, pairs in found.items()
        ]
        return paginator.get_paginated_response(results)

    def _rows(self):
        filterset, rows = self.asked()
        conflicting = filterset.filters["in_conflict"].asked(filterset, "true")
        return rows.filter(conflicting).order_by("slug")


class Changes(Endpoint):
    """Every change of published rows, in the order in which they were committed.

    `changed` comes with the row as it is now, `withdrawn` (unpublished or deleted) without: put in the one, take out
    the other, go on with `next`, and the copy stays exact.
    """

    renderer_classes = [Json, Page]

    def parameters(self):
        since = Parameter(
            "since",
            f"What is known already: {BEGINNING} for nothing, later the `cursor` of the last answer.",
            {"type": "string", "pattern": f"^({BEGINNING}|[A-Za-z0-9_-]+)$", "default": BEGINNING},
            BEGINNING,
        )
        return [*super().parameters(), since, pagination.PAGE_SIZE_PARAMETER]

    @extend_schema(responses=CHANGES, operation_id="changes", tags=["overviews"])
    def get(self, request):
        since = request.query_params.get("since", BEGINNING)
        size = read_page_size(request.query_params.get("page_size"))
        current = self.dataset.number
        # What was committed after the revision was read is the next answer's.
        changes = Change.objects.filter(revision__lte=current)
        if since != BEGINNING:
            place = read_place(since, "since", BEGINNING, (int, str, str))
            if place[0] > current:
                raise refuse({"since": [f"The last revision is {current}: begin anew with since={BEGINNING}."]})
            changes = changes.filter(after(PLACE, place))
        found = list(changes.order_by(*PLACE)[: size + 1])
        more, found = len(found) > size, found[:size]
        cursor = write_place([getattr(found[-1], name) for name in PLACE]) if found else since
        rows = self._rows(found)
        results = [
            {
                "revision": change.revision,
                "at": change.at,
                "table": change.table,
                "key": change.key,
                "kind": change.kind,
                "row": rows.get((change.table, change.key)) if change.kind == ChangeKind.CHANGED else None,
            }
            for change in found
        ]
        following = f"{request.build_absolute_uri(request.path)}?since={cursor}&page_size={size}" if more else None
        body = {"revision": current, "cursor": cursor, "next": following, "results": results}
        return links(Response(body), next=following)

    def _rows(self, found: list[Change]) -> dict:
        """The rows as the public sees them now, in the shape of their lists; a row that is gone is not in it."""
        rows = {}
        for table, model in TABLES.items():
            keys = {c.key for c in found if c.table == table and c.kind == ChangeKind.CHANGED}
            if not keys:
                continue
            shape, columns = SHAPES[model], PUBLIC[model]
            asked = Asked(shape, shape.slim(), references(self.dataset), also=columns)
            wanted = model.objects.public().filter(with_keys(model, keys)).order_by()
            for row, fields in of_batch(list(asked.plan.read(wanted)), asked):
                rows[table, ":".join(str(row[column]) for column in columns)] = fields
        return rows
