"""A process that codes articles for this one: how it begins, answers and ends."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection

from turnstone.errors import TurnstoneError
from turnstone.records import Article, Record, Refusal
from turnstone.store.tables import check

Coder = Callable[[Article], Record]
MakeCoder = Callable[[], Coder]
Answer = Callable[[Coder, Article], object]

START_SECONDS = 600.0
REPORT = "report it with the article's text; the other articles are not touched by it"
TOO_MUCH = "split the article or give it more memory or time; " + REPORT


def attempt(coder: Coder, article: Article) -> Record | Refusal:
    """The article's record, checked against its text, or why there is none."""
    try:
        record = coder(article)
        if record.article != article:
            return refused(article, f"the coder answered with the record of another article, {record.article.id!r}")
        check(record)
        return record
    except MemoryError:
        return refused(article, "MemoryError: the article needs more memory than there is", TOO_MUCH)
    except Exception as error:
        return refused(article, f"{type(error).__name__}: {error}")


def refused(article: Article, reason: str, remedy: str = REPORT) -> Refusal:
    return Refusal(article.origin, reason, remedy, article.id)


class CodingProcess:
    """A process of its own. The first answer on `connection` is "" when it is ready, or what kept it from starting;
    then one answer for each article sent, in turn. `make_coder` and `answer` must be picklable."""

    def __init__(self, make_coder: MakeCoder, answer: Answer) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, far_end = context.Pipe()
        self.process = context.Process(target=_serve, args=(far_end, make_coder, answer), daemon=True)
        self.process.start()
        far_end.close()
        self.ready = False
        self.since = time.monotonic()

    def send(self, articles: Sequence[Article]) -> None:
        self.since = time.monotonic()
        try:
            self.connection.send(articles)
        except (BrokenPipeError, ConnectionResetError):
            return  # a process that has died since is noticed when its answer is awaited

    def begun(self, answer: object) -> None:
        """Takes the first answer; raises TurnstoneError where the process could not start."""
        if answer:
            raise TurnstoneError(f"a worker process could not start: {answer}")
        self.ready = True

    def limit(self, seconds: float) -> float:
        """How long the next answer may take: `seconds`, or what a start may take."""
        return seconds if self.ready else START_SECONDS

    def end(self) -> str:
        """Ends the process; how it had ended, in words."""
        self.process.join(timeout=1.0)
        code = self.process.exitcode
        self.process.kill()
        self.process.join()
        self.connection.close()
        return f"by signal {signal.Signals(-code).name}" if code and code < 0 else f"with exit status {code}"


def _serve(connection: Connection, make_coder: MakeCoder, answer: Answer) -> None:
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
            for article in connection.recv():
                connection.send(answer(coder, article))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
