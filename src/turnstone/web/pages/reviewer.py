"""Who reviews: the name that a cookie keeps."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Query, Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from turnstone.web.navigation import Link
from turnstone.web.pages.review_asked import Asked
from turnstone.web.workbench import Bench, Workbench

router = APIRouter(tags=["review"])
LINKS: tuple[Link, ...] = ()


async def _form(request: Request) -> FormData:
    return await request.form()


Form = Annotated[FormData, Depends(_form)]


def _cookie(bench: Workbench) -> str:
    return f"turnstone_reviewer_{bench.settings.port}"


def reviewer_of(request: Request, bench: Workbench) -> str:
    """The reviewer's name as the cookie has it; empty where it has none that will do."""
    name = unquote(request.cookies.get(_cookie(bench), "")).strip()
    return name if 0 < len(name) <= 80 and name.isprintable() else ""


@router.post("/review/reviewer", include_in_schema=False)
def call_reviewer(bench: Bench, form: Form, asked: Annotated[Asked, Query()]) -> Response:
    """Keeps the reviewer's name in a cookie."""
    name = " ".join(str(form.get("reviewer", "")).split())
    if not 0 < len(name) <= 80 or not name.isprintable():
        raise HTTPException(422, f"reviewer: {name[:40]!r} will not do; a name has 1 to 80 letters or signs.")
    response = RedirectResponse(local(str(form.get("then", ""))) or asked.address(), 303)
    response.set_cookie(_cookie(bench), quote(name), max_age=365 * 86400, httponly=True, samesite="lax", path="/")
    return response


def local(address: str) -> str:
    """An address of this workbench's review pages; empty for any other."""
    return address if address.startswith(("/review?", "/review/compare", "/event?")) and "\\" not in address else ""
