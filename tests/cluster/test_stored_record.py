"""Plans and records in object storage."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

import pytest

from tests.cluster.planned import INPUTS, coded, make_coder, planned
from tests.store.samples import article
from tests.test_cli import Result, StubPipeline, reports
from turnstone import api, storage
from turnstone.cluster.stored_record import finish, staged
from turnstone.cluster.work import work
from turnstone.reading import read
from turnstone.records import Refusal


@pytest.fixture(autouse=True)
def stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "pipeline", StubPipeline)
    monkeypatch.setattr("turnstone.this_run.this_run", lambda *_: StubPipeline.run)


def record(store: dict[str, bytes]) -> dict[str, bytes]:
    return {name.removeprefix("b/out/"): content for name, content in store.items() if name.startswith("b/out/")}


def tables(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != "runs.jsonl"}


def test_a_record_in_storage_is_that_of_a_folder(store: dict[str, bytes], tmp_path: Path) -> None:
    path = reports(tmp_path / "five.jsonl", *(article(str(n), "raise" if n == 3 else None) for n in range(5)))
    assert Result("code", path, "-o", tmp_path / "here", "--workers", 0).status == 0
    found = Result("code", path, "-o", "s3://b/out", "--workers", 0)
    assert found.status == 0 and "4 coded" in found.out
    here = {one.name: one.read_bytes() for one in (tmp_path / "here").iterdir()}
    assert tables(record(store)) == tables(here)
    assert record(store).keys() == here.keys()  # the plan and the commit are gone


def test_a_plan_in_storage_is_coded_by_number_and_adds_to_the_record(store: dict[str, bytes], tmp_path: Path) -> None:
    store["b/in/more/b.jsonl"] = (json.dumps({"id": "7", "date": "2023-03-01", "text": "Nothing."}) + "\n").encode()
    path = reports(tmp_path / "two.jsonl", article("1"), article("2"))
    assert Result("code", path, "-o", "s3://b/out", "--workers", 0).status == 0
    assert Result("plan", "s3://b/in/", path, "-o", "s3://b/out", "--size", 2).status == 0
    found = Result("merge", "s3://b/out")
    assert found.status == 1 and "2 of 2 shards are missing: 0-1" in found.err
    found = Result("worker", "s3://b/out", "--shards", "1", "--workers", 0, "--json")
    assert json.loads(found.out) == {"chosen": 1, "coded": 1, "missing": 1, "shards": 2}
    assert Result("worker", "s3://b/out", "--workers", 0).status == 0
    found = json.loads(Result("merge", "s3://b/out", "--json").out)
    assert (found["given"], found["coded"], found["empty"]) == (3, 2, 1)
    assert Result("code", path, "-o", tmp_path / "here", "--workers", 0).status == 0
    assert Result("code", "s3://b/in/", path, "-o", tmp_path / "here", "--workers", 0).status == 0
    here = {one.name: one.read_bytes() for one in (tmp_path / "here").iterdir()}
    assert tables(record(store)) == tables(here)


def test_a_commit_that_is_broken_off_is_finished_or_was_none(store: dict[str, bytes], tmp_path: Path) -> None:
    old, new = coded(tmp_path / "old", INPUTS[:2]), coded(tmp_path / "new", INPUTS[3:6])
    store.update({f"b/out/{name}": content for name, content in old.items()})
    store["b/out/.commit/articles.parquet"] = new["articles.parquet"]
    finish("s3://b/out")  # its manifest was not there yet
    assert record(store) == old
    store.update({f"b/out/.commit/{name}": content for name, content in new.items()})
    store["b/out/articles.parquet"] = new["articles.parquet"]
    with staged("s3://b/out", changed=False) as folder:
        assert {one.name: one.read_bytes() for one in folder.iterdir()} == new
    assert record(store) == new  # what was set aside before is not any more


def test_an_exception_leaves_storage_as_it_was(store: dict[str, bytes]) -> None:
    store["b/out/articles.parquet"] = b"old"
    with pytest.raises(KeyboardInterrupt), staged("s3://b/out", changed=True) as folder:
        (folder / "articles.parquet").write_bytes(b"new")
        raise KeyboardInterrupt
    assert record(store) == {"articles.parquet": b"old"}


def test_shards_in_storage_are_put_once(store: dict[str, bytes]) -> None:
    plan = planned("s3://b/out", INPUTS)
    assert work(plan, [0, 2], make_coder, 0) == 2
    assert work(plan, range(4), make_coder, 0) == 2
    assert plan.missing() == []


def test_files_in_storage_are_read_like_others(store: dict[str, bytes]) -> None:
    line = b'{"id": "1", "date": "2023-03-01", "text": "Envoys met."}\n'
    store.update({"b/in/2.jsonl": line, "b/in/10.txt": b"date 2023-03-01 Envoys met.", "b/in/.hidden.jsonl": line})
    origins = [one.origin for one in read(["s3://b/in", "s3://b/in/*.jsonl", "s3://b/in/2.jsonl"])]
    assert origins == ["s3://b/in/10.txt", "s3://b/in/2.jsonl:1"]
    [refusal] = read(["s3://b/none/"])
    assert isinstance(refusal, Refusal) and "no such file" in refusal.reason
    assert storage.exists("s3://b/in/*.txt") and not storage.exists("s3://b/in/*.csv")


def test_a_file_address_is_that_of_a_file(tmp_path: Path) -> None:
    path = reports(tmp_path / "a b.jsonl", article("1"))
    assert [one.origin for one in read([f"file://{path}"])] == [f"{path}:1"]
    found = Result("code", f"file://{tmp_path}", "-o", f"file://{tmp_path}/out", "--workers", 0)
    assert found.status == 0 and (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize(("scheme", "driver"), [("s3", "s3fs"), ("gs", "gcsfs"), ("az", "adlfs")])
def test_a_driver_that_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, scheme: str, driver: str) -> None:
    pytest.importorskip("fsspec")
    monkeypatch.setitem(sys.modules, driver, None)
    for name in ("_registry", "registry"):  # what others have loaded
        monkeypatch.setattr(importlib.import_module("fsspec.registry"), name, {})
    [refusal] = read([f"{scheme}://b/in.jsonl"])
    assert isinstance(refusal, Refusal) and driver in refusal.reason and "turnstone[storage]" in refusal.remedy
    found = Result("merge", f"{scheme}://b/out")
    assert found.status == 1 and f"needs {driver}" in found.err


def test_without_fsspec_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    found = Result("merge", "s3://b/out")
    assert found.status == 1 and "pip install 'turnstone[storage]'" in found.err


def test_a_store_that_refuses_is_told(store: dict[str, bytes]) -> None:
    found = Result("merge", "s3://denied/out")
    assert found.status == 1 and "Forbidden" in found.err and "your credentials" in found.err
    [refusal] = read(["s3://denied/in.jsonl"])
    assert isinstance(refusal, Refusal) and "cannot be read" in refusal.reason and "credentials" in refusal.remedy
