"""The codebook: each type, mode, status and context with what it means and examples from the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.web import wording
from turnstone.web.filters import Filter
from turnstone.web.index.after_review import ReviewedRecord
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow, event_rows
from turnstone.web.index.selection import select
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Record

router = APIRouter(tags=["codebook"])
LINKS = (Link("Codebook", "/codebook"),)

LATEST = 10_000
"""Modes and contexts are counted, and examples taken, among so many of the latest events."""

_EXAMPLES = 2


class Entry(BaseModel):
    """A value of the codebook. `events` is how many there are: of types and statuses in the record, of modes and
    contexts among its latest events.
    """

    name: str
    description: str
    events: int
    examples: list[EventRow]


class TypeEntry(Entry):
    """An event type, with its modes. `score` runs from -10, most hostile, to 10."""

    quad: int
    score: float
    cameo: str
    needs_recipient: bool
    reciprocal: bool
    announced: str
    modes: list[Entry]


class CodebookPage(BaseModel):
    """The codebook with examples; `latest` is among how many events modes and contexts are counted."""

    version: str
    latest: int
    types: list[TypeEntry]
    statuses: list[Entry]
    contexts: list[Entry]
    sectors: dict[str, str]
    participants: dict[str, str]


@router.get("/codebook", include_in_schema=False)
@router.get("/api/codebook", response_model=CodebookPage)
def codebook(request: Request, record: Record) -> Response:
    """Every type, mode, status and context, with examples from the record."""
    page = record.kept(("codebook",), lambda: _page(record))
    return answer(request, "codebook.html", page)


def _page(record: OpenRecord) -> CodebookPage:
    book, columns, lists = wording.codebook(), record.columns, record.lists
    table = record.tables.latest("events", ["event_type", "modes", "contexts"], LATEST)
    events, changed = record.coded.columns.events, record.values if isinstance(record, ReviewedRecord) else {}
    first = events - len(table)
    sure = columns.confidence[first:events]
    examples: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    counts: Counter[tuple[str, ...]] = Counter()

    def take(key: tuple[str, ...], at: int) -> None:
        counts[key] += 1
        kept = examples.setdefault(key, [])
        kept.append((int(sure[at]), first + at))
        kept.sort(reverse=True)
        del kept[_EXAMPLES:]

    rows = zip(*(table[name].to_pylist() for name in ("event_type", "modes", "contexts")), strict=True)
    statuses = columns.status[first:events]
    for at, (kind, modes, contexts) in enumerate(rows):
        if record.there is not None and not record.there[first + at]:
            continue
        if after := changed.get(first + at):
            kind, modes = after.event_type, after.modes
        take(("type", kind), at)
        take(("status", lists.statuses[statuses[at]]), at)
        for mode in modes:
            take(("mode", kind, mode), at)
        for context in contexts:
            take(("context", context), at)
    everything = select(record, Filter())
    whole = {
        (name, value): int(count)
        for name, known in (("type", lists.types), ("status", lists.statuses))
        for value, count in zip(known, everything.tally(name), strict=False)
    }
    _older(record, book.types, examples)
    numbers = sorted({number for kept in examples.values() for _, number in kept})
    shown = dict(zip(numbers, event_rows(record, numbers), strict=True))

    def entry(key: tuple[str, ...], description: str) -> Entry:
        found = [shown[number] for _, number in examples.get(key, ())]
        count = whole.get((key[0], key[1]), 0) if key[0] in ("type", "status") else counts[key]
        return Entry(name=key[-1], description=description, events=count, examples=found)

    return CodebookPage(
        version=book.version,
        latest=len(table),
        types=[
            TypeEntry(
                **entry(("type", name), one.description).model_dump(), quad=one.quad, score=one.score, cameo=one.cameo,
                needs_recipient=one.needs_recipient, reciprocal=one.reciprocal, announced=one.future_type,
                modes=[entry(("mode", name, mode), found.description) for mode, found in one.modes.items()],
            )
            for name, one in book.types.items()
        ],
        statuses=[entry(("status", name), said) for name, said in book.statuses.items()],
        contexts=[entry(("context", name), said) for name, said in book.contexts.items()],
        sectors=book.sectors,
        participants=book.participants,
    )  # fmt: skip


def _older(record: OpenRecord, types: Iterable[str], examples: dict[tuple[str, ...], list[tuple[int, int]]]) -> None:
    """Examples of types that are not among the latest events."""
    for name in types:
        if ("type", name) not in examples and name in record.lists.types:
            found = select(record, Filter(type=(name,))).newest(_EXAMPLES)
            examples["type", name] = [(int(record.columns.confidence[number]), int(number)) for number in found]
