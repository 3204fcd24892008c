"""Makes the index of a record: complete, or not there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
from array import array
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from turnstone.errors import StoreError
from turnstone.store.manifest import read_manifest
from turnstone.store.schema import CODED_TABLES
from turnstone.store.shard import PENDING
from turnstone.web.index.columns import Ints, Lists, write_columns
from turnstone.web.index.happenings import happenings_of, stories_mark
from turnstone.web.index.orders import orders_of
from turnstone.web.index.progress import Progress
from turnstone.web.index.search import write_search
from turnstone.web.index.tables import table_path

__all__ = ["Progress", "build", "build_search", "index_folder", "newest"]

VERSION = 4
FOLDER = ".workbench"
ROWS = 20_000

_ROWS = """
create table event (no integer primary key, event_id text, evidence text, trigger_start int, trigger_end int,
                    speaker text, modes text);
create table article (no integer primary key, id text, title text);
create table name (code integer primary key, text text);
create table place (code integer primary key, text text, country text, latitude real, longitude real, resolution text);
"""
_INDEXES = """
create unique index article_id on article (id);
create index name_text on name (text);
create index place_text on place (text);
"""


def newest(directory: Path) -> str | None:
    """What tells this state of a record from every other; None where there is no record."""
    manifest = _manifest(directory)
    if manifest is None:
        return None
    try:
        content = manifest.read_bytes()
    except OSError:
        return None
    return hashlib.sha256(content + f"{VERSION}{stories_mark(directory)}".encode()).hexdigest()[:16]


def _manifest(directory: Path) -> Path | None:
    for place in (directory / PENDING / "commit", directory):
        if (place / "manifest.json").exists():
            return place / "manifest.json"
    return None


def index_folder(directory: Path, cache: Path | None, mark: str) -> Path:
    """Where the index of a state of a record is, or will be."""
    return (cache or directory / FOLDER) / mark


def build(directory: Path, folder: Path, progress: Progress, in_use: Path | None = None) -> None:
    """Makes the index of a record in `folder`, unless it is there, and removes those of earlier states but the one
    that is `in_use`. Raises StoreError where the record cannot be read or the folder not be written.
    """
    if folder.exists():
        return
    manifest = _manifest(directory)
    if manifest is None:
        raise StoreError(f"{directory}: holds no record; make one with: turnstone code INPUT -o {directory}")
    read_manifest(manifest)
    draft = folder.with_name(f"{folder.name}.part-{os.getpid()}")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _remove_old(folder, in_use)
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        _Building(directory, manifest, draft, progress).run()
        draft.rename(folder)
    except (OSError, sqlite3.Error, pa.ArrowException) as error:
        raise StoreError(
            f"{directory}: its index cannot be made in {folder.parent} ({error}); make room there, or give another "
            "folder with --cache"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def build_search(folder: Path, progress: Progress) -> None:
    """Makes the full-text index in the folder of an index, unless it is there."""
    if (folder / "search.sqlite").exists():
        return
    draft = folder / f"search.part-{os.getpid()}"
    try:
        write_search(folder / "rows.sqlite", draft, progress)
        draft.replace(folder / "search.sqlite")
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{folder}: the full-text index cannot be made ({error}); make room there") from error
    finally:
        draft.unlink(missing_ok=True)


def _remove_old(folder: Path, in_use: Path | None) -> None:
    """Indexes of earlier states of the record, and what a killed process has left."""
    for path in folder.parent.iterdir():
        name, _, process = path.name.partition(".part-")
        if path in (folder, in_use) or len(name) != len(folder.name) or (process and _is_alive(process)):
            continue
        shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: str) -> bool:
    with suppress(ValueError, ProcessLookupError, PermissionError):
        os.kill(int(process), 0)
        return True
    return False


class _Codes(dict[Any, int]):
    """Values and their codes, in the order in which they were first seen."""

    def __missing__(self, value: Any) -> int:
        code = self[value] = len(self)
        return code


class _Building:
    def __init__(self, directory: Path, manifest: Path, draft: Path, progress: Progress) -> None:
        self._directory = directory
        self._manifest = manifest
        self._draft = draft
        self._progress = progress
        self._types, self._statuses, self._countries = _Codes({"": 0}), _Codes({"": 0}), _Codes({"": 0})
        self._sources, self._names = _Codes({"": 0}), _Codes({"": 0})
        self._places: _Codes = _Codes({("", "", None, None, ""): 0})
        self._columns: dict[str, list[Ints]] = {}
        self._done = 0
        self._whole = sum(self._count(table) for table in ("articles", "events", "participants"))

    def run(self) -> None:
        with closing(sqlite3.connect(self._draft / "rows.sqlite")) as rows:
            rows.executescript("pragma journal_mode=off; pragma synchronous=off; pragma locking_mode=exclusive")
            rows.executescript(_ROWS)
            self._articles(rows)
            self._events(rows)
            self._participants()
            rows.executemany("insert into name values (?, ?)", [(code, text) for text, code in self._names.items()])
            rows.executemany(
                "insert into place values (?, ?, ?, ?, ?, ?)", [(code, *place) for place, code in self._places.items()]
            )
            rows.executescript(_INDEXES)
            rows.commit()
            groups = {table: self._groups(table, rows) for table in CODED_TABLES}
        (self._draft / "groups.json").write_text(json.dumps(groups))
        arrays = {name: np.concatenate(parts) for name, parts in self._columns.items()}
        events = table_path(self._directory, "events")
        arrays |= happenings_of(self._directory, events, len(arrays["first"]), self._draft / "scratch")
        arrays |= orders_of(events, self._manifest, self._draft / "scratch")
        lists = Lists(tuple(self._types), tuple(self._statuses), tuple(self._countries), tuple(self._sources))
        arrays |= _dyads(arrays, len(lists.countries))
        write_columns(self._draft, arrays, lists)
        shutil.rmtree(self._draft / "scratch", ignore_errors=True)

    def _groups(self, table: str, rows: sqlite3.Connection) -> list[int]:
        """The article with which each row group of a table begins; no article lies in two."""
        found = []
        with pq.ParquetFile(table_path(self._directory, table)) as file:
            column = "id" if table == "articles" else "article_id"
            for group in range(file.num_row_groups):
                batch = next(file.iter_batches(1, row_groups=[group], columns=[column], use_threads=False))
                found += rows.execute("select no from article where id = ?", (batch.column(0)[0].as_py(),)).fetchone()
        return found

    def _count(self, table: str) -> int:
        return int(pq.read_metadata(table_path(self._directory, table)).num_rows)

    def _batches(self, table: str, *columns: str) -> Iterator[pa.RecordBatch]:
        with pq.ParquetFile(table_path(self._directory, table)) as file:
            for batch in file.iter_batches(ROWS, columns=list(columns), use_threads=False):
                yield batch
                self._done += len(batch)
                self._progress.tell("reading the record", self._done, self._whole)

    def _keep(self, name: str, values: Iterable[int] | Ints, kind: str) -> None:
        self._columns.setdefault(name, []).append(np.asarray(values, dtype=kind))

    @staticmethod
    def _coded(column: pa.Array, codes: _Codes) -> Ints:
        encoded = column.fill_null("").dictionary_encode()
        of = np.array([codes[value] for value in encoded.dictionary.to_pylist()] or [0], dtype=np.int32)
        found: Ints = of[encoded.indices.to_numpy(zero_copy_only=False)] if len(column) else of[:0]
        return found

    def _articles(self, rows: sqlite3.Connection) -> None:
        self._keep("article_day", [], "i4")
        self._keep("article_source", [], "i4")
        no = 0
        for batch in self._batches("articles", "id", "published", "title", "publisher"):
            self._keep("article_day", batch.column("published").cast(pa.int32()).to_numpy(), "i4")
            self._keep("article_source", self._coded(batch.column("publisher"), self._sources), "i4")
            ids, titles = batch.column("id").to_pylist(), batch.column("title").to_pylist()
            rows.executemany(
                "insert into article values (?, ?, ?)", zip(range(no, no + len(ids)), ids, titles, strict=True)
            )
            no += len(ids)

    def _events(self, rows: sqlite3.Connection) -> None:
        for name, kind in _EVENT_COLUMNS.items():
            self._keep(name, [], kind)
        publishers = np.concatenate(self._columns["article_source"])
        articles = _Places(self._ids("articles", "id"))
        no = 0
        wanted = (
            "article_id", "event_id", "event_type", "quad", "status", "first_day", "last_day", "place_name",
            "place_country", "place_latitude", "place_longitude", "place_resolution", "speaker_name", "outlet",
            "trigger_start", "trigger_end", "evidence_start", "evidence_text", "confidence", "modes",
        )  # fmt: skip
        for batch in self._batches("events", *wanted):
            of = {name: batch.column(name) for name in wanted}
            self._keep("first", of["first_day"].cast(pa.int32()).to_numpy(), "i4")
            self._keep("last", of["last_day"].cast(pa.int32()).to_numpy(), "i4")
            self._keep("type", self._coded(of["event_type"], self._types), "u1")
            self._keep("status", self._coded(of["status"], self._statuses), "u1")
            self._keep("quad", of["quad"].to_numpy(), "u1")
            self._keep("confidence", np.round(of["confidence"].to_numpy() * 100), "u1")
            self._keep("place_country", self._coded(of["place_country"], self._countries), "u2")
            place = zip(*(of[f"place_{one}"].to_pylist() for one in _PLACE), strict=True)
            self._keep("place", [self._places[one] if one[0] else 0 for one in place], "i4")
            article = np.fromiter(map(articles.place, of["article_id"].to_pylist()), "i4", len(batch))
            self._keep("article", article, "i4")
            outlet = self._coded(of["outlet"], self._sources)
            self._keep("source", np.where(outlet > 0, outlet, publishers[article]), "i4")
            start = of["evidence_start"].to_numpy()
            rows.executemany(
                "insert into event values (?, ?, ?, ?, ?, ?, ?)",
                zip(
                    range(no, no + len(batch)), of["event_id"].to_pylist(), of["evidence_text"].to_pylist(),
                    (of["trigger_start"].to_numpy() - start).tolist(), (of["trigger_end"].to_numpy() - start).tolist(),
                    of["speaker_name"].to_pylist(), map(" ".join, of["modes"].to_pylist()), strict=True,
                ),
            )  # fmt: skip
            no += len(batch)

    def _participants(self) -> None:
        """Participants follow the order of the events' articles; in an article they are found by the event's id."""
        of, roles, names, countries = array("i"), array("b"), array("i"), array("i")
        events = groupby(self._numbered_events(), itemgetter(0))
        wanted = ("article_id", "event_id", "role", "name", "country")
        for article, rows in groupby(self._rows("participants", *wanted), itemgetter(0)):
            same = next((found for current, found in events if current == article), None)
            if same is None:
                raise StoreError(f"{self._directory}: the order of its tables differs; code the inputs again")
            numbers = {event_id: no for _, event_id, no in same}
            for _, event_id, role, name, country in rows:
                of.append(numbers[event_id])
                roles.append(role == "recipient")
                names.append(self._names[name])
                countries.append(self._countries[country])
        order = np.argsort(np.asarray(of, "i4"), kind="stable")
        parties = {"of": of, "role": roles, "name": names, "country": countries}
        sorted_by_event = {name: np.asarray(values, "i4")[order] for name, values in parties.items()}
        for name, values in sorted_by_event.items():
            self._keep(f"party_{name}", values, "u1" if name == "role" else "i4")
        for number, role in enumerate(("actor", "recipient")):
            mine = sorted_by_event["role"] == number
            for name, codes in ((role, "name"), (f"{role}_country", "country")):
                pairs = np.unique(sorted_by_event["of"][mine].astype("i8") << 32 | sorted_by_event[codes][mine])
                kept = pairs[(pairs & 0xFFFFFFFF) > 0]
                self._keep(f"{name}_of", kept >> 32, "i4")
                self._keep(name, kept & 0xFFFFFFFF, "i4")

    def _numbered_events(self) -> Iterator[tuple[str, str, int]]:
        with pq.ParquetFile(table_path(self._directory, "events")) as file:
            no = 0
            for batch in file.iter_batches(ROWS, columns=["article_id", "event_id"], use_threads=False):
                for article, event in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    yield article, event, no
                    no += 1

    def _rows(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        for batch in self._batches(table, *columns):
            yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)

    def _ids(self, table: str, column: str) -> Iterator[str]:
        with pq.ParquetFile(table_path(self._directory, table)) as file:
            for batch in file.iter_batches(ROWS, columns=[column], use_threads=False):
                yield from batch.column(0).to_pylist()


class _Places:
    """The places of ids in a list, asked for in the list's own order."""

    def __init__(self, ids: Iterator[str]) -> None:
        self._ids = enumerate(ids)
        self._at, self._id = -1, ""

    def place(self, wanted: str) -> int:
        while self._at < 0 or self._id != wanted:
            found = next(self._ids, None)
            if found is None:
                raise StoreError(f"the article {wanted!r} of an event is not in the record; code the inputs again")
            self._at, self._id = found
        return self._at


_PLACE = ("name", "country", "latitude", "longitude", "resolution")
_EVENT_COLUMNS = {
    "first": "i4", "last": "i4", "type": "u1", "quad": "u1", "status": "u1", "place": "i4", "place_country": "u2",
    "source": "i4", "confidence": "u1", "article": "i4",
}  # fmt: skip


def _dyads(arrays: dict[str, Ints], countries: int) -> dict[str, Ints]:
    """Every actor country of an event with every recipient country of it."""
    actors, recipients = arrays["actor_country_of"], arrays["recipient_country_of"]
    first = np.searchsorted(recipients, actors, "left")
    many = np.searchsorted(recipients, actors, "right") - first
    actor = np.repeat(np.arange(len(actors)), many)
    within = np.arange(len(actor)) - np.repeat(np.cumsum(many) - many, many)
    recipient = np.repeat(first, many) + within
    codes = arrays["actor_country"][actor].astype("i4") * countries + arrays["recipient_country"][recipient]
    return {"dyad_of": actors[actor].astype("i4"), "dyad": codes.astype("i4")}
