"""The shards of a plan on a Ray cluster, each tried again where its process or its machine dies."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any

from turnstone.batch import Progress
from turnstone.cluster.plan import Plan, listed, open_plan
from turnstone.cluster.work import work_by
from turnstone.coding_process import MakeCoder
from turnstone.errors import ClusterError
from turnstone.workers import Workers

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
    waiting = deque(shards)
    deaths: Counter[int] = Counter()
    lost: dict[int, str] = {}
    done = unable = 0
    with _Hired(ray, plan, make_coder) as hired:
        while len(lost) + done < len(shards):
            hired.be(min(_AT_ONCE, len(waiting) + hired.at_work))
            worker, shard, error = hired.next_answer()
            if isinstance(error, ray.exceptions.RayTaskError):  # an error of ours, which would meet every shard
                cause = error.cause or error
                raise ClusterError(f"{plan.directory}: shard {shard} could not be coded on Ray: {cause}") from error
            if error is None:
                unable = 0
                if waiting:
                    hired.give(worker, waiting.popleft())
                else:
                    hired.dismiss(worker)
                if shard is None:
                    continue
                done += 1
            elif shard is None:
                unable += 1
                if unable > RETRIES:
                    raise ClusterError(f"{plan.directory}: no process starts on Ray: {_words(error)}") from error
                continue
            else:
                deaths[shard] += 1
                if deaths[shard] <= RETRIES:
                    waiting.append(shard)
                    continue
                lost[shard] = _words(error)
            if progress:
                progress(Progress(plan.inputs, (len(lost) + done) * plan.inputs // max(1, len(shards))))
    if lost:
        first = next(iter(lost.values()))
        raise ClusterError(
            f"{plan.directory}: {len(lost)} of {len(shards)} shards were lost with their processes, each "
            f"{RETRIES + 1} times: {listed(sorted(lost))} ({first}); code what is missing with: "
            f"turnstone resume {plan.directory}"
        )


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


class _Hired:
    """Processes of the cluster, each on a processor of its own. Those for which there is none yet begin later; each is
    given a shard when it has begun, and the next when that is done.
    """

    def __init__(self, ray: Any, plan: Plan, make_coder: MakeCoder) -> None:
        self._ray = ray
        self._kind = ray.remote(num_cpus=1)(_Coding)
        self._given = plan.directory, make_coder
        self._answers: dict[Any, tuple[Any, int | None]] = {}

    def __enter__(self) -> _Hired:
        return self

    def __exit__(self, *_: object) -> None:
        for worker, _shard in self._answers.values():
            self._ray.kill(worker)

    @property
    def at_work(self) -> int:
        """How many have a shard."""
        return sum(1 for _, shard in self._answers.values() if shard is not None)

    def be(self, count: int) -> None:
        """Asks for processes until there are so many, or takes back what was asked for and has not begun: it would load
        the model for nothing in the place of one that is done.
        """
        while len(self._answers) < count:
            worker = self._kind.remote(*self._given)
            self._answers[worker.begun.remote()] = worker, None
        idle = [answer for answer, (_, shard) in self._answers.items() if shard is None]
        for answer in idle[: len(self._answers) - count]:
            self.dismiss(self._answers.pop(answer)[0])

    def next_answer(self) -> tuple[Any, int | None, Exception | None]:
        """Waits until a process has begun or is done with its shard: that one, the shard, and what went wrong."""
        (ended,), _ = self._ray.wait(list(self._answers), num_returns=1)
        worker, shard = self._answers.pop(ended)
        try:
            self._ray.get(ended)
        except self._ray.exceptions.RayError as error:
            self.dismiss(worker)
            return worker, shard, error
        return worker, shard, None

    def give(self, worker: Any, shard: int) -> None:
        self._answers[worker.code.remote(shard)] = worker, shard

    def dismiss(self, worker: Any) -> None:
        self._ray.kill(worker)


class _Coding:
    """What a process of the cluster does. The articles are coded in one below it, which their limits hold for; it stays
    for the next shard, so that the model is loaded once.
    """

    def __init__(self, directory: str, make_coder: MakeCoder) -> None:
        self._directory = directory
        self._make_coder = make_coder
        self._workers: Workers | None = None

    def begun(self) -> None:
        """Answers when this process runs."""

    def code(self, shard: int) -> None:
        """Codes a shard and puts it in its place."""
        plan = open_plan(self._directory)
        self._workers = self._workers or Workers(self._make_coder, 1, plan.limits)
        work_by(self._workers.code, plan, [shard])


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
