"""A record directory: seven Parquet tables and a manifest that depend on nothing but what was given.

While a run works, what it has coded waits in `.pending/`, from where the next run takes it up if this one is killed.
A commit writes all tables anew beside the old, then renames them into place; until then, and if it is killed in
between, readers see one whole record, the old or the new.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.compute as pc  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from turnstone.errors import StoreError
from turnstone.records import Article, Record, Refusal
from turnstone.store.lock import Lock
from turnstone.store.manifest import Run, file_digest, manifest_text, read_manifest
from turnstone.store.merge import Part, merge, write_rows
from turnstone.store.schema import SCHEMAS, TABLES, with_all_columns
from turnstone.store.tables import Row, article_digest, rows_of, text_digest, verify

if TYPE_CHECKING:
    import duckdb

GROUP_ARTICLES = 20_000
GROUP_BYTES = 64_000_000
SPILL_ARTICLES = 2_000
SPILL_BYTES = 32_000_000

_OTHER_TEXT = "this id already names another text"
_CODED_TABLES = tuple(name for name in TABLES if name != "ledger")

# origin, article id, digest of the article
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the inputs of one session: coded + empty + failed = given. `events` are those in their
    articles.
    """

    given: int = 0
    coded: int = 0
    empty: int = 0
    failed: int = 0
    events: int = 0


@dataclass(frozen=True, slots=True)
class _Coded:
    """The rows of a coded article that are still in memory."""

    origin: tuple[Any, ...]
    digest: str
    rows: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A coded article in one of the parts, the first part being the committed tables."""

    id: str
    digest: str
    published: Any
    sha256: str
    run: str
    size: int
    part: int


class Store:
    """Writes records and refusals into a directory; one writer at a time. Use it in a `with` statement.

    Leaving the statement commits; leaving it by an exception keeps what was coded for the next run. The tables are a
    function of the set of what was given: order, chunks and workers leave no trace. An article given again adds
    nothing. Where one id names two texts (or days), the one whose origin sorts first stays, and the other is failed
    in the ledger. An article coded by an earlier run is replaced when it is given to a later one; a failure is judged
    anew when its origin is given again.
    """

    def __init__(self, directory: Path, run: Run, spill_articles: int = SPILL_ARTICLES) -> None:
        self.directory = Path(directory)
        self._run = run
        self._spill_articles = spill_articles
        self._pending = self.directory / ".pending"
        self._lock: Lock | None = None
        self._known: set[tuple[str, str]] = set()
        self._chunks: list[Path] = []
        self._given: Counter[_Key] = Counter()
        self._reset()

    def _reset(self) -> None:
        self._coded: dict[str, _Coded] = {}
        self._inputs: list[Row] = []
        self._bytes = 0

    def __enter__(self) -> Store:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            self._lock = Lock(self.directory / ".lock")
        except OSError as error:
            raise StoreError(f"{self.directory}: cannot be written ({error}); choose another directory") from error
        try:
            self._pending.mkdir(exist_ok=True)
            _finish_commit(self.directory)
            self._refuse_strangers()
            for path in sorted(self._pending.iterdir()):
                if path.name.startswith("chunk-"):
                    self._chunks.append(path)
                else:
                    shutil.rmtree(path)
            for part in self._parts():
                articles = pq.read_table(part / "articles.parquet", columns=["id", "digest", "run"])
                for key, digest, run in zip(*(column.to_pylist() for column in articles.columns), strict=True):
                    if run == self._run.digest:
                        self._known.add((key, digest))
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
            else:
                self._spill()
        finally:
            if self._lock is not None:
                if self._pending.exists() and not any(self._pending.iterdir()):
                    self._pending.rmdir()
                self._lock.release()
                self._lock = None

    def _refuse_strangers(self) -> None:
        if (self.directory / "manifest.json").exists():
            read_manifest(self.directory / "manifest.json")
        elif any((self.directory / f"{name}.parquet").exists() for name in TABLES):
            raise StoreError(
                f"{self.directory}: holds tables but no manifest.json, so turnstone did not write them; "
                "choose another directory"
            )

    def _parts(self) -> list[Path]:
        committed = [self.directory] if (self.directory / "articles.parquet").exists() else []
        return committed + self._chunks

    # --- giving

    def known(self) -> frozenset[tuple[str, str]]:
        """(id, digest) of the articles this run has coded, now or before; see `article_digest`."""
        return frozenset(self._known)

    def has(self, article: Article) -> bool:
        """Whether this run has coded this very article."""
        return (article.id, article_digest(article)) in self._known

    def add(self, value: Record | Refusal) -> None:
        """Takes a coded article or an input that is none. Raises StoreError where offsets are wrong; nothing is
        taken then.
        """
        self._open()
        if isinstance(value, Refusal):
            self._ledger(value.origin, value.id, None, "failed", value.reason, value.remedy)
        else:
            rows = rows_of(value, self._run.digest)
            verify(rows)
            rows["articles"][0]["origin"] = _printable(value.article.origin)
            self._keep(value.article, rows)
            self._ledger(value.article.origin, value.article.id, value.article, "coded", "", "")
        if len(self._inputs) >= self._spill_articles or self._bytes >= SPILL_BYTES:
            self._spill()

    def _keep(self, article: Article, rows: dict[str, list[Row]]) -> None:
        """Holds the article's rows, or those of the one that goes before it where both have one id."""
        row = rows["articles"][0]
        new = _Coded(_natural(row["origin"]), row["digest"], rows)
        old = self._coded.get(article.id)
        if old is not None and old.digest != new.digest:
            new, old = min((old, new), key=_precedence), max((old, new), key=_precedence)
            self._known.discard((article.id, old.digest))
        self._coded[article.id] = new
        self._known.add((article.id, new.digest))
        self._bytes += len(row["text"]) * 4

    def note(self, article: Article) -> None:
        """Takes an article that `has` knows, given again, perhaps from another place."""
        self._open()
        if not self.has(article):
            raise StoreError(f"article {article.id!r} ({article.origin}) has not been coded; give it to add")
        self._ledger(article.origin, article.id, article, "coded", "", "")

    def fail(self, article: Article, reason: str, remedy: str) -> None:
        """Takes an article that could not be coded."""
        self._open()
        self._ledger(article.origin, article.id, article, "failed", reason, remedy)

    def _open(self) -> None:
        if self._lock is None:
            raise StoreError(f"{self.directory}: the store is closed; use it inside a with statement")

    def _ledger(self, origin: str, key: str, article: Article | None, outcome: str, reason: str, remedy: str) -> None:
        try:
            digests = (article_digest(article), text_digest(article)) if article else ("", "")
        except StoreError as error:
            article, outcome, digests = None, "failed", ("", "")
            reason, remedy = reason or str(error), remedy or "replace lone surrogates when reading"
        row = {
            "origin": _printable(origin),
            "article_id": _printable(key),
            "outcome": outcome,
            "reason": _printable(reason),
            "remedy": _printable(remedy),
            "events": 0,
            "published": article.published if article else None,
            "sha256": digests[1],
            "digest": digests[0],
        }
        self._inputs.append(row)
        self._given[_key(row)] += 1

    # --- keeping

    def _spill(self) -> None:
        """Puts what is in memory into a chunk of its own on disk."""
        if not self._inputs:
            return
        number = 1 + max((int(path.name.removeprefix("chunk-")) for path in self._chunks), default=0)
        draft, final = self._pending / f"draft-{number:06}", self._pending / f"chunk-{number:06}"
        draft.mkdir()
        coded = sorted(self._coded.values(), key=lambda one: _place_in_order(one.rows["articles"][0]))
        for name in _CODED_TABLES:
            write_rows(draft / f"{name}.parquet", name, [row for one in coded for row in one.rows[name]], 500)
        write_rows(draft / "ledger.parquet", "ledger", self._inputs, 10_000)
        (draft / "run.json").write_text(json.dumps({self._run.digest: self._run.as_json()}), encoding="utf-8")
        draft.rename(final)
        self._chunks.append(final)
        self._reset()

    def commit(self) -> Tally:
        """Brings the tables up to date with everything given so far and says what became of this session's inputs."""
        self._open()
        self._spill()
        parts = self._parts()
        inputs, failures = _inputs(self.directory, self._chunks)
        origins = _first_origins(inputs)
        winners = _winners(parts, origins, self._run.digest)
        order = sorted(winners.values(), key=lambda one: (one.published, one.id))
        ranks = {one.id: rank for rank, one in enumerate(order)}

        shutil.rmtree(self._pending / "draft", ignore_errors=True)
        draft = self._pending / "draft"
        draft.mkdir()
        sources = [
            Part(path, {one.id: ranks[one.id] for one in order if one.part == number})
            for number, path in enumerate(parts)
        ]
        limits = _limits(order)
        article_origins = {one.id: origins[one.id, one.digest] for one in order}
        rows_by_table = {
            name: merge(draft / f"{name}.parquet", name, sources, limits, article_origins) for name in _CODED_TABLES
        }
        events = {one.id: int(rows_by_table["events"][ranks[one.id]]) for one in order}
        ledger = _ledger_rows(inputs, failures, winners, article_origins, events)
        write_rows(draft / "ledger.parquet", "ledger", ledger, 100_000)

        outcomes = Counter(row["outcome"] for row in ledger)
        manifest = manifest_text(
            runs=self._runs(),
            articles=Counter(one.run for one in order),
            counts={**{name: int(rows.sum()) for name, rows in rows_by_table.items()}, "ledger": len(ledger)},
            outcomes={name: outcomes[name] for name in ("coded", "empty", "failed")},
            files={f"{name}.parquet": file_digest(draft / f"{name}.parquet") for name in TABLES},
        )
        (draft / "manifest.json").write_text(manifest, encoding="utf-8")
        draft.rename(self._pending / "commit")
        _finish_commit(self.directory)
        for chunk in self._chunks:
            shutil.rmtree(chunk)
        self._chunks = []
        return self._tally(ledger, events)

    def _runs(self) -> dict[str, Any]:
        runs: dict[str, Any] = {}
        manifest = self.directory / "manifest.json"
        if manifest.exists():
            for run in read_manifest(manifest)["runs"]:
                runs[run.pop("digest")] = {name: value for name, value in run.items() if name != "articles"}
        for chunk in self._chunks:
            runs |= json.loads((chunk / "run.json").read_text(encoding="utf-8"))
        return runs | {self._run.digest: self._run.as_json()}

    def _tally(self, ledger: list[Row], events: dict[str, int]) -> Tally:
        outcomes: Counter[str] = Counter()
        articles: set[str] = set()
        for row in ledger:
            times = self._given[_key(row)]
            outcomes[row["outcome"]] += times
            if times and row["outcome"] == "coded":
                articles.add(row["article_id"])
        return Tally(
            given=self._given.total(),
            coded=outcomes["coded"],
            empty=outcomes["empty"],
            failed=outcomes["failed"],
            events=sum(events[key] for key in articles),
        )


# --- reading


def read_table(directory: Path, name: str) -> pa.Table:
    """One of the tables (see schema.TABLES). Raises StoreError where the directory holds no record."""
    try:
        return with_all_columns(pq.read_table(_table_path(Path(directory), name)), name)
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{directory}: table {name} cannot be read ({error}); code the inputs again") from error


def connect(directory: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection in memory with one view for each table. Raises StoreError where the directory holds no
    record.
    """
    import duckdb

    paths = {name: _table_path(Path(directory), name) for name in TABLES}
    connection = duckdb.connect(":memory:")
    for name, path in paths.items():
        quoted = str(path.absolute()).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}')")
    return connection


def _table_path(directory: Path, name: str) -> Path:
    if name not in SCHEMAS:
        raise StoreError(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
    for path in (directory / ".pending" / "commit" / f"{name}.parquet", directory / f"{name}.parquet"):
        if path.exists():
            return path
    raise StoreError(
        f"{directory}: holds no record ({name}.parquet is missing); make one with: turnstone code INPUT -o {directory}"
    )


# --- committing


def _finish_commit(directory: Path) -> None:
    """Renames the tables of a commit, complete once its directory has its name, into place."""
    commit = directory / ".pending" / "commit"
    if commit.exists():
        for name in (*(f"{table}.parquet" for table in TABLES), "manifest.json"):
            if (commit / name).exists():
                (commit / name).replace(directory / name)
        commit.rmdir()


def _inputs(directory: Path, chunks: list[Path]) -> tuple[dict[_Key, Row], dict[_Key, Row]]:
    """Ledger rows by key: the articles that were coded, whatever became of them, and the failures."""
    coded: dict[_Key, Row] = {}
    failures: dict[_Key, Row] = {}
    for chunk in chunks:
        for row in _ledger_of(chunk):
            if row["outcome"] == "failed":
                old = failures.setdefault(_key(row), row)
                failures[_key(row)] = min(old, row, key=lambda one: (one["reason"], one["remedy"]))
            else:
                coded[_key(row)] = row
    again = {row["origin"] for row in (*coded.values(), *failures.values())} - {""}
    if (directory / "ledger.parquet").exists():
        for row in _ledger_of(directory):
            if row["outcome"] != "failed" or row["reason"].startswith(_OTHER_TEXT):
                coded.setdefault(_key(row), row)
            elif row["origin"] not in again:
                failures.setdefault(_key(row), row)
    return coded, {key: row for key, row in failures.items() if key not in coded}


def _ledger_of(directory: Path) -> Iterator[Row]:
    with pq.ParquetFile(directory / "ledger.parquet") as file:
        for batch in file.iter_batches(batch_size=4096, use_threads=False):
            yield from batch.to_pylist()


def _first_origins(inputs: dict[_Key, Row]) -> dict[tuple[str, str], str]:
    """The first of the places each article, by (id, digest), was read from."""
    first: dict[tuple[str, str], str] = {}
    for origin, article, digest in inputs:
        old = first.setdefault((article, digest), origin)
        if _natural(origin) < _natural(old):
            first[article, digest] = origin
    return first


def _winners(parts: list[Path], origins: dict[tuple[str, str], str], run: str) -> dict[str, _Candidate]:
    """The coded article that each id names in the end."""
    winners: dict[str, _Candidate] = {}
    names = ("id", "digest", "published", "sha256", "run", "text")
    for number, part in enumerate(parts):
        with pq.ParquetFile(part / "articles.parquet") as file:
            for batch in file.iter_batches(batch_size=2048, columns=list(names), use_threads=False):
                sizes = pc.binary_length(batch.column("text")).to_pylist()
                columns = [batch.column(name).to_pylist() for name in names[:-1]]
                for key, digest, published, sha256, coded_by, size in zip(*columns, sizes, strict=True):
                    new = _Candidate(key, digest, published, sha256, coded_by, size, number)
                    old = winners.get(new.id)
                    if old is None or _goes_before(new, old, origins, run):
                        winners[new.id] = new
    return winners


def _goes_before(new: _Candidate, old: _Candidate, origins: dict[tuple[str, str], str], run: str) -> bool:
    if new.digest == old.digest:
        return new.run == run or old.run != run
    return (_natural(origins[new.id, new.digest]), new.digest) < (_natural(origins[old.id, old.digest]), old.digest)


def _limits(order: list[_Candidate]) -> list[int]:
    """The ranks at which row groups end."""
    limits, first, size = [], 0, 0
    for rank, one in enumerate(order):
        size += one.size
        if rank + 1 - first >= GROUP_ARTICLES or size >= GROUP_BYTES:
            limits.append(rank + 1)
            first, size = rank + 1, 0
    return limits if not order or first == len(order) else [*limits, len(order)]


def _ledger_rows(
    inputs: dict[_Key, Row],
    failures: dict[_Key, Row],
    winners: dict[str, _Candidate],
    article_origins: dict[str, str],
    events: dict[str, int],
) -> list[Row]:
    rows = list(failures.values())
    for row in inputs.values():
        winner, first = winners[row["article_id"]], article_origins[row["article_id"]]
        verdict = {"outcome": "coded" if events[winner.id] else "empty", "reason": "", "remedy": "", "events": 0}
        if row["sha256"] != winner.sha256 or row["published"] != winner.published:
            verdict["outcome"] = "failed"
            verdict["reason"] = f"{_OTHER_TEXT}, read from {first or 'an unnamed place'} ({winner.published})"
            verdict["remedy"] = "give each article an id of its own, or none"
        elif row["origin"] != first or row["digest"] != winner.digest:
            verdict["reason"] = f"the same id, day and text as {first or 'an unnamed place'}; stored once"
        else:
            verdict["events"] = events[winner.id]
        rows.append(row | verdict)
    return sorted(rows, key=lambda row: (_natural(row["origin"]), row["article_id"], row["digest"]))


def _key(row: Row) -> _Key:
    return row["origin"], row["article_id"], row["digest"]


def _precedence(one: _Coded) -> tuple[Any, ...]:
    return one.origin, one.digest


def _place_in_order(article: Row) -> tuple[Any, ...]:
    return article["published"], article["id"]


def _natural(origin: str) -> tuple[Any, ...]:
    """Sorts line 9 before line 10."""
    return (*(int(part) if part.isdecimal() else part for part in re.split("([0-9]+)", origin)), origin)


def _printable(text: str) -> str:
    """The text with what UTF-8 cannot hold, such as odd bytes of a file name, escaped."""
    return text.encode("utf-8", "backslashreplace").decode()
