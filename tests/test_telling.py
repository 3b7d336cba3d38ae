"""Dates and strengths as a reader of either language is told them."""

import pytest
from django.utils import translation

from missions.models.dates import ImpreciseDate
from missions.telling import told_date, told_strength

DATES = [
    ("2021-11", "November 2021", "november 2021"),
    ("2022-02-10", "10 February 2022", "10 februari 2022"),
    ("2013", "2013", "2013"),
    ("2014~", "about 2014", "ongeveer 2014"),
    ("2014?", "2014 (uncertain)", "2014 (onzeker)"),
    ("2014%", "about 2014 (uncertain)", "ongeveer 2014 (onzeker)"),
    ("201X", "the 2010s", "de jaren 2010"),
    ("2022-21", "spring 2022", "voorjaar 2022"),
    ("2022-24", "winter 2022/23", "winter 2022/23"),
    ("[2022-01-24..2022-02-27]", "between 24 January and 27 February 2022", "tussen 24 januari en 27 februari 2022"),
    ("[2022-01-03..2022-01-09]", "between 3 and 9 January 2022", "tussen 3 en 9 januari 2022"),
    ("[2021-12..2022-02]", "between December 2021 and February 2022", "tussen december 2021 en februari 2022"),
    ("[2022-01..2022-02]", "between January and February 2022", "tussen januari en februari 2022"),
    ("[2013..2014]", "between 2013 and 2014", "tussen 2013 en 2014"),
    ("[2022-01..2022-02-10]", "between January 2022 and 10 February 2022", "tussen januari 2022 en 10 februari 2022"),
    ("[..2022-02-28]", "28 February 2022 or earlier", "28 februari 2022 of eerder"),
    ("[2022-02-01..]", "1 February 2022 or later", "1 februari 2022 of later"),
]


@pytest.mark.parametrize(("edtf", "english", "dutch"), DATES)
def test_a_date_is_told_as_precisely_as_it_is_known(edtf, english, dutch):
    for language, words in (("en-gb", english), ("nl", dutch)):
        with translation.override(language):
            assert told_date(ImpreciseDate.of(edtf)) == words


def test_an_unknown_date_is_not_told():
    assert told_date(ImpreciseDate()) is None


@pytest.mark.parametrize(
    ("strength", "english", "dutch"),
    [
        ((None, None, None, None), None, None),
        ((None, None, 89, "bijna negentig"), "at most 89", "hoogstens 89"),
        ((None, 90, None, "zo'n 90"), "about 90", "ongeveer 90"),
        ((None, 105, None, "105"), "105", "105"),
        ((None, 2400, None, "2.400"), "2,400", "2.400"),
        ((50, None, None, "at least 50"), "at least 50", "minstens 50"),
        ((2400, None, 2500, "2400-2500"), "2,400–2,500", "2.400–2.500"),
        ((80, 90, 100, "80 tot 100"), "90 (80–100)", "90 (80–100)"),
        ((80, 90, None, "about 90"), "about 90 (at least 80)", "ongeveer 90 (minstens 80)"),
    ],
)
def test_a_strength_keeps_its_hedge_and_never_becomes_a_number_nobody_gave(strength, english, dutch):
    for language, words in (("en-gb", english), ("nl", dutch)):
        with translation.override(language):
            assert told_strength(*strength) == words
