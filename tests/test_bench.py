"""The measurements know the code that they measure."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.store.samples import RUN, article, record
from turnstone.store import Store, read_table
from turnstone.store.stored import stored
from turnstone.store.tables import rows_of, verify

BENCH = Path(__file__).parent.parent / "bench"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", BENCH / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("module", "path", "stage"), script("stages").STAGES)
def test_every_stage_that_is_timed_exists(module: str, path: str, stage: str) -> None:
    found: Any = importlib.import_module(module)
    for name in path.split("."):
        found = getattr(found, name)
    assert callable(found), stage


def test_a_moment_is_charged_to_the_innermost_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = script("stages")
    monkeypatch.setattr(stages.time, "process_time", iter([0, 1, 3, 7, 15]).__next__)
    clock = stages.Clock()
    inner = stages.timed(lambda: None, "inner", clock, None)
    stages.timed(inner, "outer", clock, None)()
    assert clock.seconds == {"the rest": 1, "outer": 2 + 8, "inner": 4}


def test_every_script_is_on_the_page() -> None:
    page = (BENCH / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in BENCH.glob("*.py") if f"bench/{path.name}" not in page] == []


def test_a_record_made_large_is_a_record(tmp_path: Path) -> None:
    with Store(tmp_path / "small", RUN) as store:
        for key in range(5):
            store.add(record(article(str(key), day=1 + key % 3)))
        store.add(record(article("none", "Nothing happened.")))
    perturb = script("perturb").perturb
    counts = perturb(tmp_path / "small", tmp_path / "big", events=23, days=30, seed=1)
    assert counts["events"] == 25 and counts["articles"] == counts["ledger"] == 30
    found = list(stored(tmp_path / "big"))
    keys = [(one.article.published, one.article.id) for one in found]
    assert keys == sorted(set(keys)) and len(keys) == 30
    kept = read_table(tmp_path / "big", "articles").to_pylist()
    for one in found:
        rows = rows_of(one, RUN.digest)
        verify(rows)
        (row,) = [row for row in kept if row["id"] == one.article.id]
        assert (row["digest"], row["sha256"]) == (rows["articles"][0]["digest"], rows["articles"][0]["sha256"])
    perturb(tmp_path / "small", tmp_path / "again", events=23, days=30, seed=1)
    assert (tmp_path / "again/manifest.json").read_bytes() == (tmp_path / "big/manifest.json").read_bytes()


@pytest.mark.parametrize("kind", script("length").KINDS)
def test_a_made_up_article_has_the_words_asked_for_and_differs_as_it_goes_on(kind: str) -> None:
    text = script("length").text_of(kind, 400)
    assert 400 <= len(text.split()) < 420
    half = len(text) // 2
    assert kind == "same" or text[half : half + 200] not in text[:half]
