"""Where the tables that a query may name lie, and a DuckDB in which they are views."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone.errors import StoreError
from turnstone.query.after_review import CODED, EVENTS, views
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
    """A DuckDB in memory with a view for each file and the ready views: as reviewers have the events, where the files
    of `reviewed` are among them, and under names that begin with `coded_` as they were coded. A ready view whose name
    is among the files is read, as coded, from there. With `only` there are only views of these names, which need no
    other. It loads no extension and sees nothing of Python; `scratch` is where it may put what does not fit into
    memory. Raises StoreError where a file is no table.
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

    def wanted(name: str) -> bool:
        return only is None or name in only

    try:
        for name, path in files.items():
            if wanted(name):
                shown = f"{CODED}{name}" if name in READY else name
                columns = "* EXCLUDE (kept, happening)" if name in MARKED else "*"
                connection.execute(f"CREATE VIEW {shown} AS SELECT {columns} FROM read_parquet({literal(path)})")
        for name in READY:
            if name not in files and wanted(name):
                source = literal(files["events"]) if name == READY[0] else f"{CODED}{READY[0]}"
                connection.execute(f"CREATE VIEW {CODED}{name} AS {view_sql(name, source)}")
        for name, sql in views(literal(files["events"]), EVENTS in files).items():
            if wanted(name):
                connection.execute(f"CREATE VIEW {name} AS {sql}")
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"{files['events'].parent}: cannot be read ({error}); code the inputs again") from error
    return connection


def literal(path: Path) -> str:
    """A path as SQL has it."""
    return "'" + str(path).replace("'", "''") + "'"


if TYPE_CHECKING:
    _Connection = duckdb.DuckDBPyConnection
