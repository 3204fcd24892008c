from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.query.records import event, told, write
from turnstone.errors import QueryError, StoreError
from turnstone.query import Limits, run
from turnstone.query.files import files_of
from turnstone.query.serve import asked, lock
from turnstone.query.tables import connect, open_views

pytestmark = pytest.mark.long
LIMITS = Limits(seconds=60, memory_mb=300, threads=1, rows=100)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("it's [a] *record?") / 'of "quotes"'
    return write(path, told("a", 1, event("1", 2, "RUS/MIL", "UKR/GOV"), event("2", 3, "USA", "")))


@pytest.fixture(scope="module")
def locked(directory: Path) -> Iterator[tuple[Any, dict[str, Path]]]:
    """A connection as the process of a query has it, and its files: one for all questions, for speed."""
    files = files_of(directory)
    with connect(files, 1, 300, sql="") as connection:
        lock(connection, files)
        yield connection, files


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("private") / "secret.csv"
    path.write_text("word\nabracadabra\n")
    return path


def test_rows_come_with_their_columns_and_types(directory: Path) -> None:
    result = run(directory, "SELECT event_type, first_day, modes FROM events ORDER BY first_day", LIMITS)
    assert result.columns == ["event_type", "first_day", "modes"]
    assert list(result.rows()) == [("AGREE", dt.date(2023, 3, 2), ["meet"]), ("AGREE", dt.date(2023, 3, 3), ["meet"])]
    assert not result.more


def test_a_result_is_cut_at_the_limit_and_says_so(directory: Path) -> None:
    cut = run(directory, "SELECT * FROM range(1000)", LIMITS)
    assert len(cut.table) == 100 and cut.more
    exact = run(directory, "SELECT * FROM range(100)", LIMITS)
    assert len(exact.table) == 100 and not exact.more
    assert run(directory, "SELECT * FROM events WHERE false", LIMITS).table.num_rows == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SHOW TABLES",
        "DESCRIBE dyads",
        "SUMMARIZE SELECT confidence FROM events",
        "FROM events SELECT count(*);",
        "WITH happened AS (SELECT * FROM events) SELECT count(*) FROM happened",
        "PIVOT dyads ON event_type IN ('AGREE', 'ASSAULT') USING count(*) GROUP BY actor_country",
        "SELECT unnest(modes), value FROM events, range(3) AS r(value)",
        "SELECT list_transform(modes, lambda mode: upper(mode)) FROM events",
        "-- a comment; with a semicolon\nSELECT ';'",
    ],
)
def test_what_analysts_ask_is_answered(locked: tuple[Any, dict[str, Path]], sql: str) -> None:
    asked(*locked, sql, 100, 300)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_csv_auto('{secret}')",
        "SELECT * FROM main.read_text('{secret}')",
        "SELECT * FROM \"READ_TEXT\"('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM read_json('{secret}')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM parquet_scan('{secret}')",
        "SELECT * FROM parquet_metadata('{events}')",
        "SELECT * FROM read_parquet('{events}')",
        "SELECT * FROM read_duckdb('{secret}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM '{secret}'",
        'SELECT * FROM "{secret}"',
        "SELECT * FROM '{events}'",
        "SELECT * FROM '{folder}/../private0/secret.csv'",
        "SELECT * FROM 'file://{secret}'",
        "SELECT * FROM 'secret.csv'",
        "SELECT * FROM 'https://example.org/x.parquet'",
        "DESCRIBE SELECT * FROM '{secret}'",
        "SELECT (SELECT word FROM '{secret}')",
        "SELECT * FROM events WHERE EXISTS (SELECT * FROM read_text('{secret}'))",
        "WITH x AS MATERIALIZED (FROM read_text('{secret}')) SELECT * FROM x",
        "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
        "SELECT * FROM query_table('{secret}')",
        "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
        "COPY (SELECT 1) TO '{target}'",
        "COPY events TO '{target}' (FORMAT csv)",
        "COPY (SELECT 1) TO '{events}' (FORMAT parquet)",
        "EXPORT DATABASE '{target}'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{target}'",
        "ATTACH ':memory:' AS other",
        "CREATE TABLE kept AS SELECT 1",
        "CREATE VIEW v AS SELECT * FROM '{secret}'",
        "CREATE MACRO m() AS TABLE SELECT * FROM '{secret}'",
        "DROP VIEW events",
        "INSERT INTO events SELECT * FROM events",
        "UPDATE events SET quad = 1",
        "DELETE FROM events",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '{secret}'",
        "PRAGMA database_list",
        "PRAGMA enable_profiling",
        "CALL pragma_version()",
        "SET threads = 64",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "SET VARIABLE x = 1",
        "USE memory",
        "CHECKPOINT",
        "BEGIN",
        "EXPLAIN ANALYZE SELECT 1",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO '{target}'",
        "",
        "-- nothing",
        "SELECT getenv('HOME')",
        "SELECT current_setting('allowed_paths')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM duckdb_secrets()",
        "SELECT * FROM duckdb_views",
        "SELECT * FROM pg_catalog.pg_views",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM sqlite_master",
        "SHOW DATABASES",
        "SELECT * FROM pragma_storage_info('events')",
        "SELECT write_log('x')",
        "SELECT * FROM limits",
        "SELECT * FROM sys",
        "SELECT no_such_column FROM events",
        "SELECT FROM WHERE",
        "SELECT 'abc'::INTEGER",
    ],
)
def test_what_is_no_plain_question_is_refused(
    locked: tuple[Any, dict[str, Path]],
    directory: Path,
    secret: Path,
    tmp_path: Path,
    sql: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(secret.parent)
    before = sorted((path, path.stat().st_size) for path in directory.rglob("*"))
    names = {"secret": secret, "folder": secret.parent, "target": tmp_path / "target", "events": "events.parquet"}
    with pytest.raises(QueryError) as error:
        asked(*locked, sql.format(**names), 100, 300)
    assert "abracadabra" not in str(error.value)
    assert str(error.value).count(";") >= 1, "the reason, then the remedy"
    assert not list(tmp_path.iterdir())
    assert sorted((path, path.stat().st_size) for path in directory.rglob("*")) == before


def test_no_more_is_computed_than_is_shown_and_what_fails_late_is_told(locked: tuple[Any, dict[str, Path]]) -> None:
    sql = "SELECT CASE WHEN range < {} THEN range ELSE error('the last straw') END FROM range(20000000)"
    _, batches, more = asked(*locked, sql.format(10_000_000), 100, 300)
    assert (sum(map(len, batches)), more) == (100, True)
    with pytest.raises(QueryError, match=r"the last straw; mend the SQL"):
        asked(*locked, sql.format(50_000), 100_000, 300)
    asked(*locked, "SELECT 1", 1, 300)


def test_duckdb_itself_is_locked_where_the_check_of_the_text_would_fail(
    locked: tuple[Any, dict[str, Path]], secret: Path
) -> None:
    connection, files = locked
    open_views(connection, files)
    assert connection.execute("SELECT count(*) FROM events_with_names").fetchone() == (2,)
    for sql in (
        f"SELECT * FROM read_text('{secret}')",
        f"SELECT * FROM '{secret}'",
        f"SELECT * FROM glob('{secret.parent}/*')",
        f"COPY (SELECT 1) TO '{secret.parent}/new.csv'",
        f"ATTACH '{secret.parent}/new.db'",
        "SET enable_external_access = true",
        "SET allowed_paths = []",
        "SET memory_limit = '1TB'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM secret",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(sql)
    assert [path.name for path in secret.parent.iterdir()] == ["secret.csv"]


@pytest.mark.parametrize(
    "sql",
    [
        "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT count(*) FROM t",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000) c WHERE a.range * b.range % 7 = 1",
    ],
)
def test_what_never_ends_is_ended(directory: Path, sql: str) -> None:
    with pytest.raises(QueryError, match="seconds"):
        run(directory, sql, Limits(seconds=3, memory_mb=300, threads=1, rows=10))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(a.range) FROM range(100000000) a",
        "SELECT repeat('x', 2000000000)",
        "SELECT repeat('x', 1000000) AS long FROM range(90)",
    ],
)
def test_what_takes_too_much_memory_is_refused(directory: Path, sql: str) -> None:
    with pytest.raises(QueryError, match=r"memory|MB|seconds"):
        run(directory, sql, Limits(seconds=60, memory_mb=60, threads=1, rows=100))


@pytest.mark.parametrize(
    "sql", ["SELECT " + "(" * 20_000 + "1" + ")" * 20_000, "SELECT 1 --" + "x" * 200_000, "SELECT '\ud800'"], ids=len
)
def test_deep_and_long_texts_are_refused_in_words(directory: Path, sql: str) -> None:
    with pytest.raises(QueryError):
        run(directory, sql, LIMITS)


def test_the_environment_is_not_there(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TURNSTONE_SECRET", "abracadabra")
    seen: list[dict[str, str]] = []
    start = subprocess.Popen

    def spy(*arguments: object, **options: object) -> object:
        seen.append(dict(options["env"]))  # type: ignore[call-overload]
        return start(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", spy)
    run(directory, "SELECT 1", LIMITS)
    assert seen and not any("abracadabra" in value for value in seen[0].values())
    assert "TURNSTONE_SECRET" not in seen[0] and seen[0]["HOME"] == os.devnull


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_process_cannot_write_a_byte(tmp_path: Path) -> None:
    code = (
        "import os, sys; from turnstone.query.serve import bound; bound(10, 1, 100); "
        "os.write(os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY), b'x')"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "file"], capture_output=True, text=True)
    assert "File too large" in done.stderr and done.returncode != 0
    assert (tmp_path / "file").stat().st_size == 0


def test_a_directory_without_a_record_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no record"):
        run(tmp_path, "SELECT 1", LIMITS)


def test_a_broken_table_is_a_clear_error(tmp_path: Path) -> None:
    write(tmp_path, told("a", 1, event("1", 2, "RUS/MIL", "UKR/GOV")))
    (tmp_path / "places.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(StoreError, match="cannot be read"):
        run(tmp_path, "FROM places", LIMITS)
    assert list(run(tmp_path, "SELECT count(*) FROM ledger", LIMITS).rows()) == [(2,)]
