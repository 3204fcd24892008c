"""The ready views of a large record, written once beside it: names joined to events take seconds, files do not."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from turnstone.query import joined
from turnstone.query.after_review import CODED
from turnstone.query.files import files_of
from turnstone.query.reviewed import PREFIX, reviewed
from turnstone.query.tables import connect, literal
from turnstone.query.views import MARKED, ORDER, READY, marked, view_sql
from turnstone.store.manifest import file_digest, read_manifest

if TYPE_CHECKING:
    import duckdb

FOLDER = ".views"
EVENTS = 300_000
"""A record with fewer is asked as it is."""

_MEMORY_MB = 3_000


def prepared(
    directory: Path, threads: int, note: Callable[[str], None] = lambda _: None, events: int = EVENTS
) -> dict[str, Path]:
    """The files of a record, with those of its ready views if it has at least so many events, and those of what was
    reviewed. They are written when they are first asked for, which `note` is told, into `.views` in the record's
    folder, and anew when the record, its stories or its reviews have changed. Where that folder cannot be written,
    views are computed with each query. Raises StoreError where the directory holds no record, or its reviews cannot be
    read.
    """
    files = _with_views(directory, threads, note, events)
    return files | reviewed(directory, files, directory.absolute() / FOLDER)


def _with_views(directory: Path, threads: int, note: Callable[[str], None], events: int) -> dict[str, Path]:
    files = files_of(directory)
    manifest = files["events"].with_name("manifest.json")
    count = read_manifest(manifest)["counts"].get("events", 0)
    if count < events:
        return files
    folder = directory.absolute() / FOLDER
    final = folder / _key(manifest, files.get("links"))
    views = {name: final / f"{name}.parquet" for name in READY}
    if not final.exists():
        note(f"writing the views of {count:,} events, once, into {folder}")
        try:
            _write(files, folder, final, threads)
        except OSError as error:
            note(f"the views cannot be kept ({error}); they are computed with each query")
            return files
    return files | views


def _key(manifest: Path, links: Path | None) -> str:
    digest = hashlib.sha256(file_digest(manifest).encode())
    if links:
        stories = links.with_name("manifest.json")
        digest.update(file_digest(stories if stories.exists() else links).encode())
    digest.update(Path(joined.__file__).read_bytes())
    for name in READY:
        digest.update(view_sql(name, "").encode())
    digest.update(marked("", True, links is not None).encode())
    return digest.hexdigest()[:16]


def _write(files: Mapping[str, Path], folder: Path, final: Path, threads: int) -> None:
    folder.mkdir(exist_ok=True)
    old = set(folder.iterdir())
    draft = folder / f"draft-{uuid4().hex}"
    draft.mkdir()
    scratch = draft / "scratch"
    try:
        names = draft / "events_with_names.parquet"
        with connect(files, threads, _MEMORY_MB) as connection:
            described = connection.execute(f"DESCRIBE {CODED}events_with_names").fetchall()
        joined.write_joined(files, [row[0] for row in described], names)
        with connect({**files, "events_with_names": names}, threads, _MEMORY_MB, scratch) as connection:
            for name in _FIRST:
                _copy(connection, name, f"FROM {CODED}{name} ORDER BY {ORDER[name]}", draft)
        parts = {name: draft / f"{name}.parquet" for name in ("events_with_names", *_FIRST)}
        with connect({**files, **parts}, threads, _MEMORY_MB, scratch) as connection:
            for name in MARKED:
                _copy(connection, name, marked(name, True, "links" in files, CODED), draft)
        shutil.rmtree(scratch, ignore_errors=True)
        if not final.exists():
            draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for path in old:
        if not path.name.startswith(("draft-", PREFIX)):
            shutil.rmtree(path, ignore_errors=True)


_FIRST = ("one_a_day", "coverage")


def _copy(connection: duckdb.DuckDBPyConnection, name: str, sql: str, folder: Path) -> None:
    path = literal(folder / f"{name}.parquet")
    connection.execute(f"COPY ({sql}) TO {path} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")
