"""The formats of an answer: JSON, and CSV, JSON Lines and GeoJSON, which stream rows of any number."""

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.template import loader
from rest_framework import serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, BrowsableAPIRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.utils.urls import replace_query_param

from missions.api.parameters import FORMAT, Parameter, refuse
from missions.api.rows import Asked
from missions.api.serializers import REFERENCES, reference_key
from missions.exchange.sheets import escaped

SEPARATOR = "; "
_encoder = JSONEncoder()


class Negotiation(DefaultContentNegotiation):
    """`format=` before Accept; an unknown one is a 400 that lists those there are."""

    def filter_renderers(self, renderers, format):
        known = [renderer.format for renderer in renderers]
        if format not in known:
            raise refuse({FORMAT: [f"There is no format “{format}” here: take {', '.join(known)}."]})
        return super().filter_renderers(renderers, format)


class Json(JSONRenderer):
    # Readable as it comes, also where a shell shows it.
    ensure_ascii = False

    def render(self, data, accepted_media_type=None, renderer_context=None):
        """The same as DRF's, by a faster writer; indented where the Accept header asks for that."""
        if data is None or self.get_indent(accepted_media_type or "", renderer_context or {}):
            return super().render(data, accepted_media_type, renderer_context)
        return _json(data)


class Page(BrowsableAPIRenderer):
    """The answer as a page of the site, for those who look at the API in a browser."""

    format = "html"
    template = "missions/api.html"

    def get_context(self, data, accepted_media_type, renderer_context):
        """Only what the page shows: DRF's own forms would ask the database for every choice."""
        view, request, response = (renderer_context[name] for name in ("view", "request", "response"))
        content = self.get_content(Json(), data, accepted_media_type, renderer_context | {"indent": 2})
        headers = {
            name: value for name, value in response.items() if name not in ("Set-Cookie", "Content-Security-Policy")
        }
        return {
            "request": request,
            "response": response,
            "name": view.get_view_name().removesuffix(" Instance").removesuffix(" List"),
            "description": view.get_view_description(html=True),
            "headers": headers,
            "content": content,
            "links": data if isinstance(data, dict) else {},
            "formats": [
                {"name": one.format, "address": replace_query_param(request.get_full_path(), FORMAT, one.format)}
                for one in view.get_renderers()
                if not isinstance(one, Page)
            ],
        }

    def render(self, data, accepted_media_type=None, renderer_context=None):
        context = self.get_context(data, accepted_media_type or "", renderer_context or {})
        renderer_context["response"]["Content-Type"] = "text/html; charset=utf-8"
        return loader.render_to_string(self.template, context, request=context["request"]._request)


class Stream(BaseRenderer, ABC):
    """A format whose rows are written one by one."""

    render_style = "text"
    charset = "utf-8"
    extension = ""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        # What is no list (the API's root, a summary) has no rows to stream.
        return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)

    def answer(self, rows: Iterable[tuple[dict, dict]], asked: Asked, name: str) -> StreamingHttpResponse:
        """The rows, as columns and fields, one by one."""
        response = StreamingHttpResponse(self.lines(rows, asked), content_type=f"{self.media_type}; charset=utf-8")
        response["Content-Disposition"] = f'inline; filename="{name}.{self.extension}"'
        return response

    @abstractmethod
    def lines(self, rows: Iterable[tuple[dict, dict]], asked: Asked) -> Iterator[str | bytes]:
        """The answer, piece by piece."""


class JsonLines(Stream):
    media_type, format, extension = "application/x-ndjson", "jsonl", "jsonl"

    def lines(self, rows, asked):
        for _, fields in rows:
            yield _json(fields) + b"\n"


class Csv(Stream):
    media_type, format, extension = "text/csv", "csv", "csv"

    def lines(self, rows, asked):
        writer = csv.writer(_Echo(), lineterminator="\r\n")
        columns = list(flat_columns(asked))
        yield writer.writerow([name for name, _ in columns])
        for _, fields in rows:
            yield writer.writerow([_cell(read(fields)) for _, read in columns])


class GeoJson(Stream):
    """RFC 7946: a feature a row, at the host country's representative point."""

    media_type, format, extension = "application/geo+json", "geojson", "geojson"

    also = ("slug", "host_country_id")  # columns that tell what and where a feature is

    def lines(self, rows, asked):
        columns = list(flat_columns(asked))
        yield '{"type":"FeatureCollection","features":['
        for number, (row, fields) in enumerate(rows):
            host = asked.references.countries[row["host_country_id"]]
            located = host is not None and host.longitude is not None
            feature = {
                "type": "Feature",
                "id": row["slug"],
                "geometry": {"type": "Point", "coordinates": [host.longitude, host.latitude]} if located else None,
                "properties": {name: read(fields) for name, read in columns},
            }
            yield (b",\n" if number else b"\n") + _json(feature)
        yield "\n]}\n"


def flat_columns(asked: Asked) -> Iterator[tuple[str, object]]:
    """(column, how to read it from a row): a reference is its key and its name, a list its members by semicolons."""
    for name, field in asked.shape().fields.items():
        if name not in asked.selection.names:
            continue
        if isinstance(field, serializers.ListSerializer) and isinstance(field.child, REFERENCES):
            key = reference_key(field.child)
            yield name, lambda row, name=name, key=key: SEPARATOR.join(one[key] for one in row[name])
            yield f"{name}_name", lambda row, name=name: SEPARATOR.join(one["name"] for one in row[name])
        elif isinstance(field, REFERENCES):
            key = reference_key(field)
            yield name, lambda row, name=name, key=key: row[name] and row[name][key]
            yield f"{name}_name", lambda row, name=name: row[name] and row[name]["name"]
        else:
            yield name, lambda row, name=name: _plain(row[name])


def _plain(value):
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return SEPARATOR.join(value)
    return _json(value).decode() if isinstance(value, dict | list) else value


def _cell(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(value)


def _json(value) -> bytes:
    return orjson.dumps(value, _plainly, orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


def _plainly(value):
    """What JSON has no form of, as Django writes it."""
    return _encoder.default(value)


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def format_parameter(renderers) -> Parameter:
    known = list(dict.fromkeys(renderer.format for renderer in renderers))
    text = "Format of the answer, before the Accept header. CSV, JSON Lines and GeoJSON give all rows unless a page is asked for."
    return Parameter(FORMAT, text, {"type": "string", "enum": known}, known[0])
