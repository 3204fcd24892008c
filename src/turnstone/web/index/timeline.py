"""Events over time, in days, weeks, months or years, with the days of which there is a report at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import numpy as np

from turnstone.web.index.columns import Ints, day_number, day_of
from turnstone.web.index.selection import Selection

Step = Literal["day", "week", "month", "year"]
_STEPS: tuple[tuple[Step, int], ...] = (("day", 100), ("week", 1100), ("month", 40 * 366))
_QUADS = 5


@dataclass(frozen=True, slots=True)
class Bin:
    """Days from `first` to `last`; `counts` are the events of quad classes 0 to 4 that fall within it, `covered` the
    days of `days` that have an article.
    """

    first: dt.date
    last: dt.date
    counts: tuple[int, ...]
    days: int
    covered: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """`wider` events lie in the time shown but not within one bin; `outside` ones begin or end beyond it."""

    step: Step
    bins: tuple[Bin, ...]
    wider: int
    outside: int


def coverage(selection: Selection) -> tuple[dt.date, dt.date] | None:
    """The days of the first and the last article of the record."""
    days = selection.record.kept("days with articles", lambda: np.unique(selection.record.columns.article_day))
    return (day_of(int(days[0])), day_of(int(days[-1]))) if len(days) else None


def timeline(selection: Selection, first: dt.date, last: dt.date) -> Timeline:
    """The events of a selection between two days, in steps that fit on a page."""
    low, high = day_number(first), day_number(last)
    days = np.arange(low, high + 1)
    step: Step = next((name for name, most in _STEPS if len(days) <= most), "year")
    starts = np.unique(_starts(days, step))
    of_day = np.searchsorted(starts, days, "right") - 1
    columns = selection.record.columns
    begin, end, quad = (selection.values(one) for one in (columns.first, columns.last, columns.quad))
    inside = (begin >= low) & (end <= high)
    counted, wider = np.zeros((len(starts), _QUADS), np.int64), 0
    if len(days):
        begun, ended = of_day[begin[inside] - low], of_day[end[inside] - low]
        within = begun == ended
        wider = int(np.count_nonzero(~within))
        cells = begun[within] * _QUADS + quad[inside][within]
        counted = np.bincount(cells, minlength=len(starts) * _QUADS).reshape(-1, _QUADS)
    covered = _covered(selection, low, high)
    covered_in = np.bincount(of_day, weights=covered, minlength=len(starts)).astype(int)
    days_in = np.bincount(of_day, minlength=len(starts))
    ends = np.append(starts[1:] - 1, high)
    bins = tuple(
        Bin(day_of(max(start, low)), day_of(stop), tuple(map(int, counts)), int(many), int(some))
        for start, stop, counts, many, some in zip(starts, ends, counted, days_in, covered_in, strict=True)
    )
    return Timeline(step, bins, wider, int(np.count_nonzero(~inside)))


def _covered(selection: Selection, low: int, high: int) -> Ints:
    """1 for each day from `low` to `high` that has an article, else 0."""
    days = selection.record.kept("days with articles", lambda: np.unique(selection.record.columns.article_day))
    found = np.zeros(high - low + 1, np.int64)
    found[days[(days >= low) & (days <= high)] - low] = 1
    return found


def _starts(days: Ints, step: Step) -> Ints:
    """The first day of each day's bin; weeks begin on Monday."""
    if step == "day":
        return days
    if step == "week":
        return days - (days + 3) % 7
    unit = "M" if step == "month" else "Y"
    return days.astype("datetime64[D]").astype(f"datetime64[{unit}]").astype("datetime64[D]").astype(np.int64)
