from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.long
STRIDE = 9


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("mode", ["killed", "full"])
def test_a_session_ended_at_any_step_is_taken_up_to_the_same_bytes(mode: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.every_step", mode, str(tmp_path), str(STRIDE)]
    done = subprocess.run(command, env={"PYTHONPATH": ":".join(sys.path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100
