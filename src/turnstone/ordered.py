"""Analyses a stream of articles with several processes and keeps its order.

A process that dies or hangs takes only its article with it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from turnstone.coding_process import TOO_MUCH, TRIES, Coder, CodingProcess, Lost, MakeCoder, attempt, refused
from turnstone.errors import TurnstoneError
from turnstone.limits import Limits
from turnstone.records import Article, Refusal
from turnstone.store.json_lines import as_line

_AHEAD = 8  # articles in work or waiting for an earlier one, for each process


def analysed_lines(
    articles: Iterator[Article | Refusal],
    make_coder: MakeCoder,
    workers: int = 1,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
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
    yield from _Processes(make_coder, workers, limits).run(articles)


def _line(coder: Coder, article: Article) -> str | Refusal:
    record = attempt(coder, article)
    return record if isinstance(record, Refusal) else as_line(record)


@dataclass
class _Slot:
    """One input, in its place in the order."""

    article: Article | None
    outcome: str | Refusal | None = None
    deaths: int = 0


class _Process(CodingProcess):
    """A process with the input it is at."""

    def __init__(self, make_coder: MakeCoder, slot: _Slot, limits: Limits) -> None:
        super().__init__(make_coder, _line, limits, "analysing")
        self.slot: _Slot | None = slot

    def begin(self) -> None:
        if self.slot is not None and self.slot.article is not None:
            self.send([self.slot.article])


class _Processes:
    def __init__(self, make_coder: MakeCoder, count: int, limits: Limits) -> None:
        self._make_coder = make_coder
        self._count = count
        self._limits = limits
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
                one.stop()

    def _room(self) -> bool:
        return len(self._processes) < self._count or any(one.ready and one.slot is None for one in self._processes)

    def _give(self, slot: _Slot) -> None:
        for one in self._processes:
            if one.ready and one.slot is None:
                one.slot = slot
                one.begin()
                return
        self._processes.append(_Process(self._make_coder, slot, self._limits))

    def _wait(self) -> None:
        busy = [one for one in self._processes if one.slot is not None]
        patience = min((one.patience() for one in busy), default=0.0)
        answered = wait([one.connection for one in busy], timeout=max(0.0, patience) + 0.01)
        for one in busy:
            try:
                if one.connection in answered:
                    self._take(one, one.receive())
                elif one.patience() < 0:
                    raise one.give_up()
            except Lost as lost:
                self._processes.remove(one)
                if not one.ready:
                    raise TurnstoneError(f"worker processes do not start: {lost.reason}; use fewer workers") from None
                self._bury(one.slot, lost)

    def _take(self, one: _Process, answer: object) -> None:
        if one.ready:
            if one.slot is not None:
                one.slot.outcome = answer  # type: ignore[assignment]
            one.slot = None
        else:
            one.begun(answer)
            one.begin()

    def _bury(self, slot: _Slot | None, lost: Lost) -> None:
        if slot is None or slot.article is None:
            return
        slot.deaths += 1
        if lost.again and slot.deaths < TRIES:
            self._again.append(slot)
        else:
            slot.outcome = refused(slot.article, lost.reason, TOO_MUCH)
