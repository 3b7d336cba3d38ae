"""Imprecise dates in a table: four columns kept together under one name."""

from datetime import date
from operator import attrgetter
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import CharField, DateField

from missions import edtf

COLUMNS = ("words", "edtf", "earliest", "latest")


class ImpreciseDate(NamedTuple):
    """One day known imprecisely: the words as printed, EDTF, and the earliest and latest day it can be."""

    words: str | None = None
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None

    @classmethod
    def of(cls, text: str | None, words: str | None = None) -> "ImpreciseDate":
        """From an EDTF string; ValueError where it is none."""
        return cls(words, text, *edtf.days(text)) if text else cls(words)

    @classmethod
    def between(cls, earliest: date | None, latest: date | None) -> "ImpreciseDate":
        return cls(None, edtf.between(earliest, latest), earliest, latest)


class ImpreciseDateColumns:
    """`published = ImpreciseDateColumns("…")` adds published_words, _edtf, _earliest, _latest and reads them as one."""

    def __init__(self, help_text: str):
        self.help_text = help_text

    def contribute_to_class(self, cls, name):
        self.name = name
        self.columns = attrgetter(*(f"{name}_{column}" for column in COLUMNS))
        columns = {
            "words": CharField(max_length=200, help_text="The date in the words of the source."),
            "edtf": CharField(
                max_length=40, help_text="The date in EDTF (ISO 8601-2), such as 2021-11 or [..2022-02]."
            ),
            "earliest": DateField(help_text="The earliest day it can be; null where that is open."),
            "latest": DateField(help_text="The latest day it can be; null where that is open."),
        }
        for column in COLUMNS:
            field = columns[column]
            field.null = field.blank = True
            field.help_text = f"{self.help_text} {field.help_text}"
            cls.add_to_class(f"{name}_{column}", field)
        setattr(cls, name, self)

    def __get__(self, row, owner=None):
        if row is None:
            return self
        return ImpreciseDate._make(self.columns(row))

    def __set__(self, row, value: ImpreciseDate | None):
        value = value or ImpreciseDate()
        for column in COLUMNS:
            setattr(row, f"{self.name}_{column}", getattr(value, column))

    def clean(self, row) -> None:
        """Fill the days from EDTF when they are missing; refuse days that contradict it."""
        words, said, first, last = self.columns(row)
        if said is None:
            if first or last:
                raise ValidationError(
                    {f"{self.name}_edtf": "Days without an EDTF string: give the string, such as 2021-11."}
                )
            return
        try:
            earliest, latest = edtf.days(said)
        except ValueError as error:
            raise ValidationError({f"{self.name}_edtf": str(error)}) from error
        if first is None and last is None:
            self.__set__(row, ImpreciseDate(words, said, earliest, latest))
            return
        for column, given, expected in (("earliest", first, earliest), ("latest", last, latest)):
            if given != expected:
                raise ValidationError(
                    {
                        f"{self.name}_{column}": f"EDTF {said} gives {expected or 'no day'} here; leave the days empty to have them filled."
                    }
                )


def imprecise_dates(model) -> list[ImpreciseDateColumns]:
    """The imprecise dates of a model, in the order of their names."""
    return [
        getattr(model, name)
        for name in sorted(dir(model))
        if isinstance(getattr(model, name, None), ImpreciseDateColumns)
    ]
