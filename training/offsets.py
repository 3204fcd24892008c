"""Annotated events as lines of offsets and labels, without a word of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from corpus import GoldEvent, Span

COLUMNS = (
    "trigger", "type and modes", "status", "actors", "recipients", "when", "where", "source", "contexts",
)  # fmt: skip
"""Of an event; one more, `again`, follows where a file has it."""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def lines(key: str, events: Sequence[GoldEvent], again: bool = False) -> Iterator[str]:
    """A line an event, or the key alone where there is none."""
    for e in events:
        optional = ["" if span is None else written((span,)) for span in (e.when, e.where, e.source)]
        fields = [written((e.trigger,)), " ".join((e.event_type, *e.modes)), e.status, written(e.actors),
                  written(e.recipients), *optional, " ".join(e.contexts)]  # fmt: skip
        yield "\t".join((key, *fields, *([written(e.again)] if again else [])))
    if not events:
        yield key


def event_of(fields: Sequence[str]) -> GoldEvent:
    """The event of the fields after the key."""
    event_type, *modes = fields[1].split()
    when, where, source = (next(iter(spans(field)), None) for field in fields[5:8])
    return GoldEvent(
        spans(fields[0])[0], event_type, tuple(modes), fields[2], spans(fields[3]), spans(fields[4]), when, where,
        source, tuple(fields[8].split()), spans(fields[9]) if len(fields) > 9 else (),
    )  # fmt: skip


def written(parts: Iterable[Span]) -> str:
    return ";".join(f"{start}-{end}" for start, end in parts)


def spans(field: str) -> tuple[Span, ...]:
    pairs = (part.split("-") for part in field.split(";") if part)
    return tuple((int(start), int(end)) for start, end in pairs)
