"""How many, as a picture: a dot for the best number, a line from the lowest to the highest, fading where one is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass

from missions.models import Deployment
from missions.site.addresses import address
from missions.telling import told_number, told_strength

LANE, AXIS = 40, 24
FIRST_STEPS = (1, 2, 5)
LABELS = 5


@dataclass(frozen=True, slots=True)
class Strength:
    """One deployment's strength; places are percentages of the width, None where a number is unknown."""

    title: str
    address: str
    told: str
    y: int
    low: str | None
    best: str | None
    high: str | None
    line: tuple[str, str] | None  # place and width of what is known
    opens: tuple[str, str] | None  # from nothing up to the lowest number known
    closes: tuple[str, str] | None  # beyond the highest number known


@dataclass(frozen=True, slots=True)
class Strengths:
    name: str
    lanes: list[Strength]
    ticks: list[tuple[str, str]]
    height: int


def strengths(rows: Iterable[tuple[str, Deployment]], name: str) -> Strengths | None:
    """Titles and deployments → the picture of those of which a strength is known; None where none is."""
    known = [(title, row) for title, row in rows if row.personnel_words]
    if not known:
        return None
    most = max(n for _title, row in known for n in _numbers(row) if n is not None)
    step = _step(most)
    end = (most // step + 1) * step

    def at(number: float) -> float:
        return 100 * number / end

    lanes = []
    for position, (title, row) in enumerate(known):
        low, best, high = _numbers(row)
        given = [number for number in (low, best, high) if number is not None]
        least, greatest = min(given), max(given)
        lanes.append(
            Strength(
                title,
                address(row),
                told_strength(low, best, high, row.personnel_words),
                position * LANE,
                *(None if number is None else _percent(at(number)) for number in (low, best, high)),
                line=_stretch(at(least), at(greatest)) if least < greatest else None,
                opens=_stretch(0, at(least)) if low is None and best is None else None,
                closes=_stretch(at(greatest), 100) if high is None and best is None else None,
            )
        )
    ticks = [(_percent(at(number)), told_number(number)) for number in range(0, end, step)]
    return Strengths(name, lanes, ticks, len(lanes) * LANE + AXIS)


def _numbers(row) -> tuple[int | None, int | None, int | None]:
    return row.personnel_low, row.personnel_best, row.personnel_high


def _step(most: int) -> int:
    size = 1
    while True:
        for first in FIRST_STEPS:
            if most / (first * size) <= LABELS:
                return first * size
        size *= 10


def _stretch(first: float, last: float) -> tuple[str, str]:
    return _percent(first), _percent(last - first)


def _percent(value: float) -> str:
    return f"{value:.3f}%"
