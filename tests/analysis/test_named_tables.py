"""Tables that are asked of features by name."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from turnstone.analysis.named_tables import log_odds, rows, shares_of


def test_a_choice_has_the_sum_of_its_features_in_sixteenths() -> None:
    table = np.zeros(64, np.int8)
    table[rows(["in", "after"], 64)] = 8
    assert log_odds(table, [("in", "after"), ("after", "after"), ()]).tolist() == [1.0, 0.5, 0.0]


@given(st.lists(st.floats(-700, 700), min_size=1, max_size=9))
def test_shares_and_that_of_none_make_one(odds: list[float]) -> None:
    shares = shares_of(odds)
    assert all(0 <= share <= 1 for share in shares)
    most = max(0.0, *odds)
    none = math.exp(-most) / math.fsum([math.exp(one - most) for one in (*odds, 0.0)])
    assert math.isclose(sum(shares) + none, 1, rel_tol=1e-9)
    assert sorted(range(len(odds)), key=lambda k: odds[k]) == sorted(
        range(len(odds)), key=lambda k: (shares[k], odds[k])
    )
