"""Articles as rows of a Parquet file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from turnstone.reading import articles
from turnstone.reading.articles import Terms
from turnstone.reading.unreadable import Unreadable, shown
from turnstone.records import Article, Refusal

_ROWS = 256


def read(source: Path | bytes, origin: str, terms: Terms) -> Iterator[Article | Refusal]:
    """The articles of a Parquet file, by its path or its bytes; `origin` gets the row's number from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    row = 0
    try:
        with pq.ParquetFile(source if isinstance(source, Path) else io.BytesIO(source)) as file:
            names = _columns(list(file.schema_arrow.names), terms)
            for batch in file.iter_batches(batch_size=_ROWS, columns=names):
                columns = {name: _days(batch.column(name), pa) for name in names}
                for i in range(batch.num_rows):
                    row += 1
                    yield _row(columns, i, f"{origin}:{row}", terms)
    except Unreadable as error:
        yield error.refusal(origin)
    except (pa.ArrowException, OSError, ValueError) as error:
        where = f" after row {row}" if row else ""
        yield Refusal(
            origin, f"the Parquet file cannot be read{where}: {shown(str(error), 200)}", "write or copy it again"
        )


def _columns(found: list[str], terms: Terms) -> list[str]:
    if terms.columns.text not in found:
        raise articles.missing(terms.columns.text, found)
    wanted = [name for name in dict.fromkeys(terms.columns.names()) if name in found]
    for name in wanted:
        if found.count(name) > 1:
            raise Unreadable(f"there are {found.count(name)} columns {name!r}", "rename all but one")
    return wanted


def _days(column: Any, pa: Any) -> Any:
    """Timestamps in nanoseconds would need pandas to become Python's; the day needs no more than microseconds."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return column


def _row(columns: dict[str, Any], i: int, origin: str, terms: Terms) -> Article | Refusal:
    values: dict[str, object] = {}
    for name, column in columns.items():
        try:
            values[name] = column[i].as_py()
        except (ValueError, OverflowError) as error:  # UnicodeDecodeError is a ValueError
            return Refusal(origin, f"column {name!r} cannot be read: {error}", "write the file with valid UTF-8 text")
    return articles.build(values, origin, terms)
