"""Inputs, coders and records for the tests of plans; the coders can be made in any process."""

from __future__ import annotations

import os
import signal
from dataclasses import asdict
from pathlib import Path

from tests.store.samples import RUN, article, record
from turnstone.batch import code_all
from turnstone.cluster.merge import merge
from turnstone.cluster.plan import Plan, make_plan
from turnstone.coding_process import Coder
from turnstone.limits import Limits
from turnstone.records import Article, Record, Refusal
from turnstone.store import Store

ASKED = {"input": {"inputs": ["reports.jsonl"], "set_aside": False}, "limits": asdict(Limits(seconds=60))}
INPUTS: list[Article | Refusal] = [
    article("1"),
    article("2", "raise"),
    Refusal("x:1", "no date", "give --date"),
    article("3", "Nothing.", origin="b:2"),
    article("1", origin="y:1"),
    article("4", "a lone surrogate \ud83d"),
    article("3", origin="b:1"),
    article("2", "raise", origin="y:2"),
    article("5", day=2),
    article("6"),
]


def code(given: Article) -> Record:
    """Stumbles over "raise"; dies with its process at "die"; at "once FILE" ends the one above, if no FILE is there."""
    if "raise" in given.text:
        raise ValueError("cannot be coded")
    if "die" in given.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if given.text.startswith("once "):
        mark = Path(given.text.split()[1])
        if not mark.exists():
            mark.touch()
            os.kill(os.getppid(), signal.SIGKILL)
    return record(given)


def make_coder() -> Coder:
    return code


def planned(directory: Path | str, inputs: list[Article | Refusal], size: int = 3) -> Plan:
    """A plan beside the record that a folder holds."""
    if isinstance(directory, str):
        return make_plan(directory, inputs, RUN, ASKED, size=size)
    with Store(directory, RUN, commits=False) as store:
        return make_plan(str(directory), inputs, RUN, ASKED, (), store.needs_no_coding, size)


def merged(plan: Plan, directory: Path) -> dict[str, bytes]:
    """The record's files once the plan has been merged into it."""
    with Store(directory, RUN, commits=False) as store:
        merge(plan, store)
    return files(directory)


def coded(directory: Path, inputs: list[Article | Refusal], workers: int = 0) -> dict[str, bytes]:
    """The record's files of a run on this machine."""
    with Store(directory, RUN) as store:
        code_all(iter(inputs), make_coder, store, workers, limits=Limits(seconds=60))
    return files(directory)


def files(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir()) if path.is_file()}
