"""Columns as Python's values, a tenth of the time that Arrow's own lists take."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

_EPOCH = date(1970, 1, 1).toordinal()


def values(column: pa.Array) -> list[Any]:
    """The values of a column of texts, days or numbers; None where one is null."""
    if pa.types.is_date(column.type):
        return column.to_numpy(zero_copy_only=False).astype("datetime64[D]").tolist()  # type: ignore[no-any-return]
    if pa.types.is_string(column.type) or not column.null_count:
        return column.to_numpy(zero_copy_only=False).tolist()  # type: ignore[no-any-return]
    return column.to_pylist()  # type: ignore[no-any-return]


def days(column: pa.Array) -> list[int | None]:
    """The days of a column as ordinals (`date.toordinal`); None where one is null."""
    return [None if day is None else day + _EPOCH for day in values(column.cast(pa.int32()))]
