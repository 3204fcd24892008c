from __future__ import annotations

from datetime import date

import pytest

from turnstone.resolution.dates import find_dates
from turnstone.resolution.dates_origin import dateline_end

DAY = date(2023, 3, 22)  # a Wednesday


def _days(text: str) -> list[tuple[str, str, str]]:
    return [(text[m.start : m.end], m.first_day.isoformat(), m.basis) for m in find_dates(text, DAY)]


def test_a_quotation_is_told_from_the_day_it_was_said() -> None:
    after = '"They shelled us yesterday," the mayor said on Monday.'
    assert _days(after)[0] == ("yesterday", "2023-03-19", "told from the quotation's day")
    before = 'On Monday the mayor told us: "We vote on Friday."'
    assert _days(before)[1][1] == "2023-03-17"
    assert _days('On Monday the mayor told us: "We will vote on Friday."')[1][1] == "2023-03-24"


@pytest.mark.parametrize(
    "text",
    [
        '"They shelled us yesterday," the mayor said.',
        'The mayor said of the raid on Monday: "It was worse yesterday."',
        'The camp was raided on Monday. "They shelled us yesterday," the mayor said.',
        "The mayor said on Monday that the camp was shelled yesterday.",
    ],
)
def test_a_day_that_is_not_the_sayings_moves_nothing(text: str) -> None:
    assert ("yesterday", "2023-03-21", "told from the article's day") in _days(text)


def test_the_whole_text_is_told_from_its_dateline() -> None:
    text = "KYIV, Ukraine, March 20 (Agency) - A bridge fell today. Envoys arrive tomorrow."
    found = _days(text)
    assert [day for _, day, _ in found] == ["2023-03-20", "2023-03-20", "2023-03-21"]
    assert found[1][2] == "told from the dateline's day"
    assert text[dateline_end(text) :].startswith("A bridge")


@pytest.mark.parametrize(
    "text", ["A bridge fell today.", "KYIV (Agency) - A bridge fell.", "On March 3 - today - it fell."]
)
def test_without_a_date_there_is_no_dateline(text: str) -> None:
    assert dateline_end(text) == 0


def test_a_dateline_of_another_year_moves_nothing() -> None:
    assert _days("KYIV, March 20, 2014 - A bridge fell today.")[1][1] == "2023-03-22"
