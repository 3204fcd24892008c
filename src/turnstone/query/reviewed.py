"""What was reviewed of a record, written once for each state of its reviews: queries run where nothing is computed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.errors import StoreError
from turnstone.knowledge.codebook import load_codebook
from turnstone.query.after_review import EVENTS, PARTICIPANTS
from turnstone.query.tables import literal
from turnstone.reviews import NAME, read, standing_in
from turnstone.reviews import tables as review_tables
from turnstone.store import connect
from turnstone.store.manifest import file_digest

_PREFIX: Final = "reviewed-"
_KEPT: Final = 3


def reviewed(directory: Path, files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The files of what was reviewed of a record, by table; none where nothing was. They are written into `folder`,
    which is made where it is not there. Raises StoreError where a review cannot be read or the folder not be written:
    a query that passes over what reviewers said would answer something else than it says.
    """
    path = directory / NAME
    if not path.exists() or not path.stat().st_size:
        return {}
    final = folder / f"{_PREFIX}{_key(files['events'].with_name('manifest.json'), path)}"
    if not final.exists():
        draft = folder / f"draft-{uuid4().hex}"
        try:
            draft.mkdir(parents=True)
            _write(directory, files["events"], draft)
            if not final.exists():
                draft.rename(final)
            _remove_old(folder, final)
        except OSError as error:
            raise StoreError(
                f"{folder}: what was reviewed cannot be put there ({error}); make room, allow it to be written, or ask "
                "a copy of the record"
            ) from error
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return {name: final / f"{name}.parquet" for name in (EVENTS, PARTICIPANTS)}


def _key(manifest: Path, reviews: Path) -> str:
    code = Path(review_tables.__file__).read_bytes()
    parts = (file_digest(manifest), file_digest(reviews), hashlib.sha256(code).hexdigest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _write(directory: Path, events: Path, folder: Path) -> None:
    with connect(directory) as connection:
        found = review_tables.changes(connection, standing_in(connection, read(directory)), load_codebook())
        connection.register("found", found.events)
        numbered = f"read_parquet({literal(events)}, file_row_number = true)"
        rows = connection.sql(
            "SELECT f.*, coalesce(e.file_row_number, (SELECT count(*) FROM events) - 1 + row_number() OVER "
            "(PARTITION BY e.file_row_number IS NULL ORDER BY f.article_id, f.trigger_start, f.event_id)) AS event_row "
            f"FROM found f LEFT JOIN {numbered} e USING (article_id, event_id) ORDER BY event_row"
        ).to_arrow_table()
    pq.write_table(rows, folder / f"{EVENTS}.parquet")
    pq.write_table(found.participants, folder / f"{PARTICIPANTS}.parquet")


def _remove_old(folder: Path, final: Path) -> None:
    """Keeps a few, which queries that run may still read."""
    with suppress(OSError):
        old = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime)
        for path in old[:-_KEPT]:
            if path != final:
                shutil.rmtree(path, ignore_errors=True)
