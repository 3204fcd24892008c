from __future__ import annotations

from datetime import date

from turnstone.exports.codes import countries, cow


def test_a_state_has_the_number_that_it_had_on_the_day() -> None:
    assert cow("DEU", date(1989, 11, 9)) == "260"
    assert cow("DEU", date(1990, 10, 3)) == "255"
    assert cow("SUN", date(1985, 3, 11)) == "365"
    assert cow("SUN", date(2005, 3, 11)) == ""


def test_what_is_no_state_has_no_number() -> None:
    assert cow("ABW", date(2020, 1, 1)) == "" and "ABW" in countries()
