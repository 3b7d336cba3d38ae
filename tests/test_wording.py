"""Dates and numbers as people write them: what they mean, and what is refused."""

from datetime import date

import pytest

from missions.wording import dates, numbers
from missions.wording.numbers import Strength

FEBRUARY = (date(2022, 2, 1), date(2022, 2, 28))
A_MONDAY = (date(2022, 2, 28), date(2022, 2, 28))


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("nov 2021", "2021-11"),
        ("November 2021", "2021-11"),
        ("in november 2021", "2021-11"),
        ("2013", "2013"),
        ("sinds 2013", "2013"),
        ("het jaar 2013", "2013"),
        ("tot mei 2022", "2022-05"),
        ("until May 2022", "2022-05"),
        ("5 mei 2022", "2022-05-05"),
        ("May 5th, 2022", "2022-05-05"),
        ("May 5, 2022", "2022-05-05"),
        ("the 5th of May 2022", "2022-05-05"),
        ("13/4/2022", "2022-04-13"),
        ("03-04-2022", "2022-04-03"),
        ("early 2022", "[2022-01-01..2022-06-30]"),
        ("mid-2021", "[2021-04-01..2021-09-30]"),
        ("eind 2021", "[2021-07-01..2021-12-31]"),
        ("begin mei 2022", "[2022-05-01..2022-05-16]"),
        ("spring 2022", "2022-21"),
        ("de winter van 2021", "2021-24"),
        ("Q3 2021", "[2021-07-01..2021-09-30]"),
        ("around 2014", "2014~"),
        ("circa maart 2014", "2014-03~"),
        ("before May 2022", "[..2022-04-30]"),
        ("uiterlijk mei 2022", "[..2022-05-31]"),
        ("na 2013", "[2014-01-01..]"),
        ("tussen 2013 en 2014", "[2013-01-01..2014-12-31]"),
        ("de jaren 90", "199X"),
        ("2010s", "201X"),
        ("2014~", "2014~"),
        ("[..2022-02]", "[..2022-02]"),
    ],
)
def test_a_date_with_its_year_needs_no_publication(words, written):
    found = dates.understand(words)
    assert (found.edtf, found.derived) == (written, False)


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("vandaag", "2022-02-01", "2022-02-28"),
        ("yesterday", "2022-01-31", "2022-02-27"),
        ("Vorige week", "2022-01-24", "2022-02-27"),
        ("this week", "2022-01-31", "2022-03-06"),
        ("vorig jaar", "2021-01-01", "2021-12-31"),
        ("eind vorig jaar", "2021-07-01", "2021-12-31"),
        ("volgende maand", "2022-03-01", "2022-03-31"),
        ("three weeks ago", "2022-01-10", "2022-02-13"),
        ("twee jaar geleden", "2020-01-01", "2020-12-31"),
        ("tot mei", "2022-05-01", "2022-05-31"),
        ("last May", "2021-05-01", "2021-05-31"),
        ("November last year", "2021-11-01", "2021-11-30"),
        ("in november van vorig jaar", "2021-11-01", "2021-11-30"),
        ("3 mei dit jaar", "2022-05-03", "2022-05-03"),
        ("March next year", "2023-03-01", "2023-03-31"),
        ("since november", "2021-11-01", "2021-11-30"),
        ("sinds 3 januari", "2022-01-03", "2022-01-03"),
        ("last Monday", "2022-01-31", "2022-02-21"),
    ],
)
def test_what_counts_from_the_publication_is_a_range_and_derived(words, earliest, latest):
    found = dates.understand(words, FEBRUARY)
    assert (str(found.earliest), str(found.latest)) == (earliest, latest)
    assert found.derived
    assert found.rule.endswith(".")
    with pytest.raises(ValueError, match="publication"):
        dates.understand(words)


def test_a_weekday_is_strictly_before_or_after_the_publication():
    assert dates.understand("last monday", A_MONDAY).edtf == "2022-02-21"
    assert dates.understand("tuesday", A_MONDAY).edtf == "2022-02-22"
    assert dates.understand("next monday", A_MONDAY).edtf == "2022-03-07"


@pytest.mark.parametrize("words", ["nu", "Eerder", "now", "still"])
def test_words_that_date_nothing_give_no_date(words):
    assert dates.understand(words) == dates.Understood()


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("", "no date"),
        ("mei", "which Mei"),
        ("op 3 maart", "which Maart"),
        ("3/4/2022", "month as a word"),
        ("31 februari 2022", "no such day"),
        ("2022-13", "calendar"),
        ("2014/2019", "duration"),
        ("tussen 2014 en 2013", "ends before it begins"),
        ("around last week", "takes a day"),
        ("soonish", "does not understand"),
        ("in mei 2022 en juni 2023", "does not understand"),
        ("early 5 May 2022", "part"),
    ],
)
def test_a_date_that_is_not_understood_is_refused_with_what_is_taken(words, because):
    with pytest.raises(ValueError, match=because) as refused:
        dates.understand(words, FEBRUARY)
    assert "write" in str(refused.value) or "one day" in str(refused.value) or "put" in str(refused.value)


@pytest.mark.parametrize(
    ("words", "strength"),
    [
        ("90", (None, 90, None)),
        ("bijna 90", (None, None, 89)),
        ("bijna negentig", (None, None, 89)),
        ("about 1,100", (None, 1100, None)),
        ("zo’n 90", (None, 90, None)),
        ("1.100 militairen", (None, 1100, None)),
        ("2400-2500", (2400, None, 2500)),
        ("90–100 troops", (90, None, 100)),
        ("tussen de 80 en 90", (80, None, 90)),
        ("more than 100", (101, None, None)),
        ("ruim honderd", (101, None, None)),
        ("at least fifty", (50, None, None)),
        ("up to 500", (None, None, 500)),
        ("fewer than 100 troops", (None, None, 99)),
        ("twelve hundred troops", (None, 1200, None)),
        ("een", (None, 1, None)),
    ],
)
def test_a_strength_is_read_as_its_words_have_it(words, strength):
    assert numbers.understand(words) == Strength(*strength)


@pytest.mark.parametrize(
    "words",
    ["", "0", "tientallen", "dozens", "300 soldiers and 20 police", "een bataljon", "een honderdtal", "12 F-16s",
     "100%", "1.1", "3,5", "20 to 10", "-5", "less than 1", "99999999999999999999"],
)  # fmt: skip
def test_a_strength_that_is_not_understood_is_refused(words):
    with pytest.raises(ValueError, match="write it as"):
        numbers.understand(words)


@pytest.mark.parametrize("words", ["over 3 weeks", "3000 years ago", "drie weken", "90 procent", "2 dagen"])
def test_what_counts_no_persons_is_no_strength(words):
    with pytest.raises(ValueError, match="does not understand this number"):
        numbers.understand(words)
