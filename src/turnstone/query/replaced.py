"""Of a written view the rows that reviews take out and those that stand for them: panels count the others as coded."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from turnstone.query.after_review import EVENTS, marked_anew, touched
from turnstone.query.once import once
from turnstone.query.tables import connect, literal

PREFIX: Final = "replaced-"
_MEMORY_MB: Final = 3_000


def replaced(name: str, files: Mapping[str, Path], folder: Path, threads: int) -> tuple[Path, Path]:
    """Files of the rows of a view that do not hold after review, and of those that hold instead, given the files of a
    record with those of its views and of what was reviewed. Written once for each state of both. Raises StoreError
    where they cannot be.
    """
    happening = "links" in files
    sql = "\n".join([*touched(happening).values(), marked_anew(name, _BEFORE, happening)])
    parts = (files[name].parent.name, files[EVENTS].parent.name, name, sql)
    key = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    final = once(folder, f"{PREFIX}{name}-", key, partial(_write, name, files, threads))
    return final / f"{_BEFORE}.parquet", final / f"{_AFTER}.parquet"


_BEFORE, _AFTER = "before_review", "after_review"


def _write(name: str, files: Mapping[str, Path], threads: int, folder: Path) -> None:
    happening = "links" in files
    with (
        tempfile.TemporaryDirectory(prefix="turnstone-panel-") as scratch,
        connect(files, threads, _MEMORY_MB, Path(scratch)) as connection,
    ):
        for table, sql in touched(happening).items():
            connection.execute(f"CREATE TEMP TABLE {table} AS {sql}")
        rows = f"SELECT * FROM read_parquet({literal(files[name])}) SEMI JOIN touched USING (event_row)"
        connection.execute(f"CREATE TEMP TABLE {_BEFORE} AS {rows}")
        for table, sql in ((_BEFORE, f"FROM {_BEFORE}"), (_AFTER, marked_anew(name, _BEFORE, happening))):
            connection.execute(f"COPY ({sql}) TO {literal(folder / f'{table}.parquet')} (FORMAT parquet)")
