"""The parameters of an address, read strictly: a stranger, a repetition or an empty value is a 400 that names the mend."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from missions.api.problems import Problem, error
from missions.questions import NOT, Question, nearest, read_list

FORMAT = "format"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter as the reference tells it."""

    name: str
    description: str
    schema: dict
    example: object

    def described(self) -> dict:
        listed = self.schema.get("type") == "array"
        example = [self.example] if listed and not isinstance(self.example, list) else self.example
        told = {
            "name": self.name,
            "in": "query",
            "required": False,
            "description": self.description,
            # Within the schema: Swagger UI fills every form with a parameter's own example.
            "schema": self.schema | {"examples": [example]},
        }
        return told | {"style": "form", "explode": False} if listed else told


def refuse(errors: dict[str, list[str]]) -> Problem:
    found = [error("query", name, message) for name, messages in errors.items() for message in messages]
    return Problem("invalid", " ".join(f"{one['name']}: {one['detail']}" for one in found[:3]), found)


def check(request: Request, known: set[str], strangers: dict[str, list[str]] | None = None) -> None:
    """Refuse parameters that are unknown, repeated or empty."""
    if strangers is None:
        strangers = {
            name: [
                f"There is no parameter “{name}”; {nearest(name, known)}" if known else "No parameter is taken here."
            ]
            for name in request.query_params
            if name not in known
        }
    repeated = {
        name: ["Given twice: give it once; several values are separated by commas."]
        for name in request.query_params
        if len(request.query_params.getlist(name)) > 1
    }
    empty = {
        name: ["Given without a value: give one, or leave the parameter out."]
        for name, value in request.query_params.items()
        if not value.strip()
    }
    if found := strangers or repeated or empty:
        raise refuse(found)


# --- which columns


@dataclass(frozen=True, slots=True)
class Selection:
    """Which fields of a row are shown, and which of its relations are expanded."""

    names: frozenset[str]
    includes: frozenset[str] = field(default_factory=frozenset)


def selection(request: Request, shape, *, detail: bool) -> Selection:
    """What `fields`, `omit` and `include` ask of a shape (see serializers.Shape)."""
    errors: dict[str, list[str]] = {}

    def asked(name: str, known) -> list[str]:
        words = request.query_params.get(name)
        if words is None:
            return []
        try:
            found = read_list(words)
            for word in found:
                if word not in known:
                    raise ValueError(f"There is no “{word}”; {nearest(word, known)}")
        except ValueError as refused:
            errors[name] = [str(refused)]
            return []
        return found

    includes = asked("include", shape.includes)
    fields = asked("fields", {*shape.Meta.fields, *shape.includes})
    omitted = asked("omit", {*shape.Meta.fields, *shape.includes})
    if "fields" in request.query_params and "omit" in request.query_params:
        errors["omit"] = ["Give fields or omit, not both."]
    if errors:
        raise refuse(errors)
    includes += [name for name in fields if name not in shape.Meta.fields]  # what is no column is a relation
    if detail and not fields:
        includes = [*includes, *shape.shown_in_detail]
    names = set(fields) or (set(shape.Meta.fields) if detail else set(shape.slim().names))
    names = (names | set(includes)) - set(omitted)
    return Selection(frozenset(names), frozenset(set(includes) - set(omitted)))


def shape_parameters(shape) -> list[Parameter]:
    def names(known) -> dict:
        return {"type": "array", "minItems": 1, "items": {"type": "string", "enum": sorted(known)}}

    columns = {*shape.Meta.fields, *shape.includes}
    found = [
        Parameter("fields", "Only these fields, separated by commas.", names(columns), shape.Meta.fields[0]),
        Parameter(
            "omit",
            "All but these fields, separated by commas; not together with `fields`.",
            names(columns),
            shape.Meta.fields[-1],
        ),
    ]
    if shape.includes:
        text = "Relations to be given whole, separated by commas; not in CSV."
        found.append(Parameter("include", text, names(shape.includes), next(iter(shape.includes))))
    return found


# --- which rows


class Strict(BaseFilterBackend):
    """Filters and orders the rows of a list by the view's filter set."""

    def filter_queryset(self, request, queryset, view):
        filterset = view.filterset
        filterset.queryset = queryset
        try:
            if not filterset.is_valid():
                raise ValidationError(filterset.errors)
            queryset = filterset.qs
        except ValidationError as refused:
            raise refuse(refused.message_dict) from refused
        try:
            return filterset.ordered(queryset, request.query_params.get("ordering"))
        except ValueError as refused:
            raise refuse({"ordering": [str(refused)]}) from refused


def questions(filterset_class) -> list[Parameter]:
    """The parameters of a filter set, its ordering among them."""
    found = []
    for name, question in filterset_class.base_filters.items():
        text = question.extra["help_text"]
        if name.endswith(NOT):
            text = f"The complement of `{name.removesuffix(NOT)}`, rows of which it is unknown included."
        elif isinstance(question, Question) and f"{name}{NOT}" not in filterset_class.base_filters:
            raise LookupError(f"{name} has no negation")
        found.append(Parameter(name, text, question.schema, question.example))
    if filterset_class.orderings:
        names = [sign + name for name in filterset_class.orderings for sign in ("", "-")]
        text = "What to sort by, separated by commas; “-” turns it round. Unknown values come last."
        schema = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}}
        found.append(Parameter("ordering", text, schema, names[0]))
    return found
