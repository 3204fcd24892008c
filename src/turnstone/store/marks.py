"""Sets of things named by 16-byte digests, a million in 20 MB."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np

SIZE = 16
_RECENT = 1 << 16
_KIND = np.dtype(f"S{SIZE}")  # zeros at the end are cut off, which leaves digests of one length as different as before


def mark(*words: str) -> bytes:
    """The digest that names some words together."""
    return blake2b("\0".join(words).encode(), digest_size=SIZE).digest()


class Marks:
    """A set of marks that only grows: most of them sorted in one array, the latest in a set."""

    def __init__(self) -> None:
        self._sorted = np.empty(0, _KIND)
        self._recent: set[bytes] = set()

    def __len__(self) -> int:
        self._sort()
        return len(self._sorted)

    def __contains__(self, one: bytes) -> bool:
        if one in self._recent:
            return True
        at = int(np.searchsorted(self._sorted, np.array(one, _KIND)))
        return at < len(self._sorted) and bool(self._sorted[at] == one.rstrip(b"\0"))

    def add(self, one: bytes) -> None:
        """Takes a mark, which may be known."""
        self._recent.add(one)
        if len(self._recent) >= max(_RECENT, len(self._sorted) // 8):
            self._sort()

    def _sort(self) -> None:
        if self._recent:
            self._sorted = np.union1d(self._sorted, np.array(list(self._recent), _KIND))
            self._recent.clear()


class Counts:
    """How often each mark was given; what was given is counted when it is asked for."""

    def __init__(self) -> None:
        self._given = bytearray()
        self._counted: tuple[np.ndarray, np.ndarray] | None = None

    def add(self, one: bytes) -> None:
        """Counts a mark once more."""
        self._given += one
        self._counted = None

    def total(self) -> int:
        """How many were given, repetitions included."""
        return len(self._given) // SIZE

    def of(self, one: bytes) -> int:
        """How often a mark was given."""
        if self._counted is None:
            self._counted = np.unique(np.frombuffer(bytes(self._given), _KIND), return_counts=True)
        marks, times = self._counted
        at = int(np.searchsorted(marks, np.array(one, _KIND)))
        return int(times[at]) if at < len(marks) and marks[at] == one.rstrip(b"\0") else 0
