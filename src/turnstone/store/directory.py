"""A record directory: seven Parquet tables and a manifest that depend on nothing but what was given.

While a run works, its shards wait in `.pending/`, from where the next run takes them up if this one is killed. A
commit makes the tables anew from the tables and the shards; readers see one whole record at any time.
"""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from turnstone.errors import DiskError, StoreError
from turnstone.records import Article, Record, Refusal
from turnstone.store import durable
from turnstone.store.commit import commit, finish
from turnstone.store.known import Known, input_mark, known
from turnstone.store.ledger import OTHER_TEXT, input_row, is_set_aside, rows_in
from turnstone.store.lock import Lock
from turnstone.store.manifest import Run, read_manifest
from turnstone.store.marks import Counts, Marks, mark
from turnstone.store.schema import TABLES
from turnstone.store.shard import BYTES, INPUTS, PENDING, Shard, shards_in
from turnstone.store.tables import Row


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the inputs of one session: coded + empty + failed = given. `events` are those in their articles;
    of the failed, `aside` are set aside; `reasons` counts the failed by reason, the most frequent first.
    """

    given: int = 0
    coded: int = 0
    empty: int = 0
    failed: int = 0
    events: int = 0
    aside: int = 0
    reasons: tuple[tuple[str, int], ...] = ()


class Store:
    """Writes records and refusals into a directory; one writer at a time. Use it in a `with` statement.

    Leaving the statement commits; leaving it by an exception keeps what was coded for the next run. The tables are a
    function of the set of what was given: order, shards and workers leave no trace. An article given again adds
    nothing. Where one id names two texts (or days), the one whose origin sorts first stays, and the other is failed
    in the ledger. An article coded by an earlier run is replaced when it is given to a later one; a failure is judged
    anew when its origin is given again.

    What is given to one `shard` number is kept together: at the latest when it has `inputs` of them, or with `keep`.
    """

    def __init__(self, directory: Path, run: Run, inputs: int = INPUTS) -> None:
        self.directory = Path(directory)
        self.run = run
        self._inputs = inputs
        self._pending = self.directory / PENDING
        self._lock: Lock | None = None
        self._known = Known(run.digest)
        self._kept: dict[Path, None] = {}
        self._open: dict[int, Shard] = {}
        self._given = Counts()

    def __enter__(self) -> Store:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(self.directory / ".lock")
        except OSError as error:
            raise StoreError(f"{self.directory}: cannot be written ({error}); choose another directory") from error
        try:
            with durable.told(self.directory):
                self._pending.mkdir(exist_ok=True)
                finish(self.directory)
                self._refuse_strangers()
                self._kept = dict.fromkeys(shards_in(self._pending))
                for path in set(self._pending.iterdir()) - set(self._kept):
                    shutil.rmtree(path)
                self._known = known([self.directory, *self._kept], self.run.digest)
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
            else:
                with suppress(DiskError):  # the disk that is full, perhaps: the exception already says so
                    self._keep_all()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._lock is not None:
            with suppress(OSError):
                if self._pending.exists() and not any(self._pending.iterdir()):
                    self._pending.rmdir()
            self._lock.release()
            self._lock = None

    def _refuse_strangers(self) -> None:
        if (self.directory / "manifest.json").exists():
            read_manifest(self.directory / "manifest.json")
        elif any((self.directory / f"{name}.parquet").exists() for name in TABLES):
            raise StoreError(
                f"{self.directory}: holds tables but no manifest.json, so turnstone did not write them; "
                "choose another directory"
            )

    # --- giving

    def has(self, article: Article) -> bool:
        """Whether this run has coded this very article, now or before."""
        return self._known.has_coded(article)

    def needs_no_coding(self, article: Article) -> bool:
        """Whether this run has coded this very article, failed on it before, or found its id taken by another text."""
        if self._known.has_coded(article) or self._known.has_set_aside(article):
            return True
        return self._known.has_outdone(input_row(article.origin, article.id, article, "given", "", ""))

    def add(self, value: Record | Refusal, shard: int = 0) -> None:
        """Takes a coded article or an input that is none. Raises StoreError where offsets are wrong; nothing is
        taken then.
        """
        taking = self._shard(shard)
        if isinstance(value, Refusal):
            row = input_row(value.origin, value.id, None, "failed", value.reason, value.remedy)
            if self._is_new(row):
                taking.refuse(value)
        else:
            row = taking.add(value)
            self._given.add(input_mark(row))
            self._known.coded(row["article_id"], row["digest"])
        self._keep_large(taking)

    def note(self, article: Article, shard: int = 0) -> None:
        """Takes an article that needs no coding, or none of its own because it is given elsewhere as well."""
        taking = self._shard(shard)
        if self._is_new(input_row(article.origin, article.id, article, "given", "", "")):
            taking.note(article)
        self._keep_large(taking)

    def fail(self, article: Article, reason: str, remedy: str, shard: int = 0) -> None:
        """Takes an article that could not be coded; it is set aside with its text."""
        taking = self._shard(shard)
        if self._is_new(input_row(article.origin, article.id, article, "failed", reason, remedy)):
            taking.fail(article, reason, remedy)
        self._keep_large(taking)

    def _is_new(self, row: Row) -> bool:
        self._given.add(input_mark(row))
        return not self._known.says(row)

    def _shard(self, number: int) -> Shard:
        if self._lock is None:
            raise StoreError(f"{self.directory}: the store is closed; use it inside a with statement")
        if number not in self._open:
            self._open[number] = Shard(number, self.run)
        return self._open[number]

    # --- keeping

    def _keep_large(self, shard: Shard) -> None:
        if len(shard) >= self._inputs or shard.bytes >= BYTES:
            self.keep(shard.number)

    def keep(self, number: int) -> None:
        """Puts what was given to a shard on the disk, where it survives whatever happens to this process. Raises
        DiskError where the disk does not allow it; it is still in memory then.
        """
        shard = self._open.get(number)
        if shard:
            with durable.told(self.directory):
                path = shard.write(self._pending)
            self._kept[path] = None
        self._open.pop(number, None)

    def _keep_all(self) -> None:
        for number in sorted(self._open):
            self.keep(number)

    def commit(self) -> Tally:
        """Brings the tables up to date with everything given so far and says what became of this session's inputs.
        Where nothing is new, nothing is written. Raises DiskError where the disk does not allow it; the old record and
        all that was kept stay as they were then.
        """
        if self._lock is None:
            raise StoreError(f"{self.directory}: the store is closed; use it inside a with statement")
        self._keep_all()
        if self._kept or not (self.directory / "manifest.json").exists():
            with durable.told(self.directory):
                commit(self.directory, list(self._kept), self.run)
            self._kept = {}
        return self._tally()

    def _tally(self) -> Tally:
        outcomes: Counter[str] = Counter()
        reasons: Counter[str] = Counter()
        articles = Marks()
        aside = 0
        for row in rows_in(self.directory):
            times = self._given.of(input_mark(row))
            if not times:
                continue
            outcomes[row["outcome"]] += times
            if row["outcome"] == "coded":
                articles.add(mark(row["article_id"]))
            elif row["outcome"] == "failed":
                reasons[OTHER_TEXT if row["reason"].startswith(OTHER_TEXT) else row["reason"]] += times
                aside += times if is_set_aside(row) else 0
        events = sum(
            row["events"] for row in rows_in(self.directory) if row["events"] and mark(row["article_id"]) in articles
        )
        return Tally(
            given=self._given.total(),
            coded=outcomes["coded"],
            empty=outcomes["empty"],
            failed=outcomes["failed"],
            events=events,
            aside=aside,
            reasons=tuple(reasons.most_common()),
        )
