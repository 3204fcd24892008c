"""One article as a web page. The page is taken apart in a second process, which is killed when it takes too long."""

from __future__ import annotations

import codecs
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from turnstone.reading import articles, dates, streams
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.page_messages import receive, send
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

PAGE_SECONDS = 30.0
"""How long one page may take."""

_START_SECONDS = 120.0
_EXTRACTOR = "turnstone.reading.page_content:extract"
_DECLARED = re.compile(
    rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,500}\?>")
_ENCODINGS = re.compile(
    r"(utf-8|ascii|iso8859|cp125|cp874|cp866|koi8|gb|big5|euc_|shift_jis|cp932|cp949|iso2022_jp|mac-)"
)
# Browsers read these three as the Windows encodings that contain them, and pages are written for browsers.
_AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def read(source: Iterator[bytes], origin: str, terms: Terms, extractor: Extractor) -> Article | Refusal:
    """The article in a web page, dated as the page states or else by the date of `terms`."""
    try:
        page = decode(streams.whole(source, terms.max_bytes, "the page"))
        if not page.strip():
            raise Unreadable(articles.EMPTY_TEXT, "save the page again")
        values = extractor.extract(page)
        if not values.get("text", "").strip():
            raise Unreadable(articles.EMPTY_TEXT, "no running text was found in the page: give the article as text")
        if not values.get("date") and terms.date is None:
            raise Unreadable("the page states no date of publication", dates.no_date().remedy)
    except Unreadable as error:
        return error.refusal(origin)
    columns = Columns()
    values.pop("id", None)
    return articles.build(values, origin, Terms(terms.date, columns, terms.max_bytes))


def decode(data: bytes) -> str:
    """A page as text: by its byte order mark, else by the encoding it declares, else as UTF-8."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _, source = streams.as_utf8(iter([data]))
        return b"".join(source).decode()
    if data.startswith(codecs.BOM_UTF8):
        return streams.decode(data[3:], 3)
    declared = _DECLARED.search(data[:4096])
    label = (declared[1] or declared[2]).decode("ascii", "replace") if declared else "utf-8"
    try:
        name = codecs.lookup(label).name
    except LookupError:
        name = ""
    if name.startswith("utf-16"):  # a declaration readable as ASCII is not in UTF-16
        name = "utf-8"
    if not _ENCODINGS.match(name):
        raise Unreadable(f"the page declares the encoding {label!r}, which turnstone does not know", "save it as UTF-8")
    if name == "utf-8":
        return _XML_DECLARATION.sub("", streams.decode(data, 0))
    name = _AS_BROWSERS.get(name, name)
    try:
        return _XML_DECLARATION.sub("", data.decode(name))
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"the bytes are not valid {label}, which the page declares (byte offset {error.start})", "save it as UTF-8"
        ) from None


def _not_started(why: str) -> Unreadable:
    return Unreadable(
        f"the process that takes web pages apart did not start: {' '.join(why.split())}",
        "check that trafilatura and what it needs are installed",
    )


class Extractor:
    """A process that takes pages apart, started with the first page and again after a page it did not survive.

    Use as a context manager. `seconds` bounds one page; `function` is `module:function`, from a page to its values.
    """

    def __init__(self, seconds: float = PAGE_SECONDS, function: str = _EXTRACTOR) -> None:
        self._seconds = seconds
        self._function = function
        self._process: subprocess.Popen[bytes] | None = None
        self._broken: Unreadable | None = None

    def __enter__(self) -> Extractor:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def extract(self, page: str) -> dict[str, str]:
        """A page's values. Raises `Unreadable` when it takes too long or breaks the parser."""
        process = self._process
        if self._broken:
            raise self._broken
        if process is None or process.poll() is not None:
            try:
                process = self._start()
            except Unreadable as error:
                self._broken = error
                raise
        # A lone surrogate cannot come out of a decoder, so this always encodes.
        reply, late = self._ask(process, page.encode(), self._seconds)
        if late:
            raise Unreadable(
                f"taking the page apart took more than {self._seconds:g} seconds", "give the article as text"
            )
        if reply is None:
            self.close()
            raise Unreadable("the page broke the HTML parser", "give the article as text")
        values = json.loads(reply)
        if "error" in values:
            raise Unreadable(f"the page broke the HTML parser ({values['error']})", "give the article as text")
        return {str(key): str(value) for key, value in values.items()}

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

    def _start(self) -> subprocess.Popen[bytes]:
        self.close()
        search = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        try:
            self._process = process = subprocess.Popen(
                [sys.executable, "-P", "-m", "turnstone.reading.page_process", self._function],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": search},
            )
        except OSError as error:
            raise _not_started(str(error)) from None
        ready, late = self._ask(process, None, _START_SECONDS)
        if ready != b"":
            self.close()
            raise _not_started("it took too long" if late else (ready or b"it ended").decode())
        return process

    def _ask(
        self, process: subprocess.Popen[bytes], message: bytes | None, seconds: float
    ) -> tuple[bytes | None, bool]:
        """The reply, and whether the time ran out; then the process is gone."""
        assert process.stdin and process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            if message is not None:
                send(process.stdin, message)
            reply = receive(process.stdout)
        except OSError:
            reply = None
        finally:
            timer.cancel()
        if late.is_set():
            self.close()
        return reply, late.is_set() and reply is None
