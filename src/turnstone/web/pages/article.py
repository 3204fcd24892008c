"""A whole report, with its events and statements marked in the text."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone import display
from turnstone.records import Article, Attribution, DateMention, Event, Place
from turnstone.records import Record as CodedArticle
from turnstone.web import words
from turnstone.web.marks import Marked, marked
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Record

router = APIRouter(tags=["article"])
LINKS: tuple[Link, ...] = ()

Id = Annotated[str, Query(max_length=2000)]


class ArticlePage(BaseModel):
    """A report and everything that the record holds of it; all offsets point into `article.text`."""

    article: Article
    contexts: list[str]
    events: list[Event]
    attributions: list[Attribution]
    places: list[Place]
    dates: list[DateMention]
    selected: str | None


@router.get("/article", include_in_schema=False)
@router.get("/api/article", response_model=ArticlePage)
def article(request: Request, record: Record, id: Id, event: Id | None = None) -> Response:
    """A whole report; with `event`, the words of that event are marked."""
    told = record.report(id)
    if told is None:
        raise HTTPException(404, f"the record has no article {id!r}")
    if event is not None and all(one.id != event for one in told.coded.events):
        raise HTTPException(404, f"the article {id!r} has no event {event!r}")
    return answer(request, "article.html", article_page(told, event), **shown(told, event))


def article_page(told: CodedArticle, event: str | None) -> ArticlePage:
    """The model of a report's page."""
    return ArticlePage(
        article=told.article,
        contexts=list(told.coded.contexts),
        events=list(told.coded.events),
        attributions=list(told.coded.attributions),
        places=list(told.resolved.places),
        dates=list(told.resolved.dates),
        selected=event,
    )


def shown(told: CodedArticle, event: str | None) -> dict[str, Any]:
    """What the template of a report needs beside its model: the text in pieces, the events in words."""
    events = told.coded.events
    chosen = next((one for one in events if one.id == event), None)
    return {
        "pieces": pieces(told, chosen),
        "chosen": chosen,
        "lines": list(zip(events, display.lines(told), strict=True)),
        "statements": [
            (told_by, _depth(told.coded.attributions, place)) for place, told_by in enumerate(told.coded.attributions)
        ],
        "told": told,
    }


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
