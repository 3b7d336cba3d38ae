"""The reference: what drf-spectacular cannot see by itself — strict parameters, problems with examples, headers."""

import json

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, build_object_type
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from missions.api import problems
from missions.models.merge import Mergeable

TEXTS = ("text/html", "text/csv", "application/x-ndjson")
# Text that says something, and text without the one character that no database holds.
WRITTEN, NOT_NUL = r"^[^\u0000]*[^\s\u0000][^\u0000]*$", r"^[^\u0000]+$"
STRING, INTEGER = {"type": "string"}, {"type": "integer"}
NULLABLE = {"type": ["string", "null"]}
MAYBE_WHOLE = {"type": ["integer", "null"]}


def an_object(**properties) -> dict:
    return build_object_type(properties=properties, required=list(properties))


def ref(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


ROOT = {
    200: {
        "type": "object",
        "required": ["revision"],
        "properties": {"revision": INTEGER},
        "additionalProperties": {"type": "string", "format": "uri"},
    }
}
PROBLEM_KIND = an_object(type=STRING, status=INTEGER, title=STRING, description=STRING, example=STRING)
_PART = an_object(sum=MAYBE_WHOLE, deployments=INTEGER)
_MEASURES = {
    "deployments": INTEGER,
    "personnel_unknown": INTEGER,
    "personnel": an_object(low=_PART, best=_PART, high=_PART),
}


def _groups(**properties) -> dict:
    return {"type": "array", "items": an_object(**properties, **_MEASURES)}


SUMMARY = {
    200: an_object(
        total=an_object(**_MEASURES),
        by_contributing_country=_groups(contributing_country=ref("CountryRef")),
        by_host_country=_groups(host_country={"oneOf": [ref("CountryRef"), {"type": "null"}]}),
        by_mission=_groups(mission={"oneOf": [ref("MissionRef"), {"type": "null"}]}),
        by_status=_groups(status=NULLABLE),
        by_year=_groups(year=INTEGER),
    )
}
ADDRESS = {"type": ["string", "null"], "format": "uri"}
CONFLICTS = {
    200: an_object(
        count=MAYBE_WHOLE,
        next=ADDRESS,
        previous=ADDRESS,
        results={
            "type": "array",
            "items": an_object(
                deployment=STRING,
                conflicts={
                    "type": "array",
                    "items": an_object(
                        kind=STRING,
                        claims={"type": "array", "minItems": 2, "maxItems": 2, "items": ref("Claim")},
                    ),
                },
            ),
        },
    )
}
CHANGES = {
    200: an_object(
        revision=INTEGER,
        cursor=STRING,
        next=ADDRESS,
        results={
            "type": "array",
            "items": an_object(
                revision=INTEGER,
                at={"type": "string", "format": "date-time"},
                table={"type": "string", "enum": ["article", "claim", "country", "deployment", "mission", "statement"]},
                key=STRING,
                kind={"type": "string", "enum": ["changed", "withdrawn"]},
                row={"type": ["object", "null"], "additionalProperties": True},
            ),
        },
    )
}
KEYS = {"type": "array", "items": STRING}
CORRECTED = an_object(revision=INTEGER, moved=KEYS, unplaced=KEYS)
PROBLEM = {
    "type": "object",
    "description": "Problem details of RFC 9457.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Where this kind of problem is described.",
        },
        "title": STRING,
        "status": INTEGER,
        "detail": {"type": "string", "description": "What is wrong, and the mend."},
        "errors": {
            "type": "array",
            "description": "Each parameter, header or field that is refused.",
            "items": {
                "type": "object",
                "required": ["in", "name", "detail"],
                "properties": {
                    "in": {"type": "string", "enum": ["query", "body", "header", "path"]},
                    "name": STRING,
                    "detail": STRING,
                },
            },
        },
        "changes": {
            "type": "array",
            "description": "Of a stale write: what was changed since the row was read.",
            "items": {"type": "object", "additionalProperties": True},
        },
    },
}
READ_HEADERS = {
    "ETag": "Names this very answer: send it as If-None-Match, or a row's as If-Match.",
    "RateLimit": "Requests that are left, and seconds until they are renewed.",
}


def share(result, generator, request, public):
    """What several operations say alike stands once, under components."""
    responses: dict[str, list] = {}
    parameters: dict[str, list] = {}
    for operation in (operation for path in result["paths"].values() for operation in path.values()):
        told = operation.get("parameters", [])
        for place, one in enumerate(told):
            parameters.setdefault(_text(one), []).append((told, place))
        for status, one in operation["responses"].items():
            if not status.startswith("2"):
                responses.setdefault(_text(one), []).append((operation["responses"], status))
    for kind, groups in (("responses", responses), ("parameters", parameters)):
        shared = result["components"].setdefault(kind, {})
        for holders in groups.values():
            if len(holders) < 2:
                continue
            told = holders[0][0][holders[0][1]]
            name = _free(shared, told.get("name") or f"Refusal{holders[0][1]}")
            shared[name] = told
            for holder, place in holders:
                holder[place] = {"$ref": f"#/components/{kind}/{name}"}
        result["components"][kind] = dict(sorted(shared.items()))
    return result


def _text(told: dict) -> str:
    return json.dumps(told, sort_keys=True, default=str)


def _free(taken: dict, name: str) -> str:
    return next(one for one in (name, *(f"{name}_{number}" for number in range(2, 99))) if one not in taken)


class Reference(AutoSchema):
    """An operation of the reference, from what its endpoint says of itself."""

    def get_request_serializer(self):
        chosen = getattr(self.view, "input_of", None)
        return chosen(self.view.action) if chosen else None

    def _get_filter_parameters(self):
        found = [parameter.described() for parameter in self.view.parameters()]
        return found + [
            header.described() for header in getattr(self.view, "headers_of", lambda method: [])(self.method)
        ]

    def _get_pagination_parameters(self):
        return []  # parameters() tells them

    def _get_format_parameters(self):
        return []

    def _resolve_path_parameters(self, variables):
        told = self.view.path_parameters
        return [
            one | dict(zip(("description", "example"), told[one["name"]], strict=True))
            for one in super()._resolve_path_parameters(variables)
        ]

    def get_summary(self):
        name = getattr(self.view, "basename", None)
        told = {
            "list": f"Ask for {self.get_tags()[0]}",
            "retrieve": f"One {name} with its evidence",
            "create": f"Record a {name}",
            "partial_update": f"Change a {name}",
            "destroy": f"Delete a {name} that nothing refers to",
        }
        action = getattr(self.view, "action", None)
        text = getattr(self.view, action or self.method.lower()).__doc__ or self.view.__doc__ or ""
        return told.get(action) or text.strip().split("\n")[0].rstrip(".")

    def get_tags(self):
        basename = getattr(self.view, "basename", None)
        return [f"{basename}s".replace("countrys", "countries")] if basename else super().get_tags()

    def map_renderers(self, attribute):
        return [getattr(renderer, attribute) for renderer in self.view.get_renderers()]

    def _get_response_bodies(self, direction="response"):
        found = super()._get_response_bodies(direction)
        for status, answer in found.items():
            for media_type, content in answer.get("content", {}).items():
                if media_type in TEXTS:
                    content["schema"] = STRING
            if status.startswith("2"):
                answer.setdefault("headers", {}).update(
                    {name: {"schema": STRING, "description": text} for name, text in READ_HEADERS.items()}
                )
        if self.method in SAFE_METHODS:
            found["304"] = {"description": "The client holds this very answer (If-None-Match, If-Modified-Since)."}
        model = getattr(self.view, "model", None)
        if "{" in self.path and model and model._meta.model_name in Mergeable.values:
            found["308"] = {
                "description": "The row was merged into another one: its address leads on.",
                "headers": {"Location": {"schema": STRING, "description": "Where the row is found today."}},
            }
        for name in self._refusals():
            kind = problems.KINDS[name]
            found.setdefault(str(kind.status), self._refusal(name, kind))
        return dict(sorted(found.items()))

    def _refusals(self) -> list[str]:
        """The kinds of problems that this operation may answer with."""
        found = ["invalid", "not-acceptable", "too-many-requests", "busy"]
        if "{" in self.path or "page" in {parameter.name for parameter in self.view.parameters()}:
            found.append("not-found")
        if self.method not in SAFE_METHODS:
            found += [
                "unauthenticated",
                "forbidden",
                "stale",
                "length-required",
                "too-large",
                "unsupported-media-type",
                "conflict",
            ]
        elif "state" in {parameter.name for parameter in self.view.parameters()} or hasattr(self.view, "drafts"):
            found += ["unauthenticated", "forbidden"]
        else:
            found.append("unauthenticated")
        if self.method == "POST":
            found.append("reused-key")
        return found

    def _refusal(self, name: str, kind: problems.Kind) -> dict:
        component = ResolvedComponent(name="Problem", type=ResolvedComponent.SCHEMA, object="Problem", schema=PROBLEM)
        self.registry.register_on_missing(component)
        example = problems.details(name, kind.example)
        return {
            "description": kind.description,
            "content": {
                problems.MEDIA_TYPE: {"schema": component.ref, "examples": {name: {"value": example}}},
            },
        }

    def _postprocess_serializer_schema(self, schema, serializer, direction):
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        includes = getattr(serializer, "includes", None)
        if includes is not None and direction == "response":
            schema.pop("required", None)  # `fields` and `omit` may leave out any
            for name, include in includes.items():
                whole = self._map_serializer_field(include.field(), direction)
                known = schema["properties"].get(name)
                schema["properties"][name] = {"anyOf": [known, whole]} if known else whole
        elif direction == "request":
            schema["additionalProperties"] = False
            for name, field in serializer.fields.items():
                if isinstance(field, serializers.CharField) and "pattern" not in schema["properties"][name]:
                    schema["properties"][name]["pattern"] = WRITTEN if field.trim_whitespace else NOT_NUL
        return schema
