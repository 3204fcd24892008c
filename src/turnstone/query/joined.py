"""Events with the names of those who take part, written in one pass: all tables of a record are in one order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from turnstone.errors import StoreError

_ROWS = 100_000
_ARTICLE = ("published", "publisher", "title")
_PARTY = {"": "name", "_entity_id": "entity_id", "_country": "country", "_sector": "sectors"}
_PLURAL = {"": "s", "_entity_id": "_entity_ids", "_country": "_countries", "_sector": "_sectors"}


def write_joined(files: Mapping[str, Path], columns: list[str], path: Path) -> None:
    """Writes these columns of the view events_with_names, in the order of the events. Raises StoreError where the
    tables are not in one order.
    """
    own = set(pq.read_schema(files["events"]).names)
    articles = _Rows(files["articles"], ["id", *_ARTICLE])
    participants = _Rows(files["participants"], ["article_id", "event_id", "role", *_PARTY.values()])
    writer, first = None, 0
    try:
        for events in _batches(files["events"], [name for name in columns if name in own]):
            values = {name: events.column(name) for name in events.schema.names}
            values["event_row"] = pa.array(np.arange(first, first + len(events)))
            values |= _articles(articles, events) | _sides(participants, events)
            table = pa.table({name: values[name] for name in columns})
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
            writer.write_table(table)
            first += len(events)
    finally:
        if writer is not None:
            writer.close()
    if participants.rest():
        raise StoreError(f"{files['participants']}: has rows that belong to no event; code the inputs again")


class _Rows:
    """Rows of a table from its beginning to its end, as many as are needed at a time."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self.path = path
        self._batches = _batches(path, columns)
        first = next(self._batches, None)
        schema = pq.read_schema(path)
        nothing = pa.schema([schema.field(name) for name in columns]).empty_table()
        self.table = nothing if first is None else pa.table(first)

    def more(self) -> bool:
        """Reads on; says whether there was more."""
        batch = next(self._batches, None)
        if batch is not None:
            self.table = pa.concat_tables([self.table, pa.table(batch)], promote_options="default")
        return batch is not None

    def take(self, rows: int) -> pa.Table:
        """The first rows, which are gone then."""
        taken, self.table = self.table.slice(0, rows), self.table.slice(rows)
        return taken

    def rest(self) -> bool:
        return len(self.table) > 0 or next(self._batches, None) is not None


def _batches(path: Path, columns: list[str]) -> Iterator[pa.RecordBatch]:
    schema = pq.read_schema(path)
    words = [name for name in columns if pa.types.is_string(schema.field(name).type) and not name.endswith("_id")]
    with pq.ParquetFile(path, read_dictionary=[name for name in words if name != "id"]) as file:
        yield from file.iter_batches(_ROWS, columns=columns, use_threads=False)


def _articles(articles: _Rows, events: pa.RecordBatch) -> dict[str, Any]:
    """The columns of the events' articles."""
    while (place := pc.index_in(events["article_id"], articles.table["id"])).null_count:
        if not articles.more():
            raise StoreError(f"{articles.path}: lacks articles that have events; code the inputs again")
    found = {name: articles.table[name].take(place) for name in _ARTICLE}
    articles.take(place[-1].as_py())
    return found


def _sides(participants: _Rows, events: pa.RecordBatch) -> dict[str, Any]:
    """The columns of actors and recipients: those of the first of each event, and lists of all."""
    keys = _keys(events)
    while True:
        place = pc.index_in(_keys(participants.table), keys)
        if len(place) and not place[-1].is_valid:
            break
        if not participants.more():
            break
    known = np.asarray(pc.is_valid(place))
    rows = participants.take(len(known) if known.all() else int(known.argmin()))
    event = np.asarray(place.slice(0, len(rows)).combine_chunks() if len(rows) else [], dtype=np.int64)
    if (np.diff(event) < 0).any():
        raise StoreError(f"{participants.path}: is not in the order of the events; code the inputs again")
    found: dict[str, Any] = {}
    for role in ("actor", "recipient"):
        mine = np.flatnonzero(np.asarray(pc.equal(rows["role"], role))) if len(rows) else np.empty(0, np.int64)
        offsets = np.searchsorted(event[mine], np.arange(len(events) + 1)).astype(np.int32)
        has = offsets[1:] > offsets[:-1]
        first = pa.array(np.where(has, offsets[:-1], 0), pa.int32(), mask=~has)
        for suffix, column in _PARTY.items():
            values = _first_words(rows[column]) if column == "sectors" else rows[column]
            values = values.cast(pa.string()).combine_chunks().take(pa.array(mine))
            values = values if isinstance(values, pa.Array) else values.combine_chunks()
            found[f"{role}{suffix}"] = pc.fill_null(values.take(first), "").dictionary_encode()
            found[f"{role}{_PLURAL[suffix]}"] = pa.ListArray.from_arrays(pa.array(offsets), values)
    return found


def _keys(rows: pa.Table | pa.RecordBatch) -> Any:
    return pc.binary_join_element_wise(rows["article_id"], rows["event_id"], "\n")


def _first_words(lists: Any) -> Any:
    """The first of each list, or empty text."""
    lists = lists.combine_chunks()
    lists = lists if isinstance(lists, pa.Array) else pa.concat_arrays(lists.chunks)
    offsets = np.asarray(lists.offsets)
    has = offsets[1:] > offsets[:-1]
    places = pa.array(np.where(has, offsets[:-1], 0), pa.int32(), mask=~has)
    return pa.chunked_array([pc.fill_null(lists.values.take(places), "")], pa.string())
