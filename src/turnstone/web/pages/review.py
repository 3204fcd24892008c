"""Review: one event, one question."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from turnstone.knowledge.entity_schema import SECTORS
from turnstone.reviews.agreement import differing
from turnstone.reviews.precision import Precision
from turnstone.reviews.queues import Wanted
from turnstone.web import wording
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow
from turnstone.web.navigation import Link
from turnstone.web.pages.review_asked import NAMES, Asked, no_event, question_of
from turnstone.web.pages.review_names import Suggestion, suggestions
from turnstone.web.pages.review_question import Question, Said, said
from turnstone.web.pages.reviewer import reviewer_of
from turnstone.web.rendering import answer
from turnstone.web.review_desk import Desk, QueueChoice
from turnstone.web.workbench import Bench, Record, Workbench

router = APIRouter(tags=["review"])
LINKS = (Link("Review", "/review", ("/review",)),)


QUEUES: dict[QueueChoice, str] = {
    "random": "random sample",
    "uncertain": "least certain first",
    "disagreement": "where reviewers or reports differ",
}


class ShareOf(BaseModel):
    """`right` of `of`, with its 95 % interval (Wilson), from 0 to 1; null of none."""

    right: int
    of: int
    value: float | None
    low: float | None
    high: float | None


class PrecisionOf(BaseModel):
    """How often what was coded is right, from the random sample: `there` counts events of the right type, `whole` those
    with nothing to correct. `type` is empty for all types together."""

    type: str
    there: ShareOf
    whole: ShareOf
    disputed: int
    skipped: int


class ReviewPage(BaseModel):
    """The next question of a queue, null where it is empty, and how far the reviewing is. `last` is what the reviewer
    said last, `said` what others said of an event on which they differ, `reports` are others of the same happening that
    tell it differently; `fields` says in what. `lost` reviewed events are not in this coding."""

    reviewer: str
    queue: QueueChoice
    type: str
    country: str
    question: Question | None
    done: int
    total: int
    disputes: int
    lost: int
    precision: list[PrecisionOf]
    last: Said | None
    last_article: str
    last_event: str
    said: list[Said]
    reports: list[EventRow]
    fields: list[str]


@router.get("/review", include_in_schema=False)
@router.get("/api/review", response_model=ReviewPage)
def review(request: Request, bench: Bench, record: Record, asked: Annotated[Asked, Query()]) -> Response:
    """The next event of a queue, and how good the coding is so far."""
    page, desk = _page(request, bench, record, asked)
    codebook = wording.codebook()
    choices = {
        "types": {name: one.description for name, one in codebook.types.items()},
        "modes": {name: {m: mode.description for m, mode in one.modes.items()} for name, one in codebook.types.items()},
        "statuses": codebook.statuses,
        "sectors": {name: codebook.sectors.get(name, "") for name in sorted(SECTORS)},
    }
    return answer(request, "review.html", page, asked=asked, queues=QUEUES, choices=choices, names=NAMES, desk=desk)


def _page(request: Request, bench: Workbench, record: OpenRecord, asked: Asked) -> tuple[ReviewPage, Desk]:
    desk = Desk(record)
    reviewer = reviewer_of(request, bench)
    key = (asked.article, asked.event) if asked.article else None
    if key is None and (reviewer or asked.queue == "disagreement"):
        key = desk.next(asked.queue, asked.wanted, reviewer, asked.past)
    shown = question_of(desk, *key) if key else None
    if asked.article and shown is None:
        raise no_event(asked.article, asked.event)
    overall, types = desk.precision(asked.wanted.country)
    judged = desk.standing.of.get(key) if key else None
    is_open = judged is not None and judged.state == "disputed"
    reports, told = desk.told_with(key) if key and asked.queue == "disagreement" and not is_open else ([], ())
    lines = desk.journal.holding()
    last = next((one for one in reversed(lines) if one.reviewer == reviewer), None) if reviewer else None
    return ReviewPage(
        reviewer=reviewer, queue=asked.queue, type=asked.type, country=asked.wanted.country, question=shown,
        done=desk.done(asked.wanted, reviewer), total=desk.total(asked.wanted), disputes=len(desk.disputes(Wanted())),
        lost=len(desk.standing.lost),
        precision=[_precision("", overall), *(_precision(name, one) for name, one in types.items())],
        last=said(last) if last else None, last_article=last.article if last else "",
        last_event=last.event if last else "",
        said=[said(one) for one in judged.reviews] if judged and is_open and asked.queue == "disagreement" else [],
        reports=reports, fields=list(differing(judged) if judged and is_open else told),
    ), desk  # fmt: skip


def _precision(name: str, found: Precision) -> PrecisionOf:
    def share(one: Any) -> ShareOf:
        return ShareOf(right=one.right, of=one.of, value=one.value, low=one.low, high=one.high)

    return PrecisionOf(
        type=name, there=share(found.there), whole=share(found.whole), disputed=found.disputed, skipped=found.skipped
    )


@router.get("/api/review/names", response_model=list[Suggestion])
def names(
    q: Annotated[str, Query(max_length=100, description="the beginning of a name")],
    day: Annotated[dt.date | None, Query(description="who is what on this day; today if not given")] = None,
) -> Response:
    """Names that the entities have."""
    found = suggestions(q, day or dt.datetime.now(dt.UTC).date())
    return JSONResponse([one.model_dump(mode="json") for one in found])
