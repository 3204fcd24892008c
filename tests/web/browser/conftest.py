"""A browser, and workbenches that it can reach, over the example reports or a copy of the record of --record."""

from __future__ import annotations

import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from typer.testing import CliRunner

from tests.web.browser.coded_tables import CodedTables
from turnstone.cli import app
from turnstone.web.app import create
from turnstone.web.settings import WebSettings

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The first that is installed is taken; the shell draws no window around the page."""

CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
PATIENCE = 300_000
"""Milliseconds; a busy machine is no fault of the page."""

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (apt-get install chromium-headless-shell)")
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE)
        yield found
        found.close()


@pytest.fixture(scope="session")
def coded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, in which a workbench may put its index, of the record that --record names or of the coded examples."""
    directory = tmp_path_factory.mktemp("shown") / "record"
    if given := request.config.getoption("--record"):
        return copy(Path(given), directory)
    copy(request.getfixturevalue("coded"), directory)
    found = CliRunner().invoke(app, ["stories", str(directory)])
    assert found.exit_code == 0, found.output
    return directory


def copy(record: Path, to: Path) -> Path:
    """A copy of a record without what a workbench made of it."""
    return Path(shutil.copytree(record, to, ignore=shutil.ignore_patterns(".workbench", ".uploads")))


@pytest.fixture(scope="session")
def tables(coded: Path) -> CodedTables:
    return CodedTables(coded)


@pytest.fixture(scope="session")
def address(serving: Callable[[Path], str], coded: Path) -> str:
    return serving(coded)


@pytest.fixture
def bench(watched: Callable[..., Watched], address: str) -> Watched:
    return watched(address)


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[..., str]]:
    """Serves a directory, with others to compare it with, and gives the address."""
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def serve(directory: Path, *compare: Path) -> str:
        taken = socket.create_server(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        bench = create(directory, WebSettings(port=port, compare=compare))
        server = uvicorn.Server(uvicorn.Config(bench, log_level="warning", ws="none"))
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
        page.on("console", lambda said: self.faults.append(_told(said)) if said.type == "error" else None)
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))

    def open(self, path: str) -> sync_api.Page:
        """Opens a path; waits while the record is indexed."""
        answer = self.page.goto(self.address + path)
        while answer and answer.status == 503:
            time.sleep(0.5)
            self.faults.clear()
            answer = self.page.goto(self.address + path)
        return self.page

    def asked(self, path: str) -> Any:
        """What the API answers to a path."""
        return self.got(f"/api{path}").json()

    def got(self, path: str) -> sync_api.APIResponse:
        """The answer to a path, asked for beside the page; waits while the record is indexed, or its search is."""
        answer = self.page.request.get(self.address + path)
        deadline = time.monotonic() + PATIENCE / 1000
        while answer.status in (409, 503) and time.monotonic() < deadline:
            time.sleep(0.5)
            answer = self.page.request.get(self.address + path)
        assert answer.ok, (path, answer.text())
        return answer


def _told(said: sync_api.ConsoleMessage) -> str:
    return f"{said.text} ({said.location.get('url', '')})"


def count_in(text: str) -> int:
    """The whole number at the beginning of a text, as pages write it."""
    found = re.match(r"\s*(\d[\d\u202f]*)", text)
    assert found, text
    return int(found[1].replace("\u202f", ""))


@contextmanager
def watching(browser: sync_api.Browser) -> Iterator[Callable[..., Watched]]:
    """Opens pages on workbenches; a fault in one of them is an AssertionError at the end."""
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


@pytest.fixture
def watched(browser: sync_api.Browser) -> Iterator[Callable[..., Watched]]:
    """Opens a page on a workbench; a fault in it fails the test at its end."""
    with watching(browser) as watch:
        yield watch
