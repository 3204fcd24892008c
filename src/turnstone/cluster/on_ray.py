"""The shards of a plan as tasks of a Ray cluster, each tried again where its worker or its machine dies."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from turnstone.batch import Progress
from turnstone.cluster.plan import Plan, listed, open_plan
from turnstone.cluster.work import work
from turnstone.coding_process import MakeCoder
from turnstone.errors import ClusterError

RETRIES = 5
"""How often a shard is tried again where the process or machine that codes it dies."""

_AT_ONCE = 1_000
_STORE_BYTES = 100_000_000  # nothing large goes through Ray's store: tasks read and write their shards themselves


def work_on_ray(
    plan: Plan,
    shards: Iterable[int],
    make_coder: MakeCoder,
    address: str | None = None,
    processes: int | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> None:
    """Codes the shards on the cluster at `address`; without one on that of RAY_ADDRESS, else on one of `processes`
    that is started on this machine and ended again. Every machine must see the plan's directory and have the same
    turnstone. Raises ClusterError where Ray is not there or shards could not be coded; the others are kept.
    """
    ray = load_ray()
    ours = not ray.is_initialized()
    if ours:
        _start(ray, address, processes)
    try:
        _run(ray, plan, list(shards), make_coder, progress)
    finally:
        if ours:
            ray.shutdown()


def _run(
    ray: Any, plan: Plan, shards: list[int], make_coder: MakeCoder, progress: Callable[[Progress], None] | None
) -> None:
    task = ray.remote(num_cpus=1, max_retries=RETRIES)(_code)
    waiting = iter(shards)
    running: dict[Any, int] = {}
    lost: dict[int, str] = {}
    done = 0
    try:
        while True:
            while len(running) < _AT_ONCE and (shard := next(waiting, None)) is not None:
                running[task.remote(plan.directory, shard, make_coder)] = shard
            if not running:
                break
            (ended,), _ = ray.wait(list(running), num_returns=1)
            shard = running.pop(ended)
            try:
                ray.get(ended)
            except ray.exceptions.RayTaskError as error:  # an error of ours, which would meet every shard
                cause = error.cause or error
                raise ClusterError(f"{plan.directory}: shard {shard} could not be coded on Ray: {cause}") from error
            except ray.exceptions.RayError as error:
                lost[shard] = " ".join(str(error).split())[:300]
            done += 1
            if progress:
                progress(Progress(plan.inputs, done * plan.inputs // max(1, len(shards))))
    finally:
        for one in running:
            ray.cancel(one)
    if lost:
        first = next(iter(lost.values()))
        raise ClusterError(
            f"{plan.directory}: {len(lost)} of {len(shards)} shards were lost with their processes, each "
            f"{RETRIES + 1} times: {listed(sorted(lost))} ({first}); code what is missing with: "
            f"turnstone resume {plan.directory}"
        )


def _code(directory: str, shard: int, make_coder: MakeCoder) -> None:
    """The task. The articles are coded in a process below this one, which their limits hold for."""
    work(open_plan(directory), [shard], make_coder, workers=1)


def load_ray() -> Any:
    """The library. Raises ClusterError where it is not installed."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise ClusterError(
            "Ray is not installed; install it with: pip install 'turnstone[ray]', or code without --on ray"
        ) from error
    return ray


def _start(ray: Any, address: str | None, processes: int | None) -> None:
    given = address or os.environ.get("RAY_ADDRESS")
    about: dict[str, Any] = {"log_to_driver": False, "logging_level": "warning"}
    if given:
        about |= {"address": given}
    else:
        about |= {"num_cpus": processes, "include_dashboard": False, "object_store_memory": _STORE_BYTES}
        about |= {"address": "local"}
    try:
        ray.init(**about)
    except Exception as error:  # whatever stands between here and the cluster
        raise ClusterError(
            f"the Ray cluster at {given or 'this machine'} cannot be reached ({error}); start it, or give another "
            "--address"
        ) from error
