"""The rows of a Parquet file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.reading import articles, streams
from turnstone.reading.articles import Terms
from turnstone.reading.unreadable import Unreadable, shown
from turnstone.records import Article, Refusal

_ROWS = 64
_ROW_BYTES = 500  # what a row counts for at the least, against files of millions of rows with nothing in them


def rows(source: Path | bytes, origin: str, terms: Terms) -> Iterator[list[dict[str, str]]]:
    """The articles and refusals of a Parquet file, some at a time, as the fields of `Article` or of `Refusal`."""
    row = size = 0
    packed = source.stat().st_size if isinstance(source, Path) else len(source)
    try:
        with pq.ParquetFile(source if isinstance(source, Path) else io.BytesIO(source)) as file:
            names = _columns(list(file.schema_arrow.names), terms)
            for batch in file.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
                columns = {name: _days(batch.column(name)) for name in names}
                some = []
                for i in range(batch.num_rows):
                    outcome, bytes_read = _row(columns, i, f"{origin}:{row + i + 1}", terms)
                    some.append(_fields(outcome))
                    size += bytes_read + _ROW_BYTES
                yield some
                row += batch.num_rows
                if streams.too_dense(size, packed):
                    reason = f"the Parquet file unpacks to more than {streams.RATIO} times its size"
                    raise Unreadable(
                        f"{reason}; what follows row {row} is not read",
                        "look at what is in it; if it is text, give it as JSON lines",
                    )
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, pa.ArrowMemoryError):
            raise MemoryError from None
        where = f" after row {row}" if row else ""
        reason = f"the Parquet file cannot be read{where}: {shown(str(error), 200)}"
        raise Unreadable(reason, "write or copy it again") from None


def _fields(outcome: Article | Refusal) -> dict[str, str]:
    fields: dict[str, Any] = asdict(outcome)
    return fields | ({"published": outcome.published.isoformat()} if isinstance(outcome, Article) else {})


def _columns(found: list[str], terms: Terms) -> list[str]:
    if terms.columns.text not in found:
        raise articles.missing(terms.columns.text, found)
    wanted = [name for name in dict.fromkeys(terms.columns.names()) if name in found]
    for name in wanted:
        if found.count(name) > 1:
            raise Unreadable(f"there are {found.count(name)} columns {name!r}", "rename all but one")
    return wanted


def _days(column: Any) -> Any:
    """Timestamps in nanoseconds would need pandas to become Python's; the day needs no more than microseconds."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _row(columns: dict[str, Any], i: int, origin: str, terms: Terms) -> tuple[Article | Refusal, int]:
    """What is in a row, and how long its values are."""
    values: dict[str, object] = {}
    size = 0
    for name, column in columns.items():
        try:
            value = values[name] = column[i].as_py()
        except (ValueError, OverflowError) as error:  # UnicodeDecodeError is a ValueError
            remedy = "write the file with valid UTF-8 text"
            return Refusal(origin, f"column {name!r} cannot be read: {error}", remedy), size
        size += len(value) if isinstance(value, str | bytes | list) else 0
    return articles.build(values, origin, terms), size
