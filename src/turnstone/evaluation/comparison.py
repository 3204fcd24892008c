"""What a layer's comparison hands to the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from turnstone.evaluation.report import Confusion
from turnstone.evaluation.scores import Counts, Found, Key, Wanted


@dataclass(slots=True)
class Comparison:
    """Counts of each unit, the measures to make of them, and confusions by subject: (gold, predicted) counted."""

    units: list[Counts] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)
    confusions: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def confuse(self, subject: str, gold: str, predicted: str, count: int = 1) -> None:
        """Counts a confusion where the two differ."""
        seen = self.confusions.setdefault(subject, Counter())
        if gold != predicted and count:
            seen[gold, predicted] += count

    def ranked(self) -> dict[str, tuple[Confusion, ...]]:
        """The confusions, the most frequent first."""
        return {
            subject: tuple(
                Confusion(*pair, count) for pair, count in sorted(seen.items(), key=lambda one: (-one[1], one[0]))
            )
            for subject, seen in self.confusions.items()
        }


def each_label(units: Sequence[Counts], name: str) -> list[Wanted]:
    """Found for every label that was counted under a name."""
    keys: set[Key] = {key for unit in units for key in unit}
    return [Found(name, label) for label in sorted({label for measure, label, _ in keys if measure == name and label})]
