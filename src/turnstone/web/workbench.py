"""What a running workbench holds: the record as it is now, indexed, and the process that codes for it."""

from __future__ import annotations

import shutil
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from turnstone.errors import TurnstoneError
from turnstone.records import Article, Refusal
from turnstone.web.coding import OnDemand, Outcome
from turnstone.web.commands import Commands
from turnstone.web.index.build import build, build_search, index_folder, newest
from turnstone.web.index.opened import OpenRecord, open_record
from turnstone.web.index.progress import Progress, Stopped
from turnstone.web.index.speakers import SpeakersAtHand
from turnstone.web.kept_report import keep
from turnstone.web.merged_names import MergedNames
from turnstone.web.reviewed import AfterReview
from turnstone.web.settings import WebSettings
from turnstone.web.uploads import Uploads

_YES = ("1", "true", "yes", "on", "t", "y")
_PATIENCE = 40
"""How many tenths of a second a visitor waits for an index before a page says how far it is."""


class NoRecord(Exception):
    """There is no record in the folder yet."""


@dataclass
class Preparing(Exception):
    """The record is being indexed: how far that is, or why it cannot be."""

    progress: Progress
    failure: str = ""


class Workbench:
    """The record of a directory. It is indexed in a thread of its own when it is first asked for, and again when a
    coding has changed it; until that is done the old one is shown. `warm` asks a record for what is asked first.
    """

    def __init__(self, directory: Path, settings: WebSettings, warm: Callable[[OpenRecord], None]) -> None:
        self.directory = directory
        self._warm = warm
        self.settings = settings
        self.coding = OnDemand()
        self.commands = Commands()
        self.uploads = Uploads(directory)
        self._merged = MergedNames(directory)
        self.speakers = SpeakersAtHand()
        self.after_review = AfterReview()
        self._lock = threading.Lock()
        self._record: OpenRecord | None = None
        self._work: _Indexing | None = None

    @property
    def name(self) -> str:
        """What the record is called: its folder's name."""
        return self.directory.absolute().name

    def record(self) -> OpenRecord:
        """The record. Raises NoRecord where there is none, Preparing while it is indexed."""
        with self._lock:
            mark = newest(self.directory)
            if mark is None:
                self._record = None
                raise NoRecord
            work = self._work
            if work is None or (work.mark != mark and work.done.is_set()):
                work = self._work = _Indexing(self, mark, self._record.folder if self._record else None)
            if work.mark == mark and work.ready.is_set() and (self._record is None or self._record.mark != mark):
                # A request may still be reading the old record; its index goes with the last of them.
                if self._record:
                    self._record.forget()
                    weakref.finalize(self._record, shutil.rmtree, self._record.folder, ignore_errors=True)
                self._record = work.record
            if self._record:
                return self._record
            raise Preparing(work.progress, work.failure)

    def current(self) -> OpenRecord:
        """The record as it is this moment, where `record` may still give the one before; waits a little for it."""
        for _ in range(_PATIENCE):
            with suppress(Preparing):
                found = self.record()
                if found.mark == newest(self.directory):
                    return found
            time.sleep(0.1)
        found = self.record()
        if found.mark != newest(self.directory) and self._work:
            raise Preparing(self._work.progress, self._work.failure)
        return found

    def code(self, article: Article) -> Outcome | Refusal:
        """Codes an article with the names that were merged here, as a coding begun under Runs would."""
        return self.coding.code(article, self._merged.files())

    def keep(self, outcome: Outcome) -> None:
        """Puts a coded article into the record. Raises StoreError while a coding is at work there."""
        keep(self.directory, outcome, self._merged.files())

    def start(self) -> None:
        """Begins to index, so that a first visitor need not wait."""
        with suppress(NoRecord, Preparing):
            self.record()

    def warm(self, record: OpenRecord) -> None:
        """Asks a record for what its visitors ask for first."""
        self._warm(self.reviewed(record))

    def reviewed(self, record: OpenRecord) -> OpenRecord:
        """The record after review. Where its reviews cannot be read it is the coding; pages say why."""
        try:
            return self.after_review.of(record)
        except TurnstoneError:
            return record

    def close(self) -> None:
        """Ends what runs for this workbench."""
        self.coding.stop()
        self.commands.stop()
        self.uploads.stop()
        if self._work:
            self._work.progress.stop()


class _Indexing:
    """A thread that indexes one state of the record. `ready` is set when pages can be shown, `done` when all is."""

    def __init__(self, bench: Workbench, mark: str, in_use: Path | None) -> None:
        self.mark = mark
        self.progress = Progress()
        self.failure = ""
        self.ready, self.done = threading.Event(), threading.Event()
        self.folder = index_folder(bench.directory, bench.settings.cache, mark)
        self.record: OpenRecord | None = None
        self._bench = bench
        self._in_use = in_use
        threading.Thread(target=self._run, daemon=True, name="indexing").start()

    def _run(self) -> None:
        try:
            build(self._bench.directory, self.folder, self.progress, self._in_use)
            self.record = open_record(self.folder, self._bench.directory, self.mark, self.progress)
            self._bench.warm(self.record)
            self.ready.set()
            build_search(self.folder, self.progress)
        except Stopped:
            pass
        except TurnstoneError as error:
            self.failure = str(error)
        except Exception as error:
            self.failure = f"{type(error).__name__}: {error}"
        finally:
            self.done.set()


def _workbench(request: Request) -> Workbench:
    found: Workbench = request.app.state.workbench
    return found


def _record(request: Request) -> OpenRecord:
    bench = _workbench(request)
    found = bench.record()
    return found if request.query_params.get("coded", "").lower() in _YES else bench.reviewed(found)


Bench = Annotated[Workbench, Depends(_workbench)]
"""A parameter of a route: the workbench."""

Record = Annotated[OpenRecord, Depends(_record)]
"""A parameter of a route: the record after review, or with `coded=1` in the address as it was coded; where there is
none, a page that says so is the answer."""
