"""The numbers that states have in the lists of political science, by the day."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from turnstone.errors import KnowledgeError

PACKAGED = Path(__file__).parent.parent / "data" / "state_numbers.csv"
System = Literal["cow", "gw"]


@dataclass(frozen=True, slots=True)
class StateNumber:
    """The number of a state in a list for a time: `since` belongs to it (None: since before 1979), `until` does not
    (None: still). `code` is what turnstone codes, as in participants.country.

    `system` is cow (Correlates of War, state system membership 2016) or gw (Gleditsch and Ward, independent states).
    """

    code: str
    system: System
    number: int
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@cache
def state_numbers(path: Path = PACKAGED) -> tuple[StateNumber, ...]:
    """The packaged numbers, by code, system and day. Raises KnowledgeError that names file and line."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), 2):
            try:
                found.append(_number(row))
            except (KeyError, TypeError, ValueError) as error:
                raise KnowledgeError(f"{path}:{line}: not a state's number ({error}); mend the line") from error
    return tuple(found)


def _number(row: dict[str, str]) -> StateNumber:
    system = row["system"]
    if system not in ("cow", "gw"):
        raise ValueError(f"no system {system!r}")
    since, until = (date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until"))
    return StateNumber(row["code"], "cow" if system == "cow" else "gw", int(row["number"]), since, until)
