"""A browser, and workbenches that it can reach."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from turnstone.web.app import create
from turnstone.web.settings import WebSettings

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PATIENCE = 120_000
"""Milliseconds; a busy machine is no fault of the page."""

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium is installed (apt-get install chromium)")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE)
        yield found
        found.close()


@pytest.fixture(scope="session")
def coded(coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the coded examples, in which a workbench may put its index."""
    return Path(shutil.copytree(coded, tmp_path_factory.mktemp("shown") / "record"))


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[[Path], str]]:
    """Serves a directory and gives the address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(directory: Path) -> str:
        taken = socket.create_server(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        app = create(directory, WebSettings(port=port))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
        thread.start()
        servers.append((server, thread))
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        return f"http://127.0.0.1:{port}"

    yield serve
    for server, thread in servers:
        server.should_exit = True
        thread.join(timeout=10)


class Watched:
    """A page, with what went wrong in it: errors of scripts, and what the policy has stopped."""

    def __init__(self, page: sync_api.Page, address: str) -> None:
        self.page = page
        self.address = address
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"{error}\n{error.stack}"))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))

    def open(self, path: str) -> sync_api.Page:
        """Opens a path; waits while the record is indexed."""
        answer = self.page.goto(self.address + path)
        while answer and answer.status == 503:
            time.sleep(0.1)
            self.faults.clear()
            answer = self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def watched(browser: sync_api.Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a page on a workbench; a fault in it fails the test at its end."""
    opened: list[Watched] = []
    contexts = []

    def watch(address: str, **settings: object) -> Watched:
        context = browser.new_context(**settings)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        opened.append(Watched(context.new_page(), address))
        return opened[-1]

    yield watch
    faults = [fault for one in opened for fault in one.faults]
    for context in contexts:
        context.close()
    assert faults == []
