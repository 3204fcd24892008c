"""Logistic regression on hashed features."""

from __future__ import annotations

import numpy as np

from logistic import fit


def test_rows_that_go_with_a_class_speak_for_it_and_the_same_seed_gives_the_same_table() -> None:
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 3, 600)
    seen = [np.array([k, 3 + int(rng.integers(5))]) for k in gold]
    one, other = (fit(seen, gold, (8, 3), 3, 0.3, 0.1, 1) for _ in range(2))
    assert (one[:3].argmax(1) == np.arange(3)).all()
    assert np.abs(one[3:]).max() < one[:3].max() / 3
    assert np.array_equal(one, other)
