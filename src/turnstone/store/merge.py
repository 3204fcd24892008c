"""Sorted tables from several sorted parts, read and written a group of articles at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.store.schema import SCHEMAS, with_all_columns

ROWS = 16_384
"""How many rows of a table are read ahead, over all parts."""


def writer(path: Path, table: str) -> pq.ParquetWriter:
    """A writer whose bytes depend on the rows only."""
    return pq.ParquetWriter(
        path, SCHEMAS[table], version="2.6", compression="zstd", compression_level=6, data_page_version="1.0"
    )


def write_rows(path: Path, table: str, rows: Sequence[Mapping[str, Any]], group_rows: int) -> None:
    """Writes rows in their order."""
    with writer(path, table) as out:
        for first in range(0, len(rows), group_rows):
            out.write_table(pa.Table.from_pylist(rows[first : first + group_rows], schema=SCHEMAS[table]))


@dataclass(frozen=True)
class Part:
    """A directory of tables in the order of the whole, and the ranks in the whole of those of its articles that
    count, by their ids; of a `shard` by their digests, which is how a shard's tables name them.
    """

    directory: Path
    ranks: Mapping[str, int]
    shard: bool = False

    def article_column(self, table: str) -> str:
        """The column that names the article."""
        if table != "articles":
            return "article_id"
        return "digest" if self.shard else "id"


def merge(
    path: Path, table: str, parts: Sequence[Part], limits: Sequence[int], ids: Sequence[str], origins: Sequence[str]
) -> np.ndarray:
    """Writes the rows of all parts in order, a row group to each group of articles; gives the number of rows by rank.

    `limits` are the ranks at which groups end; `ids` and `origins` of articles, by rank, replace those in the parts.
    """
    counts = np.zeros(limits[-1] if limits else 0, dtype=np.int64)
    streams = [_Stream(part, table, max(64, ROWS // max(1, len(parts)))) for part in parts]
    with writer(path, table) as out:
        for limit in limits:
            pieces = [piece for stream in streams for piece in stream.below(limit)]
            if not pieces:
                continue
            ranks = np.concatenate([piece[0] for piece in pieces])
            rows = pa.concat_tables([piece[1] for piece in pieces])
            order = np.argsort(ranks, kind="stable")
            rows = rows.take(pa.array(order)).combine_chunks()
            column, values = ("origin", origins) if table == "articles" else ("article_id", ids)
            given = pa.array([values[rank] for rank in ranks[order]], pa.string())
            rows = rows.set_column(rows.schema.get_field_index(column), SCHEMAS[table].field(column), given)
            np.add.at(counts, ranks, 1)
            out.write_table(rows, row_group_size=len(rows))
    return counts


class _Stream:
    """The rows of one part that count, in order, read as they are asked for."""

    def __init__(self, part: Part, table: str, rows: int) -> None:
        self._ranks = part.ranks
        self._column = part.article_column(table)
        self._rows = rows
        self._table = table
        path = part.directory / f"{table}.parquet"
        self._rest = self._read(path) if part.ranks else iter(())
        self._ahead: tuple[np.ndarray, pa.Table] | None = None

    def _read(self, path: Path) -> Iterator[tuple[np.ndarray, pa.Table]]:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=self._rows, use_threads=False):
                ids = batch.column(self._column).to_pylist()
                ranks = np.fromiter((self._ranks.get(key, -1) for key in ids), np.int64, len(ids))
                kept = np.flatnonzero(ranks >= 0)
                if len(kept):
                    rows = with_all_columns(pa.Table.from_batches([batch]), self._table)
                    yield ranks[kept], rows if len(kept) == len(ids) else rows.take(pa.array(kept))

    def below(self, limit: int) -> Iterator[tuple[np.ndarray, pa.Table]]:
        """What is left of the rows ranked below `limit`."""
        while True:
            piece = self._ahead or next(self._rest, None)
            self._ahead = None
            if piece is None:
                return
            ranks, rows = piece
            end = int(np.searchsorted(ranks, limit))
            if end:
                yield ranks[:end], rows.slice(0, end)
            if end < len(ranks):
                self._ahead = ranks[end:], rows.slice(end)
                return
