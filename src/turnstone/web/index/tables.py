"""The tables of a record, from which one article at a time is read."""

from __future__ import annotations

import json
import threading
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from turnstone.records import Record
from turnstone.store.schema import CODED_TABLES, with_all_columns
from turnstone.store.shard import PENDING
from turnstone.store.stored import record_from


def table_path(directory: Path, table: str) -> Path:
    """The file of a table, wherever the last commit has put it."""
    committed = directory / PENDING / "commit" / f"{table}.parquet"
    return committed if committed.exists() else directory / f"{table}.parquet"


class Tables:
    """The files are held open: a commit puts others in their places, but these stay as they were indexed."""

    def __init__(self, directory: Path, folder: Path) -> None:
        self._files = {table: pq.ParquetFile(table_path(directory, table)) for table in CODED_TABLES}
        self._groups: dict[str, list[int]] = json.loads((folder / "groups.json").read_text())
        self._lock = threading.Lock()

    def report(self, article: str, number: int) -> Record:
        """The record of the article with an id and place in the record."""
        with self._lock:
            rows = {table: self._rows(table, article, number) for table in CODED_TABLES}
        return record_from(rows.pop("articles")[0], rows)

    def column(self, table: str, name: str) -> Any:
        """A column of a table, whole, as an Arrow array in chunks."""
        with self._lock:
            return self._files[table].read(columns=[name], use_threads=False).column(0)

    def latest(self, table: str, columns: Sequence[str], rows: int) -> Any:
        """Columns of the last row groups of a table that hold so many rows together, as an Arrow table."""
        file = self._files[table]
        groups: list[int] = []
        for group in reversed(range(file.num_row_groups)):
            if rows <= 0:
                break
            groups.insert(0, group)
            rows -= file.metadata.row_group(group).num_rows
        with self._lock:
            return file.read_row_groups(groups, columns=list(columns), use_threads=False)

    def group(self, table: str, number: int, columns: Sequence[str]) -> Any:
        """Columns of one row group, as an Arrow table."""
        with self._lock:
            return self._files[table].read_row_group(number, columns=list(columns), use_threads=False)

    def groups(self, table: str) -> list[int]:
        """The article with which each row group of a table begins."""
        return self._groups[table]

    def _rows(self, table: str, article: str, number: int) -> list[dict[str, Any]]:
        group = bisect_right(self._groups[table], number) - 1
        if group < 0:
            return []
        file, column = self._files[table], "id" if table == "articles" else "article_id"
        ids = file.read_row_group(group, columns=[column]).column(0)
        wanted = pc.indices_nonzero(pc.equal(ids, article))
        if not len(wanted):
            return []
        first, count = wanted[0].as_py(), len(wanted)
        found = file.read_row_group(group).slice(first, count)
        rows: list[dict[str, Any]] = with_all_columns(found, table).to_pylist()
        return rows
