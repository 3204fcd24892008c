"""Records and reviews of them, built by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.store.samples import RUN, article, record
from turnstone.records import Coded, Event, Record, Span
from turnstone.reviews import Changes, Queue, Review, Trigger, Values, Who
from turnstone.reviews.attach import CodedEvent
from turnstone.reviews.coded import values_of
from turnstone.store import Store
from turnstone.store.tables import text_digest

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def values(event_type: str = "AGREE", **more: Any) -> Values:
    days = {"first_day": date(2023, 3, 3), "last_day": date(2023, 3, 3)}
    return Values(**{"event_type": event_type, "status": "happened", **days, **more})


def coded(event: str = "1", start: int = 10, event_type: str = "AGREE", article: str = "a", **more: Any) -> CodedEvent:
    """An event whose trigger is seven characters long."""
    return CodedEvent(article, event, "0" * 64, Trigger(start=start, end=start + 7, text="invited"),
                      values(event_type, **more))  # fmt: skip


def say(verdict: str, of: CodedEvent | None = None, by: str = "ana", queue: str = "random", **more: Any) -> Review:
    """A review of an event; of a missing one with the changes that say what it is."""
    of = of or coded()
    given: dict[str, Any] = {"verdict": verdict, "reviewer": by, "at": AT, "queue": Queue(name=queue, seed=1)}
    if verdict != "undo":
        given |= {"article": of.article, "sha256": of.sha256}
    if verdict in ("accept", "reject", "correct", "skip"):
        given |= {"event": of.event, "trigger": of.trigger, "saw": of.values}
    if verdict == "missing":
        given |= {"trigger": of.trigger, "changes": Changes(**{name: getattr(of.values, name) for name in
                  ("event_type", "status", "first_day", "last_day", "actors")})}  # fmt: skip
    return Review(**given | more)


def undo(review: Review, **more: Any) -> Review:
    return say("undo", by=review.reviewer, undoes=review.id, **more)


def stored(directory: Path, *records: Record) -> Path:
    """A record directory with these articles."""
    with Store(directory, RUN) as store:
        for one in records:
            store.add(one)
    return directory


def sample(key: str = "1", **changes: Any) -> Record:
    """An article with one event, changed."""
    found = record(article(key))
    return with_events(found, replace(found.coded.events[0], **changes))


def with_events(of: Record, *events: Event) -> Record:
    return replace(of, coded=Coded(of.coded.attributions, events, of.coded.contexts))


def seen(of: Record, number: int = 0) -> CodedEvent:
    """An event of a record as a reviewer sees it."""
    event, text = of.coded.events[number], of.article.text
    trigger = Trigger(
        start=event.trigger.start, end=event.trigger.end, text=text[event.trigger.start : event.trigger.end]
    )
    return CodedEvent(of.article.id, event.id, text_digest(of.article), trigger, values_of(of, event))


def words(of: Record, found: str) -> Span:
    start = of.article.text.index(found)
    return Span(start, start + len(found))


def who(of: Record, found: str, name: str, **more: Any) -> Who:
    span = words(of, found)
    return Who(start=span.start, end=span.end, text=found, name=name, **more)
