"""Ends or fails a session at each of its steps on the disk in turn, takes it up again and compares the bytes.

    python -m tests.store.every_step killed|full DIR [STRIDE]

Each session is a fork, so that nothing of one is left to the next; `killed` leaves at once, without a `finally`, and
`full` lets nothing be created or synced any more. A STRIDE of 4 takes every fourth step only. Prints how many steps
there were; raises AssertionError where a record differs, or where a reader in between would see one that is neither
the old nor the new.
"""

from __future__ import annotations

import errno
import os
import random
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.store.samples import RUN, article, record
from turnstone.batch import code_shards, sharded
from turnstone.errors import DiskError
from turnstone.records import Article, Record, Refusal
from turnstone.store import TABLES, Store, merge, read_table

with suppress(ImportError):  # where it is installed Arrow loads it, and each fork would anew
    import pandas  # noqa: F401

KILLED = 9
FULL = 7
CREATING = {"open", "os.mkdir", "os.rename", "os.fsync"}
REMOVING = {"os.remove", "os.rmdir"}
INPUTS: list[Article | Refusal] = [
    article("1"),
    article("2", "raise"),
    Refusal("x:1", "no date", "give --date"),
    article("3", "Nothing.", origin="b:2"),
    article("1", origin="y:1"),
    article("3", origin="b:1"),
    article("4"),
]
OLD = 2


def code(given: Article) -> Record:
    if "raise" in given.text:
        raise ValueError("cannot be coded")
    return record(given)


def session(path: Path, inputs: list[Article | Refusal]) -> None:
    merge.HELD_BYTES = 1  # type: ignore[misc]
    with Store(path, RUN) as store:
        code_shards(sharded(iter(inputs), 2), lambda: code, store, 0)


def run(path: Path, last_step: int, mode: str, inputs: list[Article | Refusal]) -> int:
    """The exit status of a fork that runs a session and meets its end at `last_step`; 0 if it has fewer."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = 0

    def step(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        writes = event != "open" or (isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if not last_step or not writes or event not in CREATING | REMOVING:
            return
        steps += 1
        if mode == "killed" and steps == last_step:
            os._exit(KILLED)
        if mode == "full" and steps >= last_step and event in CREATING:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    os.fsync = lambda handle: step("os.fsync", ())  # type: ignore[assignment]
    sys.addaudithook(step)
    status = 1
    try:
        session(path, inputs)
        status = 0
    except DiskError:
        status = FULL
    except BaseException as error:
        if "choose another directory" in str(error):  # at the very first step
            status = FULL
        else:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.stderr.flush()
        os._exit(status)


def seen(path: Path) -> int:
    """How many articles a reader sees. Every row must belong to one of them."""
    ids = set(read_table(path, "articles")["id"].to_pylist())
    for name in TABLES[1:-1]:
        assert set(read_table(path, name)["article_id"].to_pylist()) <= ids, name
    return len(ids)


def in_fork(check: Callable[[], object]) -> None:
    child = os.fork()
    if child:
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        return
    status = 1
    try:
        check()
        status = 0
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.stderr.flush()
        os._exit(status)


def files(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def main(mode: str, root: Path, stride: int) -> None:
    draw = random.Random(5)
    whole, old, path = root / "whole", root / "old", root / "broken"
    assert run(whole, 0, mode, INPUTS) == 0
    assert run(old, 0, mode, INPUTS[:OLD]) == 0
    expected = files(whole)
    step = 1 - stride
    while True:
        step += stride
        shutil.rmtree(path, ignore_errors=True)
        shutil.copytree(old, path)
        ended = run(path, step, mode, INPUTS)
        in_fork(lambda: seen(path) in (1, 3) or sys.exit("neither the old record nor the new"))
        if ended == 0:
            break
        assert ended == {"killed": KILLED, "full": FULL}[mode], f"step {step}: status {ended}"
        run(path, 1 + draw.randrange(40), mode, INPUTS)
        assert run(path, 0, mode, INPUTS) == 0, f"step {step}"
        assert files(path) == expected, f"step {step}"
    print(step)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 1)
