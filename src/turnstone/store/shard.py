"""A shard: what became of a fixed number of inputs that follow each other, kept as a folder of its own.

Shards are written one by one, in any order, by any process; a commit merges them into the record.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from turnstone.records import Article, Record, Refusal
from turnstone.store import durable, set_aside
from turnstone.store.ledger import input_row, key_of, printable
from turnstone.store.manifest import Run
from turnstone.store.merge import write_rows
from turnstone.store.schema import CODED_TABLES
from turnstone.store.tables import Row, rows_of, verify

INPUTS = 200
"""How many inputs make a shard: as much as a killed run may have to code again for each of its processes."""
BYTES = 32_000_000
"""A shard that holds more than about so much is kept in pieces."""

PENDING = ".pending"
_PREFIX = "shard-"


class Shard:
    """Rows in memory until `write`. Its tables name an article by its digest: which of two texts an id names in the end
    depends on where else they were read, which is known when all shards are.
    """

    def __init__(self, number: int, run: Run) -> None:
        self.number = number
        self._run = run
        self._clear()

    def _clear(self) -> None:
        self._coded: dict[str, dict[str, list[Row]]] = {}
        self._inputs: list[Row] = []
        self._aside: list[Row] = []
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._inputs)

    def add(self, record: Record) -> Row:
        """Takes a coded article; gives its row in the ledger. Raises StoreError where offsets are wrong; nothing is
        taken then.
        """
        article = record.article
        rows = rows_of(record, self._run.digest)
        verify(rows)
        rows["articles"][0]["origin"] = printable(article.origin)
        row = self._input(input_row(article.origin, article.id, article, "coded", "", ""))
        self._coded[row["digest"]] = rows
        self.bytes += len(article.text) * 4
        return row

    def note(self, article: Article) -> Row:
        """Takes an article whose coding, well or not, is in another shard or in the record."""
        return self._input(input_row(article.origin, article.id, article, "given", "", ""))

    def fail(self, article: Article, reason: str, remedy: str) -> Row:
        """Takes an article that could not be coded, and sets it aside."""
        row = self._input(input_row(article.origin, article.id, article, "failed", reason, remedy))
        if row["digest"]:
            self._aside.append(set_aside.row_of(article, reason, remedy, self._run.digest))
            self.bytes += len(article.text) * 4
        return row

    def refuse(self, refusal: Refusal) -> Row:
        """Takes an input that is no article."""
        return self._input(input_row(refusal.origin, refusal.id, None, "failed", refusal.reason, refusal.remedy))

    def _input(self, row: Row) -> Row:
        self._inputs.append(row)
        return row

    def write(self, pending: Path) -> Path:
        """Puts everything taken since the last time into a folder that is there whole or not at all, and on the disk.
        Its name depends on what is in it only. Raises OSError or ArrowException where that fails; nothing is lost then.
        """
        digest = hashlib.sha256(self._run.digest.encode())
        for key in sorted((*key_of(row), row["outcome"], row["reason"]) for row in self._inputs):
            digest.update(json.dumps(key).encode())
        name = f"{_PREFIX}{self.number:06}-{digest.hexdigest()[:16]}"
        draft, final = pending / f"draft-{name}", pending / name
        if not final.exists():
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            try:
                self._write_files(draft)
                durable.publish(draft, final)
            except Exception:
                shutil.rmtree(draft, ignore_errors=True)
                raise
        self._clear()
        return final

    def _write_files(self, draft: Path) -> None:
        coded = sorted(self._coded.values(), key=lambda rows: _place_in_order(rows["articles"][0]))
        for name in CODED_TABLES:
            table = [_named(rows["articles"][0]["digest"], row) for rows in coded for row in rows[name]]
            write_rows(draft / f"{name}.parquet", name, table, 10_000)
        write_rows(draft / "ledger.parquet", "ledger", self._inputs, 10_000)
        if self._aside:
            set_aside.write(draft, self._aside)
        (draft / "shard.json").write_text(
            json.dumps({"run": {self._run.digest: self._run.as_json()}, "counts": self._counts()}), encoding="utf-8"
        )

    def _counts(self) -> dict[str, int]:
        outcomes = Counter(row["outcome"] for row in self._inputs)
        with_events = sum(1 for rows in self._coded.values() if rows["events"])
        return {
            "given": len(self._inputs),
            "coded": with_events,
            "empty": outcomes["coded"] - with_events,
            "failed": outcomes["failed"],
        }


def shards_in(pending: Path) -> list[Path]:
    """The shards that wait for a commit, in the order of their numbers."""
    return sorted(path for path in pending.glob(f"{_PREFIX}*")) if pending.exists() else []


def described(shard: Path) -> tuple[dict[str, Any], dict[str, int]]:
    """The run that coded a shard, by its digest, and how many of its inputs are given, coded, empty and failed."""
    value = json.loads((shard / "shard.json").read_text(encoding="utf-8"))
    return value["run"], value["counts"]


def _named(digest: str, row: Row) -> Row:
    return row | {"article_id": digest} if "article_id" in row else row


def _place_in_order(article: Row) -> tuple[Any, ...]:
    return article["published"], article["id"]
