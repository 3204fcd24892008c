"""The application: pages and their API over one record directory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from turnstone import __version__
from turnstone.web import faults, pages
from turnstone.web.rendering import STATIC
from turnstone.web.safety import Safety, check_form
from turnstone.web.settings import WebSettings
from turnstone.web.workbench import Workbench

_ABOUT = (
    "The workbench of turnstone as an API: the events of one record, and the words they were read from. Every address "
    "gives the same as the page without /api, which also answers in JSON when asked by the header Accept."
)


def create(directory: Path, settings: WebSettings | None = None) -> FastAPI:
    """The application over a record directory, which may be empty or not there yet."""
    settings = settings or WebSettings()
    workbench = Workbench(Path(directory), settings, pages.warm)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workbench.start()
        yield
        workbench.close()

    app = FastAPI(
        title="turnstone",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        dependencies=[Depends(check_form)],
        responses=faults.RESPONSES,
        middleware=[Middleware(Safety, settings=settings)],
        lifespan=lifespan,
    )
    app.state.workbench = workbench
    app.state.navigation = [link for module in pages.PAGES for link in module.LINKS]
    for module in pages.PAGES:
        app.include_router(module.router)
    # Browsers ask for it where an answer is no page, and some always.
    app.add_route("/favicon.ico", lambda _: FileResponse(STATIC / "icon.svg"), include_in_schema=False)
    app.mount("/static", _Static(directory=STATIC), name="static")
    faults.install(app)
    return app


class _Static(StaticFiles):
    """Bundled files; their addresses change with their content, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
