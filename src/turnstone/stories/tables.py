"""The columns of the tables of stories, and their files: written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.errors import StoreError
from turnstone.store import durable, file_digest

VERSION: Final = 1
FOLDER: Final = "stories"
TABLES: Final = ("copies", "links", "happenings")
MANIFEST: Final = "manifest.json"

_TEXT = pa.string()
_NAMES = pa.list_(pa.string())
_DAY = pa.date32()
SCHEMAS: Final[dict[str, pa.Schema]] = {
    name: pa.schema([pa.field(column, kind, metadata={"description": said}) for column, kind, said in columns])
    for name, columns in {
        "copies": (
            ("article_id", _TEXT, "the article, as in articles.id"),
            ("published", _DAY, "the article's day"),
            ("group_id", _TEXT, "the first article of its group by day and id; its own where it has no copy"),
            ("original_id", _TEXT, "the article that the group are copies of"),
            ("copy_of", _TEXT, "the article it was found to be a copy of; empty for the first"),
            ("score", pa.float64(), "share of the shorter text that stands in the longer, 0 to 1"),
            ("reason", _TEXT, "why, in words"),
            ("source", _TEXT, "the agency it credits, else its publisher"),
            ("publisher", _TEXT, "as in articles"),
            ("words", pa.int32(), "of its text without headline, byline, dateline and credit"),
            ("mark", _TEXT, "digest of what was given and of the run that coded it"),
        ),
        "links": (
            ("article_id", _TEXT, "the article, as in articles.id"),
            ("event_id", _TEXT, "as in events"),
            ("happening_id", _TEXT, "the happening it reports"),
            ("linked_article_id", _TEXT, "the report it was found to be like; empty for the first of a happening"),
            ("linked_event_id", _TEXT, ""),
            ("score", pa.float64(), "how likely the two are of one happening, 0 to 1"),
            ("reason", _TEXT, "why, in words"),
            ("published", _DAY, "the article's day"),
            ("event_type", _TEXT, "as in events"),
            ("status", _TEXT, "as in events: the stage at which it is told"),
            ("first_day", _DAY, "as in events"),
            ("last_day", _DAY, "as in events"),
            ("dated", pa.bool_(), "whether the text itself gives the day"),
        ),
        "happenings": (
            ("happening_id", _TEXT, "stays while reports join"),
            ("event_type", _TEXT, "the commonest of its reports"),
            ("status", _TEXT, "the furthest of its reports: happened, historical, future, hypothetical, negated"),
            ("statuses", _NAMES, "all of its reports'"),
            ("first_day", _DAY, "of what happens, as most reports that give a day have it"),
            ("last_day", _DAY, ""),
            ("actors", _NAMES, "names, as the first report has them, and so the next columns"),
            ("actor_countries", _NAMES, ""),
            ("recipients", _NAMES, ""),
            ("recipient_countries", _NAMES, ""),
            ("place_name", _TEXT, ""),
            ("place_country", _TEXT, ""),
            ("place_latitude", pa.float64(), ""),
            ("place_longitude", pa.float64(), ""),
            ("evidence_text", _TEXT, ""),
            ("article_id", _TEXT, "its first report"),
            ("event_id", _TEXT, ""),
            ("reports", pa.int32(), "events that report it"),
            ("articles", pa.int32(), "articles that report it"),
            ("texts", pa.int32(), "articles, copies counted once"),
            ("outlets", _NAMES, "publishers"),
            ("sources", pa.int32(), "independent sources: copies of a text and texts of an agency are one"),
            ("source_names", _NAMES, "their names, where they have one"),
            ("first_published", _DAY, "day of the first report"),
            ("last_published", _DAY, "day of the last report so far"),
        ),
    }.items()
}


def mark(digest: str, run: str) -> str:
    """What tells whether an article and its coding are those of another time."""
    return hashlib.sha256(f"{digest}\0{run}".encode()).hexdigest()[:16]


def read(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of one of TABLES. Raises StoreError where they cannot be read."""
    try:
        rows: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"{folder}: {name}.parquet cannot be read ({error}); remove the folder and find the stories again"
        ) from error
    return rows


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder of stories; None where there is none that this version can go on from."""
    _settle(folder)
    try:
        value = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) and value.get("schema") == VERSION else None


def write(folder: Path, rows: Mapping[str, Sequence[Mapping[str, Any]]], manifest: Mapping[str, Any]) -> None:
    """Puts the tables and their manifest into a folder in place of what was there; a process killed at any moment
    leaves the old ones or the new ones. Raises DiskError where the disk does not allow it."""
    draft, old = folder.with_name(f".{folder.name}-draft"), folder.with_name(f".{folder.name}-old")
    with durable.told(folder):
        _settle(folder)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        files = {}
        for name in TABLES:
            path = draft / f"{name}.parquet"
            pq.write_table(pa.Table.from_pylist(list(rows[name]), SCHEMAS[name]), path, compression="zstd")
            files[path.name] = file_digest(path)
        whole = {"schema": VERSION, **manifest, "files": files}
        text = json.dumps(whole, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        (draft / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        if folder.exists():
            folder.rename(old)
        durable.publish(draft, folder)
        shutil.rmtree(old, ignore_errors=True)


def _settle(folder: Path) -> None:
    """Takes back what a process had moved aside that was killed before it put the new into place."""
    old = folder.with_name(f".{folder.name}-old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)
