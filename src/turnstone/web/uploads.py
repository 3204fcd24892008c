"""Codings that are begun in the browser: files go into a folder of the workbench's own, under names of its own, and a
process codes them into the record.
"""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from turnstone.errors import StoreError
from turnstone.web.merged_names import MergedNames

FOLDER = ".uploads"
KINDS = (
    ".txt", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".html", ".htm", ".rss", ".atom", ".xml", ".warc",
    ".zip", ".tar", ".tgz",
)  # fmt: skip
"""What an uploaded file may be called at its end; .gz may follow."""

MOST_FILES = 200
_BLOCK = 1 << 20


@dataclass
class Coding:
    """A coding begun in the browser. `given` inputs were read so far and `done` of them have an outcome; `counts` and
    `reasons` say what became of them once it has ended, `failure` why it ended before.
    """

    folder: Path
    names: dict[str, str]
    begun: float
    given: int = 0
    done: int = 0
    state: str = "starting"
    counts: dict[str, int] = field(default_factory=dict)
    failure: str = ""
    ended: float | None = None
    process: subprocess.Popen[bytes] | None = None
    first: float | None = None

    @property
    def running(self) -> bool:
        return self.ended is None

    @property
    def seconds(self) -> float:
        return (self.ended or time.monotonic()) - self.begun

    @property
    def rate(self) -> float:
        """Inputs a second since the first was coded; 0 before."""
        if self.first is None or self.done < 1:
            return 0.0
        return self.done / max(0.2, (self.ended or time.monotonic()) - self.first)


class Uploads:
    """The codings of one workbench, one at a time."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._last: Coding | None = None

    @property
    def last(self) -> Coding | None:
        """The coding begun last; None where none was since the workbench started."""
        return self._last

    def begin(self, files: Iterable[tuple[str, IO[bytes]]], date: str) -> Coding:
        """Keeps files, given with the names they had, and codes them; `date` is for those without one. Raises
        StoreError where that cannot be now.
        """
        with self._lock:
            if self._last is not None and self._last.running:
                raise StoreError("a coding begun here is at work; wait until it has ended")
            folder = self._directory / FOLDER / secrets.token_hex(8)
            try:
                names = _keep(folder, files)
                self._last = self._start(folder, names, date)
            except OSError as error:
                shutil.rmtree(folder, ignore_errors=True)
                raise StoreError(f"{folder.parent}: cannot be written ({error}); make room there") from error
            except StoreError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            return self._last

    def name_of(self, origin: str) -> str:
        """Where an input stood, with the name its file had when it was uploaded."""
        parts = Path(origin.partition(":")[0]).parts
        if len(parts) < 3 or FOLDER not in parts:
            return origin
        place = parts.index(FOLDER)
        with suppress(OSError, ValueError, IndexError, TypeError):
            names = json.loads((self._directory / FOLDER / parts[place + 1] / "names.json").read_text("utf-8"))
            if name := names.get(parts[place + 2]):
                return f"{name}{origin[len(origin.partition(':')[0]) :]}"
        return origin

    def _start(self, folder: Path, names: dict[str, str], date: str) -> Coding:
        merged = MergedNames(self._directory).path
        asked = {
            "directory": str(self._directory.absolute()),
            "inputs": [str((folder / name).relative_to(self._directory)) for name in names],
            "date": date or None,
            "entities": [str(merged.absolute())] if merged.exists() else [],
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "turnstone.web.upload_coding", json.dumps(asked)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._directory,
        )  # fmt: skip
        coding = Coding(folder, names, time.monotonic(), process=process)
        threading.Thread(target=_follow, args=(coding,), daemon=True, name="coding").start()
        return coding

    def stop(self) -> None:
        """Ends what is at work; what was coded until then is kept, and `turnstone resume` goes on with it."""
        coding = self._last
        if coding is not None and coding.running and coding.process is not None:
            coding.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                coding.process.wait(10)


def _keep(folder: Path, files: Iterable[tuple[str, IO[bytes]]]) -> dict[str, str]:
    """Writes the files under numbers; gives the names they had by those."""
    folder.mkdir(parents=True)
    names: dict[str, str] = {}
    for number, (name, content) in enumerate(files, 1):
        if number > MOST_FILES:
            raise StoreError(f"more than {MOST_FILES} files; put them into one .zip")
        kind = kind_of(name)
        if kind is None:
            raise StoreError(
                f"{name!r}: not a kind of input turnstone reads; give one of {' '.join(KINDS)}, or with .gz"
            )
        kept = f"{number:04}{kind}"
        with (folder / kept).open("wb") as out:
            shutil.copyfileobj(content, out, _BLOCK)
        names[kept] = name
    if not names:
        raise StoreError("no file was given; choose at least one")
    (folder / "names.json").write_text(json.dumps(names, ensure_ascii=False), "utf-8", newline="\n")
    return names


def kind_of(name: str) -> str | None:
    """The end of a file's name that says what it is; None where turnstone reads nothing of the kind."""
    lower = name.lower()
    for zipped in ("", ".gz"):
        for kind in KINDS:
            if lower.endswith(kind + zipped):
                return kind + zipped
    return None


def _follow(coding: Coding) -> None:
    """Takes what the process tells, a JSON object a line."""
    assert coding.process is not None and coding.process.stdout is not None
    for line in coding.process.stdout:
        with suppress(ValueError):
            told = json.loads(line)
            coding.state = told.get("state", "coding")
            coding.given, coding.done = told.get("given", coding.given), told.get("done", coding.done)
            if coding.first is None and coding.done:
                coding.first = time.monotonic()
            coding.counts = told.get("counts", coding.counts)
            coding.failure = told.get("failure", coding.failure)
    status = coding.process.wait()
    if coding.state not in ("finished", "failed"):
        coding.state = "failed"
        coding.failure = f"the process of the coding ended (status {status}); go on with: turnstone resume DIR"
    coding.ended = time.monotonic()
