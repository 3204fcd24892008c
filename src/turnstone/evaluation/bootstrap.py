"""Intervals by drawing units (articles, sentences) again and again, with replacement."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

LEVEL = 95
"""Per cent of the draws that an interval holds."""
_AT_ONCE = 4_000_000


def resampled(counts: Array, samples: int, seed: int) -> Array:
    """The summed counts of each draw, a row a sample, from a row of counts a unit. Does not depend on their order."""
    kinds, times = np.unique(counts, axis=0, return_counts=True)
    units = int(times.sum())
    random = np.random.default_rng(seed)
    sums = np.zeros((samples, counts.shape[1]))
    step = max(1, _AT_ONCE // max(len(kinds), 1))
    for first in range(0, samples, step):
        drawn = random.multinomial(units, times / units, size=min(step, samples - first))
        sums[first : first + step] = drawn @ kinds
    return sums


def interval(value: float, draws: Array) -> tuple[float, float] | None:
    """The middle 95 % of the draws, drawn out to hold `value`; None without draws. Draws of nan had nothing to count
    and are passed over."""
    known = draws[~np.isnan(draws)]
    if not known.size:
        return None
    edge = (100 - LEVEL) / 2
    low, high = np.percentile(known, [edge, 100 - edge])
    return min(float(low), value), max(float(high), value)
