"""An index, opened for reading, with the record it is of."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from turnstone.errors import StoreError
from turnstone.records import Record
from turnstone.web.index.columns import Columns, Ints, Lists, read_columns
from turnstone.web.index.progress import Progress
from turnstone.web.index.tables import Tables

T = TypeVar("T")
_KEPT = 24
"""How many answers are remembered; the largest are a byte for each event."""


class OpenRecord:
    """A record as it was when it was indexed."""

    def __init__(
        self, folder: Path, directory: Path, mark: str, progress: Progress, tables: Tables | None = None
    ) -> None:
        self.folder = folder
        self.directory = directory
        self.mark = mark
        self.progress = progress
        self.columns: Columns
        self.lists: Lists
        self.columns, self.lists = read_columns(folder)
        self.tables = tables or Tables(directory, folder)
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, remembered for the next time: a record that is open does not change."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        value = make()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return value

    @property
    def coded(self) -> OpenRecord:
        """The record as it was coded, whatever reviewers said of it."""
        return self

    @property
    def there(self) -> NDArray[np.bool_] | None:
        """Which events of `columns` count; None where all do."""
        return None

    @property
    def behind(self) -> Ints:
        """For each event that stands at the end of `columns` and not of the record, the one before it in the record."""
        return np.zeros(0, np.int64)

    @property
    def states(self) -> Ints | None:
        """What became of each event in review, by the places of STATES; None where that does not count."""
        return None

    def forget(self) -> None:
        """Lets go of what is remembered, which refers to this record."""
        with self._lock:
            self._kept.clear()

    def report(self, article: str) -> Record | None:
        """Everything the record holds of an article; None where it has none of this id."""
        with self.rows() as rows:
            found = rows.execute("select no from article where id = ?", (article,)).fetchone()
        return self.tables.report(article, found[0]) if found else None

    @contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """The tables event, article, name and place of the index, by number or code."""
        with _reading(self.folder / "rows.sqlite") as connection:
            yield connection

    @contextmanager
    def search(self) -> Iterator[sqlite3.Connection]:
        """The full-text index. Raises StoreError while it is being made."""
        if not self.can_search:
            share = round(100 * self.progress.now().share)
            raise StoreError(f"the search is being prepared ({share} % done); ask again in a moment")
        with _reading(self.folder / "search.sqlite") as connection:
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
