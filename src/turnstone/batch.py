"""Codes a stream of articles with several processes and accounts for every one of them.

A process that dies or hangs takes only its article with it: that one is tried once more alone, then failed in the
ledger.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import Any

from turnstone.coding_process import START_SECONDS, TOO_MUCH, Coder, CodingProcess, MakeCoder, attempt, refused
from turnstone.errors import StoreError, TurnstoneError
from turnstone.records import Analysis, Article, Record, Refusal
from turnstone.store.directory import Store
from turnstone.store.tables import article_digest

CHUNK_ARTICLES = 16
_STARTS = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the inputs: coded + empty + failed = given. `already` of them needed no coding; `events` are
    those in the articles given; `reasons` counts the failures by reason, the most frequent first.
    """

    given: int
    coded: int
    empty: int
    failed: int
    already: int
    events: int
    reasons: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. `given` counts what has been read so far: the end is not known before."""

    given: int
    done: int


def code_all(
    articles: Iterator[Article | Refusal],
    make_coder: MakeCoder,
    store: Store,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    seconds_per_article: float = 300.0,
) -> Summary:
    """Codes what the store does not have yet and commits it.

    `make_coder` makes the coding function in each worker process, so it must be picklable (a module's function or
    class). With `workers` 0 everything is coded in this process, where a crash or endless loop of the coder is not
    survived. Raises TurnstoneError where workers cannot start at all; what was coded until then is kept by the store.
    """
    batch = _Batch(store, progress)
    engine = _in_this_process if workers == 0 else _Workers(make_coder, workers, seconds_per_article).run
    for article, outcome in engine(batch.fresh(articles), make_coder):
        batch.take(article, outcome)
    # An article given twice waits until its first coding has ended, well or not.
    for article, outcome in engine(batch.left_over(), make_coder):
        batch.take(article, outcome)
    batch.close()
    tally = store.commit()
    return Summary(
        tally.given,
        tally.coded,
        tally.empty,
        tally.failed,
        batch.already,
        tally.events,
        tuple(batch.reasons.most_common()),
    )


class _Batch:
    """What has been given and what has become of it so far."""

    def __init__(self, store: Store, progress: Callable[[Progress], None] | None) -> None:
        self._store = store
        self._progress = progress
        self._sent: set[tuple[str, str]] = set()
        self._failed: dict[tuple[str, str], Refusal] = {}
        self._twice: list[Article] = []
        self._given = 0
        self._done = 0
        self.already = 0
        self.reasons: Counter[str] = Counter()

    def fresh(self, articles: Iterator[Article | Refusal]) -> Iterator[Article]:
        """The articles to code; the others are accounted for on the way."""
        for value in articles:
            self._given += 1
            if isinstance(value, Refusal):
                self._store.add(value)
                self.reasons[value.reason] += 1
                self._step()
                continue
            try:
                key = value.id, article_digest(value)
            except StoreError as error:
                self._fail(value, refused(value, str(error), "replace lone surrogates when reading"))
                self._step()
                continue
            if self._store.has(value):
                self._store.note(value)
                self.already += 1
                self._step()
            elif key in self._sent:
                self._twice.append(value)
            else:
                self._sent.add(key)
                yield value

    def left_over(self) -> Iterator[Article]:
        for article in self._twice:
            failure = self._failed.get((article.id, article_digest(article)))
            if self._store.has(article):
                self._store.note(article)
                self.already += 1
                self._step()
            elif failure:
                self._fail(article, failure)
                self._step()
            else:
                yield article

    def take(self, article: Article, outcome: Record | Refusal) -> None:
        if isinstance(outcome, Record):
            try:
                self._store.add(outcome)
            except StoreError as error:
                outcome = refused(article, str(error))
        if isinstance(outcome, Refusal):
            self._failed[article.id, article_digest(article)] = outcome
            self._fail(article, outcome)
        self._step()

    def close(self) -> None:
        """Raises TurnstoneError where an input has no outcome, which only a fault of this module can bring about."""
        if self._done != self._given:
            raise TurnstoneError(f"{self._given} inputs were given but {self._done} have an outcome; report this")

    def _fail(self, article: Article, failure: Refusal) -> None:
        self._store.fail(article, failure.reason, failure.remedy)
        self.reasons[failure.reason] += 1

    def _step(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(Progress(self._given, self._done))


def _code(coder: Coder, article: Article) -> Record | Refusal:
    """The article's record without the analysis, which is not stored."""
    record = attempt(coder, article)
    return record if isinstance(record, Refusal) else replace(record, analysis=Analysis((), (), (), (), ()))


def _in_this_process(articles: Iterator[Article], make_coder: MakeCoder) -> Iterator[tuple[Article, Record | Refusal]]:
    coder: Coder | None = None
    for article in articles:
        coder = coder or make_coder()
        yield article, _code(coder, article)


# --- workers


class _Worker(CodingProcess):
    """A process with the chunk it is at."""

    def __init__(self, make_coder: MakeCoder) -> None:
        super().__init__(make_coder, _code)
        self.queue: deque[Article] = deque()

    def give(self, chunk: list[Article]) -> None:
        self.queue.extend(chunk)
        self.send(chunk)

    def stop(self) -> None:
        self.connection.close()
        self.process.join(timeout=1.0)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class _Workers:
    """Processes that code chunks of articles."""

    def __init__(self, make_coder: MakeCoder, count: int, seconds: float) -> None:
        self._make_coder = make_coder
        self._count = count
        self._seconds = seconds

    def run(self, articles: Iterator[Article], _: MakeCoder) -> Iterator[tuple[Article, Record | Refusal]]:
        waiting: deque[list[Article]] = deque()
        suspects: set[tuple[str, str, str]] = set()
        workers: list[_Worker] = []
        failed_starts = 0
        try:
            while True:
                # A worker more is started only when all are busy and there is something for it.
                if len(workers) < self._count and all(w.queue for w in workers):
                    if chunk := self._next_chunk(waiting, articles):
                        waiting.appendleft(chunk)
                        workers.append(_Worker(self._make_coder))
                    elif not workers:
                        return
                for worker in workers:
                    if worker.ready and not worker.queue and (chunk := self._next_chunk(waiting, articles)):
                        worker.give(chunk)
                busy = [w for w in workers if w.queue or not w.ready]
                if not waiting and not any(w.queue for w in workers):
                    if chunk := self._next_chunk(waiting, articles):
                        waiting.append(chunk)
                    else:
                        return
                answered = wait([w.connection for w in busy], timeout=self._patience(busy))
                for worker in busy:
                    if worker.connection in answered:
                        try:
                            answer = worker.connection.recv()
                        except (EOFError, OSError):
                            how = f"the process coding it ended {worker.end()}"
                            workers.remove(worker)
                            if not worker.ready:
                                failed_starts += 1
                                if failed_starts >= _STARTS:
                                    raise TurnstoneError(
                                        f"worker processes do not start: {how}; use fewer workers"
                                    ) from None
                            yield from self._after_death(worker, how, waiting, suspects, retry=True)
                            continue
                        worker.since = time.monotonic()
                        if worker.ready:
                            yield worker.queue.popleft(), answer
                        else:
                            worker.begun(answer)
                            failed_starts = 0
                    elif time.monotonic() - worker.since > worker.limit(self._seconds):
                        workers.remove(worker)
                        worker.end()
                        if not worker.ready:
                            raise TurnstoneError(f"a worker process did not start within {START_SECONDS:g} seconds")
                        how = f"coding it took more than {self._seconds:g} seconds"
                        yield from self._after_death(worker, how, waiting, suspects, retry=False)
        finally:
            for worker in workers:
                if worker.queue:
                    worker.process.kill()
                worker.stop()

    def _patience(self, busy: list[_Worker]) -> float:
        now = time.monotonic()
        return max(0.01, min(worker.since + worker.limit(self._seconds) - now for worker in busy) + 0.01)

    def _next_chunk(self, waiting: deque[list[Article]], articles: Iterator[Article]) -> list[Article]:
        if waiting:
            return waiting.popleft()
        chunk: list[Article] = []
        for article in articles:
            chunk.append(article)
            if len(chunk) == CHUNK_ARTICLES:
                break
        return chunk

    def _after_death(
        self,
        worker: _Worker,
        how: str,
        waiting: deque[list[Article]],
        suspects: set[tuple[str, str, str]],
        retry: bool,
    ) -> Iterator[tuple[Article, Any]]:
        """The article a dead worker was at, to try alone or, the second time, failed; the rest of its chunk waits
        again.
        """
        if not worker.queue:
            return
        article, *rest = worker.queue
        if rest:
            waiting.append(rest)
        key = article.origin, article.id, article_digest(article)
        if retry and key not in suspects:
            suspects.add(key)
            waiting.append([article])
        else:
            yield article, refused(article, how, TOO_MUCH)
