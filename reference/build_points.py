"""Write points.csv, a representative point of each country: `python reference/build_points.py countries-10m.json`.

The file is the npm package world-atlas's (Natural Earth 1:10m, public domain). The point is the pole of inaccessibility
of the largest polygon: it lies as far inside the main territory as a point can. Territories that Natural Earth counts
as part of another country, or leaves out, are in HAND.
"""

import csv
import json
import sys
from math import cos, radians
from pathlib import Path

import pycountry
from shapely import Polygon
from shapely.ops import polylabel

OUTPUT = Path(__file__).resolve().parent / "points.csv"
PRECISION = 0.05  # degrees within which the innermost point is looked for

# Well-known positions of small territories: code → latitude, longitude.
HAND = {
    "BQ": (12.2, -68.3),
    "BV": (-54.42, 3.36),
    "CC": (-12.18, 96.83),
    "CX": (-10.49, 105.63),
    "GF": (4.0, -53.0),
    "GP": (16.17, -61.7),
    "MQ": (14.65, -61.02),
    "RE": (-21.12, 55.53),
    "SJ": (78.8, 16.5),
    "TK": (-9.2, -171.8),
    "VA": (41.9, 12.45),
    "YT": (-12.82, 45.15),
}


def main(source: Path) -> None:
    topology = json.loads(source.read_text())
    arcs = [decode(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = code_of(shape)
        if code and "arcs" in shape:
            shapes.setdefault(code, []).extend(polygons(shape, arcs))
    rows = {code: (*inside(found), "Natural Earth") for code, found in shapes.items() if found}
    rows |= {code: (*place, "by hand") for code, place in HAND.items()}
    if missing := ({country.alpha_2 for country in pycountry.countries} | {"XK"}) - rows.keys():
        raise SystemExit(f"No point for {sorted(missing)}: add them to HAND.")
    with OUTPUT.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "latitude", "longitude", "source"])
        writer.writerows([code, *rows[code]] for code in sorted(rows))
    print(f"{OUTPUT.name}: {len(rows)} points")


def code_of(shape: dict) -> str | None:
    """Alpha-2 code by ISO number; Kosovo has none there and goes by its name. Disputed rocks have neither."""
    if shape["properties"]["name"] == "Kosovo":
        return "XK"
    country = pycountry.countries.get(numeric=shape.get("id", "").zfill(3))
    return country and country.alpha_2


def decode(arc: list, transform: dict) -> list[tuple[float, float]]:
    """TopoJSON's steps as longitudes and latitudes."""
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points


def polygons(shape: dict, arcs: list) -> list[Polygon]:
    found = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    drawn = [[ring(numbers, arcs) for numbers in rings] for rings in found]
    # A rock too small for the file's grid is a line there.
    areas = [Polygon(outer, [h for h in holes if len(h) > 3]).buffer(0) for outer, *holes in drawn if len(outer) > 3]
    return [part for area in areas for part in getattr(area, "geoms", [area]) if part.area]


def ring(numbers: list[int], arcs: list) -> list[tuple[float, float]]:
    """An area across the 180th meridian is drawn east of it."""
    points = joined(numbers, arcs)
    moved = [(x + 360 if x < 0 else x, y) for x, y in points]
    return min(points, moved, key=width)


def joined(numbers: list[int], arcs: list) -> list[tuple[float, float]]:
    """Arcs one after the other; ~n is arc n backwards."""
    points = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def width(points: list[tuple[float, float]]) -> int:
    """Whole degrees from west to east."""
    return round(max((x for x, _ in points), default=0) - min((x for x, _ in points), default=0))


def inside(found: list[Polygon]) -> tuple[float, float]:
    """Latitude and longitude of the innermost point of the largest polygon."""
    largest = max(found, key=lambda part: part.area * cos(radians(part.centroid.y)))
    across = max(largest.bounds[2] - largest.bounds[0], largest.bounds[3] - largest.bounds[1])
    point = polylabel(largest, tolerance=min(PRECISION, across / 50))
    if not largest.contains(point):
        raise SystemExit(f"{point} is not inside.")
    return round(point.y, 2), round(point.x - 360 if point.x > 180 else point.x, 2)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
