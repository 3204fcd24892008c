"""Reports of one happening, as `turnstone stories` has linked them, that tell it differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from turnstone.web.index.columns import Columns, Ints
from turnstone.web.index.opened import OpenRecord

Bools = NDArray[np.bool_]

DIFFERING: Final = ("event_type", "status", "days", "place", "recipients")
"""In what reports of a happening can differ."""

_PRECISE: Final = ("point", "city")


@dataclass(frozen=True, slots=True)
class Told:
    """The events that report one happening, by number, and in which of DIFFERING they differ."""

    numbers: tuple[int, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """All happenings whose reports differ: those that differ in most first, of these the latest first."""

    order: Ints
    _begins: Ints
    _numbers: Ints
    _differ: dict[str, Bools]

    def __len__(self) -> int:
        return len(self.order)

    def told(self, place: int) -> Told:
        """The happening at a place of the order."""
        group = int(self.order[place])
        end = int(self._begins[group + 1]) if group + 1 < len(self._begins) else len(self._numbers)
        numbers = tuple(int(one) for one in self._numbers[int(self._begins[group]) : end])
        return Told(numbers, tuple(name for name in DIFFERING if self._differ[name][group]))


def differing(record: OpenRecord, numbers: Ints | None = None) -> Differing:
    """The happenings of a record, or of the events of these numbers, whose reports differ. Types differ, and statuses,
    the background of what happened aside; days where no day is common to all; places where countries differ, or sites
    and towns; recipients where their countries differ. What a report does not say differs from nothing."""
    columns = record.columns
    if numbers is None:
        numbers = np.flatnonzero(columns.happening >= 0)
    if record.there is not None:
        numbers = numbers[record.there[numbers]]
    happening = columns.happening[numbers]
    several = np.bincount(happening, minlength=1)[happening] > 1 if len(numbers) else np.zeros(0, bool)
    numbers, happening = numbers[several], happening[several]
    order = np.argsort(happening, kind="stable")
    numbers, happening = numbers[order], happening[order]
    begins = np.flatnonzero(np.diff(happening, prepend=-1)) if len(numbers) else np.zeros(0, int)
    differ = _compared(record, columns, numbers, begins)
    many = np.sum(list(differ.values()), axis=0) if len(begins) else np.zeros(0, int)
    found = np.flatnonzero(many)
    newest = numbers[begins[found]] if len(found) else found
    return Differing(found[np.lexsort((-newest, -many[found]))], begins, numbers, differ)


def _compared(record: OpenRecord, columns: Columns, numbers: Ints, begins: Ints) -> dict[str, Bools]:
    if not len(begins):
        return {name: np.zeros(0, bool) for name in DIFFERING}
    statuses = columns.status[numbers].astype(int)
    known = record.lists.statuses
    if "historical" in known and "happened" in known:
        statuses[statuses == known.index("historical")] = known.index("happened")
    places = columns.place[numbers].astype(int)
    places[~_precise(record)[places]] = 0
    first, last = columns.first[numbers], columns.last[numbers]
    return {
        "event_type": _several(columns.type[numbers].astype(int), begins),
        "status": _several(statuses, begins),
        "days": np.maximum.reduceat(first, begins) > np.minimum.reduceat(last, begins),
        "place": _several(columns.place_country[numbers].astype(int), begins) | _several(places, begins),
        "recipients": _several(_recipients(record)[numbers], begins),
    }


def _several(values: Ints, begins: Ints) -> Bools:
    """Of each group, whether it has two values but 0."""
    most = np.iinfo(np.int64).max
    least = np.minimum.reduceat(np.where(values == 0, most, values), begins)
    found: Bools = (least != most) & (least != np.maximum.reduceat(values, begins))
    return found


def _precise(record: OpenRecord) -> Bools:
    """By the code of a place, whether it is a site or town."""

    def made() -> Bools:
        with record.rows() as rows:
            found = rows.execute("select code, resolution from place").fetchall()
        precise = np.zeros(1 + max((code for code, _ in found), default=0), bool)
        precise[[code for code, resolution in found if resolution in _PRECISE]] = True
        return precise

    return record.kept(("precise places",), made)


def _recipients(record: OpenRecord) -> Ints:
    """A number for each event that is the same where the countries of recipients are; 0 of those without any."""

    def made() -> Ints:
        columns = record.columns
        signs = np.random.default_rng(0).integers(1, 2**40, len(record.lists.countries))
        summed = np.bincount(
            columns.recipient_country_of, signs[columns.recipient_country].astype(float), columns.events
        )
        found: Ints = summed.astype(np.int64)
        return found

    return record.kept(("recipients told",), made)
