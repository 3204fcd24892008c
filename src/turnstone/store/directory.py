"""A record directory: seven Parquet tables and a manifest that depend on nothing but what was given.

While a run works, its shards wait in `.pending/`, from where the next run takes them up if this one is killed. A
commit makes the tables anew from the tables and the shards; readers see one whole record at any time.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from turnstone.errors import DiskError, StoreError, why_unwritten
from turnstone.store import durable
from turnstone.store.commit import commit, finish
from turnstone.store.known import input_mark, known
from turnstone.store.ledger import OTHER_TEXT, is_set_aside, rows_in
from turnstone.store.lock import Lock
from turnstone.store.manifest import Run, read_manifest
from turnstone.store.marks import Marks, mark
from turnstone.store.open_shards import OpenShards
from turnstone.store.schema import TABLES
from turnstone.store.shard import INPUTS, PENDING, Shard, shards_in


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


class Store(OpenShards):
    """Writes records and refusals into a directory; one writer at a time. Use it in a `with` statement.

    Leaving the statement commits unless `commits` is false; leaving it by an exception keeps what was coded for the
    next run. The tables are a function of the set of what was given: order, shards and workers leave no trace. An
    article given again adds nothing. Where one id names two texts (or days), the one whose origin sorts first stays,
    and the other is failed in the ledger. An article coded by an earlier run is replaced when it is given to a later
    one; a failure is judged anew when its origin is given again.

    What is given to one `shard` number is kept together: at the latest when it has `inputs` of them, or with `keep`.
    """

    def __init__(self, directory: Path, run: Run, inputs: int = INPUTS, commits: bool = True) -> None:
        super().__init__(Path(directory), Path(directory) / PENDING, run, inputs)
        self._commits = commits
        self._lock: Lock | None = None

    def __enter__(self) -> Store:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(self.directory / ".lock")
        except OSError as error:
            raise StoreError(
                f"{self.directory}: cannot be written ({why_unwritten(self.directory, error)}); "
                "choose another directory"
            ) from error
        try:
            with durable.told(self.directory):
                self._folder.mkdir(exist_ok=True)
                finish(self.directory)
                self._refuse_strangers()
                self._kept = dict.fromkeys(shards_in(self._folder))
                for path in set(self._folder.iterdir()) - set(self._kept):
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
                if self._commits:
                    self.commit()
            else:
                with suppress(DiskError):  # the disk that is full, perhaps: the exception already says so
                    self._keep_all()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._lock is not None:
            with suppress(OSError):
                if self._folder.exists() and not any(self._folder.iterdir()):
                    self._folder.rmdir()
            self._lock.release()
            self._lock = None

    def _shard(self, number: int) -> Shard:
        if self._lock is None:
            raise StoreError(f"{self.directory}: the store is closed; use it inside a with statement")
        return super()._shard(number)

    def _refuse_strangers(self) -> None:
        if (self.directory / "manifest.json").exists():
            read_manifest(self.directory / "manifest.json")
        elif any((self.directory / f"{name}.parquet").exists() for name in TABLES):
            raise StoreError(
                f"{self.directory}: holds tables but no manifest.json, so turnstone did not write them; "
                "choose another directory"
            )

    # --- committing

    def adopt(self, name: str, unpack: Callable[[Path], None]) -> None:
        """Takes a shard that another process wrote elsewhere: `unpack` puts its files into the folder it is given.
        What `commit` then tells counts its inputs, too. Raises DiskError where the disk does not allow it.
        """
        final = self._folder / name
        with durable.told(self.directory):
            if not final.exists():
                draft = self._folder / f"draft-{name}"
                shutil.rmtree(draft, ignore_errors=True)
                draft.mkdir()
                unpack(draft)
                durable.publish(draft, final)
            self._kept[final] = None
            for row in rows_in(final, ("origin", "article_id", "digest")):
                self._given.add(input_mark(row))

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
        if not self._given.total():
            return Tally()
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
        stored = rows_in(self.directory, ("article_id", "events"))
        events = sum(row["events"] for row in stored if row["events"] and mark(row["article_id"]) in articles)
        return Tally(
            given=self._given.total(),
            coded=outcomes["coded"],
            empty=outcomes["empty"],
            failed=outcomes["failed"],
            events=events,
            aside=aside,
            reasons=tuple(reasons.most_common()),
        )
