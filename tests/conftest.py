"""What holds for every test, and what the tests can be told on the command line."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from typer.testing import CliRunner

from turnstone.cli import app

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

# That a machine is busy is no fault of what is tested.
settings.register_profile("turnstone", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("turnstone")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--record",
        metavar="DIR",
        help="run the browser tests on a copy of this record; without it, on the example reports, coded for them",
    )
    parser.addoption(
        "--requests", type=int, default=8, metavar="N", help="try every address of the API with so many requests"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda one: one.get_closest_marker("long") is None)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What is loaded and collected stays to the end. Looking for garbage in it took a quarter of the collection."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session", autouse=True)
def disk_is_not_waited_for() -> Iterator[None]:
    """No test here can tell whether bytes outlive a power cut, and waiting for the disk took them minutes. That the
    file is open is still asked; the tests of a full disk and of every step put their own in this place, and processes
    that tests start wait as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda handle: os.fstat(handle) and None)
        yield


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The record of the example reports, coded by the packaged model in this process. Whoever writes takes a copy."""
    path = tmp_path_factory.mktemp("coded") / "record"
    found = CliRunner().invoke(app, ["code", str(EXAMPLES), "-o", str(path), "--workers", "0", "--json"])
    assert found.exit_code == 0, found.output
    summary = json.loads(found.stdout)
    assert summary["given"] == summary["coded"] + summary["empty"] and summary["events"] > 0
    return path
