from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from bench.kills import workers

from tests.store.samples import article
from turnstone.store.runs import logged

ARTICLES = 300
KILLS = 6
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the workers in /proc"),
]


def start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.killed_run", *map(str, arguments)]
    return subprocess.Popen(
        command, env={"PYTHONPATH": ":".join(sys.path)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def tables(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(path.iterdir()) if one.name != "runs.jsonl"}


def test_a_run_killed_at_random_moments_and_resumed_gives_the_same_bytes(tmp_path: Path) -> None:
    rows = [article(str(n), "raise" if n == 50 else None, day=1 + n % 9) for n in range(ARTICLES)]
    lines = (json.dumps({"id": one.id, "date": str(one.published), "text": one.text}) + "\n" for one in rows)
    reports = tmp_path / "reports.jsonl"
    reports.write_text("".join(lines), encoding="utf-8")
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    assert start("code", reports, "-o", whole, "--workers", 2).wait() == 0

    def begin() -> subprocess.Popen[bytes]:
        return start("resume", broken) if logged(broken) else start("code", reports, "-o", broken, "--workers", 2)

    draw = random.Random(11)
    process = begin()
    kills = 0
    for number in range(KILLS):
        if process.poll() is not None:
            process = begin()
        began = time.monotonic()
        while process.poll() is None and not workers(process.pid) and time.monotonic() - began < 600:
            time.sleep(0.02)
        time.sleep(draw.random())
        with suppress(OSError):  # it has just ended
            victims = [process.pid] if number % 2 else workers(process.pid)
            os.kill(draw.choice(victims or [process.pid]), signal.SIGKILL)
            kills += process.wait() != 0 if number % 2 else 1
    assert kills >= KILLS // 2
    while process.wait() != 0:
        process = begin()
    assert [run.state for run in logged(broken)] == ["finished"]
    assert tables(broken) == tables(whole)
