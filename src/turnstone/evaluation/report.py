"""What an evaluation says."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

NOTHING: Final = "-"
"""In a confusion: the gold has nothing there, or the prediction has nothing there."""


@dataclass(frozen=True, slots=True)
class Score:
    """A share from 0 to 1 with its 95 % bootstrap interval. `value` is None where there was nothing to count; `low`
    and `high` are None too where no samples were drawn."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Scores of one thing, over all labels or (`label`) one of them. `scores` are by name: precision, recall and F1,
    or accuracy, or macro F1; `counts` are what they were made of."""

    name: str
    label: str
    scores: dict[str, Score]
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often `gold` was predicted as `predicted`; `-` stands for nothing."""

    gold: str
    predicted: str
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of a prediction. `unit` is what the intervals are drawn over (article, sentence), `units` how many
    the gold has, `missing` those that the prediction lacks and that counted as missed, `left_out` how many the
    prediction has beyond the gold; `matched_by` is id or words. `confusions` are by subject, most frequent first."""

    layer: str
    gold: str
    predicted: str
    unit: str
    units: int
    matched_by: str
    missing: tuple[str, ...]
    left_out: int
    notes: tuple[str, ...]
    samples: int
    seed: int
    measures: tuple[Measure, ...]
    confusions: dict[str, tuple[Confusion, ...]]

    def measure(self, name: str, label: str = "") -> Measure:
        """The measure of that name. Raises KeyError where there is none."""
        for one in self.measures:
            if (one.name, one.label) == (name, label):
                return one
        raise KeyError(name, label)

    def as_json(self) -> dict[str, Any]:
        """Plain values, for machines."""
        return asdict(self)
