"""What was said: reviewers compared, what was said of an event, reviews of events that are no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.reviews import Judged
from turnstone.reviews.agreement import agreement, differing
from turnstone.reviews.lost import lost
from turnstone.reviews.queues import Wanted
from turnstone.reviews.verdicts import FIELDS
from turnstone.web.index.opened import OpenRecord
from turnstone.web.navigation import Link
from turnstone.web.pages.review_asked import NAMES
from turnstone.web.pages.review_question import Said, said
from turnstone.web.pages.reviewer import reviewer_of
from turnstone.web.rendering import answer
from turnstone.web.review_desk import Desk
from turnstone.web.workbench import Bench, Record

router = APIRouter(tags=["review"])
LINKS: tuple[Link, ...] = ()


_DISPUTES = 20


class AgreementOf(BaseModel):
    """How far reviewers agree on a field, over events that two or more have reviewed."""

    field: str
    events: int
    share: float | None
    kappa: float | None
    alpha: float | None


class Dispute(BaseModel):
    """An event on which reviewers differ: in which `fields`, and what each said. `event` is empty where the coding
    has no such event any more."""

    article: str
    event: str
    trigger: str
    fields: list[str]
    said: list[Said]


class Comparison(BaseModel):
    """Reviewers compared. Of the `waiting` events that nobody has settled, `disputes` are the first."""

    reviewer: str
    reviewers: dict[str, int]
    agreement: list[AgreementOf]
    waiting: int
    disputes: list[Dispute]
    settled: int


class LostEvent(BaseModel):
    """A reviewed event that this coding does not have, by the ids it had; `becomes` says what it counts for now."""

    article: str
    event: str
    word: str
    event_type: str
    reviewers: list[str]
    at: dt.datetime
    becomes: str


class LostEvents(BaseModel):
    """Reviewed events that this coding does not have, the latest first."""

    lost: list[LostEvent]


class History(BaseModel):
    """All that was said of an event, the oldest first."""

    article: str
    event: str
    state: str
    said: list[Said]


@router.get("/review/compare", include_in_schema=False)
@router.get("/api/review/compare", response_model=Comparison)
def compare(request: Request, bench: Bench, record: Record) -> Response:
    """How far reviewers agree, and what they differ on."""
    desk = Desk(record)
    judged, disputes = desk.standing.judged, desk.disputes(Wanted())
    counts: dict[str, int] = {}
    for one in desk.journal.holding():
        counts[one.reviewer] = counts.get(one.reviewer, 0) + 1
    page = Comparison(
        reviewer=reviewer_of(request, bench),
        reviewers=counts,
        agreement=[
            AgreementOf(field=one.field, events=one.events, share=one.share, kappa=one.kappa, alpha=one.alpha)
            for one in agreement(judged)
        ],
        waiting=len(disputes),
        disputes=[_dispute(one) for one in disputes[:_DISPUTES]],
        settled=sum(any(r.adjudicates for r in one.reviews) for one in judged),
    )
    return answer(request, "review_compare.html", page, names=NAMES, fields=FIELDS)


def _dispute(judged: Judged) -> Dispute:
    by = judged.by
    return Dispute(
        article=judged.coded.article if judged.coded else by.article,
        event=judged.coded.event if judged.coded else "",
        trigger=by.trigger.text if by.trigger else "",
        fields=list(differing(judged)),
        said=[said(one) for one in judged.reviews if one.verdict != "skip"],
    )


@router.get("/review/lost", include_in_schema=False)
@router.get("/api/review/lost", response_model=LostEvents)
def lost_events(request: Request, record: Record) -> Response:
    """Reviewed events that this coding does not have."""
    found = [LostEvent(**{**asdict(one), "reviewers": list(one.reviewers)}) for one in lost(Desk(record).standing)]
    return answer(request, "review_lost.html", LostEvents(lost=found))


@router.get("/review/history", include_in_schema=False)
@router.get("/api/review/history", response_model=History)
def history(
    request: Request, bench: Bench, record: Record,
    article: Annotated[str, Query(max_length=1000)], event: Annotated[str, Query(max_length=300)],
) -> Response:  # fmt: skip
    """All that was said of an event, also what was taken back."""
    page = history_of(record, article, event)
    return answer(
        request, "review_history.html", page, names=NAMES, fields=FIELDS, reviewer=reviewer_of(request, bench)
    )


def history_of(record: OpenRecord, article: str, event: str) -> History:
    """All that was said of an event, for a page that shows it."""
    desk = Desk(record)
    judged = desk.standing.of.get((article, event))
    holding = {one.id for one in desk.journal.holding()}
    about = {(one.sha256, one.event) for one in judged.reviews} if judged else set()
    lines = [
        one
        for one in desk.journal.reviews
        if one.trigger is not None
        and ((one.article, one.event) == (article, event) or (one.sha256, one.event) in about)
    ]
    return History(
        article=article, event=event, state=judged.state if judged else "unreviewed",
        said=[said(one, one.id in holding) for one in lines],
    )  # fmt: skip
