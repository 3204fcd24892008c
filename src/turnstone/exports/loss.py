"""What a format cannot hold, counted and named."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

HEADER = ("what", "value", "becomes", "events")


class Loss:
    """Counts of what is lost. `what` is one word for the kind (mode, sector, status), `value` what the record has,
    `becomes` what the file has instead, empty for nothing."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, what: str, value: str, becomes: str = "", count: int = 1) -> None:
        """One event more, or so many."""
        self._counts[what, value, becomes] += count

    def rows(self) -> list[tuple[str, str, str, int]]:
        """By kind, the most frequent first."""
        found = sorted(self._counts.items(), key=lambda item: (item[0][0], -item[1], item[0]))
        return [(*key, count) for key, count in found]

    def total(self, what: str) -> int:
        return sum(count for (kind, _, _), count in self._counts.items() if kind == what)


def write_loss(path: Path, rows: Iterable[tuple[str, str, str, int]]) -> None:
    """The counts as CSV with a header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
