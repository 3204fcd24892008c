"""What the table of days is said to be worth."""

from __future__ import annotations

import numpy as np

from train_event_days import Asked, scores


def test_a_day_is_given_above_the_bar_and_that_of_publication_below_it() -> None:
    table = np.array([32, -32, 4], np.int8)  # two, less two and a quarter, in sixteenths
    sure, unsure = [np.array([0]), np.array([1])], [np.array([2]), np.array([1])]
    held = [
        Asked(sure, 0, of_today=False),
        Asked(sure, 1, of_today=True),
        Asked(unsure, 0, of_today=False),
        Asked(sure, -1, of_today=False),
    ]
    found = scores(table, held)
    assert found[0.6] == {"told": 3, "right": 1, "mended": 1, "spoilt": 1, "untold": 1, "given": 1}
    assert found[0.4]["right"] == found[0.4]["mended"] == 2
