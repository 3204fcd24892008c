"""One event: who, what, to whom, when, where, on whose word, with the words each was read from, and why."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from turnstone.display import on_whose_word
from turnstone.records import Article, Attribution, Event, Mention, Refusal
from turnstone.records import Record as CodedArticle
from turnstone.web import words
from turnstone.web.event_review import EventReview
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow, event_rows, events_of, find_event
from turnstone.web.marks import marked
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.reviewed import reviewed_or_fault
from turnstone.web.workbench import Bench, Record

router = APIRouter(tags=["event"])
LINKS: tuple[Link, ...] = ()

_OTHERS = 50
Id = Annotated[str, Query(max_length=2000)]


class EventPage(BaseModel):
    """An event with its article (offsets point into `article.text`), the statement that tells of it, and the other
    reports of the same happening, the newest first; `happening` is null where nobody has looked for them. `event` is
    what was coded, `review` what reviewers came to, null where nobody has reviewed it.
    """

    article: Article
    event: Event
    attribution: Attribution | None
    word: str = Field(description="on whose word, in words")
    happening: int | None
    others: list[EventRow]
    more: int
    before: str | None = Field(description="the event before it in the article")
    after: str | None = Field(description="the event after it")
    review: EventReview | None
    review_fault: str = Field(description="why the reviews cannot be read; empty where they can")


class Why(BaseModel):
    """What the network and the rules say of an event when its article is coded again now. Scores are probabilities,
    the likeliest first. `same` is whether the event came out as it is recorded; where it did not come out at all,
    `found` is false.
    """

    found: bool
    same: bool
    types: list[tuple[str, float]]
    statuses: list[tuple[str, float]]
    modes: list[tuple[str, float]]
    contexts: list[tuple[str, float]]
    mentions: list[Mention]


@router.get("/event", include_in_schema=False)
@router.get("/api/event", response_model=EventPage)
def event(request: Request, record: Record, article: Id, id: Id) -> Response:
    """One event, with the words that each of its values was read from."""
    told = _report(record, article)
    found = _event(told, id)
    number = find_event(record, article, id)
    assert number is not None
    happening = int(record.columns.happening[number])
    same = np.flatnonzero(record.columns.happening == happening)[::-1] if happening >= 0 else np.zeros(0, int)
    others = same[same != number]
    ids = [one for _, one in events_of(record, article)]
    place = ids.index(id)
    reviews = reviewed_or_fault(record)
    shown = EventPage(
        article=told.article,
        event=found,
        attribution=told.coded.attributions[found.attribution] if found.attribution >= 0 else None,
        word=on_whose_word(told, found),
        happening=happening if happening >= 0 else None,
        others=event_rows(record, others[:_OTHERS]),
        more=max(0, len(others) - _OTHERS),
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
        review=reviews.of(article, id),
        review_fault=reviews.fault,
    )
    first, last = words.around(found)
    pieces = marked(told.article.text, words.of_event(told, found), first, last)
    return answer(request, "event.html", shown, pieces=pieces, told=told, number=number)


@router.get("/event/why", include_in_schema=False)
@router.get("/api/event/why", response_model=Why)
def why(request: Request, record: Record, bench: Bench, article: Id, id: Id) -> Response:
    """Why an event was coded so: its article is coded again, which shows the scores that the record does not keep."""
    told = _report(record, article)
    found = _event(told, id)
    again = bench.code(told.article)
    if isinstance(again, Refusal):
        raise HTTPException(409, f"{again.reason}; {again.remedy}")
    return answer(request, "why.html", _why(again.record, found), event=found, told=told)


def _why(again: CodedArticle, event: Event) -> Why:
    proposal = next(
        (one for one in again.analysis.proposals if again.analysis.tokens[one.trigger].start == event.trigger.start),
        None,
    )
    people = {(one.start, one.end) for one in (*event.actors, *event.recipients)}
    mentions = [
        one for one in again.resolved.mentions if any(start <= one.start and one.end <= end for start, end in people)
    ]
    if proposal is None:
        return Why(found=False, same=False, types=[], statuses=[], modes=[], contexts=[], mentions=mentions)
    return Why(
        found=True,
        same=any(one == event for one in again.coded.events),
        types=list(proposal.types[:6]),
        statuses=list(proposal.statuses),
        modes=[one for one in proposal.modes if one[1] >= 0.02][:5],
        contexts=[one for one in proposal.contexts if one[1] >= 0.02][:5],
        mentions=mentions,
    )


def _report(record: OpenRecord, article: str) -> CodedArticle:
    told = record.report(article)
    if told is None:
        raise HTTPException(404, f"the record has no article {article[:80]!r}; /events lists those with events")
    return told


def _event(told: CodedArticle, id: str) -> Event:
    for one in told.coded.events:
        if one.id == id:
            return one
    raise HTTPException(404, f"the article {told.article.id!r} has no event {id[:80]!r}; /article shows those it has")
