"""A whole report, with its events and statements marked in the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from turnstone import display
from turnstone.records import Article, Attribution, DateMention, Event, Place
from turnstone.records import Record as CodedArticle
from turnstone.store.tables import text_digest
from turnstone.web import words
from turnstone.web.corrected import corrected_event, corrected_line
from turnstone.web.event_review import EventReview
from turnstone.web.marks import Marked, marked
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.reviewed import Reviewed, reviewed_or_fault
from turnstone.web.workbench import Record

router = APIRouter(tags=["article"])
LINKS: tuple[Link, ...] = ()

Id = Annotated[str, Query(max_length=2000)]


class ArticlePage(BaseModel):
    """A report and everything that the record holds of it; all offsets point into `article.text`. `events` are what was
    coded, `reviews` what reviewers came to, by the id of the event, `added` the events that they added."""

    article: Article
    contexts: list[str]
    events: list[Event]
    attributions: list[Attribution]
    places: list[Place]
    dates: list[DateMention]
    selected: str | None
    reviews: dict[str, EventReview]
    added: list[EventReview]
    review_fault: str = Field(description="why the reviews cannot be read; empty where they can")


@router.get("/article", include_in_schema=False)
@router.get("/api/article", response_model=ArticlePage)
def article(request: Request, record: Record, id: Id, event: Id | None = None) -> Response:
    """A whole report; with `event`, the words of that event are marked."""
    told = record.report(id)
    if told is None:
        raise HTTPException(404, f"the record has no article {id[:80]!r}; /events lists those with events")
    if event is not None and all(one.id != event for one in told.coded.events):
        raise HTTPException(
            404, f"the article {id[:80]!r} has no event {event[:80]!r}; leave the event out to see all of it"
        )
    page = article_page(told, event, reviewed_or_fault(record))
    return answer(request, "article.html", page, **shown(told, event, page.reviews))


def article_page(told: CodedArticle, event: str | None, reviews: Reviewed | None = None) -> ArticlePage:
    """The model of a report's page."""
    found = {one.id: reviews.of(told.article.id, one.id) for one in told.coded.events} if reviews else {}
    return ArticlePage(
        article=told.article,
        contexts=list(told.coded.contexts),
        events=list(told.coded.events),
        attributions=list(told.coded.attributions),
        places=list(told.resolved.places),
        dates=list(told.resolved.dates),
        selected=event,
        reviews={event_id: one for event_id, one in found.items() if one is not None},
        added=reviews.added(text_digest(told.article)) if reviews else [],
        review_fault=reviews.fault if reviews else "",
    )


def shown(told: CodedArticle, event: str | None, reviews: Mapping[str, EventReview] | None = None) -> dict[str, Any]:
    """What the template of a report needs beside its model: the text in pieces, the events in words as reviewers would
    have them."""
    events = told.coded.events
    chosen = next((one for one in events if one.id == event), None)
    return {
        "pieces": pieces(told, chosen),
        "chosen": chosen,
        "lines": [_after(*one, reviews or {}) for one in zip(events, display.lines(told), strict=True)],
        "statements": [
            (told_by, _depth(told.coded.attributions, place)) for place, told_by in enumerate(told.coded.attributions)
        ],
        "told": told,
    }


def _after(event: Event, line: display.Line, reviews: Mapping[str, EventReview]) -> tuple[Event, display.Line]:
    review = reviews.get(event.id)
    if review is None or review.final is None:
        return event, line
    return corrected_event(event, review.final), corrected_line(line, review.final, review.changed)


def pieces(told: CodedArticle, chosen: Event | None) -> list[Marked]:
    """The text cut where anything begins or ends. The trigger of every event is marked `event-` with its place; of the
    statements all are marked, of the events only the words of the one that is chosen.
    """
    spans: list[words.Span] = [
        (one.trigger.start, one.trigger.end, f"event-{place}") for place, one in enumerate(told.coded.events)
    ]
    for attribution in told.coded.attributions:
        spans += [(start, end, f"any-{mark}") for start, end, mark in words.of_attribution(attribution)]
    if chosen:
        spans += words.of_event(told, chosen)
    return marked(told.article.text, spans)


def _depth(attributions: tuple[Attribution, ...], place: int) -> int:
    depth, seen = 0, {place}
    while (place := attributions[place].within) >= 0 and place not in seen and place < len(attributions):
        seen.add(place)
        depth += 1
    return depth
