"""Write fixtures/10_countries.json, the countries' reference data: `make countries`.

Sources: pycountry (ISO 3166-1 codes), Babel (CLDR names in English and Dutch), country_converter (Gleditsch–Ward
numbers and UN M49 subregions), and beside this file demonyms.csv, written by hand, and points.csv, made by
build_points.py. See README.md here.
"""

import csv
import json
from importlib.resources import files
from pathlib import Path

import pycountry
from babel import Locale

HERE = Path(__file__).resolve().parent
OUTPUT = HERE.parent / "fixtures" / "10_countries.json"

# UN M49: subregion → (its code, its region, the region's code)
SUBREGIONS = {
    "Northern Africa": ("015", "Africa", "002"),
    "Eastern Africa": ("014", "Africa", "002"),
    "Middle Africa": ("017", "Africa", "002"),
    "Southern Africa": ("018", "Africa", "002"),
    "Western Africa": ("011", "Africa", "002"),
    "Caribbean": ("029", "Americas", "019"),
    "Central America": ("013", "Americas", "019"),
    "South America": ("005", "Americas", "019"),
    "Northern America": ("021", "Americas", "019"),
    "Central Asia": ("143", "Asia", "142"),
    "Eastern Asia": ("030", "Asia", "142"),
    "South-eastern Asia": ("035", "Asia", "142"),
    "Southern Asia": ("034", "Asia", "142"),
    "Western Asia": ("145", "Asia", "142"),
    "Eastern Europe": ("151", "Europe", "150"),
    "Northern Europe": ("154", "Europe", "150"),
    "Southern Europe": ("039", "Europe", "150"),
    "Western Europe": ("155", "Europe", "150"),
    "Australia and New Zealand": ("053", "Oceania", "009"),
    "Melanesia": ("054", "Oceania", "009"),
    "Micronesia": ("057", "Oceania", "009"),
    "Polynesia": ("061", "Oceania", "009"),
}
# ISO has not assigned Kosovo a code; XK and XKX are in general use, and M49 does not list it.
KOSOVO = {"code": "XK", "alpha3": "XKX", "numeric": None}


def main() -> None:
    words = {row["code"]: row for row in rows_of(HERE / "demonyms.csv")}
    points = {row["code"]: row for row in rows_of(HERE / "points.csv")}
    data = files("country_converter").joinpath("country_data.tsv").read_text(encoding="utf-8")
    # It writes GB and GR otherwise and Kosovo's three letters too, so either code finds the row.
    table = list(csv.DictReader(data.splitlines(), delimiter="\t"))
    conflict = {row[column]: row for column in ("ISO3", "ISO2") for row in table}
    codes = [{"code": c.alpha_2, "alpha3": c.alpha_3, "numeric": c.numeric} for c in pycountry.countries] + [KOSOVO]
    known = {one["code"] for one in codes}
    if known != words.keys():
        raise SystemExit(
            f"demonyms.csv lacks {sorted(known - words.keys())} and has unknown {sorted(words.keys() - known)}."
        )
    english, dutch = Locale("en").territories, Locale("nl").territories
    fixture = []
    for one in sorted(codes, key=lambda one: one["code"]):
        code = one["code"]
        outside = conflict.get(one["alpha3"]) or conflict.get(code, {})
        subregion = (outside.get("UNregion") or "").strip() or None
        subregion_code, region, region_code = SUBREGIONS.get(subregion, (None, None, None))
        number = (outside.get("GWcode") or "").strip()
        fields = one | {
            "name_en": english[code],
            "name_nl": dutch[code],
            "region": region,
            "region_code": region_code,
            "subregion": subregion if region else None,
            "subregion_code": subregion_code,
            "gw_number": int(float(number)) if number else None,
            "latitude": float(points[code]["latitude"]),
            "longitude": float(points[code]["longitude"]),
            "demonyms": {tongue: split(words[code][f"demonyms_{tongue}"]) for tongue in ("en", "nl")},
            "aliases": {tongue: split(words[code][f"aliases_{tongue}"]) for tongue in ("en", "nl")},
        }
        fixture.append({"model": "missions.country", "fields": fields})
    OUTPUT.write_text(json.dumps(fixture, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{OUTPUT.name}: {len(fixture)} countries")


def rows_of(path: Path) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> list[str]:
    return [word for word in cell.split("|") if word]


if __name__ == "__main__":
    main()
