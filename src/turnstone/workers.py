"""Codes a stream of articles with several processes, in no order.

A process that dies or hangs takes only its article with it: that one is tried again alone, then given up.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from multiprocessing.connection import wait

from turnstone.coding_process import TOO_MUCH, TRIES, Coder, CodingProcess, Lost, MakeCoder, attempt, refused
from turnstone.errors import TurnstoneError
from turnstone.limits import Limits
from turnstone.records import Analysis, Article, Record, Refusal

CHUNK_ARTICLES = 16
_STARTS = 3


@dataclass(slots=True)
class Task:
    """An article to code, the shard it belongs to, and how many processes have ended at it."""

    article: Article
    shard: int = 0
    deaths: int = 0


Coding = tuple[Task, Record | Refusal]
CodeTasks = Callable[[Iterator[Task]], Iterator[Coding]]
"""Gives every task with its outcome. Raises TurnstoneError where processes cannot start at all."""


@contextmanager
def coding(make_coder: MakeCoder, count: int, limits: Limits) -> Iterator[CodeTasks]:
    """What codes tasks with so many processes, which begin when there is something to do and end with the statement;
    with none in this process, where no limit is kept.
    """
    if not count:
        yield lambda tasks: code_here(tasks, make_coder)
        return
    workers = Workers(make_coder, count, limits)
    try:
        yield workers.code
    finally:
        workers.stop()


def code_here(tasks: Iterator[Task], make_coder: MakeCoder) -> Iterator[Coding]:
    """Codes in this process, which a crash or endless loop of the coder ends or holds up; no limit is kept."""
    coder: Coder | None = None
    for task in tasks:
        coder = coder or make_coder()
        yield task, _code(coder, task.article)


def _code(coder: Coder, article: Article) -> Record | Refusal:
    """The article's record without the analysis, which is not stored."""
    record = attempt(coder, article)
    return record if isinstance(record, Refusal) else replace(record, analysis=Analysis((), (), (), (), ()))


class _Worker(CodingProcess):
    """A process with the chunk it is at."""

    def __init__(self, make_coder: MakeCoder, limits: Limits) -> None:
        super().__init__(make_coder, _code, limits)
        self.queue: deque[Task] = deque()

    def give(self, chunk: list[Task]) -> None:
        self.queue.extend(chunk)
        self.send([task.article for task in chunk])


class Workers:
    """Processes that code chunks of articles, and stay for the next tasks until they are stopped. `make_coder` makes
    the coding function in each and must be picklable.
    """

    def __init__(self, make_coder: MakeCoder, count: int, limits: Limits) -> None:
        self._make_coder = make_coder
        self._count = count
        self._limits = limits
        self._workers: list[_Worker] = []
        self._waiting: deque[list[Task]] = deque()
        self._failed_starts = 0

    def code(self, tasks: Iterator[Task]) -> Iterator[Coding]:
        """Every task with its outcome. Raises TurnstoneError where processes cannot start at all."""
        try:
            while True:
                # A worker more is started only when all are busy and there is something for it.
                if len(self._workers) < self._count and all(one.queue for one in self._workers):
                    if chunk := self._next_chunk(tasks):
                        self._waiting.appendleft(chunk)
                        self._workers.append(_Worker(self._make_coder, self._limits))
                    elif not self._workers:
                        return
                for worker in self._workers:
                    if worker.ready and not worker.queue and (chunk := self._next_chunk(tasks)):
                        worker.give(chunk)
                if not self._waiting and not any(one.queue for one in self._workers):
                    if chunk := self._next_chunk(tasks):
                        self._waiting.append(chunk)
                    else:
                        return
                yield from self._answers()
        finally:
            if self._waiting or any(one.queue for one in self._workers):  # broken off: what they are at is for nobody
                self.stop()

    def stop(self) -> None:
        """Ends the processes, whatever they are at."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()
        self._waiting.clear()

    def _answers(self) -> Iterator[Coding]:
        """Waits for answers, and for processes that end or have to be ended."""
        busy = [one for one in self._workers if one.queue or not one.ready]
        patience = min(one.patience() for one in busy)
        answered = wait([one.connection for one in busy], timeout=max(0.0, patience) + 0.01)
        for worker in busy:
            try:
                if worker.connection in answered:
                    answer = worker.receive()
                elif worker.patience() < 0:
                    raise worker.give_up()
                else:
                    continue
            except Lost as lost:
                self._workers.remove(worker)
                yield from self._bury(worker, lost)
                continue
            if worker.ready:
                yield worker.queue.popleft(), answer  # type: ignore[misc]
            else:
                worker.begun(answer)
                self._failed_starts = 0

    def _bury(self, worker: _Worker, lost: Lost) -> Iterator[Coding]:
        """The article a lost worker was at waits to be tried alone or has failed; the rest of its chunk waits again."""
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise TurnstoneError(f"worker processes do not start: {lost.reason}; use fewer workers")
        if not worker.queue:
            return
        task, *rest = worker.queue
        if rest:
            self._waiting.append(rest)
        task.deaths += 1
        if lost.again and task.deaths < TRIES:
            self._waiting.append([task])
        else:
            yield task, refused(task.article, lost.reason, TOO_MUCH)

    def _next_chunk(self, tasks: Iterator[Task]) -> list[Task]:
        return self._waiting.popleft() if self._waiting else list(islice(tasks, CHUNK_ARTICLES))
