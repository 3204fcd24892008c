"""A process that codes articles for this one: how it begins, answers and ends, and what an article may take."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection, wait

from turnstone.errors import TurnstoneError
from turnstone.limits import Limits, hold_memory, hold_processor
from turnstone.records import Article, Record, Refusal
from turnstone.store.tables import check

Coder = Callable[[Article], Record]
MakeCoder = Callable[[], Coder]
Answer = Callable[[Coder, Article], object]

START_SECONDS = 600.0
TRIES = 3
"""How many processes an article may take with it before it is failed: something else may have killed the first."""
REPORT = "report it with the article's text; the other articles are not touched by it"
TOO_MUCH = "split the article or give it more time or memory; " + REPORT

_NO_MEMORY = re.compile(r"bad[ _]?alloc|failed to allocate|cannot allocate", re.IGNORECASE)


class OutOfMemory(Refusal):
    """An article that needs more memory than its process may have."""

    __slots__ = ()


class Lost(Exception):
    """A process has ended at an article: `reason` in words; `again` where that need not be the article's doing."""

    def __init__(self, reason: str, again: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


def attempt(coder: Coder, article: Article) -> Record | Refusal:
    """The article's record, checked against its text, or why there is none."""
    try:
        record = coder(article)
        if record.article != article:
            return refused(article, f"the coder answered with the record of another article, {record.article.id!r}")
        check(record)
        return record
    except Exception as error:
        if isinstance(error, MemoryError) or _NO_MEMORY.search(str(error)):
            reason = "MemoryError: the article needs more memory than it may have"
            return OutOfMemory(article.origin, reason, TOO_MUCH, article.id)
        return refused(article, f"{type(error).__name__}: {error}")


def refused(article: Article, reason: str, remedy: str = REPORT) -> Refusal:
    return Refusal(article.origin, reason, remedy, article.id)


class CodingProcess:
    """A process of its own. The first answer is "" when it is ready, or what kept it from starting; then one answer
    for each article sent, in turn. `make_coder` and `answer` must be picklable; `doing` is the verb for messages.
    """

    def __init__(self, make_coder: MakeCoder, answer: Answer, limits: Limits, doing: str = "coding") -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(far_end, make_coder, answer, limits), daemon=True)
        self.process.start()
        far_end.close()
        self.ready = False
        self._since = time.monotonic()
        self._limits = limits
        self._doing = doing

    def send(self, articles: Sequence[Article]) -> None:
        self._since = time.monotonic()
        try:
            self.connection.send(articles)
        except (BrokenPipeError, ConnectionResetError):
            return  # a process that has died since is noticed when its answer is awaited

    def begun(self, answer: object) -> None:
        """Takes the first answer; raises TurnstoneError where the process could not start."""
        if answer:
            raise TurnstoneError(f"a worker process could not start: {answer}")
        self.ready = True

    def receive(self) -> object:
        """The answer that waits on `connection`. Raises Lost where the process has ended, which it also must when an
        article was too large for its memory: what that left behind would weigh on the next.
        """
        try:
            answer = self.connection.recv()
        except (EOFError, OSError):
            raise self._lost() from None
        self._since = time.monotonic()
        if isinstance(answer, OutOfMemory):
            self.stop()
            raise Lost(f"{answer.reason} ({self._limits.memory_mb:,} MB)", again=True)
        return answer

    def patience(self) -> float:
        """Seconds that are left for the next answer."""
        limit = self._limits.seconds if self.ready else START_SECONDS
        return self._since + limit - time.monotonic()

    def give_up(self) -> Lost:
        """Ends a process whose patience has run out. Raises TurnstoneError where it had not even started."""
        self.stop()
        if not self.ready:
            raise TurnstoneError(f"a worker process did not start within {START_SECONDS:g} seconds")
        return Lost(f"{self._doing} it took more than {self._limits.seconds:g} seconds", again=False)

    def stop(self) -> None:
        """Ends the process, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def _lost(self) -> Lost:
        self.process.join(timeout=1.0)
        code = self.process.exitcode
        self.stop()
        name = signal.Signals(-code).name if code and code < 0 else ""
        if name == "SIGXCPU":
            limit = self._limits.cpu_seconds
            return Lost(f"{self._doing} it took more than {limit} seconds of processor time", again=False)
        how = f"by signal {name}" if name else f"with exit status {code}"
        return Lost(f"the process {self._doing} it ended {how}", again=True)


def _serve(connection: Connection, make_coder: MakeCoder, answer: Answer, limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    os.environ["OMP_NUM_THREADS"] = "1"
    try:
        coder = make_coder()
    except Exception as error:
        connection.send(f"{type(error).__name__}: {error}")
        return
    try:
        hold_memory(limits)
        connection.send("")
        while True:
            for article in connection.recv():
                hold_processor(limits)
                connection.send(answer(coder, article))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _end_with_the_parent() -> None:
    """A killed run must not leave processes that code on for nobody."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
