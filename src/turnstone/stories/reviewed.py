"""Events as reviewers have them, for stories: what is corrected, without what is rejected, with what they added."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from turnstone.knowledge.codebook import load_codebook
from turnstone.reviews.tables import changed

Row = dict[str, Any]

_HOLDING: Final = ("corrected", "rejected", "added")
_TOLD: Final = ("reviewers", "reviewed_at", "note", "review")
"""Columns that say who reviewed it, and nothing of the event."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The rows of the events that reviewers changed, rejected or added, and of their participants, by article."""

    events: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    participants: Mapping[str, Sequence[Row]] = field(default_factory=dict)

    def mark(self, article: str) -> str:
        """Changes when the events of an article do by a review; empty where none did."""
        if article not in self.events:
            return ""
        rows = [{k: v for k, v in row.items() if k not in _TOLD} for row in self.events[article]]
        said = json.dumps([rows, self.participants.get(article, ())], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    def over(self, article: str, events: list[Row], participants: list[Row]) -> tuple[list[Row], list[Row]]:
        """The events of an article and their participants after review; what was added stands last."""
        if article not in self.events:
            return events, participants
        new = {row["event_id"]: row for row in self.events[article]}
        coded = {row["event_id"] for row in events}
        after = [new.get(row["event_id"], row) for row in events]
        after += [row for name, row in new.items() if name not in coded]
        kept = [row for row in participants if row["event_id"] not in new]
        held = [row for row in after if row.get("state") != "rejected"]
        ids = {row["event_id"] for row in held}
        kept += [row for row in self.participants.get(article, ()) if row["event_id"] in ids]
        return held, kept


def reviewed(directory: Path) -> Reviewed:
    """What reviewers came to of the events of a record. Raises StoreError where a review cannot be read."""
    found = changed(directory, load_codebook())
    events: dict[str, list[Row]] = {}
    rows = sorted(found.events.to_pylist(), key=lambda row: (row["article_id"], row["trigger_start"], row["event_id"]))
    for row in rows:
        if row["state"] in _HOLDING:
            events.setdefault(row["article_id"], []).append(row)
    participants: dict[str, list[Row]] = {}
    ids = {(row["article_id"], row["event_id"]) for some in events.values() for row in some}
    for row in found.participants.to_pylist():
        if (row["article_id"], row["event_id"]) in ids:
            participants.setdefault(row["article_id"], []).append(row)
    return Reviewed(events, participants)
