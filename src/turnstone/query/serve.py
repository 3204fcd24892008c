"""The process of one query: `python -m turnstone.query.serve`.

It reads the request as JSON, answers with one line of JSON (what went wrong, or whether there are more rows) and the
rows as an Arrow stream, and ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from turnstone.errors import QueryError, TurnstoneError
from turnstone.query.statement import check, plain
from turnstone.query.tables import connect, open_views

_SLACK_MB = 1_000
"""What Python, Arrow and DuckDB's own bookkeeping may take beside the memory of the query."""


def main() -> None:
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get into the answer
    request = json.load(sys.stdin)
    try:
        _answer(request, answers)
    except TurnstoneError as error:
        _say(answers, {"error": str(error), "kind": type(error).__name__})
    except MemoryError:
        _say(answers, {"error": _too_much(request["memory_mb"]), "kind": "QueryError"})


def _answer(request: dict[str, Any], answers: IO[bytes]) -> None:
    import pyarrow as pa

    memory, threads = int(request["memory_mb"]), int(request["threads"])
    files = {name: Path(path) for name, path in request["files"].items()}
    bound(float(request["seconds"]), threads, memory)
    sql = str(request["sql"])
    with connect(files, threads, memory, sql=sql) as connection:
        lock(connection, files)
        schema, batches, more = asked(connection, files, sql, int(request["rows"]), memory)
        _say(answers, {"more": more})
        with pa.ipc.new_stream(answers, schema) as out:
            for batch in batches:
                out.write_batch(batch)
        answers.flush()


def asked(connection: Any, files: Mapping[str, Path], sql: str, rows: int, memory: int) -> tuple[Any, list[Any], bool]:
    """The schema of a query's result, its first `rows` as batches, and whether there are more. Raises QueryError."""
    import duckdb
    import pyarrow as pa

    batches: list[Any] = []
    left, size = rows, 0
    try:
        with _relation(connection, files, sql).to_arrow_reader(10_000) as reader:
            for batch in reader:
                if not left and len(batch):
                    return reader.schema, batches, True
                batches.append(batch.slice(0, left))
                size += batches[-1].nbytes
                if size > memory * 1_000_000:
                    raise QueryError(f"the result takes more than {memory} MB; ask for fewer rows or columns")
                if len(batch) > left:
                    return reader.schema, batches, True
                left -= len(batch)
            return reader.schema, batches, False
    except (duckdb.OutOfMemoryException, MemoryError) as error:
        raise QueryError(_too_much(memory)) from error
    except (duckdb.Error, UnicodeError, pa.ArrowException, OSError) as error:  # Arrow makes a late one an OSError
        if any(words in str(error).lower() for words in ("failed to allocate", "out of memory", "bad_alloc")):
            raise QueryError(_too_much(memory)) from error
        raise QueryError(f"{plain(error)}; mend the SQL, DESCRIBE table lists its columns") from error


def _relation(connection: Any, files: Mapping[str, Path], sql: str) -> Any:
    """What a query gives, when it is asked for. The views that it does not mention are opened where it asks which there
    are, or where it names one that is not there: DuckDB then says which name is the nearest."""
    import duckdb

    if check(connection, sql):
        open_views(connection, files)
    try:
        return connection.sql(sql)
    except duckdb.CatalogException:
        open_views(connection, files)
        return connection.sql(sql)


def lock(connection: Any, files: dict[str, Path]) -> None:
    """From now on the connection reads these files and nothing else, and no setting can be changed."""
    connection.execute("SET allowed_paths = ?", [[str(path) for path in files.values()]])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def _too_much(memory: int) -> str:
    return f"the query takes more than {memory} MB of memory; narrow it (WHERE, fewer groups), or allow more memory"


def _say(answers: IO[bytes], header: dict[str, Any]) -> None:
    answers.write(json.dumps(header).encode() + b"\n")
    answers.flush()


def bound(seconds: float, threads: int, memory: int) -> None:
    """What the system holds this process to: processor time, memory, and no byte into any file."""
    if sys.platform == "win32":
        return
    import resource

    def lower(kind: int, value: int) -> None:
        hard = resource.getrlimit(kind)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (most, most))

    lower(resource.RLIMIT_CORE, 0)
    lower(resource.RLIMIT_FSIZE, 0)
    lower(resource.RLIMIT_CPU, int(seconds * (threads + 1)) + 10)
    lower(resource.RLIMIT_DATA, (2 * memory + _SLACK_MB) * 1_000_000)


if __name__ == "__main__":
    main()
    os._exit(0)  # all is said; to take the libraries down would take longer than many a query
