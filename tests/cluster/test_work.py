"""Shards coded by any number of workers in any order, and merged."""

from __future__ import annotations

import json
import os
import random
import signal
import tempfile
import time
from pathlib import Path

import pytest

from tests.cluster.planned import INPUTS, coded, files, make_coder, merged, planned
from tests.store.samples import article
from tests.test_kills import start, tables
from turnstone.cluster import plan as planning
from turnstone.cluster.work import work
from turnstone.coding_process import Coder
from turnstone.errors import ClusterError, DiskError
from turnstone.records import Article, Record, Refusal

pytestmark = pytest.mark.long


@pytest.mark.parametrize("size", [1, 3, 4, 20])
def test_shards_coded_in_any_order_are_the_record_of_a_run_on_one_machine(tmp_path: Path, size: int) -> None:
    expected = coded(tmp_path / "here", INPUTS)
    plan = planned(tmp_path / "there", INPUTS, size)
    order = list(range(plan.shards))
    random.Random(size).shuffle(order)
    for shard in order:
        assert work(plan, [shard], make_coder, 0) == 1
    assert merged(plan, tmp_path / "there") == expected
    assert merged(plan, tmp_path / "there") == expected  # killed before the plan was removed, and merged again


def test_a_shard_that_is_there_is_not_coded_again(tmp_path: Path) -> None:
    plan = planned(tmp_path, INPUTS)
    assert work(plan, [1, 2, 1], make_coder, 0) == 2

    def must_not_code() -> Coder:
        raise AssertionError("coded again")

    assert work(plan, [2, 1], must_not_code, 0) == 0
    assert plan.missing() == [0, 3]


def test_a_shard_that_two_workers_code_is_there_whole(tmp_path: Path) -> None:
    expected = coded(tmp_path / "here", INPUTS)
    plan = planned(tmp_path / "there", INPUTS, 5)

    def coder() -> Coder:
        work(plan, [0], make_coder, 0)  # another is quicker
        return make_coder()

    assert work(plan, [0, 1], coder, 0) == 2
    assert merged(plan, tmp_path / "there") == expected


def test_a_worker_that_is_broken_off_leaves_nothing_half_written(tmp_path: Path) -> None:
    def broken(given: Article) -> Record:
        if given.id == "5":
            raise KeyboardInterrupt
        return make_coder()(given)

    plan = planned(tmp_path, INPUTS)
    with pytest.raises(KeyboardInterrupt):
        work(plan, range(4), lambda: broken, 0)
    assert plan.missing() == [2, 3]
    assert sorted(one.name for one in (tmp_path / ".plan" / "shards").iterdir()) == ["000000.zip", "000001.zip"]


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(tmp_path, INPUTS)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", full)
        with pytest.raises(DiskError, match="No space left"):
            work(plan, [0], make_coder, 0)
    assert not (tmp_path / ".plan" / "shards" / "000000.zip").exists()
    assert not list((tmp_path / ".plan" / "shards").iterdir())
    assert work(plan, [0], make_coder, 0) == 1


def test_a_full_disk_for_unfinished_shards_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = planned(tmp_path / "record", INPUTS)
    (tmp_path / "scratch").mkdir()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskError, match=r"scratch/.*No space left.*TMPDIR, then: turnstone worker"):
            work(plan, [0], make_coder, 0)
    assert not list((tmp_path / "scratch").iterdir())
    assert work(plan, [0], make_coder, 0) == 1


def test_missing_shards_are_named_and_nothing_is_committed(tmp_path: Path) -> None:
    plan = planned(tmp_path, INPUTS, 1)
    work(plan, [0, 4, 5, 9], make_coder, 0)
    with pytest.raises(ClusterError, match=r"6 of 10 shards are missing: 1-3,6-8; .*--shards 1-3,6-8"):
        merged(plan, tmp_path)
    assert files(tmp_path) == {}


def test_a_damaged_shard_is_named_and_nothing_is_committed(tmp_path: Path) -> None:
    plan = planned(tmp_path, INPUTS)
    work(plan, range(4), make_coder, 0)
    path = tmp_path / ".plan" / "shards" / "000002.zip"
    whole = path.read_bytes()
    for damaged in (whole[:-30], whole[:200] + b"\0" * 40 + whole[240:], b""):
        path.write_bytes(damaged)
        with pytest.raises(ClusterError, match="shard 2 is damaged"):
            merged(plan, tmp_path)
        assert files(tmp_path) == {}


def test_a_plan_adds_to_a_record_as_a_run_on_one_machine_does(tmp_path: Path) -> None:
    more: list[Article | Refusal] = [*INPUTS[3:], article("7"), article("2", "raise", origin="z:1"), INPUTS[0]]
    coded(tmp_path / "here", INPUTS[:5])
    expected = coded(tmp_path / "here", more)
    coded(tmp_path / "there", INPUTS[:5])
    plan = planned(tmp_path / "there", more)
    seen: list[str] = []

    def code(given: Article) -> Record:
        seen.append(given.id)
        return make_coder()(given)

    work(plan, range(plan.shards), lambda: code, 0)
    assert sorted(seen) == ["3", "5", "6", "7"]  # not what the record has, nor what has failed before
    assert merged(plan, tmp_path / "there") == expected


def test_a_run_on_one_machine_meanwhile_takes_nothing_away(tmp_path: Path) -> None:
    plan = planned(tmp_path / "both", INPUTS)
    work(plan, [0, 2], make_coder, 0)
    coded(tmp_path / "both", [article("8")])
    work(plan, [1, 3], make_coder, 0)
    coded(tmp_path / "here", [article("8")])
    assert merged(plan, tmp_path / "both") == coded(tmp_path / "here", INPUTS)


def test_the_record_changed_in_between_is_told(tmp_path: Path) -> None:
    coded(tmp_path, INPUTS)
    plan = planned(tmp_path, INPUTS)
    work(plan, range(4), make_coder, 0)
    for path in tmp_path.glob("*.*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(ClusterError, match="was the record changed since"):
        merged(plan, tmp_path)


def test_workers_side_by_side_of_which_one_is_killed(tmp_path: Path) -> None:
    rows = [article(str(n), "raise" if n == 11 else None, day=1 + n % 9) for n in range(60)]
    reports = tmp_path / "reports.jsonl"
    lines = (json.dumps({"id": one.id, "date": str(one.published), "text": one.text}) + "\n" for one in rows)
    reports.write_text("".join(lines), encoding="utf-8")
    here, there = tmp_path / "here", tmp_path / "there"
    assert start("plan", reports, "-o", there, "--size", 5).wait() == 0
    shards = there / ".plan" / "shards"
    victim = start("worker", there, "--workers", 1)
    try:
        began = time.monotonic()
        while not (shards.exists() and list(shards.glob("*.zip"))) and time.monotonic() - began < 600:
            assert victim.poll() is None
            time.sleep(0.01)
    finally:
        victim.kill()
    assert victim.wait() == -signal.SIGKILL
    left = planning.open_plan(str(there)).missing()
    assert 0 < len(left) < 12
    assert start("merge", there).wait() == 1
    beside = [start("worker", there, "--task", task, "--of", 2, "--workers", 1) for task in (1, 0)]
    assert [one.wait() for one in beside] == [0, 0]
    assert start("merge", there).wait() == 0
    assert start("code", reports, "-o", here, "--workers", 1).wait() == 0
    assert tables(there) == tables(here)
    assert not (there / ".plan").exists()
