from __future__ import annotations

import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from turnstone.cli import app


@pytest.mark.parametrize(
    ("arguments", "status", "reason"),
    [
        (["--host", "0.0.0.0"], 1, "needs a token"),
        (["--host", "192.0.2.1"], 1, "--token new"),
        (["--token", "short"], 2, "at least 16"),
        (["--token", "with spaces in the middle"], 2, "no space"),
        (["--port", "70000"], 2, "65535"),
    ],
)
def test_what_would_not_be_safe_is_not_served(tmp_path: Path, arguments: list[str], status: int, reason: str) -> None:
    outcome = CliRunner().invoke(app, ["serve", str(tmp_path), *arguments])
    assert outcome.exit_code == status
    assert reason in outcome.output


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        outcome = CliRunner().invoke(app, ["serve", str(tmp_path), "--port", str(port)])
    assert outcome.exit_code == 1
    assert f"127.0.0.1:{port}: cannot listen there" in outcome.output and "--port" in outcome.output


def test_a_file_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = CliRunner().invoke(app, ["serve", str(tmp_path / "file")])
    assert outcome.exit_code == 1 and "is a file" in outcome.output
