"""The table that says whether an event is at a place: what features of both, by name, speak for (`coding.place_words`
names them)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import in_order, numbers

ROWS = 1 << 16
"""Of the table, a power of two; features share rows by their hash."""

STEP = 1 / 16
"""What one in the table stands for."""


def rows(features: Iterable[str]) -> NDArray[np.int64]:
    """The rows that features of these names have."""
    return in_order(numbers(features, ROWS))
