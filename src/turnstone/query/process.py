"""One query in a process of its own, which is killed at its limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from turnstone.errors import QueryError, StoreError
from turnstone.query.limits import Limits
from turnstone.query.result import Result

_NO_LIMITS = Limits()


def run(
    directory: str | Path, sql: str, limits: Limits = _NO_LIMITS, note: Callable[[str], None] = lambda _: None
) -> Result:
    """The rows of one SELECT over a record's tables and ready views, in a process that can read nothing else, write
    nothing, and is killed at its limits. Blocks; `note` is told what takes long beforehand.

    Raises QueryError for a query that is not allowed, wrong, or beyond its limits, with the reason and the remedy;
    StoreError where the directory holds no record.
    """
    from turnstone.query.prepared import prepared  # what reviews and views need, and the process of the query does not

    files = prepared(Path(directory), limits.threads, note)
    request = {
        "files": {name: str(path) for name, path in files.items()},
        "sql": sql,
        "rows": limits.rows,
        "seconds": limits.seconds,
        "memory_mb": limits.memory_mb,
        "threads": limits.threads,
    }
    began = time.perf_counter()
    answer, code = _asked(json.dumps(request).encode(), limits)
    line, _, rows = answer.partition(b"\n")
    if not line:
        raise QueryError(_died(code, limits))
    header = json.loads(line)
    if "error" in header:
        raise (StoreError if header["kind"] == "StoreError" else QueryError)(header["error"])
    try:
        with pa.ipc.open_stream(rows) as stream:
            table = stream.read_all()
    except (pa.ArrowException, OSError) as error:
        raise QueryError(_died(code, limits)) from error
    return Result(table, header["more"], time.perf_counter() - began)


def _asked(request: bytes, limits: Limits) -> tuple[bytes, int]:
    search = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    # The process sees nothing of the environment but what Python needs to start.
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "LD_LIBRARY_PATH") if name in os.environ}
    # Each thread of these, and Arrow's own pool, would reserve memory that counts.
    few = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "turnstone.query.serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**kept, **few, "PYTHONPATH": search, "HOME": os.devnull, "TZ": "UTC"},
    ) as process:
        try:
            answer, _ = process.communicate(request, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise QueryError(
                f"the query took more than {limits.seconds:g} seconds and was stopped; narrow it (WHERE first_day "
                "BETWEEN ..., LIMIT in every branch of a recursive query), or allow more seconds"
            ) from None
        except BaseException:
            process.kill()
            raise
    return answer, process.returncode


def _died(code: int, limits: Limits) -> str:
    return (
        f"the process of the query died (status {code}), most likely of memory beyond {limits.memory_mb} MB; narrow "
        "the query, or allow more memory"
    )
