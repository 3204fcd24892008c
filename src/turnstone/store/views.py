"""A record as its readers see it: one table, or all of them in DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.errors import StoreError
from turnstone.store.schema import SCHEMAS, TABLES, with_all_columns
from turnstone.store.shard import PENDING

if TYPE_CHECKING:
    import duckdb


def read_table(directory: Path, name: str) -> pa.Table:
    """One of the tables (see schema.TABLES). Raises StoreError where the directory holds no record."""
    try:
        return with_all_columns(pq.read_table(_table_path(Path(directory), name)), name)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{directory}: table {name} cannot be read ({error}); code the inputs again") from error


def connect(directory: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with one view for each table. Raises StoreError where the directory holds no
    record.
    """
    import duckdb

    paths = {name: _table_path(Path(directory), name) for name in TABLES}
    connection = duckdb.connect(":memory:")
    for name, path in paths.items():
        quoted = str(path.absolute()).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    return connection


def _table_path(directory: Path, name: str) -> Path:
    if name not in SCHEMAS:
        raise StoreError(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
    for path in (directory / PENDING / "commit" / f"{name}.parquet", directory / f"{name}.parquet"):
        if path.exists():
            return path
    raise StoreError(
        f"{directory}: holds no record ({name}.parquet is missing); make one with: turnstone code INPUT -o {directory}"
    )
