"""A commit of some hundred articles: the same tables whatever was held in memory, and those of the earlier commits."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.samples import RUN, article, record
from turnstone.records import Record, Refusal
from turnstone.store import SCHEMAS, TABLES, Store, commit, merge

GROUP = 40
# The contents of the tables as commits by rounds of 64 shards wrote them, before rows went to files by group.
EARLIER = "d3faec7b0822bf3c0eb4afd0f969455ae3a20ce123b1314041fe9772c21d4ba8"


def inputs() -> list[Record | Refusal]:
    """Articles on ten days, some of them given twice, some with the id of another, some without an event; refusals."""
    values: list[Record | Refusal] = []
    for n in range(300):
        key, day = str(n * 7 % 300), 1 + n * 13 % 10
        values.append(record(article(key, "Nothing of note." if n % 6 == 0 else None, day, f"a.jsonl:{n}")))
        if n % 11 == 0:
            values.append(record(article(key, None if n % 6 else "Nothing of note.", day, f"b.jsonl:{n}")))
        if n % 17 == 0:
            text = f"Ruritania was invited to Graustark, {n}, Strelsau; Friday, envoy said."
            values.append(record(article(key, text) if n % 2 else article(key, None, 11, f"0.jsonl:{n}")))
        if n % 29 == 0:
            values.append(Refusal(f"c.jsonl:{n}", "no date", "give --date"))
    return values


def contents(path: Path) -> str:
    """A digest of every row and of where row groups end, whatever library has written them."""
    digest = hashlib.sha256()
    for name in TABLES:
        with pq.ParquetFile(path / f"{name}.parquet") as file:
            groups = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
            rows = file.read().to_pylist()
        digest.update(json.dumps([name, groups, rows], default=str).encode())
    return digest.hexdigest()


def write(path: Path, values: list[Record | Refusal], shard: int) -> dict[str, bytes]:
    with Store(path, RUN, inputs=shard) as store:
        for value in values:
            store.add(value)
    return {one.name: one.read_bytes() for one in path.iterdir() if one.is_file()}


def test_the_tables_are_those_of_earlier_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commit, "GROUP_ARTICLES", GROUP)
    values = inputs()
    write(tmp_path, values[:100], 20)
    write(tmp_path, values[100:], 20)
    assert contents(tmp_path) == EARLIER


@settings(max_examples=8, deadline=None)
@given(order=st.randoms(use_true_random=False), shard=st.integers(3, 30), held=st.integers(1, 500_000))
def test_order_shards_and_what_memory_holds_leave_no_trace(order: object, shard: int, held: int) -> None:
    values = inputs()[:80]
    with tempfile.TemporaryDirectory() as temporary, pytest.MonkeyPatch.context() as patch:
        patch.setattr(commit, "GROUP_ARTICLES", GROUP // 4)
        expected = write(Path(temporary, "whole"), values, len(values))
        order.shuffle(values)  # type: ignore[attr-defined]
        patch.setattr(merge, "HELD_BYTES", held)
        write(Path(temporary, "pieces"), values[:50], shard)
        assert write(Path(temporary, "pieces"), values[50:], shard) == expected


def test_rows_are_written_as_one_piece_however_they_were_gathered(tmp_path: Path) -> None:
    """Beyond a megabyte of different values a file shows where pieces of its row groups ended."""
    empty = dict.fromkeys(("article_id", "outcome", "reason", "remedy", "sha256", "digest"), "")
    origins = [f"archive/{n // 10_000:06}.jsonl:{n % 10_000}" for n in range(50_000)]
    rows = [{"origin": origin, **empty, "events": 0, "published": None} for origin in origins]
    merge.write_rows(tmp_path / "gathered.parquet", "ledger", iter(rows), 45_000)
    with merge.writer(tmp_path / "whole.parquet", "ledger") as out:
        for group in (rows[:45_000], rows[45_000:]):
            out.write_table(pa.Table.from_pylist(group, schema=SCHEMAS["ledger"]))
    assert (tmp_path / "gathered.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()
