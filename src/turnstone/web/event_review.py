"""What reviewers came to of one event, as pages show it."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, Field

from turnstone.reviews import Judged, Values
from turnstone.reviews.standing import State
from turnstone.reviews.verdicts import FIELDS, Who


class EventReview(BaseModel):
    """What holds of an event, by whom and since when. `final` is the event as it should be, where that is otherwise
    than it was coded, and `changed` names the fields in which it is."""

    state: State
    by: list[str] = Field(description="those whose verdict holds; of a dispute, all who differ")
    at: dt.datetime
    final: Values | None
    changed: list[str]
    words: str = Field(description="the word that tells of it")


def event_review(judged: Judged) -> EventReview:
    """What a page says of an event that somebody has reviewed."""
    holding = [judged.by] if judged.by.adjudicates else [one for one in judged.reviews if one.verdict != "skip"]
    told = holding or list(judged.reviews)
    final = judged.final if judged.state in ("corrected", "added") else None
    return EventReview(
        state=judged.state,
        by=list(dict.fromkeys(one.reviewer for one in told)),
        at=max(one.at for one in told),
        final=final,
        changed=changed(judged.coded.values, final) if final is not None and judged.coded is not None else [],
        words=judged.by.trigger.text if judged.by.trigger else "",
    )


def changed(before: Values, after: Values) -> list[str]:
    """The fields in which two values of an event read differently; also where they mean the same."""
    return [name for name in FIELDS if _read(before, name) != _read(after, name)]


def _read(values: Values, name: str) -> object:
    if name in ("actors", "recipients"):
        return sorted(map(_party, getattr(values, name)))
    if name == "modes":
        return sorted(values.modes)
    if name == "days":
        return values.first_day, values.last_day
    if name == "place":
        place = values.place
        return None if place is None else (place.name, place.country, place.geonames_id)
    if name == "speaker":
        return None if values.speaker is None else values.speaker.name
    return getattr(values, name)


def _party(one: Who) -> tuple[str, ...]:
    return one.name, one.country, *one.sectors
