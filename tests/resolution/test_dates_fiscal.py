from __future__ import annotations

from datetime import date

import pytest

from turnstone.resolution.dates_fiscal import days_of, fiscal_year_at


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Congress passed the budget for FY 2021.", "the United States"),
        ("Japan, unlike India, froze spending in FY 2021.", "India"),
        ("Britain's debt rose. It fell in FY 2021.", None),
        ("The town is poor, and so it was in FY 2021.", None),
    ],
)
def test_the_nearest_state_of_the_sentence_has_it(text: str, state: str | None) -> None:
    found = fiscal_year_at(text, text.index("FY"), len(text) - 1)
    assert (found.state if found else None) == state


def test_a_number_names_the_year_it_ends_in_or_begins_in() -> None:
    american, japanese = fiscal_year_at("Pentagon FY", 9, 11), fiscal_year_at("Tokyo FY", 6, 8)
    assert american and japanese
    assert days_of(american, 2021, False) == (date(2020, 10, 1), date(2021, 9, 30))
    assert days_of(american, 2020, True) == (date(2020, 10, 1), date(2021, 9, 30))
    assert days_of(japanese, 2021, False) == (date(2021, 4, 1), date(2022, 3, 31))
