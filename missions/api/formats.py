"""The formats of an answer: JSON, and CSV, JSON Lines and GeoJSON, which take rows of any number."""

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice

import orjson
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.template import loader
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, BrowsableAPIRenderer, JSONRenderer
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.utils.urls import replace_query_param

from missions.api import copying, flat
from missions.api.parameters import FORMAT, Parameter, refuse
from missions.api.rows import Asked, Row, shown
from missions.downloads import download
from missions.exchange.sheets import FORMULA, escaped

BLOCK = 500  # rows that are written at once
SUSPECT = {"'", *FORMULA}  # how a text begins that `escaped` must see
UNSHOWN = {"Set-Cookie", "RateLimit", "RateLimit-Policy"}  # headers for one reader alone, where all may get the page
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
        headers = {name: value for name, value in response.items() if name not in UNSHOWN}
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
    """A format whose rows are written a block at a time."""

    render_style = "text"
    charset = "utf-8"
    extension = ""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        # What is no list (the API's root, a summary) has no rows to stream.
        return json.dumps(data, ensure_ascii=False, cls=DjangoJSONEncoder)

    def answer(self, pieces: Iterator[bytes], name: str) -> HttpResponseBase:
        """The pieces as an answer."""
        return download(pieces, f"{self.media_type}; charset=utf-8", f'inline; filename="{name}.{self.extension}"')

    def whole(self, rows: QuerySet, asked: Asked) -> Iterator[bytes]:
        """All rows of a list, piece by piece."""
        return self.pieces(shown(rows, asked), asked)

    @abstractmethod
    def pieces(self, rows: Iterable[tuple[Row, dict]], asked: Asked) -> Iterator[bytes]:
        """The rows, as columns and fields, piece by piece."""


class JsonLines(Stream):
    media_type, format, extension = "application/x-ndjson", "jsonl", "jsonl"

    def pieces(self, rows, asked):
        for block in _blocks(rows):
            yield b"".join([_json(fields, orjson.OPT_APPEND_NEWLINE) for _, fields in block])


class Csv(Stream):
    """RFC 4180; on PostgreSQL all rows of a list are written by PostgreSQL itself where it can (see copying)."""

    media_type, format, extension = "text/csv", "csv", "csv"

    def whole(self, rows, asked):
        flat_rows = copying.flat_rows(rows, asked)
        if flat_rows is None:
            return super().whole(rows, asked)
        header = ",".join(column.name for column in flat.columns(asked.shape, asked.selection))
        return copying.blocks(flat_rows, header.encode())

    def pieces(self, rows, asked):
        columns = flat.columns(asked.shape, asked.selection)
        lines = [[column.name for column in columns]]
        for block in _blocks(rows):
            fields = [fields for _, fields in block]
            lines += zip(*(_cells(column.read(fields)) for column in columns), strict=True)
            yield _csv(lines)
            lines = []
        if lines:
            yield _csv(lines)


class GeoJson(Stream):
    """RFC 7946: a feature a row, at the host country's representative point."""

    media_type, format, extension = "application/geo+json", "geojson", "geojson"

    also = ("slug", "host_country_id")  # columns that tell what and where a feature is

    def pieces(self, rows, asked):
        columns = flat.columns(asked.shape, asked.selection)
        before = b'{"type":"FeatureCollection","features":[\n'
        for block in _blocks(rows):
            values = zip(*(column.read([fields for _, fields in block]) for column in columns), strict=True)
            features = [
                _feature(row, {column.name: value for column, value in zip(columns, properties, strict=True)}, asked)
                for (row, _), properties in zip(block, values, strict=True)
            ]
            yield before + b",\n".join(features)
            before = b",\n"
        yield (before if before.startswith(b"{") else b"\n") + b"]}\n"


def _feature(row: Row, properties: dict, asked: Asked) -> bytes:
    host = asked.references.countries[row["host_country_id"]]
    located = host is not None and host.longitude is not None
    return _json(
        {
            "type": "Feature",
            "id": row["slug"],
            "geometry": {"type": "Point", "coordinates": [host.longitude, host.latitude]} if located else None,
            "properties": properties,
        }
    )


def _blocks(rows: Iterable[tuple[Row, dict]]) -> Iterator[list[tuple[Row, dict]]]:
    rows = iter(rows)
    while block := list(islice(rows, BLOCK)):
        yield block


def _csv(lines: list) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def _cells(values: list) -> list:
    """What is written of them; most values are written as they are, so that only some are looked at closely."""
    return [
        _cell(value) if (kind := value.__class__) is bool or (kind is str and value[:1] in SUSPECT) else value
        for value in values
    ]


def _cell(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped(value)


def _json(value, more: int = 0) -> bytes:
    return orjson.dumps(value, _plainly, orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS | more)


def _plainly(value):
    """What JSON has no form of, as Django writes it."""
    return _encoder.default(value)


def format_parameter(renderers) -> Parameter:
    known = list(dict.fromkeys(renderer.format for renderer in renderers))
    text = "Format of the answer, before the Accept header. CSV, JSON Lines and GeoJSON give all rows unless a page is asked for."
    return Parameter(FORMAT, text, {"type": "string", "enum": known}, known[0])
