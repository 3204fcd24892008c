"""Codes a stream of articles shard by shard with several processes and accounts for every one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import TypeVar

from turnstone.coding_process import MakeCoder, refused
from turnstone.errors import DiskError, StoreError, TurnstoneError
from turnstone.limits import Limits
from turnstone.records import Article, Record, Refusal
from turnstone.store import Store
from turnstone.store.directory import Tally
from turnstone.store.marks import Marks, mark
from turnstone.store.open_shards import OpenShards
from turnstone.store.shard import INPUTS
from turnstone.store.tables import article_digest
from turnstone.workers import CodeTasks, Task, coding

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Summary(Tally):
    """What became of the inputs. `already` of them needed no coding."""

    already: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. `given` counts what has been read so far: the end is not known before."""

    given: int
    done: int


def sharded(inputs: Iterable[T], size: int = INPUTS) -> Iterator[tuple[int, T]]:
    """Every input with the number of its shard, from 0: the same inputs are always cut the same way."""
    for place, value in enumerate(inputs):
        yield place // size, value


def code_all(
    articles: Iterator[Article | Refusal],
    make_coder: MakeCoder,
    store: Store,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    again: bool = False,
) -> Summary:
    """Codes what the store does not have yet and commits it.

    `make_coder` makes the coding function in each worker process, so it must be picklable (a module's function or
    class). With `workers` 0 everything is coded in this process, where a crash or endless loop of the coder is not
    survived and no limit holds. With `again`, articles that were set aside are tried once more. Raises TurnstoneError
    where workers cannot start at all; what was coded until then is kept by the store.
    """
    already = code_shards(sharded(articles), make_coder, store, workers, progress, limits, again)
    return Summary(**asdict(store.commit()), already=already)


def code_shards(
    inputs: Iterator[tuple[int, Article | Refusal]],
    make_coder: MakeCoder,
    store: OpenShards,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    again: bool = False,
) -> int:
    """As `code_all`, of inputs with the numbers of their shards (all of them or some, in rising order), without the
    commit: each shard is kept as soon as all its inputs have an outcome. Gives how many needed no coding.
    """
    with coding(make_coder, workers, limits) as code:
        return code_shards_by(code, inputs, store, progress, again)


def code_shards_by(
    code: CodeTasks,
    inputs: Iterator[tuple[int, Article | Refusal]],
    store: OpenShards,
    progress: Callable[[Progress], None] | None = None,
    again: bool = False,
) -> int:
    """As `code_shards`, by what codes other shards, too."""
    batch = _Batch(store, progress, again)
    for task, outcome in code(batch.fresh(inputs)):
        batch.take(task, outcome)
    batch.close()
    return batch.already


class _Batch:
    """What has been given and what has become of it so far."""

    def __init__(self, store: OpenShards, progress: Callable[[Progress], None] | None, again: bool) -> None:
        self._store = store
        self._progress = progress
        self._again = again
        self._sent = Marks()
        self._given = 0
        self._done = 0
        self._reading = 0
        self._in_work: Counter[int] = Counter()
        self.already = 0

    def fresh(self, inputs: Iterator[tuple[int, Article | Refusal]]) -> Iterator[Task]:
        """The articles to code; the others are accounted for on the way."""
        for shard, value in inputs:
            if shard != self._reading:
                self._reading, before = shard, self._reading
                self._keep_if_done(before)
            self._given += 1
            self._in_work[shard] += 1
            if isinstance(value, Refusal):
                self._store.add(value, shard)
                self._step(shard)
            elif self._needs_coding(value):
                yield Task(value, shard)
            else:
                self._store.note(value, shard)
                self._step(shard)
        self._reading = -1

    def _needs_coding(self, article: Article) -> bool:
        try:
            digest = article_digest(article)
        except StoreError:
            return False  # no text that can be kept; the ledger says so
        if self._store.has(article) if self._again else self._store.needs_no_coding(article):
            self.already += 1
            return False
        if mark(digest) in self._sent:  # given twice: what becomes of it is judged when its coding has ended
            self.already += 1
            return False
        self._sent.add(mark(digest))
        return True

    def take(self, task: Task, outcome: Record | Refusal) -> None:
        if isinstance(outcome, Record):
            try:
                self._store.add(outcome, task.shard)
            except DiskError:
                raise
            except StoreError as error:
                outcome = refused(task.article, str(error))
        if isinstance(outcome, Refusal):
            self._store.fail(task.article, outcome.reason, outcome.remedy, task.shard)
        self._step(task.shard)

    def close(self) -> None:
        """Raises TurnstoneError where an input has no outcome, which only a fault of this module can bring about."""
        for shard in sorted(self._in_work):
            self._keep_if_done(shard)
        if self._done != self._given:
            raise TurnstoneError(f"{self._given} inputs were given but {self._done} have an outcome; report this")

    def _step(self, shard: int) -> None:
        self._done += 1
        self._in_work[shard] -= 1
        if shard != self._reading:
            self._keep_if_done(shard)
        if self._progress is not None:
            self._progress(Progress(self._given, self._done))

    def _keep_if_done(self, shard: int) -> None:
        if shard in self._in_work and not self._in_work[shard]:
            del self._in_work[shard]
            self._store.keep(shard)
