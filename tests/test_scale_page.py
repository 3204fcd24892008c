"""The example scripts of docs/scale.md."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.store.samples import article
from tests.test_cli import Result, reports
from tests.test_kills import start, tables

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ROOT / "docs" / "scale"
PAGE = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")


def test_the_page_names_every_script() -> None:
    assert [path.name for path in SCRIPTS.iterdir() if f"(scale/{path.name})" not in PAGE] == []


@needs_bash
@pytest.mark.parametrize("name", ["slurm.sh", "ray.sh"])
def test_a_script_is_one_for_bash(name: str) -> None:
    assert subprocess.run(["bash", "-n", SCRIPTS / name], check=False).returncode == 0


@needs_bash
def test_the_tasks_of_the_slurm_script_code_the_record_of_one_run(tmp_path: Path) -> None:
    tool = tmp_path / "bin" / "turnstone"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {sys.executable} -m tests.killed_run "$@"\n')
    tool.chmod(0o755)
    path = reports(tmp_path / "reports.jsonl", *(article(str(n), day=1 + n % 3) for n in range(9)))
    here, there = tmp_path / "here", tmp_path / "there"
    assert start("plan", path, "-o", there, "--size", 3).wait() == 0
    script = (SCRIPTS / "slurm.sh").read_text(encoding="utf-8").replace("tasks=100", "tasks=2")
    (tmp_path / "slurm.sh").write_text(script, encoding="utf-8")
    environment = {
        "PATH": f"{tool.parent}:{os.environ['PATH']}", "PYTHONPATH": ":".join(sys.path), "SLURM_CPUS_PER_TASK": "1",
    }  # fmt: skip
    for task in ("1", "0"):
        run = ["bash", tmp_path / "slurm.sh", there]
        assert subprocess.run(run, env={**environment, "SLURM_ARRAY_TASK_ID": task}, check=False).returncode == 0
    assert start("merge", there).wait() == 0
    assert start("code", path, "-o", here, "--workers", 1).wait() == 0
    assert tables(there) == tables(here)


def test_the_slurm_script_has_as_many_tasks_as_its_array() -> None:
    script = (SCRIPTS / "slurm.sh").read_text(encoding="utf-8")
    last, tasks = re.search(r"--array=0-(\d+)", script), re.search(r"^tasks=(\d+)", script, re.MULTILINE)
    assert last and tasks and int(last[1]) + 1 == int(tasks[1])


def test_the_indexed_job_has_as_many_shares_as_pods() -> None:
    job = yaml.safe_load((SCRIPTS / "job.yaml").read_text(encoding="utf-8"))
    (container,) = job["spec"]["template"]["spec"]["containers"]
    arguments = container["args"]
    assert (job["apiVersion"], job["kind"], job["spec"]["completionMode"]) == ("batch/v1", "Job", "Indexed")
    assert arguments[arguments.index("--of") + 1] == str(job["spec"]["completions"])
    assert arguments[arguments.index("--workers") + 1] == container["resources"]["requests"]["cpu"]


def test_the_indexed_jobs_command_is_one_of_ours(tmp_path: Path) -> None:
    job = yaml.safe_load((SCRIPTS / "job.yaml").read_text(encoding="utf-8"))
    (container,) = job["spec"]["template"]["spec"]["containers"]
    words = [*container["command"], *container["args"]]
    given = [str(tmp_path) if "://" in word else word.replace("$(JOB_COMPLETION_INDEX)", "7") for word in words]
    found = Result(*given[1:])
    assert found.status == 1 and "no plan lies here" in found.err
