"""Pages by number, and walks by cursor that neither skip nor repeat a row while others are added."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from missions.api import statements
from missions.api.parameters import Parameter, refuse
from missions.api.problems import Problem

PAGE_SIZE, MOST_ROWS = 50, 500
LAST_PAGE = 10_000_000
START = "*"
# Parameters that choose among the rows that are asked for, or how they are shown.
PRESENTATION = {"page", "cursor", "page_size", "format", "fields", "omit", "include"}


def read_page_size(words: str | None, default: int = PAGE_SIZE) -> int:
    if words is None:
        return default
    if not (words.isascii() and words.isdigit() and len(words) < 5 and 1 <= int(words) <= MOST_ROWS):
        raise refuse({"page_size": [f"“{words}” is not a number from 1 to {MOST_ROWS}."]})
    return int(words)


def links(response: Response, **addresses: str | None) -> Response:
    """Addresses of neighbouring pages as RFC 8288 links."""
    found = [f'<{address}>; rel="{name}"' for name, address in addresses.items() if address]
    if found:
        response["Link"] = ", ".join(found)
    return response


class Pages(BasePagination):
    """`page` and `page_size`, or `cursor`; a page beyond the end is a 404.

    The numbers of a page's rows are found first, so that no other row is read whole: `fetch` reads them by their numbers,
    `key` tells the natural key of one.
    """

    def page_of(self, view, rows: Callable[[], QuerySet], fetch: Callable[[list[int]], list], key: Callable) -> list:
        self.request, self.fetch, self.key = view.request, fetch, key
        request = view.request
        self.size = read_page_size(request.query_params.get("page_size"))
        self.cursor = request.query_params.get("cursor")
        if self.cursor is not None:
            return self._walk(view, rows)
        asked = request.query_params.get("page", "1")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 9 and 1 <= int(asked) <= LAST_PAGE):
            raise refuse({"page": [f"“{asked}” is not a page number from 1."]})
        self.number = int(asked)
        self.count = view.found_once("count", lambda: rows().order_by().count())
        self.last = max(1, -(-self.count // self.size))
        if self.number > self.last:
            raise Problem("not-found", f"The last page is {self.last}.")
        statement = view.found_once("page", lambda: statements.numbers(rows()))
        found = statement.rows(start=(self.number - 1) * self.size, most=self.size)
        return self.fetch([number for (number,) in found])

    def get_paginated_response(self, data):
        if self.cursor is not None:
            following = self._address(cursor=self.following) if self.following else None
            body = {"count": None, "next": following, "previous": None, "results": data}
            return links(Response(body), next=following)
        following = self._address(page=self.number + 1) if self.number < self.last else None
        previous = self._address(page=self.number - 1) if self.number > 1 else None
        first = self._address(page=1) if self.last > 1 else None
        last = self._address(page=self.last) if self.last > 1 else None
        body = {"count": self.count, "next": following, "previous": previous, "results": data}
        return links(Response(body), first=first, prev=previous, next=following, last=last)

    def get_paginated_response_schema(self, schema):
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["count", "next", "previous", "results"],
            "properties": {
                "count": {"type": ["integer", "null"], "description": "Rows in all; null in a walk by cursor."},
                "next": address,
                "previous": address,
                "results": schema,
            },
        }

    def _walk(self, view, rows: Callable[[], QuerySet]) -> list:
        """Rows after the cursor's in the order of their natural keys: a place in a list that rows may join."""
        for name in ("page", "ordering"):
            if name in self.request.query_params:
                raise refuse({name: ["A walk by cursor goes by natural key: leave this out, or the cursor."]})
        key = view.filterset.key
        asked = self._fingerprint()
        place = {}
        if self.cursor != START:
            belongs, *values = read_place(self.cursor, "cursor", START, (str, *(str, int)[: len(key)]))
            if belongs != asked:
                raise refuse({"cursor": [f"It belongs to other filters: begin anew with cursor={START}."]})
            place = dict(zip(key, values, strict=True))
        name = "walk on" if place else "walk"
        statement = view.found_once(name, lambda: _walking(rows(), key, begun=bool(place)))
        found = self.fetch([number for (number,) in statement.rows(most=self.size + 1, **place)])
        more = len(found) > self.size
        found = found[: self.size]
        self.following = write_place([asked, *self.key(found[-1])]) if more else None
        return found

    def _fingerprint(self) -> str:
        """The questions a cursor belongs to."""
        asked = questions_of(self.request)
        return hashlib.sha256(json.dumps([self.request.path, asked]).encode()).hexdigest()[:12]

    @cached_property
    def _here(self) -> str:
        """This address up to the word that names the page."""
        others = {name: words for name, words in self.request.query_params.items() if name not in ("page", "cursor")}
        asked = f"{urlencode(others)}&" if others else ""
        return f"{self.request.build_absolute_uri(self.request.path)}?{asked}"

    def _address(self, *, page: int | None = None, cursor: str = "") -> str:
        return f"{self._here}page={page}" if page else f"{self._here}cursor={cursor}"


def questions_of(request) -> list[tuple[str, str]]:
    """What is asked of the rows, whichever of them are shown, and how."""
    return sorted((name, words) for name, words in request.query_params.items() if name not in PRESENTATION)


def _walking(rows: QuerySet, key: tuple[str, ...], *, begun: bool) -> statements.Statement:
    """The numbers of the rows in the order of their natural keys; once the walk has begun, of those after a place."""
    marks = {name: kind() for name, kind in zip(key, (statements.text_mark, statements.number_mark), strict=False)}
    if begun:
        rows = rows.filter(after(key, list(marks.values())))
    return statements.numbers(rows.order_by(*key), marks)


def after(columns: tuple[str, ...], values: list) -> Q:
    """Rows whose columns come after the values, compared from left to right."""
    condition, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        condition |= same & Q(**{f"{column}__gt": value})
        same &= Q(**{column: value})
    return condition


def write_place(values: list) -> str:
    """A place in an ordered list as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_place(words: str, name: str, beginning: str, kinds: tuple[type, ...]) -> list:
    """The values of a place; a word that is none is refused under the parameter's name."""
    try:
        found = json.loads(base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)))
        if not isinstance(found, list) or [type(value) for value in found] != list(kinds):
            raise ValueError("not of this list")
        if any(not -(2**63) <= value < 2**63 if isinstance(value, int) else "\0" in value for value in found):
            raise ValueError("nothing a database holds")
        "".join(value for value in found if isinstance(value, str)).encode()
    except (ValueError, binascii.Error, RecursionError) as error:
        raise refuse({name: [f"“{words[:40]}” was given by no answer: begin with {name}={beginning}."]}) from error
    return found


PAGE_SIZE_PARAMETER = Parameter(
    "page_size", "Rows on a page.", {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": PAGE_SIZE}, 100
)
PARAMETERS = [
    Parameter("page", "Number of the page.", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, 1),
    PAGE_SIZE_PARAMETER,
    Parameter(
        "cursor",
        f"Instead of `page`: `{START}` begins a walk by natural key, the answer's `next` goes on with it. "
        "No row is skipped or repeated while others are added.",
        {"type": "string", "pattern": r"^(\*|[A-Za-z0-9_-]+)$"},
        START,
    ),
]
