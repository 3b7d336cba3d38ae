"""Write the world's shapes for small maps: `python reference/build_map.py package/countries-50m.json`.

The file is the npm package world-atlas's (Natural Earth 1:50m, public domain). Neighbours share the arcs between them:
each arc is projected, simplified and rounded once, and the areas are joined of what is left, without gaps or overlaps.
Written are the countries one by one (shapes.json) and the land below them (world.svg), in the same coordinates.
"""

import heapq
import json
import re
import sys
from collections.abc import Iterable
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from build_points import code_of, decode, joined

MISSIONS = Path(__file__).resolve().parent.parent / "missions"
SHAPES = MISSIONS / "site" / "shapes.json"
WORLD = MISSIONS / "static" / "missions" / "world.svg"

EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)  # Šavrič, Patterson and Jenny, 2018
MERIDIAN = 11  # the middle of the map: its edge, 169°W, runs through the Bering Strait
SOUTH, NORTH = -58, 84
WIDTH = 1000
GRID = 10  # steps of a unit: coordinates are whole numbers of them until they are written

DETAIL = 0.03  # square units: a corner that cuts off less is left out
SPECK = 0.05  # square units, 60 km²: a smaller part is left out, unless it is a country's largest

# The Aleutians reach across the edge, and beyond it there is room for them: the United States are drawn in one piece.
WEST = {"US": -190}

# Territories with a code of their own in what Natural Earth draws as one: code, name there, west, south, east, north.
OVERSEAS = [
    ("BQ", "Netherlands", -70, 11, -62, 19),
    ("CC", "Indian Ocean Ter.", 96, -13, 98, -11),
    ("CX", "Indian Ocean Ter.", 105, -11, 106, -10),
    ("GF", "France", -55, 2, -51, 6),
    ("GP", "France", -62, 15.7, -60.9, 16.6),
    ("MQ", "France", -62, 14, -60, 15),
    ("RE", "France", 55, -22, 56, -20),
    ("SJ", "Norway", 9, 74, 35, 81),
    ("SJ", "Norway", -10, 70, -7, 72),  # Jan Mayen
    ("TK", "New Zealand", -173, -10, -171, -8),
    ("YT", "France", 44, -14, 46, -12),
]

Points = list[tuple[float, float]]
Polygon = list[list[int]]  # an outline and holes, each the numbers of its arcs


def main(source: Path) -> None:
    topology = json.loads(source.read_text())
    degrees = [decode(arc, topology["transform"]) for arc in topology["arcs"]]
    areas = areas_of(topology, degrees)
    owners = {}
    for owner, polygons in areas.items():
        for number in numbers_of(polygons):
            owners.setdefault(number, set()).add(owner)
    arcs = [drawn(arc, owners[number]) if number in owners else [] for number, arc in enumerate(degrees)]
    seen = set().union(*(visible(polygons, arcs) for polygons in areas.values()))
    shapes = {owner: rings_of(areas[owner], arcs, seen) for owner in sorted(areas) if owner}
    write_shapes({code: rings for code, rings in shapes.items() if rings})
    borders = [number for number in sorted(seen) if len(owners[number]) == 2 and len(arcs[number]) > 1]
    write_world(
        rings_of(polygons_of(topology["objects"]["land"]["geometries"][0]), arcs, seen),
        [arcs[number] for number in borders if "" not in owners[number]],
        [arcs[number] for number in borders if "" in owners[number]],
    )


def areas_of(topology: dict, degrees: list[Points]) -> dict[str, list[Polygon]]:
    """By alpha-2 code; land that has none is under "". What lies south of the map is left out."""
    areas = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        for polygon in polygons_of(shape):
            longitude, latitude = joined(polygon[0], degrees)[0]
            if latitude > SOUTH:
                owner = territory(shape["properties"]["name"], longitude, latitude) or code_of(shape) or ""
                areas.setdefault(owner, []).append(polygon)
    return areas


def polygons_of(shape: dict) -> list[Polygon]:
    return shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]


def territory(name: str, longitude: float, latitude: float) -> str | None:
    for code, home, west, south, east, north in OVERSEAS:
        if name == home and west < longitude < east and south < latitude < north:
            return code
    return None


def numbers_of(polygons: Iterable[Polygon]) -> set[int]:
    return {max(number, ~number) for polygon in polygons for ring in polygon for number in ring}


def drawn(arc: Points, owners: set[str]) -> Points:
    """Projected, simplified, on the grid."""
    west = min(WEST.get(owner, MERIDIAN - 180) for owner in owners)
    placed = [(west + (longitude - west) % 360, latitude) for longitude, latitude in arc]
    if any(abs(a - b) > 180 for (a, _), (b, _) in pairwise(placed)):
        raise SystemExit(f"Land of {sorted(owners)} lies across the edge of the map.")
    return rounded(simplified([project(*place) for place in placed]))


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """In units, y downwards. A longitude beyond the edge is drawn beyond it."""
    x, y = equal_earth(longitude - MERIDIAN, latitude)
    return TRANSLATE[0] + SCALE * x, TRANSLATE[1] - SCALE * y


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    a1, a2, a3, a4 = EQUAL_EARTH
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    slope = a1 + 3 * a2 * t**2 + 7 * a3 * t**6 + 9 * a4 * t**8
    return 2 * sqrt(3) / 3 * radians(longitude) * cos(t) / slope, t * (a1 + a2 * t**2 + a3 * t**6 + a4 * t**8)


# A point in degrees is at TRANSLATE plus SCALE times its place on Equal Earth, y upwards there.
SCALE = round(WIDTH / 2 / equal_earth(180, 0)[0], 4)
TRANSLATE = (WIDTH // 2, round(SCALE * equal_earth(0, NORTH)[1], 4))
HEIGHT = round(TRANSLATE[1] - SCALE * equal_earth(0, SOUTH)[1])


def simplified(line: Points) -> Points:
    """Visvalingam: the corner that cuts off the least goes first, until each cuts off DETAIL. The ends stay: neighbours
    meet there. An island keeps three corners."""
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    spare = len(line) - (4 if line[0] == line[-1] else 2)

    def corner(at: int) -> tuple[float, int]:
        return abs(area([line[before[at]], line[at], line[after[at]]])), at

    waiting = [corner(at) for at in range(1, len(line) - 1)]
    current = {at: size for size, at in waiting}
    heapq.heapify(waiting)
    while waiting and spare > 0:
        size, at = heapq.heappop(waiting)
        if size >= DETAIL:
            break
        if current.get(at) != size:
            continue
        del current[at]
        spare -= 1
        after[before[at]], before[after[at]] = after[at], before[at]
        for neighbour in (before[at], after[at]):
            if neighbour in current:
                # Not less than what went before it, or one dull curve would be eaten up corner by corner.
                current[neighbour] = max(size, corner(neighbour)[0])
                heapq.heappush(waiting, (current[neighbour], neighbour))
    return [line[0], *(line[at] for at in sorted(current)), line[-1]]


def rounded(line: Points) -> Points:
    """On the grid, without corners that are none there."""
    points = []
    for x, y in line:
        points.append((round(x * GRID), round(y * GRID)))
        while len(points) > 1 and points[-1] == points[-2]:
            points.pop()
        while len(points) > 2 and not area(points[-3:]):
            del points[-2]
            if points[-1] == points[-2]:
                points.pop()
    return points


def area(points: Points) -> float:
    return sum(x * v - u * y for (x, y), (u, v) in pairwise([*points, points[0]])) / 2


def visible(polygons: list[Polygon], arcs: list[Points]) -> set[int]:
    """The arcs of the outlines that are no specks; the largest is none if anything is left of it."""
    sizes = [abs(area(joined(outline, arcs))) / GRID**2 for outline, *_ in polygons]
    least = min(SPECK, max(sizes)) or SPECK
    return numbers_of([outline] for (outline, *_), size in zip(polygons, sizes, strict=True) if size >= least)


def rings_of(polygons: list[Polygon], arcs: list[Points], seen: set[int]) -> list[Points]:
    """A hole is left where what lies in it is seen."""
    rings = [ring for polygon in polygons for ring in polygon if numbers_of([[ring]]) & seen]
    return [points for points in (joined(ring, arcs) for ring in rings) if area(points)]


def write_shapes(countries: dict[str, list[Points]]) -> None:
    head = {"width": WIDTH, "height": HEIGHT}
    head["projection"] = {"name": "Equal Earth", "meridian": MERIDIAN, "scale": SCALE, "translate": TRANSLATE}
    lines = [f'"{code}":{compact({"d": path(rings), "box": box(rings)})}' for code, rings in countries.items()]
    SHAPES.write_text(compact(head)[:-1] + ',"countries":{\n' + ",\n".join(lines) + "\n}}\n")
    print(f"{SHAPES.name}: {len(lines)} countries, {SHAPES.stat().st_size} bytes")


def write_world(land: list[Points], borders: list[Points], disputed: list[Points]) -> None:
    line = 'fill="none" stroke="#808080" stroke-opacity=".7" stroke-width=".4" stroke-linejoin="round"'
    WORLD.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<path fill="#808890" fill-opacity=".3" d="{path(land)}"/>\n'
        f'<path {line} d="{path(borders)}"/>\n'
        f'<path {line} stroke-dasharray="1 1" d="{path(disputed)}"/>\n'
        "</svg>\n"
    )
    print(f"{WORLD.name}: {WORLD.stat().st_size} bytes")


def path(lines: list[Points]) -> str:
    """SVG's commands: a place to begin, steps from there, and z where the end is the beginning."""
    drawn = []
    for line in lines:
        closed = line[0] == line[-1]
        steps = [(u - x, v - y) for (x, y), (u, v) in pairwise(line[:-1] if closed else line)]
        drawn.append(f"M{written(line[:1])}l{written(steps)}{'z' * closed}")
    return "".join(drawn)


def written(points: Points) -> str:
    """In units, without what SVG needs not: a nought before a point, a space before a sign or a second point."""
    text = " ".join(f"{number / GRID:g}" for point in points for number in point)
    return re.sub(r"(\.\d) (?=\.)", r"\1", re.sub(r"\b0\.", ".", text).replace(" -", "-"))


def box(rings: list[Points]) -> list[float]:
    xs, ys = zip(*(point for ring in rings for point in ring), strict=True)
    return [side / GRID for side in (min(xs), min(ys), max(xs), max(ys))]


def compact(value: dict) -> str:
    return json.dumps(value, separators=(",", ":"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
