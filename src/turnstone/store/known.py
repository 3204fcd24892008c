"""What a record and its pending shards say already, so that only what is new is coded and written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq

from turnstone.records import Article
from turnstone.store import set_aside
from turnstone.store.ledger import OTHER_TEXT, rows_in
from turnstone.store.marks import Marks, mark
from turnstone.store.tables import Row, article_digest
from turnstone.store.values import values


class Known:
    """Articles by (id, digest) and inputs by their row in the ledger, 16 bytes each."""

    def __init__(self, run: str) -> None:
        self._run = run
        self._coded = Marks()
        self._aside = Marks()
        self._inputs = Marks()
        self._outdone = Marks()
        # origins at which an input has failed, such inputs, and origins with several of them
        self._failing, self._failed, self._failing_often = Marks(), Marks(), Marks()

    def learn(self, directory: Path) -> None:
        """Takes in a record or a shard."""
        articles = directory / "articles.parquet"
        if articles.exists():
            with pq.ParquetFile(articles) as file:
                for batch in file.iter_batches(batch_size=4096, columns=["id", "digest", "run"], use_threads=False):
                    for key, digest, run in zip(*map(values, batch.columns), strict=True):
                        if run == self._run:
                            self._coded.add(mark(key, digest))
        for row in rows_in(directory, ("origin", "article_id", "digest", "outcome", "reason", "remedy")):
            self.told(row)
        for row in set_aside.rows_in(directory):
            if row["run"] == self._run:
                self._aside.add(mark(row["id"], row["digest"]))

    def told(self, row: Row) -> None:
        """Takes in a row of the ledger."""
        given = input_mark(row)
        self._inputs.add(given)
        if row["reason"].startswith(OTHER_TEXT):
            self._outdone.add(given)
        elif row["outcome"] == "failed":
            # An input given again sweeps away other failures at its origin, so that is nothing old.
            origin = mark(row["origin"])
            if origin in self._failing and given not in self._failed:
                self._failing_often.add(origin)
            self._failing.add(origin)
            self._failed.add(given)
            self._inputs.add(mark(given.hex(), row["reason"], row["remedy"]))

    def coded(self, key: str, digest: str) -> None:
        """An article has been coded by this run."""
        self._coded.add(mark(key, digest))

    def has_coded(self, article: Article) -> bool:
        """Whether this run has coded this very article."""
        return mark(article.id, article_digest(article)) in self._coded

    def has_set_aside(self, article: Article) -> bool:
        """Whether this run has failed on this very article."""
        return mark(article.id, article_digest(article)) in self._aside

    def has_outdone(self, row: Row) -> bool:
        """Whether this input was given before and its id named another text."""
        return input_mark(row) in self._outdone

    def says(self, row: Row) -> bool:
        """Whether this input, as it stands, would change nothing in the ledger."""
        given, origin = input_mark(row), mark(row["origin"])
        if origin in self._failing and (given not in self._failed or origin in self._failing_often):
            return False
        if row["outcome"] == "failed":
            return mark(given.hex(), row["reason"], row["remedy"]) in self._inputs
        return given in self._inputs


def known(parts: Iterable[Path], run: str) -> Known:
    """What the parts (a record, shards) say to a run, by its digest."""
    found = Known(run)
    for part in parts:
        found.learn(part)
    return found


def input_mark(row: Row) -> bytes:
    """Names an input by where it stood and its article, in 16 bytes."""
    return mark(row["origin"], row["article_id"], row["digest"])
