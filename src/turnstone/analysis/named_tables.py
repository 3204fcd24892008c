"""Tables that are asked of features by name: whether an event is at a place (`coding.place_words` has the names), at
which of a report's places it likely was (`coding.likely_place_words`), on which day (`coding.day_words`), whether it
tells another again (`coding.retelling_words`), and of what state somebody is (`resolution.state_words`)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.graphs import Floats
from turnstone.analysis.hashed import STEP, in_order, numbers

PLACES, LIKELY_PLACES, DAYS, RETELLINGS, STATES = 1 << 16, 1 << 16, 1 << 16, 1 << 16, 1 << 15
"""Rows of each, powers of two; features share rows by their hash."""


def rows(features: Iterable[str], number: int) -> NDArray[np.int64]:
    """The rows, of so many, that features of these names have."""
    return in_order(numbers(features, number))


def log_odds(table: NDArray[np.int8], features: Sequence[Iterable[str]]) -> Floats:
    """What a table [rows] says of P choices by the names of the features of each [P]."""
    sums = [table[rows(one, len(table))].sum(dtype=np.int64) for one in features]
    return np.array(sums, np.float32) * np.float32(STEP)


def shares_of(odds: Sequence[float]) -> list[float]:
    """The probabilities of choices by their log odds against none of them, where one or none is right."""
    most = max((0.0, *odds))
    weights = [math.exp(one - most) for one in odds]
    whole = math.fsum((*weights, math.exp(-most)))
    return [weight / whole for weight in weights]
