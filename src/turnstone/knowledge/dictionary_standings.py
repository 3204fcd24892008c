"""What an actor of a dictionary is, and on which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Standing:
    """A code as turnstone has it, with the days it holds."""

    code: str
    country: str
    sectors: tuple[str, ...]
    first: date | None
    until: date | None

    def holds(self, first: date | None, until: date | None) -> bool:
        """Whether it holds on all days of a span."""
        begun = self.first is None or (first is not None and self.first <= first)
        return begun and (self.until is None or (until is not None and until <= self.until))

    @property
    def dated(self) -> bool:
        """Whether it has a first day or an end."""
        return self.first is not None or self.until is not None

    def as_row(self) -> dict[str, Any]:
        """Its part of a row of entities, without the days."""
        row: dict[str, Any] = {"country": self.country} if self.country else {}
        return row | {"sectors": list(self.sectors)}


def in_turn(standings: Sequence[Standing]) -> list[Standing]:
    """Standings one after the other, none at once: of several on a day the first listed, those without days last."""
    ordered = [one for one in standings if one.dated] + [one for one in standings if not one.dated]
    days = sorted({day for one in ordered for day in (one.first, one.until) if day is not None})
    edges: list[date | None] = [None, *days, None]
    found: list[Standing] = []
    for first, until in pairwise(edges):
        one = next((one for one in ordered if one.holds(first, until)), None)
        if one is None:
            continue
        last = found[-1] if found else None
        if last is not None and last.until == first and (last.country, last.sectors) == (one.country, one.sectors):
            found[-1] = replace(last, until=until)
        else:
            found.append(replace(one, first=first, until=until))
    return found
