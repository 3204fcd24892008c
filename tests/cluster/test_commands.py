"""`turnstone plan`, `worker` and `merge`, and runs that go on by a plan."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import RUN, article
from tests.test_cli import Result, StubPipeline, reports
from turnstone import api
from turnstone.store.runs import logged


class Stub(StubPipeline):
    run = RUN


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stub:
    found = Stub()
    monkeypatch.setattr(api, "pipeline", lambda *_: found)
    monkeypatch.setattr("turnstone.this_run.this_run", lambda *_: RUN)
    monkeypatch.chdir(tmp_path)
    reports(tmp_path / "five.jsonl", *(article(str(n)) for n in range(5)))
    return found


def tables(path: str) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in Path(path).iterdir() if one.is_file() and one.name != "runs.jsonl"}


def test_a_plan_is_coded_by_number_and_merged(stub: Stub) -> None:
    assert Result("code", "five.jsonl", "-o", "here", "--workers", 0).status == 0
    found = Result("plan", "five.jsonl", "-o", "out", "--size", 2)
    assert found.status == 0 and found.out.startswith("5 inputs in 3 shards, from 0 to 2: out\n")
    assert [(run.state, run.asked["planned"]["on"]) for run in logged(Path("out"))] == [("planned", None)]
    Path("five.jsonl").unlink()  # the plan has it
    found = Result("worker", "out", "--shards", "0,2", "--workers", 0)
    assert found.out == "2 of 2 shards coded, 0 were there already\n1 of 3 are missing\n"
    found = Result("merge", "out")
    assert found.status == 1 and "1 of 3 shards are missing: 1; " in found.err and not tables("out")
    found = Result("worker", "out", "--task", 1, "--of", 3, "--workers", 0, "--json")
    assert json.loads(found.out) == {"chosen": 1, "coded": 1, "missing": 0, "shards": 3}
    found = json.loads(Result("merge", "out", "--json").out)
    assert (found["given"], found["coded"], found["record"]) == (5, 5, "out")
    assert tables("out") == tables("here") and not Path("out/.plan").exists()
    assert [run.state for run in logged(Path("out"))] == ["finished"]


def test_resume_codes_what_is_missing_of_a_plan_and_merges_it(stub: Stub) -> None:
    assert Result("code", "five.jsonl", "-o", "here", "--workers", 0).status == 0
    assert Result("plan", "five.jsonl", "-o", "out", "--size", 2).status == 0
    assert Result("worker", "out", "--shards", "1", "--workers", 0).status == 0
    found = Result("resume", "out", "--workers", 0)
    assert found.status == 0 and "taking up a plan, 2 of 3 shards to go" in found.err
    assert tables("out") == tables("here")


def test_the_plan_keeps_the_files_of_entities(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[object, ...]] = []
    monkeypatch.setattr(api, "pipeline", lambda *files: given.append(files) or stub)
    Path("ours.yaml").write_text("- {id: zenda, name: Zenda Relief, sectors: CVL, source: its own pages}\n")
    assert Result("plan", "five.jsonl", "-o", "out", "--entities", "ours.yaml").status == 0
    Path("ours.yaml").unlink()
    assert Result("worker", "out", "--workers", 0).status == 0
    (before,), (after,) = given[0], given[-1]
    assert (before.content, Path(after.path).name) == (after.content, "0-ours.yaml")


def test_a_worker_of_another_version_codes_nothing(stub: Stub) -> None:
    assert Result("plan", "five.jsonl", "-o", "out").status == 0
    stub.run = replace(RUN, model="better")
    found = Result("worker", "out", "--workers", 0)
    assert found.status == 1 and "the plan was made by another version" in found.err
    stub.run = RUN
    assert json.loads(Result("worker", "out", "--workers", 0, "--json").out)["coded"] == 1


def test_an_input_that_vanishes_while_it_is_planned_leaves_no_plan(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    from turnstone.cli import planned

    monkeypatch.setattr(planned, "gone", lambda there: f"{there[0]}: was there when the run began and is gone")
    found = Result("plan", "five.jsonl", "-o", "out")
    assert found.status == 1 and "five.jsonl" in found.err and "plan again" in found.err
    assert not Path("out/.plan").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("worker", "out", "--task", 1),
        ("worker", "out", "--task", 1, "--of", 2, "--shards", "1"),
        ("code", "five.jsonl", "--on", "ray"),
        ("code", "five.jsonl", "-o", "out", "--address", "auto"),
        ("code", "five.jsonl", "-o", "out", "--on", "dask"),
    ],
)
def test_flags_that_make_no_sense_together_are_refused(stub: Stub, wrong: tuple[object, ...]) -> None:
    assert Result(*wrong).status == 2


def test_without_ray_the_remedy_is_told_before_anything_is_read(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    found = Result("code", "five.jsonl", "-o", "out", "--on", "ray")
    assert found.status == 1 and "pip install 'turnstone[ray]'" in found.err
    assert not Path("out").exists()
