"""The log of a record's runs, `runs.jsonl`: what was asked, when it was begun, and how it ended.

It lies beside the tables and is no part of them: times and paths may differ between two records that are the same.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from turnstone.errors import DiskError, StoreError
from turnstone.store import durable
from turnstone.store.lock import is_held
from turnstone.store.manifest import Run
from turnstone.store.shard import PENDING, described, shards_in

NAME = "runs.jsonl"
FINISHED = "finished"
COUNTS = ("given", "coded", "empty", "failed")


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """One coding of a corpus, however often it was taken up. `state` is running, interrupted (killed), stopped (by
    hand), failed or incomplete (with `reason`), or finished; `begun` and `ended` are UTC; `counts` hold given, coded,
    empty and failed inputs, those kept so far where it has not finished, none where nobody knows. `asked` is what
    `begin` was given.
    """

    number: int
    asked: Mapping[str, Any]
    digest: str
    version: str
    model: str
    begun: str
    state: str = "interrupted"
    reason: str = ""
    ended: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


class RunLog:
    """Writes the log of a directory; hold its store's lock meanwhile."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._number = 0

    def begin(self, asked: Mapping[str, Any], run: Run) -> bool:
        """Notes on the disk that a run begins; `asked` are plain JSON values. Gives True where it takes up one that has
        not finished, of the same code and model, that was asked for the same input.
        """
        known = logged(self._directory)
        same = [
            one
            for one in known
            if one.state != FINISHED and one.digest == run.digest and one.asked.get("input") == asked.get("input")
        ]
        self._number = same[-1].number if same else 1 + max((one.number for one in known), default=0)
        about = {"digest": run.digest, "turnstone": run.version, "model": run.model}
        try:
            self._write({"event": "taken up" if same else "begun", "asked": dict(asked), **about})
        except DiskError as error:
            if same:
                raise
            raise DiskError(
                f"{self._directory}: cannot be written ({error.__cause__}); no run was begun: make room or mend the "
                "disk, then give the same command again"
            ) from error
        return bool(same)

    def end(self, state: str, counts: Mapping[str, int] | None = None, reason: str = "") -> None:
        """Notes how the run ended."""
        self._write({"event": "ended", "state": state, "reason": reason, "counts": dict(counts or {})})

    def _write(self, event: dict[str, Any]) -> None:
        path = self._directory / NAME
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        line = json.dumps({"run": self._number, "at": at, **event}).encode() + b"\n"
        with durable.told(self._directory):
            new = not path.exists()
            with path.open("ab+") as file:
                if file.tell():  # a line that a crash cut short must not spoil this one
                    file.seek(-1, os.SEEK_END)
                    line = line if file.read(1) == b"\n" else b"\n" + line
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            if new:
                durable.sync(self._directory)


def logged(directory: Path) -> list[LoggedRun]:
    """The runs of a directory in the order they were begun; none where there is no log. Raises StoreError where the log
    cannot be read.
    """
    runs: dict[int, LoggedRun] = {}
    for event in _events(directory / NAME):
        number = event["run"]
        if event["event"] == "ended" and number not in runs:
            continue
        if event["event"] == "ended":
            how = {"state": event["state"], "reason": event["reason"], "ended": event["at"], "counts": event["counts"]}
            runs[number] = replace(runs[number], **how)
        else:
            begun = runs[number].begun if number in runs else event["at"]
            about = event["digest"], event["turnstone"], event["model"]
            runs.pop(number, None)  # the one taken up last stands last
            runs[number] = LoggedRun(number, event["asked"], *about, begun)
    found = list(runs.values())
    if found and found[-1].state == "interrupted" and is_held(directory / ".lock"):
        found[-1] = replace(found[-1], state="running")
    if found and found[-1].state != FINISHED:
        kept = _kept(directory, found[-1].digest)
        found[-1] = replace(found[-1], counts=kept if any(kept.values()) else found[-1].counts)
    return sorted(found, key=lambda one: one.number)


def _events(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error}); check its permissions and the disk") from error
    for line in lines:
        try:
            yield json.loads(line)
        except ValueError:
            continue  # cut short by a crash


def _kept(directory: Path, digest: str) -> dict[str, int]:
    """What the shards that wait for a commit hold of a run."""
    counts = dict.fromkeys(COUNTS, 0)
    for shard in shards_in(directory / PENDING):
        try:
            run, found = described(shard)
        except (OSError, ValueError):
            continue  # committed just now
        if digest in run:
            for name in COUNTS:
                counts[name] += found[name]
    return counts
