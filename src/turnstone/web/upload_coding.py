"""The process that codes uploaded files into a record: `python -m turnstone.web.upload_coding ASKED`, where ASKED is
JSON. It tells how far it is, a JSON object a line, and notes the run in the record's log as `turnstone code` does.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from turnstone import api
from turnstone.batch import Progress, Summary, code_all
from turnstone.errors import DiskError, TurnstoneError
from turnstone.limits import Limits
from turnstone.reading import Columns, read
from turnstone.store import Store
from turnstone.store.runs import FINISHED, RunLog

_COUNTS = ("given", "coded", "empty", "failed", "aside", "already", "events")
_EVERY = 0.2


def main(asked: str) -> None:
    """Codes what is asked and tells how it went."""
    given = json.loads(asked)
    try:
        summary = _coded(given)
    except TurnstoneError as error:
        _tell(state="failed", failure=str(error))
    else:
        _tell(state="finished", done=summary.given, given=summary.given, counts=_counts(summary))


def _coded(given: dict[str, Any]) -> Summary:
    directory, inputs = Path(given["directory"]), list(given["inputs"])
    files = api.entity_files(given["entities"])
    run = api.pipeline(*files).run
    date = dt.date.fromisoformat(given["date"]) if given["date"] else None
    limits = Limits()
    wanted = {
        "input": {
            "inputs": inputs,
            "set_aside": False,
            "folder": str(Path.cwd()),
            "date": given["date"],
            "columns": asdict(Columns()),
            "allow_network": False,
            "entities": given["entities"],
        },
        "there": inputs,
        "workers": None,
        "limits": asdict(limits),
    }
    with Store(directory, run) as store:
        log = RunLog(directory)
        log.begin(wanted, run)
        _tell(state="coding")
        try:
            articles = read(inputs, date=date, columns=Columns())
            summary = code_all(articles, partial(api.make_coder, *files), store, _workers(), _Telling(), limits)
        except TurnstoneError as error:
            with suppress(DiskError):
                log.end("failed", reason=str(error))
            raise
        log.end(FINISHED, _counts(summary))
    return summary


class _Telling:
    """Tells the progress of a batch, a few times a second."""

    def __init__(self) -> None:
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            _tell(state="coding", given=progress.given, done=progress.done)


def _counts(summary: Summary) -> dict[str, int]:
    return {name: getattr(summary, name) for name in _COUNTS}


def _workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _tell(**what: object) -> None:
    with suppress(OSError):  # nobody listens any more; the coding goes on
        sys.stdout.write(json.dumps(what) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
