"""Logistic regression on hashed features."""

from __future__ import annotations

import numpy as np

from logistic import fit, fit_choice, fit_labels


def test_rows_that_go_with_a_class_speak_for_it_and_the_same_seed_gives_the_same_table() -> None:
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 3, 600)
    seen = [np.array([k, 3 + int(rng.integers(5))]) for k in gold]
    one, other = (fit(seen, gold, (8, 3), 3, 0.3, 0.1, 1) for _ in range(2))
    assert (one[:3].argmax(1) == np.arange(3)).all()
    assert np.abs(one[3:]).max() < one[:3].max() / 3
    assert np.array_equal(one, other)


def test_of_several_choices_the_rows_of_the_right_one_speak_for_it_and_those_of_none_against() -> None:
    rng = np.random.default_rng(0)
    places = rng.integers(-1, 3, 600).tolist()  # right is what has row 0; with row 2 none is
    seen = [
        [np.array([0 if k == right else 1, 3 + k, *([2] if right < 0 else [])]) for k in range(3)] for right in places
    ]
    one, other = (fit_choice(seen, places, 6, 3, 0.3, 0.1, 1) for _ in range(2))
    assert one[0] > 1 > 0 > one[1] and one[2] < -1
    assert np.abs(one[3:]).max() < one[0] / 2
    assert np.array_equal(one, other)


def test_rows_speak_for_each_label_that_goes_with_them() -> None:
    rng = np.random.default_rng(0)
    gold = rng.integers(0, 2, (600, 2)).astype(np.float32)
    seen = [np.array([*np.flatnonzero(own), 2 + int(rng.integers(4))]) for own in gold]
    one, other = (fit_labels(seen, gold, 6, 30, 0.3, 0.1, 1) for _ in range(2))
    assert one[0, 0] > 1 and one[1, 1] > 1 and np.abs([one[0, 1], one[1, 0], *one[2:].ravel()]).max() < 0.5
    assert np.array_equal(one, other)
