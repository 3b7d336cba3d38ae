"""What a page is asked: the API's questions under the same names, read as strictly, with blanks left out as forms send them."""

import hashlib
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.db.models.sql.where import WhereNode
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from missions import caching
from missions.models import Country, Deployment, Mission
from missions.site.names import name_of

A_PAGE = 50
LAST_PAGE = 10_000_000
# What other sites add to an address when somebody shares it there: it asks nothing.
TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_")

LABELS = {
    "q": gettext_lazy("Words"),
    "contributing_country": gettext_lazy("Contributing country"),
    "host_country": gettext_lazy("Host country"),
    "mission": gettext_lazy("Mission"),
    "status": gettext_lazy("Status"),
    "force_type": gettext_lazy("Sort of personnel"),
    "on": gettext_lazy("There on"),
    "certainty": gettext_lazy("Certainty"),
    "known_on": gettext_lazy("As known on"),
    "personnel_min": gettext_lazy("At least so many"),
    "in_conflict": gettext_lazy("In conflict"),
    "kind": gettext_lazy("Sort of mission"),
    "conducting_organization": gettext_lazy("Conducted by"),
    "region": gettext_lazy("Region"),
    "contributes": gettext_lazy("Contributes"),
    "hosts": gettext_lazy("Hosts"),
    "published_after": gettext_lazy("Published from"),
    "published_before": gettext_lazy("Published until"),
    "publisher": gettext_lazy("Publisher"),
    "mentions_country": gettext_lazy("Speaks of"),
    "mentions_mission": gettext_lazy("Speaks of mission"),
    "speaker": gettext_lazy("Speaker"),
    "organization": gettext_lazy("Organization"),
    "country": gettext_lazy("Country"),
    "about_country": gettext_lazy("About country"),
    "about_mission": gettext_lazy("About mission"),
    "form": gettext_lazy("Form"),
    "stage": gettext_lazy("Stage"),
    "planned": gettext_lazy("Planned"),
    "derived": gettext_lazy("Derived"),
    "ordering": gettext_lazy("Order"),
}
CHOICES = {
    "possible": gettext_lazy("possibly"),
    "certain": gettext_lazy("certainly"),
    "true": gettext_lazy("yes"),
    "false": gettext_lazy("no"),
}
OF_COUNTRIES = {"contributing_country", "host_country", "mentions_country", "country", "about_country"}
OF_MISSIONS = {"mission", "mentions_mission", "about_mission"}


class Refused(Exception):
    """The address asks what there is not; `errors` say by parameter what is wrong, and the mend."""

    def __init__(self, errors: dict[str, list[str]]):
        super().__init__(errors)
        self.errors = errors


class Moved(Exception):
    """The row is at another address today, for good."""

    def __init__(self, address: str):
        super().__init__(address)
        self.address = address


def given(request: HttpRequest) -> dict[str, str]:
    """The parameters that say something; several values of one name are a list."""
    sent: MultiValueDict = request.GET
    found = {name: ",".join(value.strip() for value in sent.getlist(name) if value.strip()) for name in sent}
    return {name: value for name, value in found.items() if value and not name.startswith(TRACKING)}


def asked(request: HttpRequest, filterset_class, rows: QuerySet, *, also: tuple[str, ...] = ("page",), **fixed: str):
    """The filter set of a page's parameters, with its rows already filtered and ordered as `.rows`.

    `also` are parameters that the page itself reads; `fixed` are questions that the page always asks.
    """
    data = given(request)
    filterset = filterset_class(data | fixed, queryset=rows, request=request)
    if strangers := filterset.strangers({*also, "ordering"}):
        raise Refused(strangers)
    try:
        if not filterset.is_valid():
            raise ValidationError(filterset.errors)
        found = filterset.qs
    except ValidationError as refused:
        raise Refused(refused.message_dict) from refused
    try:
        filterset.rows = filterset.ordered(found, data.get("ordering"))
    except ValueError as refused:
        raise Refused({"ordering": [str(refused)]}) from refused
    return filterset


def paged(request: HttpRequest, rows, size: int = A_PAGE, parameter: str = "page") -> Page:
    """The page of rows that is asked for."""
    words = given(request).get(parameter, "1")
    if not (words.isascii() and words.isdigit() and 1 <= int(words[:9]) <= LAST_PAGE and len(words) < 9):
        raise Refused({parameter: [_("“%(words)s” is no number of a page.") % {"words": words}]})
    paginator = RowsPaginator(request, rows, size) if isinstance(rows, QuerySet) else Paginator(rows, size)
    try:
        return paginator.page(int(words))
    except EmptyPage as beyond:
        raise Refused({parameter: [_("The last page is %(number)d.") % {"number": paginator.num_pages}]}) from beyond


class RowsPaginator(Paginator):
    """Pages of public rows: counted once a revision; a page's numbers are found first, so that no other row is read whole."""

    def __init__(self, request: HttpRequest, rows: QuerySet, size: int):
        super().__init__(rows, size)
        self.request = request

    @cached_property
    def count(self) -> int:
        return count_of(self.request, self.object_list)

    def _get_page(self, rows: QuerySet, number: int, paginator: Paginator) -> Page:
        numbers = list(rows.select_related(None).prefetch_related(None).values_list("pk", flat=True))
        whole = self.object_list.all()
        whole.query.where = WhereNode()  # what was asked of them was answered, and is not asked again
        whole = whole.filter(pk__in=numbers)
        return super()._get_page(whole, number, paginator)


def count_of(request: HttpRequest, rows: QuerySet) -> int:
    """How many public rows there are, remembered for the revision."""
    bare = rows.order_by()
    asked = hashlib.sha256(str(bare.query).encode()).hexdigest()  # a short key for a long statement
    return caching.remembered.get(request.dataset, ("count", asked), bare.count)


def check(request: HttpRequest, *known: str) -> None:
    """Refuse parameters of a page that asks no questions of a table."""
    strangers = [name for name in given(request) if name not in known]
    if strangers:
        raise Refused({name: [_("There is no parameter “%(name)s” here.") % {"name": name}] for name in strangers})


def read(request: HttpRequest, name: str, reader, default=None):
    """A parameter's value by one of the readers of missions.questions, or the default where it is not given."""
    words = given(request).get(name)
    if words is None:
        return default
    try:
        return reader(words)
    except ValueError as error:
        raise Refused({name: [str(error)]}) from error


# --- the form


@dataclass(frozen=True, slots=True)
class Field:
    """A question as the page's form shows it."""

    name: str
    label: str
    value: str
    type: str = "text"  # text, search, date, number, select
    choices: list[tuple[str, str]] = field(default_factory=list)


def form_of(filterset, names: list[str]) -> list[Field]:
    """The fields of a form that asks some of a filter set's questions, filled in as they were asked."""
    return [_field(filterset, name) for name in names]


def _field(filterset, name: str) -> Field:
    value, schema = filterset.data.get(name, ""), filterset.filters[name].schema
    schema = schema.get("items", schema)
    label = str(LABELS[name])
    if name in OF_COUNTRIES:
        return Field(name, label, value.upper(), "select", _countries(name))
    if name in OF_MISSIONS:
        return Field(name, label, value, "select", [(row.slug, str(row)) for row in Mission.objects.public()])
    if schema.get("enum") or schema.get("type") == "boolean":
        words = schema.get("enum") or ["true", "false"]
        return Field(name, label, value, "select", [(word, _choice(filterset, name, word)) for word in words])
    kind = {"integer": "number"}.get(schema["type"], "date" if schema.get("format") == "date" else "text")
    return Field(name, label, value, "search" if name == "q" else kind)


def _choice(filterset, name: str, word: str) -> str:
    if word in CHOICES:
        return str(CHOICES[word])
    return str(dict(filterset._meta.model._meta.get_field(name).flatchoices)[word])


def _countries(name: str) -> list[tuple[str, str]]:
    """Those that can be an answer."""
    shown = Deployment.objects.public().order_by()
    rows = Country.objects.public()
    if name == "contributing_country":
        rows = rows.filter(pk__in=shown.values("contributing_country"))
    elif name == "host_country":
        rows = rows.filter(pk__in=shown.values("host_country"))
    return sorted(((row.code, name_of(row)) for row in rows), key=lambda one: one[1])
