"""A report that is pasted into the first page: coded here and now, shown, and kept if that is wanted."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from turnstone import api
from turnstone.errors import ReadingError
from turnstone.records import Article, Refusal
from turnstone.web.coding import Outcome
from turnstone.web.navigation import Link
from turnstone.web.pages.article import ArticlePage, article_page, shown
from turnstone.web.rendering import answer
from turnstone.web.workbench import Bench

router = APIRouter(tags=["code"])
LINKS: tuple[Link, ...] = ()

_LONGEST = 200_000


class Report(BaseModel):
    """A report to code."""

    text: Annotated[str, Field(min_length=1, max_length=_LONGEST)]
    date: dt.date
    title: Annotated[str, Field(max_length=1000)] = ""


@router.post("/api/code", response_model=ArticlePage)
def code(request: Request, bench: Bench, report: Report) -> Response:
    """Codes a report and gives everything found in it; nothing is kept."""
    return answer(request, "pasted.html", article_page(_coded(bench, report).record, None))


@router.post("/code", include_in_schema=False)
def paste(request: Request, bench: Bench, report: Annotated[Report, Form()]) -> Response:
    """Codes a report and shows everything found in it; nothing is kept."""
    told = _coded(bench, report).record
    return answer(request, "pasted.html", article_page(told, None), report=report, **shown(told, None))


@router.post("/code/keep", include_in_schema=False)
def keep(bench: Bench, report: Annotated[Report, Form()]) -> Response:
    """Codes a report into the record."""
    outcome = _coded(bench, report)
    bench.keep(outcome)
    return RedirectResponse(f"/kept?{urlencode({'id': outcome.record.article.id})}", 303)


@router.get("/kept", include_in_schema=False)
def kept(request: Request, bench: Bench, id: str) -> Response:
    """The report that was kept, as soon as the record with it is indexed."""
    record = bench.current()
    if record.report(id) is None:
        raise HTTPException(404, f"the record has no article {id[:80]!r}; paste the report again")
    return RedirectResponse(f"/article?{urlencode({'id': id})}", 303)


def _article(report: Report) -> Article:
    try:
        return replace(api.article(report.text, report.date, title=report.title), origin="pasted into the workbench")
    except ReadingError as error:
        raise HTTPException(422, str(error)) from error


def _coded(bench: Bench, report: Report) -> Outcome:
    told = bench.code(_article(report))
    if isinstance(told, Refusal):
        raise HTTPException(422, f"{told.reason}; {told.remedy}")
    return told
