"""How often what was coded is right, from a random sample, with Wilson's interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from turnstone.reviews.attach import Key
from turnstone.reviews.standing import Judged, outcome_of
from turnstone.reviews.verdicts import Values

Z: Final = 1.959963984540054
"""Of a 95 per cent interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of`, with the interval that holds the true share in 95 of 100 samples; None of none."""

    right: int
    of: int
    low: float | None
    high: float | None

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


def wilson(right: int, of: int, z: float = Z) -> Share:
    """A share with Wilson's score interval."""
    if not 0 <= right <= of:
        raise ValueError(f"{right} of {of} is no share")
    if not of:
        return Share(0, 0, None, None)
    share, square = right / of, z * z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Share(right, of, max(0.0, middle - half) if right else 0.0, min(1.0, middle + half) if right < of else 1.0)


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the events that were drawn and reviewed: `there` are events of the type that was coded, `whole` are right in
    every field. `disputed` of them count as the first of their reviews has it, until they are settled; left out, they
    would take the doubtful ones with them. `skipped` were drawn and nobody could say; they count for neither."""

    there: Share
    whole: Share
    disputed: int
    skipped: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """An event in the order of the draw, with the type that it was coded as."""

    key: Key
    event_type: str


def precision(drawn: Iterable[Drawn], judged: Mapping[Key, Judged]) -> Precision:
    """Of events in the order in which the random queue gives them: those up to the first that nobody has reviewed, and
    of these up to the last that was reviewed from that queue. An event that was met in another queue before counts
    where the draw has it; no other does, since those queues look for errors."""
    seen: list[tuple[Drawn, Judged]] = []
    last = 0
    for one in drawn:
        found = judged.get(one.key)
        if found is None:
            break
        seen.append((one, found))
        if found.sampled:
            last = len(seen)
    said = [(one, final(found), found) for one, found in seen[:last] if found.state != "skipped"]
    there = sum(values is not None and values.event_type == one.event_type for one, values, _ in said)
    whole = sum(
        values is not None and found.coded is not None and outcome_of(values) == outcome_of(found.coded.values)
        for _, values, found in said
    )
    disputed = sum(found.state == "disputed" for _, _, found in said)
    return Precision(wilson(there, len(said)), wilson(whole, len(said)), disputed, last - len(said))


def final(judged: Judged) -> Values | None:
    """The event after review; of a disputed one what the first of its reviews has."""
    if judged.state != "disputed":
        return judged.final
    return next(one.final for one in judged.reviews if one.verdict != "skip")
