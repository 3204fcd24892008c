"""Sorted tables from several sorted parts, read and written a group of articles at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.store.schema import SCHEMAS, with_all_columns

ROWS = 16_384
"""How many rows of a table are read ahead, over all parts."""
_AT_ONCE = 8_192


def writer(path: Path, table: str, level: int = 6) -> pq.ParquetWriter:
    """A writer whose bytes depend on the rows, and how hard they are compressed, only."""
    return pq.ParquetWriter(
        path, SCHEMAS[table], version="2.6", compression="zstd", compression_level=level, data_page_version="1.0"
    )


def write_rows(path: Path, table: str, rows: Iterable[Mapping[str, Any]], group_rows: int) -> None:
    """Writes rows in their order, a row group to so many."""
    schema, rows = SCHEMAS[table], iter(rows)
    with writer(path, table) as out:
        while group := list(_tables(islice(rows, group_rows), schema)):
            out.write_table(pa.concat_tables(group).combine_chunks())


def _tables(rows: Iterator[Mapping[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables, which take a tenth of the memory of dicts."""
    while some := list(islice(rows, _AT_ONCE)):
        yield pa.Table.from_pylist(some, schema=schema)


Ranking = Callable[[Sequence[str]], np.ndarray]
"""The ranks in the whole of articles of a part, -1 for those that do not count, by what their rows name them by."""
Names = Callable[[int, int], tuple[list[str], list[str]]]
"""The ids and origins of the articles from one rank to before another."""


@dataclass(frozen=True)
class Part:
    """A directory of tables in the order of the whole. Its articles are named by `articles.<column>`, which stands as
    article_id in the other tables. `ranking` is asked anew for each table, and then for its rows in their order.
    """

    directory: Path
    column: str
    ranking: Callable[[], Ranking]

    def with_ranks_kept(self) -> Part:
        """The same, its ranks looked up once for all tables: of a part whose articles may be asked for in any order."""
        found = self.ranking()
        return replace(self, ranking=lambda: found)


def merged_part(directory: Path) -> Part:
    """What `merge` wrote without names."""
    return Part(directory, "id", lambda: lambda ranks: np.array(ranks, dtype=np.int64))


def merge(path: Path, table: str, parts: Sequence[Part], limits: Sequence[int], names: Names | None) -> np.ndarray:
    """Writes the rows of all parts in order, a row group to each group of articles; gives the number of rows by rank.

    `limits` are the ranks at which groups end. The ids and origins of articles are replaced by `names`; without them,
    the ids by ranks, to be merged further.
    """
    counts = np.zeros(limits[-1] if limits else 0, dtype=np.int32)
    streams = [_Stream(part, table, max(64, ROWS // max(1, len(parts)))) for part in parts]
    first = 0
    with writer(path, table, 6 if names else 1) as out:  # what is merged further is read once
        for limit in limits:
            before, first = first, limit
            pieces = [piece for stream in streams for piece in stream.below(limit)]
            if not pieces:
                continue
            ranks = np.concatenate([piece[0] for piece in pieces])
            rows = pa.concat_tables([piece[1] for piece in pieces])
            order = np.argsort(ranks, kind="stable")
            rows, ranks = rows.take(pa.array(order)).combine_chunks(), ranks[order]
            np.add.at(counts, ranks, 1)
            if names is None:
                rows = _with(rows, table, "id" if table == "articles" else "article_id", map(str, ranks))
            else:
                ids, origins = names(before, limit)
                rows = _with(
                    rows, table, "id" if table == "articles" else "article_id", (ids[k - before] for k in ranks)
                )
                if table == "articles":
                    rows = _with(rows, table, "origin", (origins[k - before] for k in ranks))
            out.write_table(rows, row_group_size=len(rows))
    return counts


def _with(rows: pa.Table, table: str, column: str, values: Iterable[str]) -> pa.Table:
    """The rows with other values in a column."""
    place = rows.schema.get_field_index(column)
    return rows.set_column(place, SCHEMAS[table].field(column), pa.array(list(values), pa.string()))


class _Stream:
    """The rows of one part that count, in order, read as they are asked for."""

    def __init__(self, part: Part, table: str, rows: int) -> None:
        self._ranking = part.ranking
        self._column = part.column if table == "articles" else "article_id"
        self._rows = rows
        self._table = table
        path = part.directory / f"{table}.parquet"
        self._rest = self._read(path)
        self._ahead: tuple[np.ndarray, pa.Table] | None = None

    def _read(self, path: Path) -> Iterator[tuple[np.ndarray, pa.Table]]:
        ranking = self._ranking()
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=self._rows, use_threads=False):
                ids = batch.column(self._column).to_pylist()
                ranks = ranking(ids)
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
