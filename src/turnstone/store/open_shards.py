"""Shards being filled: articles and refusals are given to them, and they are kept on the disk one by one."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from turnstone.records import Article, Record, Refusal
from turnstone.store import durable
from turnstone.store.known import Known, input_mark
from turnstone.store.ledger import input_row
from turnstone.store.manifest import Run
from turnstone.store.marks import Counts
from turnstone.store.shard import BYTES, INPUTS, Shard
from turnstone.store.tables import Row


class OpenShards:
    """Fills shards of a run and keeps them in `folder`, where nobody else may write. `directory` is what errors name.

    What is given to one `shard` number is kept together: at the latest when it has `inputs` of them, or with `keep`.
    """

    def __init__(self, directory: Path, folder: Path, run: Run, inputs: int = INPUTS) -> None:
        self.directory = directory
        self.run = run
        self._folder = folder
        self._inputs = inputs
        self._known = Known(run.digest)
        self._kept: dict[Path, None] = {}
        self._open: dict[int, Shard] = {}
        self._given = Counts()

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
        if number not in self._open:
            self._open[number] = Shard(number, self.run)
        return self._open[number]

    # --- keeping

    def _keep_large(self, shard: Shard) -> None:
        if len(shard) >= self._inputs or shard.bytes >= BYTES:
            self._write(shard.number)

    def keep(self, number: int) -> None:
        """Puts what was given to a shard on the disk, where it survives whatever happens to this process. Raises
        DiskError where the disk does not allow it; it is still in memory then.
        """
        self._write(number)

    def _write(self, number: int) -> None:
        shard = self._open.get(number)
        if shard:
            with self._told():
                path = shard.write(self._folder)
            self._kept[path] = None
        self._open.pop(number, None)

    def _told(self) -> AbstractContextManager[None]:
        """Names the disk that does not allow a shard to be kept."""
        return durable.told(self.directory)

    def _keep_all(self) -> None:
        for number in sorted(self._open):
            self.keep(number)
