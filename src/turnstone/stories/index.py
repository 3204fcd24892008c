"""Finding what may be a copy without comparing all: MinHash of sentences, and an index of the last days."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from typing import Final

import numpy as np
from rensa import RMinHash

from turnstone.stories.texts import SIGNED_SENTENCES, Told

BANDS: Final = 16
ROWS: Final = 3
_SEED: Final = 42
_MIXER: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)
_LATEST: Final = 24
_PROPOSED: Final = 12


def keys(texts: Sequence[Told]) -> list[list[int]]:
    """For each text the keys under which its first sentences are found; similar sentences share some."""
    owners: list[int] = []
    sets: list[list[str]] = []
    for number, told in enumerate(texts):
        for sentence in told.sentences[:SIGNED_SENTENCES]:
            owners.append(number)
            sets.append(sorted(sentence.tokens))
    found: list[list[int]] = [[] for _ in texts]
    if not sets:
        return found
    matrix = RMinHash.digest_matrix_from_token_sets(sets, num_perm=BANDS * ROWS, seed=_SEED)
    digests = np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(sets), BANDS, ROWS)
    folded = np.arange(BANDS, dtype=np.uint64)[np.newaxis, :].repeat(len(sets), axis=0)
    for row in range(ROWS):  # overflow is meant: the products are hashes
        folded = np.bitwise_xor(np.multiply(folded, _MIXER), digests[:, :, row])
        folded = np.bitwise_xor(folded, np.right_shift(folded, _SHIFT))
    for owner, row_keys in zip(owners, folded.tolist(), strict=True):
        found[owner].extend(row_keys)
    return [list(dict.fromkeys(row)) for row in found]


class Recent:
    """The texts of the last `days` days by their keys."""

    def __init__(self, days: int) -> None:
        self._days = days
        self._found: defaultdict[int, deque[int]] = defaultdict(deque)
        self._held: deque[tuple[int, int, list[int]]] = deque()

    def forget(self, day: int) -> list[int]:
        """Drops what is older than the window that ends with `day`; returns the numbers of what was dropped."""
        dropped = []
        while self._held and self._held[0][0] < day - self._days:
            _, number, its_keys = self._held.popleft()
            dropped.append(number)
            for key in its_keys:
                row = self._found[key]
                row.popleft()
                if not row:
                    del self._found[key]
        return dropped

    def candidates(self, its_keys: Sequence[int]) -> list[int]:
        """The numbers of those that share most keys, at most a dozen; of a key the latest two dozen are looked at."""
        shared: Counter[int] = Counter()
        for key in its_keys:
            if row := self._found.get(key):
                for place in range(1, min(len(row), _LATEST) + 1):
                    shared[row[-place]] += 1
        ranked = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
        return [number for number, _ in ranked[:_PROPOSED]]

    def add(self, day: int, number: int, its_keys: list[int]) -> None:
        self._held.append((day, number, its_keys))
        for key in its_keys:
            self._found[key].append(number)
