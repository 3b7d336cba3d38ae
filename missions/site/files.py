"""Pictures as files: whole by themselves, with their title, their legend, and where they are from."""

import re
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from missions.site.names import name_of

SVG = "image/svg+xml; charset=utf-8"
TOP, ROW, COLUMN, COLUMNS = 48, 22, 190, 5
# Characters that no XML may hold; a text may hold them all the same.
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CERTAIN, PALE, HOST, BOTH = "#1d4e6b", "#6b99b4", "#c07a1a", "#7d5ba6"


def for_xml(text: str) -> str:
    """A text that XML can hold: what it cannot is shown as a replacement character."""
    return NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the legend."""

    label: str
    x: int
    y: int
    stage: str | None = None
    fill: str | None = None
    hatch: bool = False


@dataclass(slots=True)
class Frame:
    """What stands around a picture."""

    template: str
    title: str
    description: str
    source: str
    picture_height: int
    signs: list[dict] = field(default_factory=list)

    @property
    def legend(self) -> list[Entry]:
        begin = TOP + self.picture_height + 16
        return [
            Entry(x=16 + number % COLUMNS * COLUMN, y=begin + number // COLUMNS * ROW, **sign)
            for number, sign in enumerate(self.signs)
        ]

    @property
    def foot(self) -> int:
        return TOP + self.picture_height + 24 + -(-len(self.signs) // COLUMNS) * ROW + 16

    @property
    def height(self) -> int:
        return self.foot + 14


def timeline_file(request, timeline, name: str) -> HttpResponse:
    signs = [{"label": _("certainly there"), "fill": CERTAIN}, {"label": _("possibly there"), "fill": PALE}]
    if timeline.has_plans:
        signs.append({"label": _("planned"), "hatch": True})
    signs += [{"label": label, "stage": stage} for stage, label in timeline.stages]
    if timeline.publications:
        signs.append({"label": _("an article")})
    frame = Frame(
        "missions/parts/timeline.svg", timeline.title, timeline.description, _source(request), timeline.height, signs
    )
    return _file(request, frame, {"timeline": timeline}, name)


def strengths_file(request, strengths, name: str) -> HttpResponse:
    title = _("Strength, in persons")
    told = "; ".join(f"{one.title}: {one.told}" for one in strengths.lanes)
    frame = Frame("missions/parts/strengths.svg", title, told, _source(request), strengths.height)
    return _file(request, frame, {"strengths": strengths}, f"{name}-strengths")


def map_file(request, shown, country, name: str) -> HttpResponse:
    labels = {"home": name_of(country), "host": _("where it sent a force, then or now"),
              "contributor": _("who sent a force there, then or now"), "both": _("both")}  # fmt: skip
    fills = {"home": CERTAIN, "host": HOST, "contributor": PALE, "both": BOTH}
    signs = [{"label": labels[kind], "fill": fills[kind]} for kind in labels if kind in shown.kinds]
    description = ", ".join(area.title for area in shown.areas)
    frame = Frame(
        "missions/parts/map.svg",
        labels["home"],
        description,
        f"{_('Borders: Natural Earth.')} {_source(request)}",
        shown.file_height,
        signs,
    )
    return _file(request, frame, {"map": shown, "country": country}, name)


def _source(request) -> str:
    number = request.dataset.number
    return _("%(address)s · revision %(number)d · CC BY 4.0") % {
        "address": request.build_absolute_uri("/"),
        "number": number,
    }


def _file(request, frame: Frame, context: dict, name: str) -> HttpResponse:
    shown = {"frame": frame, "standalone": True} | context
    response = render(request, "missions/parts/file.svg", shown, content_type=SVG)
    response.content = for_xml(response.content.decode()).encode()
    response["Content-Disposition"] = f'inline; filename="newsdb-{name}.svg"'
    return response
