"""What became of every input, judged from what the parts of a record say.

A record may have millions of inputs, so what the parts say is gathered in a database file, which is removed when all is
judged; memory does not grow with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from turnstone.errors import StoreError
from turnstone.store import set_aside
from turnstone.store.ledger import OTHER_TEXT, enclosing, is_set_aside, natural, rows_in
from turnstone.store.merge import Ranking
from turnstone.store.tables import Row
from turnstone.store.values import days, values

_SETTINGS = (
    "journal_mode = OFF",
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -16000",
    "temp_store = 1",
)
_MANY = 5_000

# what an input is: coded, failed or only given in a shard; coded or failed in the record; there, but given again since
_CODED, _FAILED, _GIVEN, _WAS_CODED, _HAD_FAILED, _SWEPT = range(6)

_TABLES = """
CREATE TABLE input (key BLOB, origin TEXT, article TEXT, digest BLOB, kind INTEGER, published INTEGER, sha256 BLOB,
    reason TEXT, remedy TEXT);
CREATE TABLE coding (number INTEGER PRIMARY KEY, digest BLOB, id TEXT, published INTEGER, sha256 BLOB, run INTEGER,
    size INTEGER, part INTEGER);
CREATE TABLE opened (place TEXT PRIMARY KEY, before INTEGER) WITHOUT ROWID;
CREATE TABLE article (digest BLOB PRIMARY KEY, key BLOB, origin TEXT) WITHOUT ROWID;
CREATE TABLE failure (digest BLOB PRIMARY KEY, reason TEXT, remedy TEXT) WITHOUT ROWID;
CREATE TABLE winner (rank INTEGER PRIMARY KEY, id TEXT, digest BLOB, published INTEGER, sha256 BLOB, run INTEGER,
    size INTEGER, part INTEGER, origin TEXT);
CREATE TABLE aside (digest BLOB PRIMARY KEY, key BLOB, id TEXT, row TEXT) WITHOUT ROWID;
"""

# A failure of the record is forgotten where its origin was given again, unless its article is only given. A file of
# which nothing could be read is given again with the first input that is read from it.
_SWEEP = f"""
DELETE FROM input WHERE kind = {_HAD_FAILED} AND (origin, article, digest) IN
    (SELECT origin, article, digest FROM input WHERE kind = {_FAILED});
UPDATE input SET kind = {_SWEPT} WHERE kind = {_HAD_FAILED}
    AND (origin IN (SELECT origin FROM input WHERE kind <= {_GIVEN} AND origin != '')
        OR origin IN (SELECT place FROM opened WHERE before = 0))
    AND (origin, article, digest) NOT IN (SELECT origin, article, digest FROM input WHERE kind = {_GIVEN});
"""
# The articles that were coded, with the first of the places each was read from; a failed article, with why.
_ARTICLES = f"""
INSERT INTO article SELECT digest, min(key), origin FROM input WHERE digest != x'' AND kind != {_SWEPT}
    GROUP BY digest HAVING total(kind IN ({_CODED}, {_WAS_CODED})) > 0;
INSERT OR IGNORE INTO failure SELECT digest, reason, remedy FROM input
    WHERE digest != x'' AND kind IN ({_FAILED}, {_HAD_FAILED}, {_SWEPT}) AND digest NOT IN (SELECT digest FROM article)
    ORDER BY digest, reason, remedy;
"""
# Of two texts under one id the one read first by origin; of two codings of it that of this run, else the later part's.
_WINNERS = """
INSERT INTO winner SELECT row_number() OVER (ORDER BY published, id) - 1, id, digest, published, sha256, run, size,
        part, origin
    FROM (SELECT coding.*, article.origin, row_number() OVER (PARTITION BY id ORDER BY article.key, coding.digest,
            run = 0 DESC, part DESC) AS place FROM coding JOIN article USING (digest))
    WHERE place = 1;
CREATE UNIQUE INDEX winner_by_id ON winner (id);
CREATE INDEX winner_by_part ON winner (part, rank);
CREATE INDEX input_in_order ON input (key, article, digest);
"""
_LEDGER = """
SELECT input.key, input.article, input.digest, input.kind, input.origin, input.published, input.sha256, input.reason,
    input.remedy, article.digest IS NOT NULL, failure.reason, failure.remedy, winner.rank, winner.digest,
    winner.published, winner.sha256, winner.origin
FROM input LEFT JOIN article ON article.digest = input.digest LEFT JOIN failure ON failure.digest = input.digest
    LEFT JOIN winner ON winner.id = input.article
ORDER BY input.key, input.article, input.digest
"""


class Judgement:
    """The inputs of a record and of shards beside it, `parts` in this order, as the run with the digest `run` sees
    them: which articles are stored, in which order, and what the ledger says of each input.

    An article has failed where its coding has, and nowhere been coded. An article that is only given is judged by what
    became of it elsewhere; where that is nothing yet, because its run was broken off, it is left out.
    """

    def __init__(self, database: sqlite3.Connection, directory: Path, parts: Sequence[Path], run: str) -> None:
        self._database = database
        self._directory = directory
        self._parts = parts
        self._run = run
        self._runs: dict[str, int] = {run: 0}
        self._execute(_TABLES)
        self._insert(9, "input", self._inputs())
        if self._one("SELECT 1 FROM input WHERE kind = ? LIMIT 1", _HAD_FAILED):
            self._execute(_SWEEP)
        self._execute(_ARTICLES)
        self._insert(8, "coding", self._codings())
        if stray := self._one("SELECT id FROM coding WHERE digest NOT IN (SELECT digest FROM article) LIMIT 1"):
            raise StoreError(f"{directory}: no ledger has the article {stray!r}; remove it and code the inputs again")
        self._execute(_WINNERS)
        self.articles: int = self._one("SELECT count(*) FROM winner")

    # --- gathering

    def _inputs(self) -> Iterator[tuple[Any, ...]]:
        kinds = {"coded": _CODED, "failed": _FAILED}
        opened: dict[tuple[str, int], None] = {}
        for part in (*(part for part in self._parts if part != self._directory), self._directory):
            before = part == self._directory
            for row in rows_in(part):
                kind = kinds.get(row["outcome"], _GIVEN)
                if before:
                    failed = kind == _FAILED and not row["reason"].startswith(OTHER_TEXT)
                    kind = _HAD_FAILED if failed else _WAS_CODED
                if before or row["origin"]:
                    opened.update(dict.fromkeys((place, int(before)) for place in enclosing(row["origin"])))
                if len(opened) >= _MANY:
                    self._open(opened)
                yield (
                    natural(row["origin"]), row["origin"], row["article_id"], bytes.fromhex(row["digest"]), kind,
                    row["published"] and row["published"].toordinal(), bytes.fromhex(row["sha256"]),
                    row["reason"] if kind in (_FAILED, _HAD_FAILED) else "",
                    row["remedy"] if kind in (_FAILED, _HAD_FAILED) else "",
                )  # fmt: skip
        self._open(opened)

    def _open(self, opened: dict[tuple[str, int], None]) -> None:
        """Notes places that inputs stand in: 1 where one of the record did, 0 where only those of shards do."""
        statement = "INSERT INTO opened VALUES (?, ?) ON CONFLICT DO UPDATE SET before = max(before, excluded.before)"
        self._database.executemany(statement, list(opened))
        opened.clear()

    def _codings(self) -> Iterator[tuple[Any, ...]]:
        names = ("id", "digest", "published", "sha256", "run", "text")
        for number, part in enumerate(self._parts):
            with pq.ParquetFile(part / "articles.parquet") as file:
                for batch in file.iter_batches(batch_size=2048, columns=list(names), use_threads=False):
                    columns = [values(batch.column(name)) for name in ("id", "digest", "sha256", "run")]
                    columns += [days(batch.column("published")), values(pc.binary_length(batch.column("text")))]
                    for key, digest, sha256, run, published, size in zip(*columns, strict=True):
                        yield (
                            None, bytes.fromhex(digest), key, published, bytes.fromhex(sha256),
                            self._runs.setdefault(run, len(self._runs)), size, number,
                        )  # fmt: skip

    def _insert(self, columns: int, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * columns)})", rows)

    def _execute(self, script: str) -> None:
        """Runs statements in one transaction, which `executescript` would end."""
        for statement in script.split(";"):
            self._database.execute(statement)

    def _one(self, query: str, *values: Any) -> Any:
        found = self._database.execute(query, values).fetchone()
        return found[0] if found else None

    # --- the articles that are stored, by rank

    def sizes(self) -> Iterator[int]:
        """The bytes of each stored article's text, in order."""
        return (size for (size,) in self._database.execute("SELECT size FROM winner ORDER BY rank"))

    def named(self, first: int, last: int) -> tuple[list[str], list[str]]:
        """The ids of the stored articles ranked from `first` to before `last`, and where each was first read."""
        query = "SELECT id, origin FROM winner WHERE rank >= ? AND rank < ? ORDER BY rank"
        found = self._database.execute(query, (first, last)).fetchall()
        return [key for key, _ in found], [origin for _, origin in found]

    def ranks_in_shard(self, part: int) -> Ranking:
        """What gives the ranks of articles of a shard by their digests; -1 for those that are not stored from it."""
        found = self._database.execute("SELECT digest, rank FROM winner WHERE part = ?", (part,)).fetchall()
        digests = pa.array([digest.hex() for digest, _ in found], pa.string())
        ranks = np.array([*(rank for _, rank in found), -1], np.int64)  # the last is for those that are not found

        def ranking(given: pa.Array) -> np.ndarray:
            places: np.ndarray = pc.index_in(given, value_set=digests).fill_null(-1).to_numpy()
            return np.asarray(ranks[places])

        return ranking

    def ranks_in_record(self, part: int) -> Ranking:
        """The same of the record's articles by their ids, to be asked in the order in which they stand there."""
        query = (
            "SELECT coding.id, ifnull(winner.rank, -1) FROM coding LEFT JOIN winner "
            "ON winner.id = coding.id AND winner.part = coding.part WHERE coding.part = ? ORDER BY coding.number"
        )
        ahead = iter(self._database.execute(query, (part,)))
        current: tuple[str, int] = ("", -1)

        def rank(key: str) -> int:
            nonlocal current
            while current[0] != key:
                current = next(ahead)
            return current[1]

        def ranking(given: pa.Array) -> np.ndarray:
            return np.fromiter(map(rank, values(given)), np.int64, len(given))

        return ranking

    def articles_by_run(self) -> dict[str, int]:
        """How many of the stored articles each run has coded."""
        names = list(self._runs)
        return {names[run]: n for run, n in self._database.execute("SELECT run, count(*) FROM winner GROUP BY run")}

    def digests(self) -> Iterator[str]:
        """The digests of the stored articles, sorted."""
        return (digest.hex() for (digest,) in self._database.execute("SELECT digest FROM winner ORDER BY digest"))

    # --- the ledger

    def ledger(self, events: np.ndarray) -> Iterator[Row]:
        """The rows of the ledger in order. `events` are those of the stored articles by rank."""
        rows = self._database.execute(_LEDGER)
        for (_, article, digest), group in groupby(rows, key=lambda row: row[:3]):
            inputs = list(group)
            origin, published, sha256 = inputs[0][4:7]
            kinds = {row[3] for row in inputs}
            done, *why = inputs[0][9:12]
            if done and kinds != {_SWEPT}:
                outcome, reason, remedy, count = _coded(inputs[0], events)
            else:
                for kind in (_FAILED, _HAD_FAILED):
                    if kind in kinds:
                        why = list(min(row[7:9] for row in inputs if row[3] == kind))
                        break
                else:
                    if _GIVEN not in kinds or why[0] is None:
                        continue
                (reason, remedy), outcome, count = why, "failed", 0
            yield {
                "origin": origin,
                "article_id": article,
                "outcome": outcome,
                "reason": reason,
                "remedy": remedy,
                "events": count,
                "published": published and date.fromordinal(published),
                "sha256": sha256.hex(),
                "digest": digest.hex(),
            }

    # --- what is set aside

    def set_aside(self, ledger: Iterable[Row]) -> Iterator[Row]:
        """Gives the rows of the ledger on, and notes whose articles are set aside by them."""
        for row in ledger:
            if is_set_aside(row):
                self._database.execute(
                    "INSERT OR IGNORE INTO aside VALUES (?, NULL, NULL, NULL)", (bytes.fromhex(row["digest"]),)
                )
            yield row

    def write_set_aside(self, directory: Path) -> None:
        """Writes the articles noted, each once: as this run failed on it, if it did."""
        for part in self._parts:
            for row in set_aside.rows_in(part):
                digest = bytes.fromhex(row["digest"])
                known = self._database.execute("SELECT row FROM aside WHERE digest = ?", (digest,)).fetchone()
                if known and (known[0] is None or self._standing(row) < self._standing(json.loads(known[0]))):
                    self._database.execute(
                        "UPDATE aside SET key = ?, id = ?, row = ? WHERE digest = ?",
                        (natural(row["origin"]), row["id"], set_aside.line_of(row), digest),
                    )
        found = self._database.execute("SELECT row FROM aside WHERE row IS NOT NULL ORDER BY key, id, digest")
        set_aside.write_lines(directory, (line for (line,) in found))

    def _standing(self, row: Row) -> tuple[object, ...]:
        return (row["run"] != self._run, *map(str, row.values()))


def _coded(row: tuple[Any, ...], events: np.ndarray) -> tuple[str, str, str, int]:
    """Outcome, reason, remedy and events of an input whose article was coded."""
    digest, origin, published, sha256 = row[2], *row[4:7]
    rank, stored, stored_on, stored_sha256, first = row[12:]
    place = first or "an unnamed place"
    if (sha256, published) != (stored_sha256, stored_on):
        day = date.fromordinal(stored_on)
        remedy = "give each article an id of its own, or none"
        return "failed", f"{OTHER_TEXT}, read from {place} ({day})", remedy, 0
    outcome = "coded" if events[rank] else "empty"
    if origin != first or digest != stored:
        return outcome, f"the same id, day and text as {place}; stored once", "", 0
    return outcome, "", "", int(events[rank])


@contextmanager
def judgement(directory: Path, parts: Sequence[Path], run: str, scratch: Path) -> Iterator[Judgement]:
    """A Judgement with its database in a folder that exists, `scratch`. Raises OSError where the disk is full."""
    database = sqlite3.connect(scratch / "inputs.sqlite", isolation_level=None)
    try:
        # what is sorted goes to the record's disk: the system's folder for such files may be in memory
        for setting in (*_SETTINGS, f"temp_store_directory = {_quoted(scratch)}"):
            database.execute(f"PRAGMA {setting}")
        database.execute("BEGIN")
        yield Judgement(database, directory, parts, run)
    except sqlite3.Error as error:
        raise OSError(f"{scratch}: {error}") from error
    finally:
        database.execute("PRAGMA temp_store_directory = ''")
        database.close()


def _quoted(path: Path) -> str:
    return "'" + str(path.absolute()).replace("'", "''") + "'"
