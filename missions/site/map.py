"""Who sends whom where, on a map: shapes of Natural Earth, lines from contributor to host.

A territory overseas that has a code of its own has a shape of its own (reference/build_map.py), so that it is not
coloured with the country it belongs to.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from missions.models import Country
from missions.site.addresses import address
from missions.site.names import name_of

SHAPES = Path(__file__).resolve().parent / "shapes.json"
# Equal Earth (Šavrič, Patterson and Jenny 2018).
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
LEAST_WIDTH = 340  # of the part of the world that is shown
AROUND = 0.2  # of the width of what is coloured
SMALL = 5  # a shape smaller than this gets a dot too
MOST_LINES = 100
HOME, HOST, CONTRIBUTOR, BOTH = "home", "host", "contributor", "both"


@dataclass(frozen=True, slots=True)
class Area:
    """A coloured country: its shape, a dot where that is too small to be seen, and what it stands for."""

    kind: str
    title: str
    address: str
    d: str | None
    dot: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Map:
    areas: list[Area]
    lines: list[str]  # path data
    box: str  # the part of the world that is shown
    radius: str
    width: int
    height: int

    @property
    def file_height(self) -> int:
        """Of the map in a file of 960 units' width."""
        return round(960 * self.height / self.width)

    @property
    def base(self) -> SafeString:
        return base_map()

    @property
    def kinds(self) -> set[str]:
        return {area.kind for area in self.areas}


@cache
def shapes() -> dict:
    return json.loads(SHAPES.read_text())


@cache
def base_map() -> SafeString:
    """The world behind the coloured countries, as a piece of an SVG in the map's own units."""
    found = Path(finders.find("missions/world.svg")).read_text()
    sized = found.replace("<svg ", f'<svg width="{shapes()["width"]}" height="{shapes()["height"]}" ', 1)
    return mark_safe(sized)  # noqa: S308 - a file of ours


def place(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees (WGS 84) → units of the map, y downward."""
    found = shapes()["projection"]
    across = radians((longitude - found["meridian"] + 180) % 360 - 180)
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * across * cos(t) / (3 * (9 * A4 * t**8 + 7 * A3 * t**6 + 3 * A2 * t**2 + A1))
    y = A4 * t**9 + A3 * t**7 + A2 * t**3 + A1 * t
    return found["translate"][0] + found["scale"] * x, found["translate"][1] - found["scale"] * y


def world(home: Country, hosts: Iterable[Country], contributors: Iterable[Country]) -> Map | None:
    """A country among those it contributes to and those that contribute to it; None where nothing can be placed."""
    hosts, contributors = {row.pk: row for row in hosts}, {row.pk: row for row in contributors}
    kinds = dict.fromkeys(hosts, HOST) | {pk: BOTH if pk in hosts else CONTRIBUTOR for pk in contributors}
    kinds[home.pk] = HOME
    rows = [(row, kinds[row.pk]) for row in {**hosts, **contributors, home.pk: home}.values()]
    placed = sorted((one for one in rows if _box(one[0])), key=lambda one: (one[1] == HOME, one[0].code))
    if not placed:
        return None
    areas = [_area(row, kind) for row, kind in placed]
    ends = [(home, row) for row in hosts.values()] + [(row, home) for row in contributors.values()]
    lines = [_line(*pair) for pair in ends if pair[0].pk != pair[1].pk and all(_point(row) for row in pair)]
    x, y, width, height = _view([_box(row) for row, _kind in placed])
    return Map(
        areas,
        lines[:MOST_LINES],
        f"{x:.1f} {y:.1f} {width:.1f} {height:.1f}",
        f"{width / 170:.2f}",
        shapes()["width"],
        shapes()["height"],
    )


def _area(row: Country, kind: str) -> Area:
    shape = shapes()["countries"].get(row.code)
    x0, y0, x1, y1 = _box(row)
    point = _point(row) if max(x1 - x0, y1 - y0) < SMALL else None
    dot = (f"{point[0]:.1f}", f"{point[1]:.1f}") if point else None
    return Area(kind, name_of(row), address(row), shape and shape["d"], dot)


def _point(row: Country) -> tuple[float, float] | None:
    """Where a country's point lies; None where it is not known, or off the map as Antarctica's is."""
    if row.latitude is None:
        return None
    x, y = place(row.latitude, row.longitude)
    return (x, y) if y <= shapes()["height"] else None


def _box(row: Country) -> tuple[float, float, float, float] | None:
    if shape := shapes()["countries"].get(row.code):
        return tuple(shape["box"])
    point = _point(row)
    return point and (*point, *point)


def _line(sender: Country, host: Country) -> str:
    """An arc, so that a line there and a line back do not lie on each other."""
    (x0, y0), (x1, y1) = _point(sender), _point(host)
    bend_x, bend_y = (x0 + x1) / 2 + (y0 - y1) * 0.15, (y0 + y1) / 2 + (x1 - x0) * 0.15
    return f"M{x0:.1f} {y0:.1f}Q{bend_x:.1f} {bend_y:.1f} {x1:.1f} {y1:.1f}"


def _view(boxes: list[tuple]) -> tuple[float, float, float, float]:
    """The part of the map around some boxes, in the map's own proportions."""
    whole_width, whole_height = shapes()["width"], shapes()["height"]
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    ratio = whole_width / whole_height
    width = max((x1 - x0) * (1 + AROUND), (y1 - y0) * (1 + AROUND) * ratio, LEAST_WIDTH)
    width = min(width, whole_width)
    height = width / ratio
    x = min(max((x0 + x1 - width) / 2, 0), whole_width - width)
    y = min(max((y0 + y1 - height) / 2, 0), whole_height - height)
    return x, y, width, height
