"""Where the tables that a query may name lie, and a DuckDB in which they are views."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone.errors import StoreError
from turnstone.query.views import MARKED, READY, view_sql
from turnstone.store import TABLES, table_path

if TYPE_CHECKING:
    import duckdb

STORIES = ("happenings", "links", "copies")
"""Tables that `turnstone stories` writes into the folder `stories` of a record."""


def files_of(directory: Path) -> dict[str, Path]:
    """The Parquet files of a record, by table: its own and, where there are any, those of its stories. Raises
    StoreError where the directory holds no record.
    """
    files = {name: table_path(directory, name).absolute() for name in TABLES}
    stories = {name: (directory / "stories" / f"{name}.parquet").absolute() for name in STORIES}
    return files | {name: path for name, path in stories.items() if path.exists()}


def connect(
    files: Mapping[str, Path],
    threads: int,
    memory_mb: int,
    scratch: Path | None = None,
    only: Collection[str] | None = None,
) -> _Connection:
    """A DuckDB in memory with a view for each file and the ready views, or for `only` some of them; a ready view whose
    name is among the files is read from there. It loads no extension and sees nothing of Python; `scratch` is where it
    may put what does not fit into memory. Raises StoreError where a file is no table.
    """
    import duckdb

    connection = duckdb.connect(
        ":memory:",
        config={
            "threads": str(threads),
            "memory_limit": f"{memory_mb}MB",
            "temp_directory": str(scratch or ""),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "allow_community_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    try:
        for name, path in files.items():
            if only is None or name in only:
                columns = "* EXCLUDE (kept, happening)" if name in MARKED else "*"
                connection.execute(f"CREATE VIEW {name} AS SELECT {columns} FROM read_parquet({literal(path)})")
        for name in READY:
            if name not in files and (only is None or name in only):
                connection.execute(f"CREATE VIEW {name} AS {view_sql(name, literal(files['events']))}")
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"{files['events'].parent}: cannot be read ({error}); code the inputs again") from error
    return connection


def literal(path: Path) -> str:
    """A path as SQL has it."""
    return "'" + str(path).replace("'", "''") + "'"


if TYPE_CHECKING:
    _Connection = duckdb.DuckDBPyConnection
