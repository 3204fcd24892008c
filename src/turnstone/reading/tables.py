"""Articles as rows of a CSV or TSV file with a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field

from turnstone.reading import articles, streams
from turnstone.reading.articles import Terms
from turnstone.reading.unreadable import Unreadable, not_utf8, too_long
from turnstone.records import Article, Refusal

_QUOTES = "put fields with quotes, commas or line breaks in double quotes, and double the quotes inside"
_ROOM = 16  # a field over an article's limit is still read to its end, up to so many limits, to keep the rows apart


def read(source: Iterator[bytes], origin: str, terms: Terms, delimiter: str) -> Iterator[Article | Refusal]:
    """The articles of a table; each row that is none is refused, with the line it begins on, and the rest is read."""
    try:
        skipped, source = streams.as_utf8(source)
        most = _ROOM * terms.max_bytes
        feed = _Feed(streams.lines(source, skipped, most), most)
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        header = _header(reader, feed, terms)
    except Unreadable as error:
        yield error.refusal(origin)
        return
    while True:
        where = f"{origin}:{feed.number + 1}"
        try:
            row = _next(reader, feed)
        except _LostPlace as error:
            yield error.refusal(where)
            if terms.columns.date in header:
                continue
            # Without a date in every row, a line from the middle of a broken row could pass for an article.
            yield Refusal(origin, f"the rows after line {feed.number} are not read: {error.reason}", error.remedy)
            return
        except Unreadable as error:
            if feed.stopped:
                yield error.refusal(origin)
                return
            yield error.refusal(where)
            continue
        if row is None:
            return
        if not row:
            continue
        if len(row) != len(header):
            yield Refusal(where, f"the row has {len(row)} columns and the header {len(header)}", _QUOTES)
        else:
            yield articles.build(dict(zip(header, row, strict=True)), where, terms)


class _LostPlace(Unreadable):
    """Where the next row begins is not certain any more."""


@dataclass(slots=True)
class _Feed:
    """Lines for the csv module. A byte that is no UTF-8 is passed on as a stand-in, so that the row keeps its shape,
    and its offset is noted."""

    lines: Iterator[streams.Line]
    limit: int
    number: int = 0
    bad_bytes: list[int] = field(default_factory=list)
    stopped: bool = False

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        try:
            line = next(self.lines)
        except Unreadable:
            self.stopped = True
            raise
        self.number = line.number
        if line.content is None:
            error = too_long("the line", self.limit)
            raise _LostPlace(error.reason, error.remedy)
        try:
            return line.content.decode()
        except UnicodeDecodeError as error:
            self.bad_bytes.append(line.offset + error.start)
            return line.content.decode(errors="surrogateescape")


def _next(reader: Iterator[list[str]], feed: _Feed) -> list[str] | None:
    """The next row, None after the last."""
    before = csv.field_size_limit(min(feed.limit, 2**31 - 1))
    try:
        row = next(reader, None)
    except csv.Error as error:
        feed.bad_bytes.clear()
        raise _LostPlace(f"the row is broken: {error} (line {feed.number})", _QUOTES) from None
    finally:
        csv.field_size_limit(before)  # the csv module's limit is one for the whole process
    if feed.bad_bytes:
        error_at = feed.bad_bytes[0]
        feed.bad_bytes.clear()
        raise not_utf8(error_at)
    return row


def _header(reader: Iterator[list[str]], feed: _Feed, terms: Terms) -> list[str]:
    header: list[str] | None = []
    while header == []:
        header = _next(reader, feed)
    if header is None:
        raise Unreadable("the table is empty", "begin it with a line of column names: id, date, text")
    header = [name.strip() for name in header]
    if terms.columns.text not in header:
        raise articles.missing(terms.columns.text, header)
    for name in terms.columns.names():
        if header.count(name) > 1:
            raise Unreadable(f"there are {header.count(name)} columns {name!r}", "rename all but one")
    return header
