"""The narrow columns of an index: arrays on the disk, read as they are needed.

An event is its place in the record's events table, from 0; an article likewise. Codes are places in the lists of
`Lists`. Days count from 1970-01-01.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.integer[Any]]
_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """One value for each event, one for each article, and pairs of an event and what it has several of.

    `lead` is 1 where no earlier report of the same happening is in the record; `happening` is -1 where none is known.
    A pair column `x_of` holds the events of `x` without doubles, in order as long as nothing was reviewed. `party_`
    columns have a value for each participant, by event and in its order, as coded; `party_role` is 0 for an actor and
    1 for a recipient. `drawn` and `unsure` are the numbers of all coded events in the orders in which they are
    reviewed.
    """

    first: Ints
    last: Ints
    type: Ints
    quad: Ints
    status: Ints
    place: Ints
    place_country: Ints
    source: Ints
    confidence: Ints
    article: Ints
    happening: Ints
    lead: Ints
    article_day: Ints
    article_source: Ints
    actor: Ints
    actor_of: Ints
    recipient: Ints
    recipient_of: Ints
    actor_country: Ints
    actor_country_of: Ints
    recipient_country: Ints
    recipient_country_of: Ints
    dyad: Ints
    dyad_of: Ints
    party_of: Ints
    party_role: Ints
    party_name: Ints
    party_country: Ints
    drawn: Ints
    unsure: Ints

    @property
    def events(self) -> int:
        return len(self.first)

    @property
    def articles(self) -> int:
        return len(self.article_day)


@dataclass(frozen=True, slots=True)
class Lists:
    """What the codes of short lists stand for. A dyad's code is actor country * len(countries) + recipient country."""

    types: tuple[str, ...]
    statuses: tuple[str, ...]
    countries: tuple[str, ...]
    sources: tuple[str, ...]

    def dyad(self, code: int) -> tuple[str, str]:
        """The two countries of a dyad."""
        actor, recipient = divmod(code, len(self.countries))
        return self.countries[actor], self.countries[recipient]


def write_columns(folder: Path, columns: Mapping[str, Ints], lists: Lists) -> None:
    """Writes what `read_columns` reads."""
    for name in (field.name for field in fields(Columns)):
        np.save(folder / f"{name}.npy", columns[name])
    values = {field.name: getattr(lists, field.name) for field in fields(Lists)}
    (folder / "lists.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def read_columns(folder: Path) -> tuple[Columns, Lists]:
    """The columns of an index; they are read from the disk when they are used."""
    columns = Columns(**{field.name: _array(folder / f"{field.name}.npy") for field in fields(Columns)})
    values = json.loads((folder / "lists.json").read_text(encoding="utf-8"))
    return columns, Lists(**{name: tuple(value) for name, value in values.items()})


def changeable(folder: Path, name: str) -> Ints:
    """A column to be changed in memory; the disk stays as it is, and only what is changed takes memory."""
    return _array(folder / f"{name}.npy", "c")


def _array(path: Path, mode: Literal["r", "c"] = "r") -> Ints:
    found: Ints = np.load(path, mmap_mode=mode, allow_pickle=False)
    return found if found.size else np.zeros(0, found.dtype)


def day_number(day: dt.date) -> int:
    """A day as the columns have it."""
    return (day - _EPOCH).days


def day_of(number: int) -> dt.date:
    """The day of a number in the columns."""
    return _EPOCH + dt.timedelta(days=int(number))
