"""The first page: what is in the record."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Record

router = APIRouter(tags=["overview"])
LINKS = (Link("Overview", "/"),)


class Overview(BaseModel):
    """What is in the record, as filtered."""

    articles: int
    events: int


@router.get("/", include_in_schema=False)
@router.get("/api/overview", response_model=Overview)
def overview(request: Request, record: Record) -> Response:
    """Events over time, by pair of actors, place and source."""
    return answer(request, "overview.html", Overview(articles=record.columns.articles, events=record.columns.events))
