"""A DuckDB in which the files of a record are views."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from turnstone.errors import StoreError
from turnstone.query.after_review import CODED, EVENTS, views
from turnstone.query.views import MARKED, READY, view_sql

if TYPE_CHECKING:
    import duckdb

_WORD = re.compile(r"\w+")


def connect(
    files: Mapping[str, Path],
    threads: int,
    memory_mb: int,
    scratch: Path | None = None,
    sql: str | None = None,
) -> _Connection:
    """A DuckDB in memory with a view for each file and the ready views: as reviewers have the events, where the files
    of `reviewed` are among them, and under names that begin with `coded_` as they were coded. A ready view whose name
    is among the files is read, as coded, from there. With `sql` there are only the views that it mentions, and those
    that they need: each takes time to open. It loads no extension and sees nothing of Python; `scratch` is where it may
    put what does not fit into memory. Raises StoreError where a file is no table.
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
        open_views(connection, files, sql)
    except StoreError:
        connection.close()
        raise
    return connection


def open_views(connection: _Connection, files: Mapping[str, Path], sql: str | None = None) -> None:
    """Opens the views of `connect` that are not open yet. Raises StoreError where a file is no table."""
    import duckdb

    definitions = _definitions(files)
    wanted = definitions.keys() if sql is None else _mentioned(sql, definitions)
    try:
        for name, definition in definitions.items():
            if name in wanted:
                connection.execute(f"CREATE VIEW IF NOT EXISTS {name} AS {definition}")
    except duckdb.Error as error:
        raise StoreError(f"{files['events'].parent}: cannot be read ({error}); code the inputs again") from error


def _definitions(files: Mapping[str, Path]) -> dict[str, str]:
    """The SQL of each view, in the order in which they need each other."""
    found = {}
    for name, path in files.items():
        columns = "* EXCLUDE (kept, happening)" if name in MARKED else "*"
        found[f"{CODED}{name}" if name in READY else name] = f"SELECT {columns} FROM read_parquet({literal(path)})"
    for name in READY:
        if name not in files:
            source = literal(files["events"]) if name == READY[0] else f"{CODED}{READY[0]}"
            found[f"{CODED}{name}"] = view_sql(name, source)
    return found | views(literal(files["events"]), EVENTS in files)


def _mentioned(sql: str, definitions: Mapping[str, str]) -> set[str]:
    """The views that a text mentions, in whatever place, and those that these need."""
    found: set[str] = set()
    texts = [sql]
    while texts:
        here = definitions.keys() & set(_WORD.findall(texts.pop().lower())) - found
        found |= here
        texts += [definitions[name] for name in here]
    return found


def literal(path: Path) -> str:
    """A path as SQL has it."""
    return "'" + str(path).replace("'", "''") + "'"


if TYPE_CHECKING:
    _Connection = duckdb.DuckDBPyConnection
