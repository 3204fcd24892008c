"""Features by name as rows of a table: each has one by its hash, and may share it with others."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

STEP = 1 / 16
"""What one in a table stands for."""


def numbers(names: Iterable[str], rows: int) -> frozenset[int]:
    """The rows, of so many, that features of these names have."""
    return frozenset(crc32(name.encode()) % rows for name in names)


def in_order(*parts: frozenset[int]) -> NDArray[np.int64]:
    """All rows of some sets, each once, the lowest first."""
    return np.array(sorted(frozenset().union(*parts)), np.int64)
