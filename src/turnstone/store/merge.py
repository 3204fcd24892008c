"""Tables in order from rows that come in any: of a record in its order, and of shards, by group of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.store.schema import CODED_TABLES, SCHEMAS, with_all_columns

ROWS = 16_384
"""How many rows of a record's table are read ahead."""
HELD_BYTES = 8_000_000
"""How much of the shards is held in memory, before it is put into the files of its groups."""
_TABLE_BYTES = 20_000  # what a small table takes beside its values
_AT_ONCE = 8_192
_RANK = "rank"


def writer(path: Path, table: str) -> pq.ParquetWriter:
    """A writer whose bytes depend on the rows only."""
    return pq.ParquetWriter(
        path, SCHEMAS[table], version="2.6", compression="zstd", compression_level=6, data_page_version="1.0"
    )


def write_rows(path: Path, table: str, rows: Iterable[Mapping[str, Any]], group_rows: int) -> None:
    """Writes rows in their order, a row group to so many."""
    schema, rows = SCHEMAS[table], iter(rows)
    with writer(path, table) as out:
        while True:
            some = list(_tables(islice(rows, group_rows), schema))
            if not some:
                return
            group = pa.concat_tables(some).combine_chunks()  # where chunks end would be seen in the file
            del some
            out.write_table(group)
            del group


def _tables(rows: Iterator[Mapping[str, Any]], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables, which take a tenth of the memory of dicts."""
    while some := list(islice(rows, _AT_ONCE)):
        yield pa.Table.from_pylist(some, schema=schema)


Piece = tuple[np.ndarray, pa.Table]
"""Rows of a table with the ranks of their articles in the whole."""
Ranking = Callable[[pa.Array], np.ndarray]
"""The ranks of articles, -1 for those that do not count, by what the rows of a part name them by."""
Names = Callable[[int, int], tuple[list[str], list[str]]]
"""The ids and origins of the articles from one rank to before another."""


def merge(
    path: Path, table: str, record: InOrder | None, shards: Grouped, limits: Sequence[int], names: Names
) -> np.ndarray:
    """Writes the rows of a record and of shards in order, a row group to each group of articles; gives the number of
    rows by rank. `limits` are the ranks at which groups end. The ids and origins of articles are those of `names`.
    """
    counts = np.zeros(limits[-1] if limits else 0, dtype=np.int32)
    first = 0
    with writer(path, table) as out:
        for group, limit in enumerate(limits):
            before, first = first, limit
            pieces = [*(record.below(limit) if record else ()), *shards.taken(table, group)]
            if not pieces:
                continue
            ranks = np.concatenate([piece[0] for piece in pieces]) - before
            rows = pa.concat_tables([piece[1] for piece in pieces])
            del pieces
            if np.any(ranks[1:] < ranks[:-1]):
                order = np.argsort(ranks, kind="stable")
                rows, ranks = rows.take(pa.array(order)), ranks[order]
            counts[before:limit] = np.bincount(ranks, minlength=limit - before)
            named = zip(_naming(table), names(before, limit), strict=False)
            places = pa.array(ranks)
            columns = {column: pa.array(values, pa.string()).take(places) for column, values in named}
            rows = pa.Table.from_arrays(
                [columns[name] if name in columns else rows.column(name) for name in SCHEMAS[table].names],
                schema=SCHEMAS[table],
            )
            out.write_table(rows.combine_chunks(), row_group_size=len(rows))
    return counts


def _naming(table: str) -> tuple[str, ...]:
    """The columns that name an article: what it is in the whole is known by its rank."""
    return ("id", "origin") if table == "articles" else ("article_id",)


class InOrder:
    """The rows of a table of a record that still count, in its order, read as they are asked for."""

    def __init__(self, directory: Path, table: str, ranking: Ranking) -> None:
        self._rest = self._read(directory / f"{table}.parquet", table, ranking)
        self._ahead: Piece | None = None

    def _read(self, path: Path, table: str, ranking: Ranking) -> Iterator[Piece]:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS, use_threads=False):
                piece = _ranked(pa.Table.from_batches([batch]), table, _naming(table)[0], ranking)
                if len(piece[0]):
                    yield piece

    def below(self, limit: int) -> Iterator[Piece]:
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


class Grouped:
    """The rows of shards, which are given in any order, by table and group of articles. They wait in files of `folder`,
    a file for each group; so memory holds some of the shards, and then one group, however many there are.
    """

    def __init__(self, folder: Path, limits: Sequence[int]) -> None:
        self._folder = folder
        self._limits = np.array(limits, np.int64)
        self._held: dict[str, list[Piece]] = {name: [] for name in CODED_TABLES}
        self._bytes = 0

    def add(self, shard: Path, ranking: Ranking) -> None:
        """Takes the rows of a shard that count."""
        for table, held in self._held.items():
            content = pa.BufferReader((shard / f"{table}.parquet").read_bytes())
            with pq.ParquetFile(content) as file:
                column = "digest" if table == "articles" else "article_id"  # see Shard
                piece = _ranked(file.read(use_threads=False), table, column, ranking)
            if len(piece[0]):
                held.append(piece)
                self._bytes += piece[1].nbytes + _TABLE_BYTES
        if self._bytes >= HELD_BYTES:
            self.put_away()

    def put_away(self) -> None:
        """Puts what is held in memory into the files."""
        for table, held in self._held.items():
            if not held:
                continue
            ranks = np.concatenate([piece[0] for piece in held])
            rows = pa.concat_tables([piece[1] for piece in held])
            held.clear()
            groups = np.searchsorted(self._limits, ranks, side="right")
            order = np.argsort(groups, kind="stable")
            rows, ranks, groups = rows.take(pa.array(order)), ranks[order], groups[order]
            starts = np.flatnonzero(np.diff(groups, prepend=-1))
            for start, end in zip(starts, [*starts[1:], len(groups)], strict=True):
                some = rows.slice(start, end - start).append_column(_RANK, pa.array(ranks[start:end]))
                options = pa.ipc.IpcWriteOptions(compression="lz4")
                with (
                    self._file(table, int(groups[start])).open("ab") as file,
                    pa.ipc.new_stream(file, some.schema, options=options) as out,
                ):
                    out.write_table(some.combine_chunks())
        self._bytes = 0

    def taken(self, table: str, group: int) -> Iterator[Piece]:
        """The rows of a group, once; after `put_away`."""
        path = self._file(table, group)
        if not path.exists():
            return
        with pa.OSFile(str(path)) as file:
            while file.tell() < file.size():
                rows = pa.ipc.open_stream(file).read_all()
                yield rows.column(_RANK).to_numpy(), rows.drop_columns([_RANK])
        path.unlink()

    def _file(self, table: str, group: int) -> Path:
        return self._folder / f"{table}-{group}"


def _ranked(rows: pa.Table, table: str, column: str, ranking: Ranking) -> Piece:
    """The rows that count, without what names their articles; `column` is what they are ranked by."""
    rows = with_all_columns(rows, table)
    ranks = ranking(rows.column(column).combine_chunks())
    rows = rows.drop_columns(list(_naming(table)))
    kept = np.flatnonzero(ranks >= 0)
    return (ranks, rows) if len(kept) == len(ranks) else (ranks[kept], rows.take(pa.array(kept)))
