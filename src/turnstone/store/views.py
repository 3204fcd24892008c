"""A record as its readers see it: one table, or all of them in DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.errors import StoreError
from turnstone.store.manifest import read_manifest
from turnstone.store.schema import SCHEMAS, TABLES, with_all_columns
from turnstone.store.shard import PENDING

if TYPE_CHECKING:
    import duckdb


def read_table(directory: Path, name: str) -> pa.Table:
    """One of the tables (see schema.TABLES). Raises StoreError where the directory holds no record."""
    try:
        # not pyarrow's read_table, which loads what is for many files, and pandas where there is one
        with pq.ParquetFile(table_path(Path(directory), name)) as file:
            return with_all_columns(file.read(), name)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{directory}: table {name} cannot be read ({error}); code the inputs again") from error


def manifest_of(directory: Path) -> dict[str, Any]:
    """What the manifest of a record says. Raises StoreError where the directory holds no record."""
    for path in (directory / PENDING / "commit" / "manifest.json", directory / "manifest.json"):
        if path.exists():
            return read_manifest(path)
    raise StoreError(
        f"{directory}: holds no record (manifest.json is missing); make one with: turnstone code INPUT -o {directory}"
    )


def batches(directory: Path, name: str, columns: Sequence[str], rows: int = 10_000) -> Iterator[pa.RecordBatch]:
    """Columns of one of the tables, so many rows at a time and in the order of the table. The file is opened at once.
    Raises StoreError where the directory holds no record, also while it is read.
    """
    path = table_path(Path(directory), name)
    try:
        return _batches(pq.ParquetFile(path), path, name, tuple(columns), rows)
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error


def _batches(
    file: pq.ParquetFile, path: Path, name: str, columns: tuple[str, ...], rows: int
) -> Iterator[pa.RecordBatch]:
    stored = set(file.schema_arrow.names)
    later = [SCHEMAS[name].field(one) for one in columns if one not in stored]
    try:
        if faults := [one.name for one in later if not (pa.types.is_list(one.type) or pa.types.is_string(one.type))]:
            raise pa.ArrowInvalid(f"no column {', '.join(faults)}")
        with file:
            # Threads would read row groups ahead, and one may hold many texts.
            for batch in file.iter_batches(rows, columns=[one for one in columns if one in stored], use_threads=False):
                for one in later:
                    empty: object = [] if pa.types.is_list(one.type) else ""
                    batch = batch.append_column(one, pa.array([empty] * len(batch), one.type))
                yield batch.select(list(columns))
    except (OSError, pa.ArrowException) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> StoreError:
    return StoreError(f"{path}: cannot be read ({error}); code the inputs again")


def connect(directory: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with one view for each table. Raises StoreError where the directory holds no
    record.
    """
    import duckdb

    paths = {name: table_path(Path(directory), name) for name in TABLES}
    connection = duckdb.connect(":memory:")
    for name, path in paths.items():
        quoted = str(path.absolute()).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    return connection


def table_path(directory: Path, name: str) -> Path:
    """The Parquet file of one of the tables. Raises StoreError where the directory holds no record."""
    if name not in SCHEMAS:
        raise StoreError(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
    for path in (directory / PENDING / "commit" / f"{name}.parquet", directory / f"{name}.parquet"):
        if path.exists():
            return path
    raise StoreError(
        f"{directory}: holds no record ({name}.parquet is missing); make one with: turnstone code INPUT -o {directory}"
    )
