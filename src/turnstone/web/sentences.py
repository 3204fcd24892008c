"""The sentence of an event with its trigger and the hits of a search marked."""

from __future__ import annotations

from turnstone.web.index.rows import EventRow
from turnstone.web.marks import Marked, marked

LONGEST = 420
"""Of a longer one, the part around the trigger is shown."""


def sentence(row: EventRow) -> list[Marked]:
    """The pieces of the evidence, cut to LONGEST signs around the trigger."""
    start, end = row.trigger
    spans = [(start, end, "trigger"), *((*hit, "hit") for hit in row.hits)]
    first, last = 0, len(row.evidence)
    if last > LONGEST:
        first = max(0, min(start - LONGEST // 2, last - LONGEST))
        last = min(last, first + LONGEST)
    pieces = marked(row.evidence, spans, first, last)
    return [*([Marked("… ")] if first else []), *pieces, *([Marked(" …")] if last < len(row.evidence) else [])]
