"""What is answered when something cannot be: a page that says why and what to do, or the same in JSON."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from turnstone.errors import TurnstoneError
from turnstone.web.rendering import page, wants_json
from turnstone.web.workbench import NoRecord, Preparing

_TITLES = {
    400: "This request cannot be read",
    401: "This workbench asks for its token",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This address does not take that",
    409: "Not now",
    413: "This is too large",
    422: "This cannot be asked",
    500: "Something went wrong",
}


_REMEDY = "Mend it and ask again; /api says what every address takes."
_REASONS, _LONGEST = 5, 60


class Fault(BaseModel):
    """Why there is no answer: the input, what is wrong with it and what to do."""

    detail: str


RESPONSES: dict[int | str, dict[str, Any]] = {"4XX": {"model": Fault, "description": Fault.__doc__}}
"""What every address may answer instead, for the description of the API."""


def install(app: FastAPI) -> None:
    """Makes every error of the application an answer."""

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        return fault(request, error.status_code, _said(request, error), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        reasons = [_reason(one) for one in error.errors()[:_REASONS]]
        return fault(request, 422, f"{'; '.join(reasons)}. {_REMEDY}")

    @app.exception_handler(TurnstoneError)
    async def ours(request: Request, error: TurnstoneError) -> Response:
        return fault(request, 409, str(error))

    @app.exception_handler(NoRecord)
    async def nothing(request: Request, error: NoRecord) -> Response:
        if wants_json(request):
            return fault(request, 404, "there is no record here yet; code articles first")
        return page(request, "begin.html", {}, 404)

    @app.exception_handler(Preparing)
    async def preparing(request: Request, error: Preparing) -> Response:
        if error.failure:
            return fault(request, 500, error.failure)
        headers = {"retry-after": "2"}
        if wants_json(request):
            return fault(request, 503, "the record is being indexed; ask again in a moment", headers)
        shown = page(request, "preparing.html", {"progress": error.progress.now()}, 503)
        shown.headers.update(headers)
        return shown

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> Response:
        logging.getLogger("turnstone.web").exception("%s %s", request.method, request.url.path)
        reason = "turnstone did not expect this. What it says of it is where turnstone serve runs; please report it."
        return fault(request, 500, reason)


def _said(request: Request, error: HTTPException) -> str:
    """What an error says; those of the framework name neither the input nor a remedy."""
    address = f"{request.method} {request.url.path[:200]}"
    if error.detail == "Not Found":
        return f"{address}: there is no such address; /api lists those there are"
    if error.detail == "Method Not Allowed":
        return f"{address}: the address does not take {request.method}; /api lists what it takes"
    if error.status_code == 400:
        return f"{address}: the body cannot be read ({error.detail}). {_REMEDY}"
    return str(error.detail)


def _reason(error: Mapping[str, Any]) -> str:
    """What is wrong with one value of a request: where it stands, why, and what was given if that is short."""
    where, *path = error["loc"] or ("the request",)
    if error["type"] == "json_invalid":
        return f"the body: no JSON ({error.get('ctx', {}).get('error', error['msg'])}, at character {path[0]})"
    # FastAPI says what class it wants where words stand for a file
    why = "words, and no file" if "UploadFile" in error["msg"] else error["msg"]
    reason = f"{'.'.join(map(str, path)) or f'the {where}'}: {why}"
    given = error.get("input")
    if error["type"] == "missing" or not isinstance(given, str | int | float):
        return reason
    shown = repr(given)
    return f"{reason}, not {shown if len(shown) <= _LONGEST else shown[:_LONGEST] + ' …'}"


def fault(request: Request, status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """An answer that says why there is none."""
    if wants_json(request):
        return JSONResponse({"detail": detail}, status, headers)
    values = {"status": status, "title": _TITLES.get(status, "This did not work"), "detail": detail}
    shown = page(request, "fault.html", values, status)
    shown.headers.update(headers or {})
    return shown
