"""When a force was there, or was to be there: for certain from day to day, and possibly. The rule of `present()`, as stretches."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import ngettext

from missions.telling import told_days

STRETCHES = 4  # told at most


@dataclass(frozen=True, slots=True)
class Reach:
    """A possible presence: its outermost days, None where open, and the days between which something is known."""

    first: date | None
    known_first: date
    known_last: date
    last: date | None


@dataclass(slots=True)
class Presence:
    """One force's presence, or that of several in one lane."""

    certain: list[tuple[date, date]] = field(default_factory=list)
    possible: list[Reach] = field(default_factory=list)
    any_day: bool = False  # possibly there on any day: nothing is known of when

    @classmethod
    def of(cls, row) -> "Presence":
        """Of a deployment's columns, or of those of a dated projection."""
        if row.start_basis is None:
            return cls()
        return cls.between(row.start_earliest, row.start_latest, row.end_earliest, row.end_latest)

    @classmethod
    def planned(cls, row) -> "Presence":
        """Of a deployment's plans. A start that is planned after the end is drawn as it was told."""
        start, end = (
            (row.planned_start_earliest, row.planned_start_latest),
            (row.planned_end_earliest, row.planned_end_latest),
        )
        if not any((*start, *end)):
            return cls()
        if start[0] and end[1] and start[0] > end[1]:
            return cls.between(*end, *end) + cls.between(*start, *start)
        return cls.between(*start, *end)

    @classmethod
    def between(cls, begins: date | None, begun: date | None, ends: date | None, ended: date | None) -> "Presence":
        """From a start's earliest and latest day and an end's; None is open."""
        if begins and ended and begins > ended:
            return cls()
        within = [day for day in (begins, begun, ends, ended) if day and (begins or day) <= day <= (ended or day)]
        if not within:
            return cls(any_day=True)
        certain = [(begun, ends)] if begun and ends and begun <= ends else []
        return cls(certain, [Reach(begins, min(within), max(within), ended)])

    def __add__(self, other: "Presence") -> "Presence":
        return Presence(
            _united(self.certain + other.certain),
            _joined(self.possible + other.possible),
            self.any_day or other.any_day,
        )

    @property
    def reaches(self) -> list[Reach]:
        """What is possible, where anything is known of when."""
        if self.any_day and self.possible:
            first = min(reach.known_first for reach in self.possible)
            return [Reach(None, first, max(reach.known_last for reach in self.possible), None)]
        return self.possible

    @property
    def told_certain(self) -> str:
        return _listed([told_days(first, last) for first, last in self.certain])

    @property
    def told_possible(self) -> str:
        if self.any_day:
            return told_days(None, None)
        return _listed([told_days(reach.first, reach.last) for reach in self.possible])


def _listed(stretches: list[str]) -> str:
    """Stretches of days in words, the first few of them."""
    more = len(stretches) - STRETCHES
    told = "; ".join(stretches[:STRETCHES])
    return (
        told
        if more <= 0
        else told + ngettext("; and %(number)d more", "; and %(number)d more", more) % {"number": more}
    )


def _united(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + timedelta(1):
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return found


def _joined(reaches: list[Reach]) -> list[Reach]:
    found: list[Reach] = []
    for one in sorted(reaches, key=lambda reach: (reach.first or date.min, reach.known_first)):
        if found and (found[-1].last is None or (one.first or date.min) <= found[-1].last):
            other = found.pop()
            one = Reach(
                None if None in (one.first, other.first) else min(one.first, other.first),
                min(one.known_first, other.known_first),
                max(one.known_last, other.known_last),
                None if None in (one.last, other.last) else max(one.last, other.last),
            )
        found.append(one)
    return found
