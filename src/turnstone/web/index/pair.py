"""The events between two actors, or of one: who did what to whom, over time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from turnstone.web.filters import Filter
from turnstone.web.index.after_review import ReviewedRecord, score_of
from turnstone.web.index.columns import Ints
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.selection import Selection, select

Side = Literal["ab", "ba", "both"]
SIDES: tuple[Side, ...] = ("ab", "ba", "both")


@dataclass(frozen=True, slots=True)
class Who:
    """A country with everyone of it, or everyone of a name."""

    kind: Literal["country", "name"]
    value: str

    def takes_part(self, role: Literal["actor", "recipient"]) -> dict[str, tuple[str, ...]]:
        """The filter of events in which it has a role."""
        return {f"{role}_country" if self.kind == "country" else role: (self.value,)}


@dataclass(frozen=True)
class Pair:
    """Numbers of events. `ab` are those of a to b, `ba` of b to a, `both` those that two did with each other, as
    meetings: both are actors and nobody is a recipient. Without a `b`, `ab` are those of a and `ba` those to it.
    `wanted` filters them all.
    """

    record: OpenRecord
    a: Who
    b: Who | None
    wanted: Filter

    @cached_property
    def masks(self) -> dict[Side, NDArray[np.bool_]]:
        """For each side, which events of the record belong to it; none belongs to two."""
        a_acts, a_receives = self._part(self.a, "actor"), self._part(self.a, "recipient")
        none = np.zeros(self.record.columns.events, bool)
        if self.b is None:
            return {"ab": a_acts, "ba": a_receives & ~a_acts, "both": none}
        b_acts, b_receives = self._part(self.b, "actor"), self._part(self.b, "recipient")
        ab = a_acts & b_receives
        ba = b_acts & a_receives & ~ab
        both = a_acts & b_acts & ~ab & ~ba
        both[self.record.columns.recipient_of] = False
        return {"ab": ab, "ba": ba, "both": both}

    def numbers(self, side: Side) -> Ints:
        """The events of a side, in the order of the record."""
        return self._numbers[side]

    @cached_property
    def _numbers(self) -> dict[Side, Ints]:
        return {side: np.flatnonzero(mask) for side, mask in self.masks.items()}

    @cached_property
    def all(self) -> Selection:
        """The events of all sides."""
        masks = self.masks
        return Selection(self.record, self.wanted, masks["ab"] | masks["ba"] | masks["both"])

    def _part(self, who: Who, role: Literal["actor", "recipient"]) -> NDArray[np.bool_]:
        chosen = select(self.record, self.wanted.model_copy(update=who.takes_part(role))).chosen
        assert chosen is not None
        return chosen


def scores(record: OpenRecord) -> Ints:
    """The conflict-cooperation score of every event, in tenths."""
    if isinstance(record, ReviewedRecord):
        return record.kept(("scores",), lambda: _after_review(record))
    return record.kept(
        ("scores",), lambda: np.round(record.tables.column("events", "score").to_numpy() * 10).astype("i1")
    )


def _after_review(record: ReviewedRecord) -> Ints:
    found: Ints = np.concatenate([scores(record.coded), np.zeros(len(record.ids), "i1")])
    for number, values in record.values.items():
        found[number] = round(score_of(values) * 10)
    return found
