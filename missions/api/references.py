"""The few rows that all others refer to, kept in memory for one revision of the dataset: countries and missions."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Model

from missions.caching import State, remembered
from missions.models import Country, Mission


class Known(dict):
    """Rows of one table by number; one that came after the others were read is read when it is asked for."""

    def __init__(self, model):
        self.model = model
        super().__init__({row.pk: row for row in model.objects.all()})

    def __missing__(self, number):
        if number is None:
            return None
        found = self[number] = self.model.objects.get(pk=number)
        return found


class Shown(dict):
    """What an answer refers to rows by, made once for each and shared by all answers: not to be changed."""

    def __init__(self, rows: Known, make: Callable[[Model], dict]):
        super().__init__()
        self.rows, self.make = rows, make

    def __missing__(self, number: int | None) -> dict | None:
        row = self.rows[number]
        found = self[number] = row and self.make(row)
        return found


class References:
    """Countries and missions by number: as rows, and as the objects that an answer refers to them by."""

    def __init__(self):
        self.countries, self.missions = Known(Country), Known(Mission)
        self.shown_countries = Shown(self.countries, lambda row: {"code": row.code, "name": row.name_en})
        self.shown_missions = Shown(self.missions, lambda row: {"slug": row.slug, "name": row.name})


class Identity(NamedTuple):
    """What tells one deployment from another, as far as a passage can name it."""

    contributing_country: Country
    host_country: Country | None
    mission: Mission | None


def references(state: State) -> References:
    """The references of a revision; each process reads them anew when it has changed."""
    return remembered.get(state, References, References)
