"""From counts in each unit to precision, recall, F1 and accuracy with their intervals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from turnstone.evaluation.bootstrap import Array, interval, resampled
from turnstone.evaluation.report import Measure, Score

Key = tuple[str, str, str]
"""Name of the measure, label ("" for all), and what is counted."""
Counts = Counter[Key]


def count_found(
    counts: Counts, name: str, label: str = "", *, found: int = 0, gold: int = 0, predicted: int = 0
) -> None:
    """Adds to what `Found` is made of."""
    counts[name, label, "found"] += found
    counts[name, label, "gold"] += gold
    counts[name, label, "predicted"] += predicted


def count_right(counts: Counts, name: str, right: bool) -> None:
    """Adds one to what `Share` is made of."""
    counts[name, "", "right"] += right
    counts[name, "", "of"] += 1


class Sums:
    """Counts summed over units: for each key as many values as there were draws."""

    def __init__(self, columns: dict[Key, int], rows: Array) -> None:
        self.columns, self._rows = columns, rows

    def __getitem__(self, key: Key) -> Array:
        column = self.columns.get(key)
        return np.zeros(len(self._rows)) if column is None else self._rows[:, column]

    def labels(self, name: str) -> list[str]:
        return sorted({label for measure, label, _ in self.columns if measure == name and label})


@dataclass(frozen=True, slots=True)
class Found:
    """Precision, recall and F1 of what should be found."""

    name: str
    label: str = ""

    def scores(self, sums: Sums) -> dict[str, Array]:
        found, gold, predicted = (sums[self.name, self.label, what] for what in ("found", "gold", "predicted"))
        return {
            "precision": _share(found, predicted),
            "recall": _share(found, gold),
            "F1": _share(2 * found, gold + predicted),
        }

    def counts(self) -> tuple[str, ...]:
        return "found", "gold", "predicted"


@dataclass(frozen=True, slots=True)
class Right:
    """Accuracy."""

    name: str
    label: str = ""

    def scores(self, sums: Sums) -> dict[str, Array]:
        return {"accuracy": _share(sums[self.name, self.label, "right"], sums[self.name, self.label, "of"])}

    def counts(self) -> tuple[str, ...]:
        return "right", "of"


@dataclass(frozen=True, slots=True)
class Macro:
    """The mean F1 of the labels of a measure, over the labels that gold or prediction has."""

    name: str
    label: str = ""

    def scores(self, sums: Sums) -> dict[str, Array]:
        each = [Found(self.name, label).scores(sums)["F1"] for label in sums.labels(self.name)]
        if not each:
            return {"macro F1": np.array([np.nan])}
        table = np.array(each)
        known = ~np.isnan(table)
        return {"macro F1": _share(np.where(known, table, 0).sum(axis=0), known.sum(axis=0).astype(float))}

    def counts(self) -> tuple[str, ...]:
        return ()


Wanted = Found | Right | Macro


def measured(units: Sequence[Counts], wanted: Sequence[Wanted], samples: int, seed: int) -> tuple[Measure, ...]:
    """The measures asked for; with `samples` draws each score has an interval, with 0 none does."""
    keys = sorted({key for unit in units for key in unit})
    table = np.array([[float(unit[key]) for key in keys] for unit in units]).reshape(len(units), len(keys))
    columns = {key: i for i, key in enumerate(keys)}
    whole = Sums(columns, table.sum(axis=0, keepdims=True))
    drawn = Sums(columns, resampled(table, samples, seed)) if samples and keys and units else None
    return tuple(
        Measure(
            one.name,
            one.label,
            {name: _score(value, one, name, drawn) for name, value in one.scores(whole).items()},
            {what: int(whole[one.name, one.label, what][0]) for what in one.counts()},
        )
        for one in wanted
    )


def _score(value: Array, wanted: Wanted, name: str, drawn: Sums | None) -> Score:
    point = float(value[0])
    if np.isnan(point):
        return Score(None)
    ends = interval(point, wanted.scores(drawn)[name]) if drawn else None
    return Score(point, *ends) if ends else Score(point)


def _share(part: Array, of: Array) -> Array:
    share: Array = np.divide(part, of, out=np.full(len(of), np.nan), where=of > 0)
    return share
