"""Analyses a stream of articles with several processes and keeps its order.

A process that dies or hangs takes only its article with it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from turnstone.batch import Coder, MakeCoder
from turnstone.errors import TurnstoneError
from turnstone.records import Article, Record, Refusal
from turnstone.store.json_lines import as_line
from turnstone.store.tables import check

SECONDS_PER_ARTICLE = 300.0
START_SECONDS = 600.0
_AHEAD = 8  # articles in work or waiting for an earlier one, for each process
_REPORT = "report it with the article's text; the other articles are analysed"


def analysed_lines(
    articles: Iterator[Article | Refusal],
    make_coder: MakeCoder,
    workers: int = 1,
    seconds_per_article: float = SECONDS_PER_ARTICLE,
) -> Iterator[str | Refusal]:
    """For each input in turn its line of JSON (see store.json_lines), or why there is none.

    `make_coder` makes the coding function in each process, so it must be picklable. With `workers` 0 everything
    happens in this process. Raises TurnstoneError where processes cannot start at all.
    """
    if workers == 0:
        coder: Coder | None = None
        for value in articles:
            if isinstance(value, Refusal):
                yield value
            else:
                coder = coder or make_coder()
                yield _line(coder, value)
        return
    yield from _Processes(make_coder, workers, seconds_per_article).run(articles)


def attempt(coder: Coder, article: Article) -> Record | Refusal:
    """The article's record, checked against its text, or why there is none."""
    try:
        record = coder(article)
        if record.article != article:
            return _refused(article, f"the coder answered with the record of another, {record.article.id!r}", _REPORT)
        check(record)
        return record
    except MemoryError:
        return _refused(
            article, "MemoryError: it needs more memory than there is", "split the article or use fewer workers"
        )
    except Exception as error:
        return _refused(article, f"{type(error).__name__}: {error}", _REPORT)


def _line(coder: Coder, article: Article) -> str | Refusal:
    record = attempt(coder, article)
    return record if isinstance(record, Refusal) else as_line(record)


def _refused(article: Article, reason: str, remedy: str) -> Refusal:
    return Refusal(article.origin, reason, remedy, article.id)


def _work(connection: multiprocessing.connection.Connection, make_coder: MakeCoder) -> None:
    """A process: answers each article until the other end closes. The first answer says what kept it from starting."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        coder = make_coder()
    except Exception as error:
        connection.send(f"{type(error).__name__}: {error}")
        return
    try:
        connection.send("")
        while True:
            connection.send(_line(coder, connection.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


@dataclass
class _Slot:
    """One input, in its place in the order."""

    article: Article | None
    outcome: str | Refusal | None = None
    deaths: int = 0


class _Process:
    def __init__(self, make_coder: MakeCoder, slot: _Slot) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_work, args=(far_end, make_coder), daemon=True)
        self.process.start()
        far_end.close()
        self.ready = False
        self.since = time.monotonic()
        self.slot: _Slot | None = slot

    def send(self) -> None:
        self.since = time.monotonic()
        if self.slot is not None:
            # A process that has died since is noticed when its answer is awaited.
            try:
                self.connection.send(self.slot.article)
            except (BrokenPipeError, ConnectionResetError):
                return

    def end(self) -> str:
        """Ends the process; how it had ended, in words."""
        self.process.join(timeout=1.0)
        code = self.process.exitcode
        self.process.kill()
        self.process.join()
        self.connection.close()
        return f"by signal {signal.Signals(-code).name}" if code and code < 0 else f"with exit status {code}"


class _Processes:
    def __init__(self, make_coder: MakeCoder, count: int, seconds: float) -> None:
        self._make_coder = make_coder
        self._count = count
        self._seconds = seconds
        self._processes: list[_Process] = []
        self._again: deque[_Slot] = deque()

    def run(self, articles: Iterator[Article | Refusal]) -> Iterator[str | Refusal]:
        slots: deque[_Slot] = deque()
        more = True
        try:
            while True:
                while slots and slots[0].outcome is not None:
                    yield slots.popleft().outcome or ""
                while more and len(slots) < self._count * _AHEAD and self._room():
                    value = next(articles, None)
                    if value is None:
                        more = False
                    elif isinstance(value, Refusal):
                        slots.append(_Slot(None, value))
                    else:
                        slots.append(_Slot(value))
                        self._give(slots[-1])
                while self._again and self._room():
                    self._give(self._again.popleft())
                if not slots and not more:
                    return
                if not slots or slots[0].outcome is None:
                    self._wait()
        finally:
            for one in self._processes:
                one.process.kill()
                one.end()

    def _room(self) -> bool:
        return len(self._processes) < self._count or any(one.ready and one.slot is None for one in self._processes)

    def _give(self, slot: _Slot) -> None:
        for one in self._processes:
            if one.ready and one.slot is None:
                one.slot = slot
                one.send()
                return
        self._processes.append(_Process(self._make_coder, slot))

    def _wait(self) -> None:
        busy = [one for one in self._processes if one.slot is not None]
        now = time.monotonic()
        patience = min((one.since + self._limit(one) - now for one in busy), default=0.0)
        answered = wait([one.connection for one in busy], timeout=max(0.0, patience) + 0.01)
        for one in busy:
            if one.connection in answered:
                self._take(one)
            elif time.monotonic() - one.since > self._limit(one):
                self._processes.remove(one)
                one.process.kill()
                one.end()
                if not one.ready:
                    raise TurnstoneError(f"a worker process did not start within {START_SECONDS:g} seconds")
                self._fail(one, f"analysing it took more than {self._seconds:g} seconds")

    def _take(self, one: _Process) -> None:
        try:
            answer = one.connection.recv()
        except (EOFError, OSError):
            self._processes.remove(one)
            how = f"the process analysing it ended {one.end()}"
            if not one.ready:
                raise TurnstoneError(f"worker processes do not start: {how}; use fewer workers") from None
            # Not the article's fault, perhaps: it is tried once more.
            if one.slot is not None and not one.slot.deaths:
                one.slot.deaths = 1
                self._again.append(one.slot)
            else:
                self._fail(one, how)
            return
        if one.ready:
            if one.slot is not None:
                one.slot.outcome = answer
            one.slot = None
        elif answer:
            raise TurnstoneError(f"a worker process could not start: {answer}")
        else:
            one.ready = True
            one.send()

    def _limit(self, one: _Process) -> float:
        return self._seconds if one.ready else START_SECONDS

    def _fail(self, one: _Process, reason: str) -> None:
        if one.slot is not None and one.slot.article is not None:
            remedy = "split the article or give it more memory or time; " + _REPORT
            one.slot.outcome = _refused(one.slot.article, reason, remedy)
