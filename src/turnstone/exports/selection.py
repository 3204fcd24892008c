"""Which events are exported."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, get_args

from turnstone.errors import ExportError
from turnstone.records import Status

STATUSES: tuple[str, ...] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Selection:
    """Events by status (none given: what the format holds by itself), first day (inclusive) and confidence.

    Raises ExportError for a status that is none, a period that ends before it begins, and a confidence outside 0 to 1.
    """

    statuses: frozenset[str] = frozenset()
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    least_confidence: float = 0.0

    def __post_init__(self) -> None:
        if unknown := sorted(self.statuses - set(STATUSES)):
            raise ExportError(f"{unknown[0]!r} is no status; give {', '.join(STATUSES)}")
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ExportError(f"{self.first_day} is after {self.last_day}; give the earlier day first")
        if not 0 <= self.least_confidence <= 1:
            raise ExportError(
                f"the confidence {self.least_confidence} is not between 0 and 1; give a share such as 0.5"
            )

    def asked(self, event: dict[str, Any]) -> bool:
        """Whether day and confidence of a row of events are what is asked for."""
        day = event["first_day"]
        return bool(
            (self.first_day is None or day >= self.first_day)
            and (self.last_day is None or day <= self.last_day)
            # What a person added has no confidence: nobody doubts it.
            and (event["confidence"] is None or event["confidence"] >= self.least_confidence)
        )

    def as_json(self) -> dict[str, Any]:
        """What was asked, for the description of the file."""
        return {
            "statuses": sorted(self.statuses),
            "from": self.first_day.isoformat() if self.first_day else None,
            "to": self.last_day.isoformat() if self.last_day else None,
            "least_confidence": self.least_confidence,
        }
