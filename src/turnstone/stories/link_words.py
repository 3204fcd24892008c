"""What speaks for two reports being of one happening: features by name, and a table that was counted on pairs of
reports which readers had judged (`training/train_happenings.py`)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import STEP, numbers
from turnstone.stories.reports import Report
from turnstone.stories.sameness import Shared, Words

ROWS: Final = 1 << 14
"""Rows of the table, a power of two; features share rows by their hash."""

TABLE: Final = Path(__file__).parent.parent / "data" / "happenings.npy"

_SHARES: Final = (0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.85)
_WIDE: Final = (0.1, 0.2, 0.3, 0.4, 0.55)
_WEIGHTS: Final = (1.0, 4.0, 8.0, 12.0, 16.0, 20.0, 26.0, 34.0)
_RARE: Final = (2.0, 3.0, 4.0, 4.5, 5.0, 5.5)
_ALIKE: Final = (0.1, 0.3, 0.6, 0.9)
_PLACES: Final = (0.01, 0.3, 0.6, 0.99)
_FEWEST: Final = (4, 6, 8, 11, 15, 20)
_FLAGS: Final = (
    "person", "renewed", "toll", "nth_day", "sitting", "told_before", "staged", "ordinal", "reworded", "town",
)  # fmt: skip


@cache
def packaged() -> tuple[int, ...]:
    """The table that users have [ROWS], in sixteenths of log odds."""
    table: NDArray[np.int8] = np.load(TABLE)
    return tuple(table.tolist())


def likely(one: Report, other: Report, found: Shared) -> float:
    """How likely a report is of one happening with an earlier one, 0 to 1."""
    table = packaged()
    odds = STEP * sum(table[row] for row in frozenset(map(row_of, features(one, other, found))))
    return 1.0 / (1.0 + math.exp(-odds))


@lru_cache(maxsize=1 << 17)
def row_of(name: str) -> int:
    """The row of the table that a feature of this name has."""
    (row,) = numbers([name], ROWS)
    return row


def features(one: Report, other: Report, found: Shared) -> Iterator[str]:
    """The names of what speaks for a report being of one happening with an earlier one, `other`."""
    kind = "same" if found.kind == 1.0 else "related" if found.kind else "others"
    type_or_kind = one.event_type if found.kind == 1.0 else kind
    telling = "same" if found.trigger else "told" if _tell_each_other(one, other) else "others"
    days, printed = min(found.days, 2), min(found.printed, 2)
    place = f"place {_step(_PLACES, found.place)}"
    yield "two reports"
    yield from _of_words(found.words, type_or_kind, telling, days, printed, place)
    yield from _of_sides(found, type_or_kind, days)
    yield from _with(place, days, type_or_kind, printed)
    yield f"days {min(found.days, 9)}"
    yield f"printed {min(found.printed, 12)}"
    yield from _with(f"when {days} {printed}", f"{one.dated} {other.dated}", type_or_kind)
    yield from _with(f"{days} days", type_or_kind, telling)
    yield f"{printed} printed {type_or_kind}"
    yield f"types {other.event_type} {one.event_type}"
    yield from _with(f"word {telling}", type_or_kind, printed)
    yield from _with(f"status {other.status} {one.status}", kind, printed)
    number = "shared" if found.number else "differ" if found.numbers_differ else "none"
    yield from _with(f"number {number}", days, type_or_kind, found.toll)
    for name in _FLAGS:
        if getattr(found, name):
            yield from _with(name, days, printed, type_or_kind)
    if found.contradicted:
        yield from _with(found.contradicted, type_or_kind, printed)
    yield from _with(f"modes {_modes(one, other)}", type_or_kind)
    yield f"first {one.sentence == 0} {other.sentence == 0}"
    yield from _of_single_words(one, other, days)


def _tell_each_other(one: Report, other: Report) -> bool:
    return one.trigger in other.words or other.trigger in one.words


def _of_words(words: Words, type_or_kind: str, telling: str, days: int, printed: int, place: str) -> Iterator[str]:
    yield f"overlap {bisect_right(_SHARES, words.overlap)}"
    yield from _with(
        f"about {bisect_right(_WIDE, words.overlap)}",
        type_or_kind,
        f"{days} days",
        f"{printed} printed",
        telling,
        place,
    )
    names, plain = (
        f"{what} {bisect_right(_WEIGHTS, own)}" for what, own in (("names", words.names), ("plain", words.plain))
    )
    yield f"{names} {plain}"
    yield from _with(names, type_or_kind, printed, telling)
    yield from _with(plain, type_or_kind, printed, f"{telling} {printed}")
    yield f"common {bisect_right(_WEIGHTS, words.common)}"
    for what, share in (("of all", words.of_all), ("plain share", words.plain_share), ("strange", words.strange)):
        yield f"{what} {bisect_right(_SHARES, share)}"
    for what, (less, more) in (("names", words.other_names), ("plain", words.other_plain)):
        yield f"other {what} less {bisect_right(_WEIGHTS, less)}"
        yield f"other {what} more {bisect_right(_WEIGHTS, more)}"
    for place_of, weight in enumerate(words.rarest):
        yield f"rarest {place_of} {bisect_right(_RARE, weight)}"
    yield f"{min(6, words.names_number)} names"
    yield f"{min(6, words.plain_number)} plain"
    yield f"fewest {bisect_right(_FEWEST, words.fewest)}"


def _of_sides(found: Shared, type_or_kind: str, days: int) -> Iterator[str]:
    actors, recipients = _step(_ALIKE, found.actors), _step(_ALIKE, found.recipients)
    yield from _with(f"actors {actors}", type_or_kind, days)
    yield from _with(f"recipients {recipients}", type_or_kind, days)
    yield from _with(f"parties {_step(_ALIKE, found.parties)}", type_or_kind, days)
    yield from _with(f"crossed {_step(_ALIKE, found.crossed)}", type_or_kind, days)
    yield f"sides {actors} {recipients}"
    yield from _with(f"entities {min(2, found.entities)}", days)


def _of_single_words(one: Report, other: Report, days: int) -> Iterator[str]:
    first, second = sorted((one.trigger, other.trigger))
    yield f"pair {first} {second}"
    for report in (one, other):
        yield from _with(f"of {report.trigger} {first == second}", days)
    for word in (one.words & other.words) - one.names - other.names:
        yield f"both {word}"


def _modes(one: Report, other: Report) -> str:
    if not one.modes or not other.modes:
        return "untold"
    return "same" if one.modes == other.modes else "some" if one.modes & other.modes else "others"


def _step(steps: Sequence[float], value: float) -> str:
    """In which step a value lies; "untold" below nought."""
    return "untold" if value < 0 else str(bisect_right(steps, value))


def _with(name: str, *others: object) -> Iterator[str]:
    """A name by itself, and with each of others."""
    yield name
    for other in others:
        yield f"{name} {other}"
