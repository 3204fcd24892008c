"""Codes one article when somebody asks for it, in a process of its own that is kept for the next."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import wait

from turnstone import api
from turnstone.coding_process import Coder, CodingProcess, Lost, attempt, refused
from turnstone.errors import TurnstoneError
from turnstone.knowledge.entity_files import EntityFile
from turnstone.limits import Limits
from turnstone.records import Article, Record, Refusal
from turnstone.store import Run

LIMITS = Limits(seconds=60.0, cpu_seconds=60)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A coded article, and the run that such codings belong to."""

    record: Record
    run: Run


class OnDemand:
    """The process starts with the first article (about two seconds) and takes one at a time."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self._limits = limits
        self._process: CodingProcess | None = None
        self._entities: tuple[EntityFile, ...] = ()
        self._lock = threading.Lock()

    def code(self, article: Article, entities: tuple[EntityFile, ...] = ()) -> Outcome | Refusal:
        """The article's record with its analysis, or why there is none. `entities` lie over the packaged ones; where
        they are others than before, another process is started."""
        with self._lock:
            try:
                process = self._started(entities)
                process.send([article])
                answer = self._await(process)
            except Lost as lost:
                self._process = None
                return refused(article, lost.reason)
            except TurnstoneError as error:
                self._process = None
                return refused(article, str(error), "start turnstone serve again")
        assert isinstance(answer, Outcome | Refusal)
        return answer

    def _started(self, entities: tuple[EntityFile, ...]) -> CodingProcess:
        if entities != self._entities:
            self.stop()
        if self._process is None or not self._process.process.is_alive():
            make_coder, answer = partial(api.make_coder, *entities), partial(_whole, entities)
            self._process, self._entities = CodingProcess(make_coder, answer, self._limits), entities
            self._process.begun(self._await(self._process))
        return self._process

    @staticmethod
    def _await(process: CodingProcess) -> object:
        while not wait([process.connection], timeout=max(0.0, process.patience()) + 0.01):
            if process.patience() < 0:
                raise process.give_up()
        return process.receive()

    def stop(self) -> None:
        """Ends the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.stop()


def _whole(entities: tuple[EntityFile, ...], coder: Coder, article: Article) -> Outcome | Refusal:
    record = attempt(coder, article)
    return record if isinstance(record, Refusal) else Outcome(record, api.pipeline(*entities).run)
