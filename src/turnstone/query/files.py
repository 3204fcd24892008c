"""Where the tables that a query may name lie."""

from __future__ import annotations

from pathlib import Path

from turnstone.store import TABLES, table_path

STORIES = ("happenings", "links", "copies")
"""Tables that `turnstone stories` writes into the folder `stories` of a record."""


def files_of(directory: Path) -> dict[str, Path]:
    """The Parquet files of a record, by table: its own and, where there are any, those of its stories. Raises
    StoreError where the directory holds no record.
    """
    files = {name: table_path(directory, name).absolute() for name in TABLES}
    stories = {name: (directory / "stories" / f"{name}.parquet").absolute() for name in STORIES}
    return files | {name: path for name, path in stories.items() if path.exists()}
