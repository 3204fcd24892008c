"""Runs that end badly and what `turnstone resume` and `turnstone runs` make of them."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.store.samples import RUN, article, record
from tests.test_cli import Result, reports
from turnstone import api, batch
from turnstone.records import Article, Record
from turnstone.store import lock, merge, read_table
from turnstone.store.runs import logged

ALONE = "--workers", 0


class Stub:
    """A pipeline that can be told what to stumble over."""

    run = RUN
    bad: str | None = None
    error: BaseException = ValueError("cannot be coded")
    coded: list[str]

    def __init__(self) -> None:
        self.coded = []

    def code(self, given: Article) -> Record:
        if given.id == self.bad:
            raise self.error
        self.coded.append(given.id)
        return record(given)


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stub:
    found = Stub()
    monkeypatch.setattr(api, "pipeline", lambda *_: found)
    monkeypatch.setattr("turnstone.this_run.this_run", lambda *_: found.run)
    monkeypatch.setattr(batch.sharded, "__defaults__", (2,))
    monkeypatch.chdir(tmp_path)
    reports(tmp_path / "five.jsonl", *(article(str(n), day=1 + n % 3) for n in range(5)))
    return found


def tables(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(path.iterdir()) if one.name != "runs.jsonl"}


def whole(*inputs: str) -> dict[str, bytes]:
    """The record of a run that nothing befell."""
    assert Result("code", *inputs, "-o", "whole", *ALONE).status == 0
    return tables(Path("whole"))


def states(record: str = "out") -> list[str]:
    return [run.state for run in logged(Path(record))]


def test_a_stopped_run_goes_on_from_elsewhere(stub: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = whole("five.jsonl")
    stub.bad, stub.error = "3", KeyboardInterrupt()
    assert Result("code", "five.jsonl", "-o", "out", *ALONE).status == 130
    (run,) = logged(Path("out"))
    assert (run.state, run.counts) == ("stopped", {"given": 3, "coded": 3, "empty": 0, "failed": 0})
    stub.bad, stub.coded = None, []
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = Result("resume", "../out")
    assert found.status == 0 and "taking up a run" in found.err
    assert stub.coded == ["3", "4"]
    assert tables(tmp_path / "out") == expected
    assert logged(tmp_path / "out")[0].counts == {
        "given": 5, "coded": 5, "empty": 0, "failed": 0, "aside": 0, "already": 3, "events": 5,
    }  # fmt: skip
    again = Result("resume", "../out")
    assert again.status == 0 and "nothing to go on with" in again.err


def test_a_second_run_does_only_what_is_new(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    reports(Path("ten.jsonl"), *(article(str(n), day=1 + n % 3) for n in range(10)))
    stub.bad = "4"
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    before, stub.coded = tables(Path("out")), []

    def must_not_write(*_: object) -> None:
        raise AssertionError("written again")

    with monkeypatch.context() as patch:
        patch.setattr("turnstone.store.directory.commit", must_not_write)
        found = json.loads(Result("code", "five.jsonl", "-o", "out", "--json", *ALONE).out)
    assert (found["given"], found["coded"], found["failed"], found["already"], found["aside"]) == (5, 4, 1, 5, 1)
    assert stub.coded == [] and tables(Path("out")) == before
    Result("code", "ten.jsonl", "-o", "out", *ALONE)
    assert stub.coded == ["5", "6", "7", "8", "9"]
    assert states() == ["finished"] * 3


def test_what_was_set_aside_is_tried_again_when_asked(stub: Stub) -> None:
    expected = whole("five.jsonl")
    stub.bad = "3"
    found = Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert found.status == 0 and "turnstone resume out --set-aside" in found.out
    (row,) = [json.loads(line) for line in Path("out/set-aside.jsonl").read_text().splitlines()]
    assert (row["id"], row["reason"], row["origin"]) == ("3", "ValueError: cannot be coded", "five.jsonl:4")
    assert Result("resume", "out", "--set-aside").status == 1  # all that was given has failed again
    stub.bad, stub.coded = None, []
    assert Result("resume", "out", "--set-aside").status == 0
    assert stub.coded == ["3"] and tables(Path("out")) == expected


@pytest.mark.parametrize("step", [3, 20, 38])
def test_a_full_disk_is_told_and_the_run_can_go_on(stub: Stub, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    expected = whole("five.jsonl")
    left = step

    def full(handle: int) -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        found = Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert found.status == 1
    assert "No space left on device" in found.err and "turnstone resume" in found.err
    assert states() in (["interrupted"], ["failed"])
    assert not list(Path("out/.pending").glob("draft*"))
    assert Result("resume", "out").status == 0
    assert tables(Path("out")) == expected


def test_a_disk_that_is_full_from_the_start_leaves_nothing_to_resume(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, opened = whole("five.jsonl"), Path.open

    def full(path: Path, mode: str = "r", *more: object, **names: object) -> object:
        if path.name == "runs.jsonl" and "a" in mode:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, mode, *more, **names)  # type: ignore[call-overload]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        found = Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert found.status == 1 and "give the same command again" in found.err and "resume" not in found.err
    assert Result("code", "five.jsonl", "-o", "out", *ALONE).status == 0
    assert tables(Path("out")) == expected


def test_a_read_only_target_is_told(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_only(*_: object) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(lock.os, "open", read_only)
        found = Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert found.status == 1
    assert "Read-only file system" in found.err and "choose another directory" in found.err


def test_an_input_that_vanishes_leaves_a_run_that_can_go_on(stub: Stub) -> None:
    reports(Path("more.jsonl"), article("7"))
    expected = whole("five.jsonl", "more.jsonl")

    def code(given: Article) -> Record:
        Path("more.jsonl").unlink(missing_ok=True)
        return record(given)

    stub.code = code  # type: ignore[method-assign]
    found = Result("code", "five.jsonl", "more.jsonl", "-o", "out", *ALONE)
    assert found.status == 1 and "more.jsonl: was there when the run began and is gone" in found.err
    assert states() == ["incomplete"]
    assert read_table(Path("out"), "articles").num_rows == 5
    found = Result("resume", "out")
    assert found.status == 1 and "put it back" in found.err
    del stub.code
    reports(Path("more.jsonl"), article("7"))
    assert Result("resume", "out").status == 0
    assert states() == ["finished"]
    assert tables(Path("out")) == expected


def test_runs_that_cannot_go_on_say_why(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no run was begun here" in Result("resume", "nowhere").err
    stub.bad, stub.error = "3", KeyboardInterrupt()
    assert Result("code", "-", "-o", "in", *ALONE, stdin=Path("five.jsonl").read_text()).status == 130
    found = Result("resume", "in")
    assert found.status == 1 and "standard input" in found.err
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    stub.run = replace(RUN, model="better")
    found = Result("resume", "out")
    assert found.status == 1 and "another version of turnstone" in found.err
    stub.bad = None
    assert Result("code", "five.jsonl", "-o", "out", *ALONE).status == 0
    assert states() == ["stopped", "finished"]


def test_the_same_request_takes_up_what_has_not_finished(stub: Stub) -> None:
    stub.bad, stub.error = "3", KeyboardInterrupt()
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    stub.bad = None
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert states() == ["finished"]


def test_runs_are_listed(stub: Stub) -> None:
    stub.bad = "3"
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    head, line = Result("runs", "out").out.splitlines()
    cells = dict(zip(head.split("\t"), line.split("\t"), strict=True))
    assert cells.pop("begun").endswith("+00:00")
    assert cells == {
        "record": "out", "run": "1", "state": "finished", "given": "5", "coded": "4", "empty": "0", "failed": "1",
        "turnstone": "0", "model": "m", "inputs": "five.jsonl",
    }  # fmt: skip
    assert Result("runs").out.splitlines()[1] == line
    value = json.loads(Result("runs", "out", "--json").out)
    assert (value["number"], value["state"], value["asked"]["input"]["inputs"]) == (1, "finished", ["five.jsonl"])
    assert Result("runs", "nowhere").status == 1


def test_a_log_cut_short_by_a_crash_is_read_and_written_on(stub: Stub) -> None:
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    with Path("out/runs.jsonl").open("a") as file:
        file.write('{"run": 2, "ev')
    assert states() == ["finished"]
    Result("code", "five.jsonl", "-o", "out", "--date", "2023-01-01", *ALONE)
    assert states() == ["finished", "finished"]


def test_shards_that_do_not_fit_memory_are_merged_by_way_of_the_disk(
    stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = whole("five.jsonl")
    monkeypatch.setattr(merge, "HELD_BYTES", 1)
    monkeypatch.setattr(batch.sharded, "__defaults__", (1,))
    Result("code", "five.jsonl", "-o", "out", *ALONE)
    assert tables(Path("out")) == expected
