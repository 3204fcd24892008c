"""Processes that take documents apart, each killed when a document takes it too long."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from turnstone.reading.parsers.messages import BROKEN, END, RAW, REFUSED, REQUEST, VALUE, receive, send
from turnstone.reading.unreadable import Unreadable

SECONDS = 30.0
"""How long a parser may take to its next value: a page, an entry, some rows, a record, a piece of a member."""

MEMORY = 2 * 2**30
"""How many bytes of memory a parser may have."""

_START_SECONDS = 120.0


class Parser:
    """A process for one function, started with the first document and again after one it did not survive.

    `function` is `module:function`: it takes what `ask` is given and yields values for JSON, or bytes. `what` names
    what it reads, and `remedy` says what else people can do with a document that cannot be taken apart.
    """

    def __init__(
        self, function: str, what: str, remedy: str, seconds: float | None = None, memory: int | None = None
    ) -> None:
        self._function = function
        self._what = what
        self._remedy = remedy
        self._seconds = SECONDS if seconds is None else seconds
        self._memory = MEMORY if memory is None else memory
        self._process: subprocess.Popen[bytes] | None = None
        self._broken: Unreadable | None = None

    def __enter__(self) -> Parser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def one(self, *arguments: object) -> Any:
        """The only value of a document. Raises `Unreadable` as `ask` does."""
        (value,) = self.ask(*arguments)
        return value

    def ask(self, *arguments: object) -> Iterator[Any]:
        """A document's values, as the function yields them. Raises `Unreadable`, after the values before, for what it
        refuses, and when it takes too long or too much memory, breaks or dies. Another document may be asked for once
        this one's values have ended; leaving them early ends the process."""
        process = self._running()
        request: bytes | None = pickle.dumps(arguments)
        at_rest = False
        try:
            while True:
                reply, late = self._reply(process, request, self._seconds)
                request = None
                if late:
                    raise Unreadable(f"reading {self._what} took more than {self._seconds:g} seconds", self._remedy)
                if reply is None:
                    raise Unreadable(f"{self._what} broke its parser", self._remedy)
                kind, message = reply
                if kind == RAW:
                    yield message
                elif kind == VALUE:
                    yield json.loads(message)
                else:
                    at_rest = not message.startswith(b"MemoryError")
                    if kind == END:
                        return
                    raise self._refusal(kind, message)
        finally:
            if not at_rest:
                self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue  # unsent bytes for a process that is gone

    def _refusal(self, kind: bytes, message: bytes) -> Unreadable:
        if kind == REFUSED:
            return Unreadable(*json.loads(message))
        if message.startswith(b"MemoryError"):
            most = f"{self._memory / 2**30:.2g} GB"
            return Unreadable(f"reading {self._what} takes more than {most} of memory", self._remedy)
        return Unreadable(f"{self._what} broke its parser ({message.decode()})", self._remedy)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._broken:
            raise self._broken
        if self._process is not None and self._process.poll() is None:
            return self._process
        try:
            return self._start()
        except Unreadable as error:
            self._broken = error
            raise

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        search = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        serve = [sys.executable, "-P", "-m", "turnstone.reading.parsers.serve", self._function, str(self._memory)]
        try:
            self._process = process = subprocess.Popen(
                serve,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Each thread, and each pool of Arrow's own, would reserve address space that counts.
                env={**os.environ, "PYTHONPATH": search, "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"},
            )
        except OSError as error:
            raise self._not_started(str(error)) from None
        reply, late = self._reply(process, None, _START_SECONDS)
        if reply is None or reply[0] == BROKEN:
            self.close()
            raise self._not_started("it took too long" if late else reply[1].decode() if reply else "it ended")
        return process

    def _not_started(self, why: str) -> Unreadable:
        return Unreadable(
            f"the process that reads {self._what} did not start: {' '.join(why.split())}",
            "check that turnstone and what it needs are installed whole",
        )

    def _reply(
        self, process: subprocess.Popen[bytes], request: bytes | None, seconds: float
    ) -> tuple[tuple[bytes, bytes] | None, bool]:
        """The next message, and whether the time ran out before it came; then the process is gone."""
        assert process.stdin and process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if request is not None:
                send(process.stdin, REQUEST, request)
            reply = receive(process.stdout)
        except OSError:
            reply = None
        finally:
            timer.cancel()
        return reply, late.is_set() and reply is None


class Parsers:
    """The parsers of one reading. Use as a context manager."""

    def __init__(self) -> None:
        def parser(function: str, what: str, remedy: str) -> Parser:
            return Parser(f"turnstone.reading.parsers.{function}", what, remedy)

        self.page = parser("pages:page", "the page", "give the article as text")
        self.feed = parser("feeds:entries", "the feed", "give its entries as JSON lines")
        self.rows = parser("rows:rows", "the Parquet file", "write it again in smaller row groups, or as JSON lines")
        self.records = parser("records:records", "the WARC file", "give its pages as HTML files")
        self.members = parser("members:members", "the archive", "unpack it and give the folder")
        self.fetched = parser("fetching:fetch", "the address", "save it as a file and give that")

    def __enter__(self) -> Parsers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in (self.page, self.feed, self.rows, self.records, self.members, self.fetched):
            one.close()
