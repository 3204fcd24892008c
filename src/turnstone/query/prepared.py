"""The ready views of a large record, written once beside it: names joined to events take seconds, files do not."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.query.tables import connect, files_of, literal
from turnstone.query.views import ORDER, READY, view_sql
from turnstone.store import SCHEMAS
from turnstone.store.manifest import file_digest, read_manifest

if TYPE_CHECKING:
    import duckdb

FOLDER = ".views"
EVENTS = 300_000
"""A record with fewer is asked as it is."""

_MEMORY_MB = 3_000
_BATCH = 100_000


def prepared(
    directory: Path, threads: int, note: Callable[[str], None] = lambda _: None, events: int = EVENTS
) -> dict[str, Path]:
    """The files of a record, with those of its ready views if it has at least so many events. They are written when
    they are first asked for, which `note` is told, into `.views` in the record's folder, and anew when the record has
    changed. Where that folder cannot be written, views are computed with each query. Raises StoreError where the
    directory holds no record.
    """
    files = files_of(directory)
    manifest = files["events"].with_name("manifest.json")
    count = read_manifest(manifest)["counts"].get("events", 0)
    if count < events:
        return files
    folder = directory.absolute() / FOLDER
    final = folder / _key(manifest)
    views = {name: final / f"{name}.parquet" for name in READY}
    if not final.exists():
        note(f"writing the views of {count:,} events, once, into {folder}")
        try:
            _write(files, folder, final, threads)
        except OSError as error:
            note(f"the views cannot be kept ({error}); they are computed with each query")
            return files
    return files | views


def _key(manifest: Path) -> str:
    digest = hashlib.sha256(file_digest(manifest).encode())
    for name in READY:
        digest.update(view_sql(name, "").encode())
    return digest.hexdigest()[:16]


def _write(files: Mapping[str, Path], folder: Path, final: Path, threads: int) -> None:
    folder.mkdir(exist_ok=True)
    old = set(folder.iterdir())
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=folder))
    scratch = draft / "scratch"
    try:
        have = dict(files)
        for name in READY:
            path = draft / f"{name}.parquet"
            with connect(have, threads, _MEMORY_MB, scratch) as connection:
                if name == "events_with_names":
                    _write_names(connection, files["events"], path, scratch)
                else:
                    _copy(connection, f"SELECT * FROM {name} ORDER BY {ORDER[name]}", path)
            have[name] = path
        shutil.rmtree(scratch, ignore_errors=True)
        if not final.exists():
            draft.rename(final)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for path in old:
        if not path.name.startswith("draft-"):
            shutil.rmtree(path, ignore_errors=True)


def _copy(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    connection.execute(f"COPY ({sql}) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)")


def _write_names(connection: duckdb.DuckDBPyConnection, events: Path, path: Path, scratch: Path) -> None:
    """The events beside the names that are joined to them: sorting the names alone keeps long texts out of memory."""
    columns = [row[0] for row in connection.execute("DESCRIBE events_with_names").fetchall()]
    given = set(SCHEMAS["events"].names)
    joined = [name for name in columns if name not in given]
    scratch.mkdir(exist_ok=True)
    _copy(
        connection, f"SELECT {', '.join(joined)} FROM events_with_names ORDER BY event_row", scratch / "names.parquet"
    )
    with pq.ParquetFile(events) as left, pq.ParquetFile(scratch / "names.parquet") as right:
        wanted = [name for name in columns if name in given]
        pairs = zip(left.iter_batches(_BATCH, columns=wanted), right.iter_batches(_BATCH), strict=True)
        writer = None
        for one, other in pairs:
            values = {name: batch.column(name) for batch in (one, other) for name in batch.schema.names}
            table = pa.table({name: values[name] for name in columns})
            writer = writer or pq.ParquetWriter(path, table.schema, compression="zstd", compression_level=1)
            writer.write_table(table)
        if writer is not None:
            writer.close()
