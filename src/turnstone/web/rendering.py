"""Answers: a page for a browser, JSON for a program, from one model.

Every route stands twice, at its address and under /api. Under /api, or where JSON is asked for, the model is the
answer; elsewhere it is shown by the page's template.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from turnstone import __version__
from turnstone.web import wording, words
from turnstone.web.corrected import corrected_event
from turnstone.web.filters import FACET_NAMES, LABELS
from turnstone.web.marks import event_place, marked
from turnstone.web.sentences import sentence

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


def wants_json(request: Request) -> bool:
    """Whether a program asks: under /api, or by the header Accept."""
    if request.url.path.startswith("/api/") or request.url.path == "/openapi.json":
        return True
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def answer(request: Request, template: str, model: BaseModel, status: int = 200, **more: object) -> Response:
    """The model as JSON or in its template, where it is called `page`; `more` is for the template only."""
    if wants_json(request):
        return JSONResponse(model.model_dump(mode="json"), status)
    return page(request, template, {"page": model, **more}, status)


def page(request: Request, template: str, values: Mapping[str, object], status: int = 200) -> HTMLResponse:
    """A template filled with values, and what every page needs."""
    workbench = request.app.state.workbench
    given: dict[str, Any] = {
        "request": request,
        "navigation": request.app.state.navigation,
        "workbench": workbench,
        "form_token": request.state.form_token,
        "version": __version__,
        **values,
    }
    return HTMLResponse(_environment().get_template(template).render(given), status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(static=static_address, labels=LABELS, facet_names=FACET_NAMES, marked=sentence)
    environment.filters.update(
        number=wording.number, day=wording.day, days=wording.days, percent=wording.percent, country=wording.country,
        shown=wording.shown, clean=wording.clean, point=wording.point, excerpt=wording.excerpt,
        web_address=wording.web_address, event_place=event_place,
    )  # fmt: skip
    environment.globals.update(
        STATUSES=wording.STATUSES, QUADS=wording.QUADS, codebook=wording.codebook, words_of=words.of_event, cut=marked,
        corrected_event=corrected_event,
    )  # fmt: skip
    return environment


@cache
def static_address(name: str) -> str:
    """The address of a bundled file, which changes with its content."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
