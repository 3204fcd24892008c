"""When the events of a headline were: it tells no day, the paragraphs below do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.repetitions import NO_DAY_TOLD
from turnstone.records import Event

_LONGEST = 200  # characters of a headline
_LEAD = 2  # paragraphs after it


def dated_as_below(events: Sequence[Event], text: str) -> list[Event]:
    """The events of an article in the order of their triggers, those of its headline that have happened with the first
    day that its lead tells of one that has.

    Of 34 such events in 44 whole reports, 28 have the right day so; 10 had, when the article's was taken."""
    headline, below = _headline(text), _lead(text)
    told = (
        event
        for event in events
        if headline <= event.trigger.start < below and _is_of_the_news(event) and event.date_basis not in NO_DAY_TOLD
    )
    first = next(told, None)
    if first is None:
        return list(events)
    basis = f"{first.date_basis}; told below the headline"
    return [
        replace(
            event,
            first_day=first.first_day,
            last_day=first.last_day,
            granularity=first.granularity,
            date_basis=basis,
        )
        if event.trigger.start < headline and _is_of_the_news(event) and event.date_basis in NO_DAY_TOLD
        else event
        for event in events
    ]


def _is_of_the_news(event: Event) -> bool:
    return event.status == "happened"


def _headline(text: str) -> int:
    """Where the headline ends; 0 where there is none, or nothing below it."""
    end = text.find("\n")
    return end if 0 < end <= _LONGEST and text[end:].strip() else 0


def _lead(text: str) -> int:
    """Where the paragraphs end that tell the news itself."""
    at = _headline(text)
    for _ in range(_LEAD):
        body = len(text) - len(text[at:].lstrip("\n"))
        at = text.find("\n", body)
        if at < 0:
            return len(text)
    return at
