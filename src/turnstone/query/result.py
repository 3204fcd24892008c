"""The rows of a query or a panel, and files of them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.errors import QueryError, why_unwritten

FORMATS = ("table", "csv", "json", "parquet")
_WIDEST = 40
_AT_ONCE = 10_000


@dataclass(frozen=True)
class Result:
    """`table` has the rows; `more` says that there were more than the limit; `seconds` by the clock."""

    table: pa.Table
    more: bool = False
    seconds: float = 0.0

    @property
    def schema(self) -> pa.Schema:
        return self.table.schema

    def batches(self) -> Iterator[pa.RecordBatch]:
        return iter(self.table.combine_chunks().to_batches())

    @property
    def columns(self) -> list[str]:
        return list(self.schema.names)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows as Python values."""
        return _rows(self)

    def csv(self) -> Iterator[str]:
        """Lines of CSV, a header first; lists as JSON."""
        held = io.StringIO()
        writer = csv.writer(held, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self.rows():
            writer.writerow([_plain(value) for value in row])
            yield held.getvalue()
            held.seek(0)
            held.truncate()
        yield held.getvalue()


class Rows(Protocol):
    """What is written: a Result, or a panel, whose rows are made as they are read."""

    @property
    def schema(self) -> pa.Schema: ...

    def batches(self) -> Iterator[pa.RecordBatch]: ...

    def csv(self) -> Iterator[str]: ...


def _rows(result: Rows) -> Iterator[tuple[Any, ...]]:
    for batch in result.batches():
        for first in range(0, len(batch), _AT_ONCE):
            columns = batch.slice(first, _AT_ONCE).columns
            yield from zip(*(column.to_pylist() for column in columns), strict=True)


def write(result: Rows, kind: str, out: IO[str]) -> None:
    """Writes rows as a table for people, CSV (lists as JSON) or a JSON array with an object a line."""
    names = result.schema.names
    if kind == "table":
        out.writelines(f"{line}\n" for line in _lines(result))
    elif kind == "csv":
        out.writelines(result.csv())
    elif kind == "json":
        out.write("[")
        for number, row in enumerate(_rows(result)):
            values = {name: _json(value) for name, value in zip(names, row, strict=True)}
            out.write(("," if number else "") + "\n" + json.dumps(values, ensure_ascii=False))
        out.write("\n]\n")
    else:
        raise QueryError(f"{kind!r} cannot be printed; give a file with -o, or one of table, csv, json")


def write_parquet(result: Rows, path: Path) -> None:
    """Writes rows as Parquet. Raises QueryError where the file cannot be written."""
    draft = path.with_name(f"{path.name}.part")
    try:
        with pq.ParquetWriter(draft, result.schema, compression="zstd") as writer:
            for batch in result.batches():
                writer.write_batch(batch)
        draft.replace(path)
    except (OSError, pa.ArrowException) as error:
        draft.unlink(missing_ok=True)
        raise QueryError(
            f"{path}: cannot be written ({why_unwritten(path, error)}); choose another file, or CSV"
        ) from error


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(_json(value), ensure_ascii=False)
    return _json(value)


def _json(value: Any) -> Any:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else None
    return str(value)


def _lines(result: Rows) -> Iterator[str]:
    """Columns side by side; long values are cut."""
    shown = [[_short(value) for value in row] for row in _rows(result)]
    widths = [max([len(name), *(len(row[n]) for row in shown)]) for n, name in enumerate(result.schema.names)]
    right = [pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in result.schema.types]

    def line(cells: list[str]) -> str:
        parts = [
            cell.rjust(width) if to_right else cell.ljust(width)
            for cell, width, to_right in zip(cells, widths, right, strict=True)
        ]
        return "  ".join(parts).rstrip()

    yield line(result.schema.names)
    yield "  ".join("-" * width for width in widths)
    for row in shown:
        yield line(row)


def _short(value: Any) -> str:
    if isinstance(value, float):
        text = f"{value:.10g}"
    elif isinstance(value, list):
        text = ", ".join(str(_json(one)) for one in value)
    else:
        text = str(_plain(value))
    text = "".join(letter if letter.isprintable() else " " for letter in text)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
