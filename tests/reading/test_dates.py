from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnstone.reading import dates
from turnstone.reading.unreadable import Unreadable

DAY = dt.date(2023, 3, 21)


@pytest.mark.parametrize(
    "value",
    [
        "2023-03-21",
        " 2023-03-21 ",
        "20230321",
        20230321,
        "2023-03-21T23:59",
        "2023-03-21 10:30:00",
        "2023-03-21T10:30:00Z",
        "2023-03-21t10:30:00z",
        "2023-03-21T23:30:00-05:00",
        "2023-03-21 00:30:00 +0100",
        "2023-03-21T10:30:00.123456789Z",
        "2023-03-21T10:30:00,5+01",
        DAY,
        dt.datetime(2023, 3, 21, 23, 0, tzinfo=dt.UTC),
    ],
)
def test_reads_the_day_as_written(value: object) -> None:
    assert dates.parse(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "21.03.2023",
        "03/04/2023",
        "2023-3-21",
        "2023-02-30",
        "20230230",
        "2023-W12-2",
        "2023-03",
        "2023-03-21T25:00",
        "2023-03-21 and more",
        "٢٠٢٣-٠٣-٢١",
        "0001-01-01",
        "9999-12-31",
        1679356800,
        20230321.0,
        True,
        None,
        dt.date(1, 1, 1),
    ],
)
def test_refuses_anything_else_and_says_what_it_found(value: object) -> None:
    with pytest.raises(Unreadable) as caught:
        dates.parse(value)
    assert repr(value)[:20] in caught.value.reason


@given(st.dates(dt.date(1600, 1, 1), dt.date(2999, 12, 31)))
def test_every_day_survives_each_form(day: dt.date) -> None:
    for form in (day.isoformat(), day.strftime("%Y%m%d"), f"{day.isoformat()}T00:00:00Z"):
        assert dates.parse(form) == day
    for form in (
        f"{day.day} {day:%B} {day.year}",
        f"{day:%b} {day.day}, {day.year}",
        f"{day.year}/{day.month}/{day.day}",
    ):
        match = dates.WRITTEN.fullmatch(form)
        assert match and dates.parse_written(match) == day


@pytest.mark.parametrize("text", ["3/4/2023", "March 2023", "2023", "31 March", "1.2023-03-21-5"])
def test_half_a_date_is_no_written_date(text: str) -> None:
    assert not dates.WRITTEN.search(text)


def test_a_written_day_that_no_calendar_has_is_refused() -> None:
    match = dates.WRITTEN.search("31 June 2023")
    assert match
    with pytest.raises(Unreadable, match="31 June 2023"):
        dates.parse_written(match)
