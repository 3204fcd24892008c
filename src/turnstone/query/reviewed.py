"""What was reviewed of a record, written once for each state of its reviews: queries run where nothing is computed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from turnstone.knowledge.codebook import load_codebook
from turnstone.query.after_review import EVENTS, NEW, PARTICIPANTS, REVIEWED, held
from turnstone.query.once import once
from turnstone.query.tables import literal
from turnstone.reviews import NAME
from turnstone.reviews import tables as review_tables
from turnstone.store import connect
from turnstone.store.manifest import file_digest

PREFIX: Final = "reviewed-"
"""With it begin the names of folders of what was reviewed."""


def reviewed(directory: Path, files: Mapping[str, Path], folder: Path) -> dict[str, Path]:
    """The files of what was reviewed of a record, by table; none where nothing was. They are written into `folder`,
    which is made where it is not there. Raises StoreError where a review cannot be read or the folder not be written.
    """
    path = directory / NAME
    if not path.exists() or not path.stat().st_size:
        return {}
    key = _key(files["events"].with_name("manifest.json"), path)
    final = once(folder, PREFIX, key, partial(_write, directory, files["events"]))
    return {name: final / f"{name}.parquet" for name in REVIEWED}


def _key(manifest: Path, reviews: Path) -> str:
    code = Path(review_tables.__file__).read_bytes() + held(EVENTS, PARTICIPANTS).encode()
    parts = (file_digest(manifest), file_digest(reviews), hashlib.sha256(code).hexdigest())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _write(directory: Path, events: Path, folder: Path) -> None:
    found = review_tables.changed(directory, load_codebook())
    with connect(directory) as connection:
        connection.register("found", found.events)
        numbered = f"read_parquet({literal(events)}, file_row_number = true)"
        rows = connection.sql(
            "SELECT f.*, coalesce(e.file_row_number, (SELECT count(*) FROM events) - 1 + row_number() OVER "
            "(PARTITION BY e.file_row_number IS NULL ORDER BY f.article_id, f.trigger_start, f.event_id)) AS event_row "
            f"FROM found f LEFT JOIN {numbered} e USING (article_id, event_id) ORDER BY event_row"
        ).to_arrow_table()
        connection.register(EVENTS, rows)
        connection.register(PARTICIPANTS, found.participants)
        named = connection.sql(f"{held(EVENTS, PARTICIPANTS)} ORDER BY event_row").to_arrow_table()
    for name, table in ((EVENTS, rows), (PARTICIPANTS, found.participants), (NEW, named)):
        pq.write_table(table, folder / f"{name}.parquet")
