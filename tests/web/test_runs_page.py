from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.store.samples import RUN, article, record
from tests.web.conftest import write
from turnstone.errors import StoreError
from turnstone.records import Refusal
from turnstone.store import Store
from turnstone.store.runs import RunLog
from turnstone.web.uploads import FOLDER, Uploads, kind_of

HOSTILE = "<img src=x onerror=window.hit=1>"
ASKED = {"input": {"inputs": [f"in/{HOSTILE}"], "set_aside": False}, "there": []}


def folder_of(client: TestClient) -> Path:
    found: Path = client.app.state.workbench.directory  # type: ignore[attr-defined]
    return found


def test_runs_of_a_record_are_listed_with_what_became_of_them(serve: Callable[..., TestClient]) -> None:
    client = serve(record(article("a")))
    log = RunLog(folder_of(client))
    log.begin(ASKED, RUN)
    log.end("finished", {"given": 3, "coded": 1, "empty": 1, "failed": 1})
    (run,) = client.get("/api/runs").json()["runs"]
    assert (run["state"], run["counts"]["failed"], run["inputs"]) == ("finished", 1, [f"in/{HOSTILE}"])
    assert HOSTILE not in client.get("/runs").text


def test_failures_are_grouped_by_reason_with_the_remedy_and_the_article(serve: Callable[..., TestClient]) -> None:
    client = serve(record(article("a")))
    with Store(folder_of(client), RUN) as store:
        store.add(record(article("b")))
        store.add(Refusal("in.jsonl:2", f"no date {HOSTILE}", "give one"))
        store.add(Refusal("in.jsonl:3", f"no date {HOSTILE}", "give one"))
        store.fail(article("c", title="A long report"), "it took too long", "try it alone")
    found = client.get("/api/runs").json()["failures"]
    assert [(one["reason"], one["remedy"], one["inputs"]) for one in found] == [
        (f"no date {HOSTILE}", "give one", 2),
        ("it took too long", "try it alone", 1),
    ]
    assert found[1]["examples"][0]["title"] == "A long report"
    assert HOSTILE not in client.get("/runs").text


def test_there_is_a_page_of_runs_before_there_is_a_record(serve: Callable[..., TestClient]) -> None:
    client = serve()
    assert client.get("/api/runs").json() == {
        "runs": [], "coding": None, "outcomes": {}, "failures": [], "compare": [],
    }  # fmt: skip
    assert client.get("/runs").status_code == 200
    assert client.get("/api/runs/coding").status_code == 404


def test_an_upload_needs_the_token_of_a_page(serve: Callable[..., TestClient]) -> None:
    client = serve()
    answer = client.post("/runs/code", files={"files": ("a.jsonl", b"{}")})
    assert answer.status_code == 403
    assert not (folder_of(client) / FOLDER).exists()


def test_a_request_larger_than_allowed_is_refused(serve: Callable[..., TestClient]) -> None:
    client = serve(largest=2000)
    answer = client.post("/runs/code", files={"files": ("a.jsonl", b"x" * 5000)})
    assert answer.status_code == 413
    assert not (folder_of(client) / FOLDER).exists()


@pytest.mark.parametrize("name", ["../../evil.jsonl", "/etc/passwd.jsonl", "a/b\\c.JSONL", "\x00.jsonl", ".jsonl"])
def test_the_name_of_a_file_is_never_a_path(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    uploads = Uploads(tmp_path)
    monkeypatch.setattr(uploads, "_start", lambda folder, names, date: (folder, names))
    folder, names = uploads.begin([(name, io.BytesIO(b"{}"))], "")  # type: ignore[misc]
    assert names == {"0001.jsonl": name}
    assert sorted(path.name for path in folder.iterdir()) == ["0001.jsonl", "names.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [FOLDER]


@pytest.mark.parametrize("files", [[], [("a.exe", io.BytesIO(b""))], [("jsonl", io.BytesIO(b""))]])
def test_what_cannot_be_read_leaves_nothing_behind(tmp_path: Path, files: list) -> None:  # type: ignore[type-arg]
    with pytest.raises(StoreError):
        Uploads(tmp_path).begin(files, "")
    assert not list((tmp_path / FOLDER).iterdir())


def test_the_end_of_a_name_says_what_a_file_is() -> None:
    assert kind_of("News.CSV.gz") == ".csv.gz"
    assert kind_of("a.tar.gz") == ".tar.gz"
    assert kind_of("a.txt.exe") is None


def test_two_records_are_compared(tmp_path: Path, serve: Callable[..., TestClient]) -> None:
    other = write(tmp_path / "other", record(article("a")), record(article("z")))
    client = serve(record(article("a")), record(article("b")), compare=(other,))
    deadline = time.monotonic() + 600
    while (found := client.get("/api/runs/compare").json())["state"] != "done":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert (found["articles"], found["same"]) == (1, 1)
    assert found["counts"]["article only in a"] == found["counts"]["article only in b"] == 1
    assert client.get("/api/runs/compare?with=1").status_code == 404


def test_a_record_whose_manifest_lacks_something_is_compared_with_an_answer(
    tmp_path: Path, serve: Callable[..., TestClient]
) -> None:
    other = write(tmp_path / "other", record(article("a")))
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    del manifest["runs"][0]["entities"]
    (other / "manifest.json").write_text(json.dumps(manifest))
    client = serve(record(article("a")), compare=(other,))
    deadline = time.monotonic() + 600
    while (answer := client.get("/api/runs/compare")).status_code == 200:
        assert time.monotonic() < deadline and answer.json()["state"] == "working"
        time.sleep(0.1)
    assert answer.status_code == 409
    assert "it lacks entities of run 1" in answer.json()["detail"] and "put back" in answer.json()["detail"]
