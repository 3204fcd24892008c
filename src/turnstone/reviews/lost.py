"""Reviewed events that this coding does not have any more: nothing that a person said is lost with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from turnstone.reviews.standing import Judged, Standing

HOLDS: Final = "holds without being coded"
GONE: Final = "its text is not in the record"
NO_EVENT: Final = "rejected, and not coded any more"
OPEN: Final = "not settled"


@dataclass(frozen=True, slots=True)
class Lost:
    """A reviewed event that is not in this coding. `article` and `event` are ids at that time, `word` tells of the
    event, `becomes` says in words what it counts for now."""

    article: str
    event: str
    word: str
    event_type: str
    reviewers: tuple[str, ...]
    at: dt.datetime
    becomes: str


def lost(standing: Standing) -> list[Lost]:
    """What was reviewed and is not in this coding, the latest first."""
    found = [_lost(one, one.by.sha256 in standing.texts) for one in standing.lost]
    return sorted(found, key=lambda one: (one.at, one.article, one.event), reverse=True)


def _lost(judged: Judged, there: bool) -> Lost:
    review = judged.by
    values = judged.final or review.saw
    becomes = {"added": HOLDS, "rejected": NO_EVENT}.get(judged.state, OPEN)
    return Lost(
        article=review.article,
        event=review.event,
        word=review.trigger.text if review.trigger else "",
        event_type=values.event_type if values else "",
        reviewers=judged.reviewers,
        at=max(one.at for one in judged.reviews),
        becomes=becomes if there else GONE,
    )
