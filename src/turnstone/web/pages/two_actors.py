"""Two actors, or one: cooperation and conflict over time, what each said of the other, meetings, and what came of
what was promised.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.web import wording
from turnstone.web.filters import Filter
from turnstone.web.index.after_review import ReviewedRecord
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.pair import SIDES, Side
from turnstone.web.index.rows import EventRow, event_rows
from turnstone.web.index.selection import select
from turnstone.web.index.speakers import after_review
from turnstone.web.navigation import Link
from turnstone.web.pages.two_actors_asked import Actor, Asked, AskedEvents, actor_of, name_value, pair_of
from turnstone.web.pages.two_actors_page import PairPage, page_of
from turnstone.web.rendering import answer
from turnstone.web.workbench import Bench, Record

router = APIRouter(tags=["two actors"])
LINKS = (Link("Two actors", "/two-actors", ("/two-actors",)),)

_ROWS, _SUGGESTED = 25, 12


class Choice(BaseModel):
    """Countries and pairs with the most events, where nobody was chosen yet."""

    pairs: list[tuple[str, str, int]]


class Suggested(BaseModel):
    """Somebody whom the record knows; `value` is what to ask for."""

    value: str
    title: str
    events: int


@router.get("/two-actors", include_in_schema=False)
@router.get("/api/two-actors", response_model=PairPage | Choice)
def two_actors(request: Request, record: Record, bench: Bench, asked: Annotated[Asked, Query()]) -> Response:
    """Two actors, or one and all others; without either, the pairs of countries with the most events."""
    if not asked.a.strip():
        if asked.b.strip():
            raise HTTPException(422, "a: name somebody first, then the other")
        return answer(request, "two_actors.html", _choice(record), asked=asked, chosen=None)
    pair = pair_of(record, asked)
    speakers = bench.speakers.of(record.coded)
    if speakers is not None and isinstance(record, ReviewedRecord):
        coded = speakers
        speakers = record.kept(("speakers",), lambda: after_review(coded, record))
    page = record.kept(("pair", asked, speakers is not None), lambda: page_of(pair, asked, speakers))
    chart = {
        "measure": asked.measure,
        "step": page.step,
        "titles": {side: title_of(side, page.a, page.b) for side in SIDES},
        "bins": [
            [
                str(one.first), str(one.last), one.days, one.covered,
                {side: [*found.counts, found.score] for side, found in one.sides.items()} if one.sides else None,
            ]
            for one in page.bins
        ],
    }  # fmt: skip
    return answer(
        request, "two_actors.html", page, asked=asked, chosen=page, chart=chart, title_of=title_of, wanted=asked.filter
    )


class PairEvents(BaseModel):
    """Events of one side of a pair, from the newest report; `before` is where the next page begins, null at the end."""

    a: Actor
    b: Actor | None
    events: int
    rows: list[EventRow]
    before: int | None


@router.get("/two-actors/events", include_in_schema=False)
@router.get("/api/two-actors/events", response_model=PairEvents)
def pair_events(request: Request, record: Record, asked: Annotated[AskedEvents, Query()]) -> Response:
    """The events of one side of two actors."""
    pair = pair_of(record, asked)
    numbers = pair.numbers(asked.side)
    left = numbers if asked.before is None else numbers[: np.searchsorted(numbers, asked.before)]
    shown = left[::-1][:_ROWS]
    page = PairEvents(
        a=actor_of(record, pair.a),
        b=actor_of(record, pair.b) if pair.b else None,
        events=len(numbers),
        rows=event_rows(record, shown),
        before=int(shown[-1]) if len(left) > _ROWS else None,
    )
    title = title_of(asked.side, page.a, page.b)
    return answer(request, "two_actors_events.html", page, asked=asked, title=title, wanted=asked.filter)


@router.get("/api/actors", response_model=list[Suggested])
def actors(record: Record, q: Annotated[str, Query(max_length=100)] = "") -> list[Suggested]:
    """Countries and names of the record that begin with some letters, those with the most events first."""
    words = " ".join(q.split())
    if not words:
        return []
    folded = words.casefold()
    tally = select(record, Filter()).tally("actor_country")
    found = [
        Suggested(value=code, title=wording.country(code), events=int(tally[number]))
        for number, code in enumerate(record.lists.countries[: len(tally)])
        if code and (code.casefold() == folded or wording.country(code).casefold().startswith(folded))
    ]
    found = sorted(found, key=lambda one: -one.events)[:_SUGGESTED]
    with record.rows() as rows:
        # Names stand in an index of plain bytes: a range finds what begins so, with a capital or as typed.
        starts = dict.fromkeys((words, words[:1].upper() + words[1:], words.title()))
        codes = [
            row
            for start in starts
            for row in rows.execute(
                "select code, text from name where text >= ? and text < ? limit 400", (start, start + "\U0010ffff")
            )
        ]
    counts = select(record, Filter()).tally("actor")
    known = {text: int(counts[code]) if code < len(counts) else 0 for code, text in codes if text}
    names = sorted(known.items(), key=lambda one: (-one[1], one[0]))[: _SUGGESTED - min(len(found), 4)]
    return [
        *found[:_SUGGESTED],
        *(Suggested(value=name_value(record, name), title=name, events=events) for name, events in names),
    ]


def title_of(side: Side, a: Actor, b: Actor | None) -> str:
    """A side in words."""
    if side == "both":
        return f"{a.title} and {b.title} with each other" if b else ""
    one, other = (
        (a.title, b.title if b else "all others") if side == "ab" else (b.title if b else "all others", a.title)
    )
    return f"{one} to {other}"


def _choice(record: OpenRecord) -> Choice:
    selection = select(record, Filter())
    counted: dict[tuple[str, str], int] = {}
    for code, events in selection.top("dyad", 60):
        actor, recipient = record.lists.dyad(code)
        if actor and recipient and actor != recipient:
            first, second = sorted((actor, recipient))
            counted[first, second] = counted.get((first, second), 0) + events
    most = sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:24]
    return Choice(pairs=[(a, b, events) for (a, b), events in most])
