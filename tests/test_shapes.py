"""The shapes of the countries on the maps: each in its place, whole, and on the land that is drawn below."""

import json
import re
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from xml.etree import ElementTree

import pytest
from django.conf import settings

MISSIONS = settings.BASE_DIR / "missions"
MAP = json.loads((MISSIONS / "site" / "shapes.json").read_text())
SHAPES = MAP["countries"]
WORLD = MISSIONS / "static" / "missions" / "world.svg"
COUNTRIES = {
    row["fields"]["code"]: row["fields"]
    for row in json.loads((settings.BASE_DIR / "fixtures" / "10_countries.json").read_text())
}
ABSENT = {"BV", "GI", "MC", "MF", "MO", "SX", "TK", "TV", "UM", "VA"} | {"AQ"}  # too small; beyond the map's edge
# Islands so small that the one drawn is not the one of the point, or is rounded away from it: units between them.
ASIDE = {"BM": 0.1, "CC": 0.1, "CK": 0.1, "IO": 0.2, "MH": 1, "PN": 0.1, "VG": 1, "WF": 8}
SUBPATH = re.compile(r"M([-.\d ]+)l([-.\d ]+)z")
NUMBER = re.compile(r"-?(?:\d+(?:\.\d)?|\.\d)")


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The outlines and holes of a path, closed, in tenths of a unit."""
    assert not SUBPATH.sub("", path)
    return [corners(start + " " + steps) for start, steps in SUBPATH.findall(path)]


def corners(text: str) -> list[tuple[int, int]]:
    numbers = [round(float(number) * 10) for number in NUMBER.findall(text)]
    points = [(0, 0)]
    for step_x, step_y in zip(numbers[::2], numbers[1::2], strict=True):
        points.append((points[-1][0] + step_x, points[-1][1] + step_y))
    return [*points[1:], points[1]]


def area(path: str) -> float:
    """In square units; a hole runs the other way around than its outline."""
    return abs(sum(x * v - u * y for ring in rings(path) for (x, y), (u, v) in pairwise(ring))) / 200


def holds(path: str, x: float, y: float) -> bool:
    """Whether a line from the point to the east crosses the shape's an odd number of times."""
    sides = [side for ring in rings(path) for side in pairwise(ring)]
    crossed = [((a, b), (c, d)) for (a, b), (c, d) in sides if (b > 10 * y) != (d > 10 * y)]
    return sum(10 * x < a + (10 * y - b) * (c - a) / (d - b) for (a, b), (c, d) in crossed) % 2 == 1


def aside(shape: dict, x: float, y: float) -> float:
    """How far a point is from a shape's box."""
    x0, y0, x1, y1 = shape["box"]
    return max(x0 - x, x - x1, y0 - y, y - y1)


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth, with the file's constants."""
    told = MAP["projection"]
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    east = radians((longitude - told["meridian"] + 180) % 360 - 180)
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * east * cos(t) / (3 * (a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8))
    y = t * (a1 + a2 * t**2 + a3 * t**6 + a4 * t**8)
    return told["translate"][0] + told["scale"] * x, told["translate"][1] - told["scale"] * y


def test_each_country_has_a_shape_but_those_too_small_to_be_drawn():
    assert SHAPES.keys() == COUNTRIES.keys() - ABSENT
    assert list(SHAPES) == sorted(SHAPES)


def test_the_map_is_as_wide_as_the_world_from_the_bering_strait_to_it():
    assert project(-169, 0)[0] == pytest.approx(0, abs=0.01)
    assert project(-169.0001, 0)[0] == pytest.approx(MAP["width"], abs=0.01)
    assert project(11, 84)[1] == pytest.approx(0, abs=0.01)
    assert project(11, -58)[1] == pytest.approx(MAP["height"], abs=0.5)


def test_a_box_is_its_shapes_and_lies_on_the_map():
    for shape in SHAPES.values():
        xs, ys = zip(*(point for ring in rings(shape["d"]) for point in ring), strict=True)
        x0, y0, x1, y1 = shape["box"]
        assert [x0, y0, x1, y1] == [side / 10 for side in (min(xs), min(ys), max(xs), max(ys))]
        assert 0 <= x0 < x1 <= MAP["width"]
        assert 0 <= y0 < y1 <= MAP["height"]


def test_no_shape_runs_across_the_map():
    widths = {code: (shape["box"][2] - shape["box"][0]) / MAP["width"] for code, shape in SHAPES.items()}
    assert {code for code, width in widths.items() if width > 0.2} == {"RU", "US"}  # the US with Hawaii
    assert max(widths.values()) < 0.34


def test_a_countrys_point_lies_in_its_own_shape_and_in_no_other():
    for code in SHAPES:
        x, y = project(COUNTRIES[code]["longitude"], COUNTRIES[code]["latitude"])
        holders = {other for other, shape in SHAPES.items() if aside(shape, x, y) <= 0 and holds(shape["d"], x, y)}
        assert holders == (set() if code in ASIDE else {code})
        assert aside(SHAPES[code], x, y) < ASIDE.get(code, 0)


@pytest.mark.parametrize(
    ("code", "west", "south", "east", "north"),
    [
        ("FR", -6, 41, 10, 52),
        ("GF", -55, 2, -51, 6),
        ("GP", -62, 15.5, -60.9, 16.7),
        ("MQ", -62, 14, -60, 15),
        ("RE", 55, -22, 56, -20),
        ("YT", 44, -14, 46, -12),
        ("NL", 3, 50, 8, 54),
        ("BQ", -70, 11, -62, 19),
        ("NO", 4, 57, 32, 72),
        ("SJ", -10, 70, 35, 81),
        ("DK", 7, 54, 16, 58),
        ("FI", 19, 59, 32, 71),
        ("GB", -9, 49, 2, 61),
        ("AU", 112, -55, 160, -10),
        ("CX", 105, -11, 106, -10),
        ("CC", 96, -13, 98, -11),
    ],
)
def test_overseas_territories_are_their_own_and_not_the_metropoles(code, west, south, east, north):
    x0, y0, x1, y1 = SHAPES[code]["box"]
    xs, ys = zip(*(project(x, y) for x in (west, east) for y in (south, north)), strict=True)
    assert min(xs) <= x0 < x1 <= max(xs)
    assert min(ys) <= y0 < y1 <= max(ys)


def test_the_islands_along_norway_are_norways_and_jan_mayen_is_not():
    svalbard, jan_mayen, cape = project(11, 74)[1], project(-7, 71)[0], project(25.8, 71.1)[1]
    for ring in rings(SHAPES["SJ"]["d"]):
        assert all(y < 10 * svalbard or x < 10 * jan_mayen for x, y in ring)
    assert SHAPES["NO"]["box"][1] == pytest.approx(cape, abs=0.2)


def test_the_united_states_are_drawn_in_one_piece_with_the_aleutians_on_the_left():
    x0, _, x1, _ = SHAPES["US"]["box"]
    assert x0 < project(-169, 52)[0]
    assert x1 < MAP["width"] / 2


def test_the_countries_cover_the_land_once_but_for_what_is_nobodys():
    """Somaliland, Northern Cyprus and the Siachen Glacier: in square units of 1189 km²."""
    land = ElementTree.parse(WORLD).getroot()[0].get("d")
    assert area(land) - sum(area(shape["d"]) for shape in SHAPES.values()) == pytest.approx(146, abs=3)


def test_the_world_is_a_plain_and_light_image_in_the_same_coordinates():
    root = ElementTree.parse(WORLD).getroot()
    assert root.attrib == {"viewBox": f"0 0 {MAP['width']} {MAP['height']}"}
    assert {element.tag for element in root} == {"{http://www.w3.org/2000/svg}path"}
    assert {name for element in root for name in element.attrib} <= {
        "d", "fill", "fill-opacity", "stroke", "stroke-dasharray", "stroke-linejoin", "stroke-opacity", "stroke-width",
    }  # fmt: skip
    assert WORLD.stat().st_size < 260_000
