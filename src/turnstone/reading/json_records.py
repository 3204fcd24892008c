"""Articles as JSON: one object a line (JSONL), or an array of objects."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from turnstone.reading import articles, streams
from turnstone.reading.articles import Terms
from turnstone.reading.unreadable import Unreadable, not_utf8, shown, too_long
from turnstone.records import Article, Refusal

_SPACE = " \t\r\n"
_BROKEN_REMEDY = "write each article as one JSON object"


def read_lines(source: Iterator[bytes], origin: str, terms: Terms) -> Iterator[Article | Refusal]:
    """The articles of a JSONL file; each line that is none is refused and the rest is read. Blank lines are nothing."""
    try:
        skipped, source = streams.as_utf8(source)
        for line in streams.lines(source, skipped, terms.max_bytes):
            where = f"{origin}:{line.number}"
            if line.content is None:
                yield too_long("the line", terms.max_bytes).refusal(where)
            elif line.content.strip():
                yield _line(line.content, line.offset, where, terms)
    except Unreadable as error:
        yield error.refusal(origin)


def _line(content: bytes, offset: int, origin: str, terms: Terms) -> Article | Refusal:
    number = origin.rpartition(":")[2]
    try:
        value = json.loads(streams.decode(content, offset))
    except Unreadable as error:
        return error.refusal(origin)
    except json.JSONDecodeError as error:
        reason = f"the JSON is broken: {error.msg} (line {number}, column {error.colno})"
        return Refusal(origin, reason, f"{_BROKEN_REMEDY} on a line")
    except (RecursionError, ValueError) as error:
        return Refusal(origin, f"the JSON cannot be read: {error} (line {number})", f"{_BROKEN_REMEDY} on a line")
    return _object(value, origin, terms)


def _object(value: object, origin: str, terms: Terms) -> Article | Refusal:
    if not isinstance(value, dict):
        return Refusal(origin, f"it is JSON but no object: {shown(value)}", f"{_BROKEN_REMEDY} with a date and a text")
    return articles.build(value, origin, terms)


def read_array(source: Iterator[bytes], origin: str, terms: Terms) -> Iterator[Article | Refusal]:
    """The articles of a JSON file: an array of objects, or objects one after another. The origin of each is its place
    counted from 0, `reports.json[12]`. What follows a break in the JSON is not read, and the refusal says so."""
    document = _Document(source, 16 * terms.max_bytes)
    index = 0
    try:
        in_array = document.peek() == "["
        if in_array:
            document.take()
        elif not document.peek():
            raise Unreadable(articles.EMPTY_TEXT, "give the articles as a JSON array of objects")
        while document.peek() not in ("]", "") or (in_array and not document.peek()):
            where = f"{origin}[{index}]"
            size, value = document.value()
            yield (
                too_long("the object", terms.max_bytes).refusal(where)
                if size > terms.max_bytes
                else _object(value, where, terms)
            )
            index += 1
            if in_array and document.peek() != "]":
                document.expect(",")
        if in_array:
            document.take()
        if document.peek():
            raise document.broken("Extra data")
    except Unreadable as error:
        yield error.refusal(f"{origin}[{index}]" if index else origin)


class _Document:
    """JSON text read from the front, holding no more of it than one value needs."""

    def __init__(self, source: Iterator[bytes], most: int) -> None:
        self._skipped, self._source = streams.as_utf8(source)
        self._most = most
        self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._scan = json.JSONDecoder().raw_decode
        self._text, self._at, self._fed, self._ended = "", 0, 0, False
        self._line, self._column = 1, 1
        self._cut: Unreadable | None = None

    def peek(self) -> str:
        """The next character that is no white space; empty at the end."""
        while True:
            rest = self._text[self._at : self._at + 4096]
            blank = len(rest) - len(rest.lstrip(_SPACE))
            self._advance(blank)
            if self._at < len(self._text):
                if blank < len(rest):
                    return self._text[self._at]
            elif not self._more(1):
                if self._cut:
                    raise self._cut
                return ""

    def take(self) -> None:
        """Pass over one character."""
        self._advance(1)

    def expect(self, character: str) -> None:
        """Pass over a character that must come next."""
        if self.peek() != character:
            raise self.broken(f"Expecting '{character}'")
        self.take()
        if self.peek() == "]":
            raise self.broken("Expecting value")

    def value(self) -> tuple[int, object]:
        """The next JSON value and its size in bytes."""
        self.peek()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                ahead = error.pos - self._at
                if self._more(len(self._text) - self._at):
                    continue
                if self._cut:
                    raise self._cut from None
                self._advance(ahead)
                raise self.broken(error.msg) from None
            except (RecursionError, ValueError) as error:
                raise self.broken(str(error)) from None
            if end == len(self._text) and self._more(1):
                continue
            size = len(self._text[self._at : end].encode("utf-8", "surrogatepass"))
            self._advance(end - self._at)
            return size, value

    def broken(self, what: str) -> Unreadable:
        """The refusal of the rest of the document."""
        return Unreadable(
            f"the JSON is broken: {what} (line {self._line}, column {self._column}); what follows is not read",
            "mend it there, or write one object a line as .jsonl, where one break costs one article",
        )

    def _advance(self, count: int) -> None:
        passed = self._text[self._at : self._at + count]
        breaks = passed.count("\n")
        self._line += breaks
        self._column = len(passed) - passed.rfind("\n") if breaks else self._column + len(passed)
        self._at += count

    def _more(self, wanted: int) -> bool:
        """Read at least `wanted` characters more; whether any came. Asking for as many as are held keeps the work of
        reading a long value linear."""
        held = self._text[self._at :]
        if self._ended or len(held) > self._most:
            return False
        parts = [held]
        got = 0
        while got < max(wanted, 1) and not self._ended:
            part = self._part()
            parts.append(part)
            got += len(part)
        self._text, self._at = "".join(parts), 0
        return got > 0

    def _part(self) -> str:
        """The next piece of text. What is wrong with the source is kept until all before it has been read."""
        try:
            chunk = next(self._source, None)
            self._ended = chunk is None
            self._fed += len(chunk or b"")
            return self._decoder.decode(chunk or b"", final=self._ended)
        except UnicodeDecodeError as error:
            at = self._skipped + self._fed - len(error.object) + error.start
            self._ended, self._cut = True, not_utf8(at)
            return error.object[: error.start].decode()
        except Unreadable as error:
            self._ended, self._cut = True, error
            return ""
