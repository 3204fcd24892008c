from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.store.samples import RUN, article, record
from turnstone.records import Record
from turnstone.store import Store
from turnstone.web.app import create
from turnstone.web.settings import WebSettings

ADDRESS = "http://127.0.0.1:8765"


def write(directory: Path, *records: Record) -> Path:
    """A record directory with these articles."""
    with Store(directory, RUN) as store:
        for one in records:
            store.add(one)
    return directory


def wait_for(client: TestClient) -> None:
    """Waits until the record is indexed, its search included."""
    deadline = time.monotonic() + 600
    while client.get("/api/events", params={"q": "invited"}).status_code in (409, 503):
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four articles: three with an event each, one with none; the days between the 3rd and 9th of March have none."""
    told = [article("a", day=1), article("b", day=2, publisher="The Gazette"), article("c", day=10)]
    quiet = article("d", "Nothing much went on in Strelsau.", day=3)
    return write(tmp_path_factory.mktemp("tiny") / "record", *(record(one) for one in (*told, quiet)))


@pytest.fixture(scope="session")
def client(tiny: Path) -> Iterator[TestClient]:
    with TestClient(create(tiny), base_url=ADDRESS) as found:
        wait_for(found)
        yield found


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., TestClient]]:
    """Opens a workbench over records, or over an empty folder."""
    opened: list[TestClient] = []

    def serving(*records: Record, **settings: object) -> TestClient:
        directory = tmp_path / f"record{len(opened)}"
        if records:
            write(directory, *records)
        made = TestClient(create(directory, WebSettings(**settings)), base_url=ADDRESS)  # type: ignore[arg-type]
        made.__enter__()
        opened.append(made)
        if records and "token" not in settings:
            wait_for(made)
        return made

    yield serving
    for one in opened:
        one.__exit__(None, None, None)
