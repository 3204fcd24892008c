from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from turnstone.reading import Columns

DAY = dt.date(2023, 3, 21)
NOON = dt.datetime(2023, 3, 21, 12)


def write(path: Path, **columns: pa.Array) -> Path:
    pq.write_table(pa.table(columns), path, row_group_size=2)
    return path


@pytest.mark.parametrize(
    "kind",
    [pa.date32(), pa.date64(), pa.timestamp("s"), pa.timestamp("ns"), pa.timestamp("ns", tz="UTC"), pa.timestamp("us")],
)
def test_dates_of_every_kind(tmp_path, sort, kind) -> None:
    days = pa.array([NOON, None], pa.timestamp("ns")).cast(pa.timestamp("s")).cast(kind, safe=False)
    if kind == pa.timestamp("ns"):
        days = pa.array([1679400000000000001, None], kind)
    [article], [refusal] = sort(write(tmp_path / "a.parquet", date=days, text=pa.array(["x", "y"])))
    assert article.published == DAY
    assert refusal.reason == "no date is given" and refusal.origin.endswith("a.parquet:2")


def test_columns_ids_and_rows(tmp_path, sort) -> None:
    path = write(
        tmp_path / "a.parquet",
        key=pa.array(range(600)),
        date=pa.array(["2023-03-21"] * 600),
        text=pa.array([f"text {i}" for i in range(600)]).dictionary_encode(),
        other=pa.array([[1]] * 600),
    )
    articles, refusals = sort(path, columns=Columns(id="key"))
    assert not refusals and [one.id for one in articles] == [str(i) for i in range(600)]
    assert articles[-1].text == "text 599" and articles[-1].origin.endswith("a.parquet:600")
    zipped = tmp_path / "b.parquet.gz"
    zipped.write_bytes(gzip.compress(path.read_bytes()))
    assert len(sort(zipped)[0]) == 600
    [], [refusal] = sort(zipped, max_bytes=10)
    assert "unpacked file is longer" in refusal.reason and "unpack it" in refusal.remedy


def test_rows_that_are_no_articles(tmp_path, sort) -> None:
    bad = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.array([0, 2], pa.int32()).buffers()[1], pa.py_buffer(b"\xff\xfe")]
    )
    text = pa.concat_arrays([pa.array(["x", "", "a\0b", "y" * 200]), bad, pa.array(["z"])])
    articles, refusals = sort(write(tmp_path / "a.parquet", date=pa.array([20230321] * 6), text=text), max_bytes=100)
    assert [one.text for one in articles] == ["x", "z"]
    for refusal, said in zip(
        refusals, ["is empty", "NUL", "longer than 100", "column 'text' cannot be read"], strict=True
    ):
        assert said in refusal.reason
    [], [refusal] = sort(write(tmp_path / "b.parquet", date=pa.array([DAY]), text=pa.array([1.5])))
    assert refusal.reason == "column 'text' holds a number (1.5)"


def test_files_that_cannot_be_read(tmp_path, put, sort) -> None:
    [], [refusal] = sort(put("a.parquet", b"PAR1 no"))
    assert "cannot be read" in refusal.reason
    [], [refusal] = sort(write(tmp_path / "b.parquet", body=pa.array(["x"])))
    assert "no column 'text'" in refusal.reason
    table = pa.Table.from_arrays([pa.array(["x"]), pa.array(["y"])], names=["text", "text"])
    pq.write_table(table, tmp_path / "c.parquet")
    [], [refusal] = sort(tmp_path / "c.parquet")
    assert "2 columns 'text'" in refusal.reason


def test_damage_inside_a_file_is_named_after_the_rows_before_it(tmp_path, sort) -> None:
    text = pa.array([f"{i} " + "x" * 5000 for i in range(2000)])
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"date": pa.array([DAY] * 2000), "text": text}),
        path,
        row_group_size=500,
        use_dictionary=False,
        compression="gzip",
    )
    data = bytearray(path.read_bytes())
    middle = len(data) * 6 // 10
    data[middle : middle + 5000] = b"\xff" * 5000
    path.write_bytes(data)
    articles, [refusal] = sort(path)
    assert 0 < len(articles) < 2000
    assert f"after row {len(articles)}" in refusal.reason
