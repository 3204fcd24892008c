"""What the basis of a day says of how it was found."""

from __future__ import annotations

import pytest

from turnstone.day_basis import LIKELY, NO_DAY_TOLD, NONE, OWN, likely, standing_of, told_below


@pytest.mark.parametrize("same_sentence", [True, False])
def test_a_likely_day_stands_between_none_and_what_the_sentence_tells(same_sentence: bool) -> None:
    basis = likely("Tuesday on or before the article's day", "on Tuesday", same_sentence)
    assert '("on Tuesday")' in basis and ("its sentence" in basis) is same_sentence
    assert standing_of(basis) == LIKELY
    assert {standing_of(none) for none in NO_DAY_TOLD} == {NONE}
    assert NONE < LIKELY < OWN == standing_of("as written; told of the clause above")


def test_a_headline_stands_as_what_is_told_below_it() -> None:
    for basis in ("Monday", likely("Monday", "on Monday", False)):
        assert standing_of(told_below(basis)) == standing_of(basis)
        assert told_below(basis).startswith("Monday") and "told below the headline" in told_below(basis)
