"""Which words of a report say what of an event: spans to mark, as (start, end, mark)."""

from __future__ import annotations

from turnstone.records import Attribution, Event, Record

Span = tuple[int, int, str]

WHO, WHOM, WHAT, WHEN, WHERE = "who", "whom", "what", "when", "where"
SOURCE, CUE, CONTENT = "source", "cue", "content"


def of_event(record: Record, event: Event) -> list[Span]:
    """The words of an event: its participants, trigger, day, place, and the statement that tells of it."""
    spans: list[Span] = [(event.trigger.start, event.trigger.end, WHAT)]
    spans += [(one.start, one.end, WHO) for one in event.actors]
    spans += [(one.start, one.end, WHOM) for one in event.recipients]
    spans += [(start, end, WHEN) for start, end in dates_of(record, event)]
    if event.place:
        spans.append((event.place.start, event.place.end, WHERE))
    if event.attribution >= 0:
        spans += of_attribution(record.coded.attributions[event.attribution])
    return spans


def of_attribution(told: Attribution) -> list[Span]:
    """The words of a statement: who says, the saying words, what is said."""
    parts = ((told.source, SOURCE), (told.cue, CUE), (told.content, CONTENT))
    return [(span.start, span.end, mark) for spans, mark in parts for span in spans]


def dates_of(record: Record, event: Event) -> list[tuple[int, int]]:
    """The dated expressions of the evidence that mean the event's days."""
    return [
        (one.start, one.end)
        for one in record.resolved.dates
        if (one.first_day, one.last_day) == (event.first_day, event.last_day)
        and event.evidence.start <= one.start < event.evidence.end
    ]


def around(event: Event) -> tuple[int, int]:
    """The evidence and, where words of the event stand outside it, what lies between, as offsets."""
    spans = [(one.start, one.end) for one in (*event.actors, *event.recipients)]
    if event.place:
        spans.append((event.place.start, event.place.end))
    first = min([event.evidence.start, *(start for start, _ in spans)])
    last = max([event.evidence.end, *(end for _, end in spans)])
    return first, last
