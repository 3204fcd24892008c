from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.store.samples import RUN, article, record
from turnstone.batch import code_all
from turnstone.coding_process import Coder
from turnstone.limits import Limits
from turnstone.records import Article, Record
from turnstone.store import Store, read_table, set_aside

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system holds the limits")


def code(given: Article) -> Record:
    if "spin" in given.text:
        while True:
            pass
    if "eat" in given.text:
        bytearray(600_000_000)
    return record(given)


def make_coder() -> Coder:
    return code


def test_an_article_over_a_limit_is_ended_set_aside_and_the_run_goes_on(tmp_path: Path) -> None:
    inputs = [article("1"), article("2", "spin"), article("3", "eat"), article("4")]
    with Store(tmp_path, RUN) as store:
        summary = code_all(iter(inputs), make_coder, store, 1, limits=Limits(cpu_seconds=1, memory_mb=300))
    assert (summary.coded, summary.failed, summary.aside) == (2, 2, 2)
    reasons = {row["article_id"]: row["reason"] for row in read_table(tmp_path, "ledger").to_pylist()}
    assert reasons["2"] == "coding it took more than 1 seconds of processor time"
    assert reasons["3"] == "MemoryError: the article needs more memory than it may have (300 MB)"
    assert list(set_aside.articles(tmp_path)) == inputs[1:3]
