"""Pasted reports: coded with the names that were merged here, and noted as runs when they are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.reviews.samples import sample, with_events
from tests.store.samples import RUN, article
from turnstone import api
from turnstone.cli.runs import _fields
from turnstone.knowledge.entity_files import EntityFile
from turnstone.records import Refusal
from turnstone.store.runs import logged
from turnstone.store.tables import article_digest, text_digest
from turnstone.web import coding
from turnstone.web.coding import OnDemand, Outcome
from turnstone.web.kept_report import keep
from turnstone.web.merged_names import NAME


def test_a_kept_report_is_a_run_of_one_article(tmp_path: Path) -> None:
    of = sample("1")
    keep(tmp_path, Outcome(of, RUN), [EntityFile("names.yaml", b"[]")])
    (run,) = logged(tmp_path)
    assert (run.state, run.digest, dict(run.counts)) == (
        "finished", RUN.digest, {"given": 1, "coded": 1, "empty": 0, "failed": 0},
    )  # fmt: skip
    assert run.asked["pasted"] == {
        "article": "1", "digest": article_digest(of.article), "sha256": text_digest(of.article),
    }  # fmt: skip
    assert run.asked["input"]["entities"] == ["names.yaml"]
    assert _fields(tmp_path, run)[-1] == "a pasted report, 1"


def test_a_kept_report_without_an_event_counts_as_empty(tmp_path: Path) -> None:
    keep(tmp_path, Outcome(with_events(sample("1")), RUN), [])
    keep(tmp_path, Outcome(sample("2"), RUN), [])
    assert [(one.number, dict(one.counts)["empty"]) for one in logged(tmp_path)] == [(1, 1), (2, 0)]


def test_the_screen_of_runs_lists_it(serve: Callable[..., TestClient]) -> None:
    bench = serve(sample("1"))
    bench.app.state.workbench.keep(Outcome(sample("2"), RUN))  # type: ignore[attr-defined]
    (row,) = bench.get("/api/runs").json()["runs"]
    assert (row["state"], row["counts"]["coded"], row["inputs"]) == ("finished", 1, ["a pasted report, 2"])
    page = bench.get("/runs").text
    assert "a pasted report, 2" in page and "finished" in page


class Process:
    """Stands for a process that codes: it is ready at once, and codes nothing."""

    def __init__(self, begun_with: list[tuple[EntityFile, ...]], make_coder: Any, answer: Any) -> None:
        assert make_coder.func is api.make_coder and make_coder.args == answer.args[0]
        begun_with.append(make_coder.args)
        self.process = self
        self.ready = False

    def is_alive(self) -> bool:
        return True

    def begun(self, answer: object) -> None:
        self.ready = answer == ""

    def send(self, articles: Any) -> None:
        assert self.ready and len(articles) == 1

    def stop(self) -> None:
        self.ready = False


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[tuple[EntityFile, ...]]:
    """The entities with which processes are begun."""
    found: list[tuple[EntityFile, ...]] = []
    monkeypatch.setattr(coding, "CodingProcess", lambda make, answer, limits: Process(found, make, answer))
    answered = staticmethod(lambda process: Refusal("", "not coded", "") if process.ready else "")
    monkeypatch.setattr(OnDemand, "_await", answered)
    return found


def test_pasted_reports_are_coded_with_the_names_that_were_merged(
    serve: Callable[..., TestClient], processes: list[tuple[EntityFile, ...]]
) -> None:
    workbench = serve(sample("1")).app.state.workbench  # type: ignore[attr-defined]
    of = article("9")
    workbench.code(of)
    workbench.code(of)
    assert processes == [()]
    (workbench.directory / NAME).write_text("- {person: Rupert Hentzau, also: [Rupert]}\n")
    workbench.code(of)
    workbench.code(of)
    assert [[one.content for one in some] for some in processes] == [
        [], [b"- {person: Rupert Hentzau, also: [Rupert]}\n"],
    ]  # fmt: skip
