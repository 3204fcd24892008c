"""Coding by a plan, for `turnstone plan`, `worker` and `merge`, and for `code` on Ray or into object storage."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from turnstone.cli import options
from turnstone.cli.recording import articles_of, bar, counts, gone, tell
from turnstone.errors import ClusterError, ReadingError

if TYPE_CHECKING:
    from turnstone.cluster.plan import Plan
    from turnstone.coding_process import MakeCoder
    from turnstone.store import Run, Store


def plan_into(directory: str, wanted: Mapping[str, Any], size: int) -> Plan:
    """Plans what was asked for. Raises TurnstoneError, without a plan, where another lies there or an input is gone."""
    from turnstone import api
    from turnstone.cluster.plan import drop_plan, make_plan
    from turnstone.knowledge.entities import load_entities
    from turnstone.store.runs import RunLog
    from turnstone.this_run import this_run

    files = api.entity_files(wanted["input"]["entities"])
    load_entities(*files)  # a file at fault is told here, not by every worker
    run = this_run(file.content for file in files)
    entities = [(Path(file.path).name, file.content) for file in files]
    with _record(directory, run, changed=True) as store:
        articles = articles_of(store.directory, wanted["input"])
        plan = make_plan(directory, articles, run, wanted, entities, store.needs_no_coding, size)
        if reason := gone(wanted["there"]):
            drop_plan(plan)
            raise ReadingError(f"{reason}; put it back and plan again")
        log = RunLog(store.directory)
        log.begin(wanted, run)
        log.end("planned")
    return plan


@contextmanager
def coder_of(plan: Plan) -> Iterator[MakeCoder]:
    """What makes the coding function of a plan, in whatever process: it refuses another version of turnstone."""
    from turnstone import api

    with tempfile.TemporaryDirectory(prefix="turnstone-") as folder:
        files = api.entity_files(plan.entity_files(Path(folder)))
    yield partial(api.make_coder_of, plan.run.digest, *files)


def merge_plan(plan: Plan, as_json: bool, began: float) -> None:
    """Commits the shards of a plan and removes it. Raises ClusterError where some are missing; typer.Exit(1) where
    every input failed.
    """
    from turnstone.cluster.merge import check_whole, merge
    from turnstone.cluster.plan import drop_plan
    from turnstone.store.runs import FINISHED, RunLog

    check_whole(plan)  # before anything is fetched
    with _record(plan.directory, plan.run, changed=True) as store:
        log = RunLog(store.directory)
        log.begin(plan.asked, plan.run)
        summary = merge(plan, store)
        log.end(FINISHED, counts(summary))
    drop_plan(plan)
    tell(summary, time.monotonic() - began, plan.directory, as_json)
    if summary.given and summary.failed == summary.given:
        raise typer.Exit(1)


def code_planned(directory: str, wanted: Mapping[str, Any], as_json: bool, digest: str | None = None) -> None:
    """Plans, codes and commits what was asked for; goes on with its plan where there is one. `digest` is the run this
    must be. Raises TurnstoneError, with the shards until then kept.
    """
    from turnstone.cluster.on_ray import load_ray, work_on_ray
    from turnstone.cluster.plan import INPUTS, find_plan
    from turnstone.cluster.work import work

    began = time.monotonic()
    how: Mapping[str, Any] = wanted.get("planned") or {}
    if how.get("on") == "ray":
        load_ray()  # before all is read in vain
    plan = find_plan(directory)
    if plan is None:
        plan = plan_into(directory, wanted, INPUTS)
    elif plan.asked["input"] != wanted["input"]:
        raise ClusterError(
            f"{directory}: a plan for other inputs lies there; finish it with: turnstone resume {directory}, or remove "
            f"{directory}/.plan to drop it"
        )
    else:
        options.note(f"turnstone: {directory}: taking up a plan, {len(plan.missing())} of {plan.shards} shards to go")
    if digest not in (None, plan.run.digest):
        raise ClusterError(f"{directory}: the plan was made by another version of turnstone; remove {directory}/.plan")
    workers = options.cores() if wanted["workers"] is None else wanted["workers"]
    with coder_of(plan) as make_coder, bar(shown=not as_json) as progress:
        if how.get("on") == "ray":
            work_on_ray(plan, plan.missing(), make_coder, how["address"], max(1, workers), progress)
        else:
            work(plan, plan.missing(), make_coder, workers, progress)
    merge_plan(plan, as_json, began)


@contextmanager
def _record(directory: str, run: Run, changed: bool) -> Iterator[Store]:
    """The record of a directory, which nobody else writes meanwhile (of one in storage nobody can say)."""
    from turnstone import storage
    from turnstone.cluster.stored_record import staged
    from turnstone.store import Store

    if storage.is_storage(directory) and storage.local_path(directory) is None:
        with staged(directory, changed) as folder, Store(folder, run, commits=False) as store:
            yield store
    else:
        with Store(storage.local_path(directory) or Path(directory), run, commits=False) as store:
            yield store
