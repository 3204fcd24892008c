"""Rows written as files: delimited text, JSON lines, GeoJSON, Parquet. Row by row, and there once they are whole."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.errors import ExportError, why_unwritten
from turnstone.exports.format import Cell, Column, Format
from turnstone.exports.loss import Loss

Row = tuple[Cell, ...]

# What would end a cell or a line, or cannot be written: the controls, and what Unicode counts as ends of lines.
_CONTROLS = [*range(32), *range(127, 160), 0x2028, 0x2029]
_BARE = str.maketrans({**dict.fromkeys(_CONTROLS, " "), '"': "'"})
_QUOTED = str.maketrans({code: " " for code in _CONTROLS if chr(code) not in "\t\n"})
# Full-width signs too: some spreadsheets take them for those of ASCII.
_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")
_ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "array": pa.list_(pa.string()),
}
_BATCH = 10_000


def write(path: Path, form: Format, rows: Iterable[Row], loss: Loss, spreadsheet_safe: bool) -> int:
    """Writes the rows and returns how many there are. Raises ExportError where the disk does not allow it."""
    kinds: dict[str, Callable[[TextIO, Format, Iterable[Row], Loss, bool], int]] = {
        "delimited": _delimited,
        "jsonl": _jsonl,
        "geojson": _geojson,
    }
    draft = path.with_name(f"{path.name}.part")
    try:
        if form.kind == "parquet":
            count = _parquet(draft, form, rows)
        else:
            with _text(draft, gzipped=path.suffix == ".gz") as file:
                count = kinds[form.kind](file, form, rows, loss, spreadsheet_safe)
        draft.replace(path)
    except OSError as error:
        raise ExportError(
            f"{path}: cannot be written ({why_unwritten(path, error)}); choose another file or make room"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return count


@contextmanager
def _text(path: Path, gzipped: bool) -> Iterator[TextIO]:
    with path.open("wb") as raw:
        # No name and no time in the header: the same events give the same bytes.
        packed = gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) if gzipped else raw
        with io.TextIOWrapper(packed, encoding="utf-8", newline="") as file:
            yield file


def _delimited(file: TextIO, form: Format, rows: Iterable[Row], loss: Loss, spreadsheet_safe: bool) -> int:
    clean = _QUOTED if form.quoted else _BARE

    def cell(value: Cell) -> str:
        if value is None or value == "":
            return form.missing
        if not isinstance(value, str):
            return number(value)
        text = value.translate(clean)
        if text != value:
            loss.add("sign", "control character or quotation mark in a cell", "blank or apostrophe")
        if spreadsheet_safe and text.startswith(_FORMULA):
            loss.add("sign", "beginning of a formula", "an apostrophe before it")
            text = f"'{text}"
        return text

    count = 0
    header = [[column.name for column in form.columns]] if form.header else []
    if form.quoted:
        writer = csv.writer(file, delimiter=form.delimiter, lineterminator="\n")
        writer.writerows(header)
        for row in rows:
            writer.writerow([cell(value) for value in row])
            count += 1
        return count
    file.writelines(form.delimiter.join(names) + "\n" for names in header)
    for row in rows:
        file.write(form.delimiter.join([cell(value) for value in row]) + "\n")
        count += 1
    return count


def number(value: object) -> str:
    """Numbers as short as they can be read back (`4`, not `4.0`), days as 2023-03-21."""
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _jsonl(file: TextIO, form: Format, rows: Iterable[Row], loss: Loss, spreadsheet_safe: bool) -> int:
    names = [column.name for column in form.columns]
    count = 0
    for row in rows:
        found = {name: value for name, value in zip(names, row, strict=True) if value not in (None, "", [], {})}
        file.write(_json(found) + "\n")
        count += 1
    return count


def _geojson(file: TextIO, form: Format, rows: Iterable[Row], loss: Loss, spreadsheet_safe: bool) -> int:
    names = [column.name for column in form.columns]
    latitude, longitude = names.index("place_latitude"), names.index("place_longitude")
    count = 0
    file.write('{"type": "FeatureCollection", "features": [')
    for row in rows:
        known = row[latitude] is not None and row[longitude] is not None
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [row[longitude], row[latitude]]} if known else None,
            "properties": dict(zip(names, row, strict=True)),
        }
        file.write(("," if count else "") + "\n" + _json(feature))
        count += 1
    file.write("\n]}\n")
    return count


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, default=dt.date.isoformat)


def _parquet(path: Path, form: Format, rows: Iterable[Row]) -> int:
    schema = pa.schema([_field(column) for column in form.columns])
    remaining, count = iter(rows), 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            columns: Sequence[Any] = list(zip(*batch, strict=True))
            arrays = [pa.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_batch(pa.RecordBatch.from_arrays(arrays, schema=schema))
            count += len(batch)
    return count


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _ARROW[column.type], metadata={"description": column.description})
