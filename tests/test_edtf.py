from datetime import date

import pytest

from missions import edtf


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022-02-10", "2022-02-10", "2022-02-10"),
        ("2022-02", "2022-02-01", "2022-02-28"),
        ("2013", "2013-01-01", "2013-12-31"),
        ("2014~", "2013-01-01", "2015-12-31"),
        ("2021-12~", "2021-11-01", "2022-01-31"),
        ("2022-03-01~", "2022-02-28", "2022-03-02"),
        ("2013?", "2013-01-01", "2013-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("[2022-01-24..2022-02-27]", "2022-01-24", "2022-02-27"),
        ("[..2022-02]", None, "2022-02-28"),
        ("[2022-02..]", "2022-02-01", None),
    ],
)
def test_an_edtf_string_has_an_earliest_and_a_latest_day(text, earliest, latest):
    expected = tuple(day and date.fromisoformat(day) for day in (earliest, latest))
    assert edtf.days(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "may",
        "2022-13",
        "2022-02-30",
        "2014/2019",
        "[..]",
        "[2022..2021]",
        "0999",
        "9999",
        "2022-2",
        "２０２２",
        "202X-01",
    ],
)
def test_what_is_no_date_is_refused_with_the_mend(text):
    with pytest.raises(ValueError, match=r"write 2022-02-10|years|earlier day first"):
        edtf.days(text)


def test_days_are_written_as_they_are_read():
    for text in ("2022-02-10", "[2022-02-01..2022-02-28]", "[..2022-02-28]", "[2022-02-01..]"):
        assert edtf.between(*edtf.days(text)) == text
    assert edtf.between(None, None) is None
