"""An index, opened for reading, with the record it is of."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from turnstone.web.index.columns import Columns, Lists, read_columns
from turnstone.web.index.progress import Progress


class OpenRecord:
    """A record as it was when it was indexed."""

    def __init__(self, folder: Path, directory: Path, mark: str, progress: Progress) -> None:
        self.folder = folder
        self.directory = directory
        self.mark = mark
        self.progress = progress
        self.columns: Columns
        self.lists: Lists
        self.columns, self.lists = read_columns(folder)

    @contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """The tables event, article, name and place of the index, by number or code."""
        with _reading(self.folder / "rows.sqlite") as connection:
            yield connection

    @property
    def can_search(self) -> bool:
        """Whether the full-text index is made."""
        return (self.folder / "search.sqlite").exists()


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        yield connection
    finally:
        connection.close()


def open_record(folder: Path, directory: Path, mark: str, progress: Progress) -> OpenRecord:
    """The record whose index is in `folder`; `progress` tells of the full-text index, which is made last."""
    return OpenRecord(folder, directory, mark, progress)
