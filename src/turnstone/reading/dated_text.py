"""One article as text: `date 2023-03-21`, then the body on the same line or the next."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from turnstone.reading import articles, dates, streams
from turnstone.reading.articles import Terms
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

_ROOM_FOR_HEADER = 1000
_HEAD = re.compile(
    r"[\s\ufeff]*date(?P<colon>[^\S\r\n]*:)?[^\S\r\n]*"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?[ ])?",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.+-]+Z?)?|\d{8}", re.ASCII)
_END = re.compile(r"[,.;:]?(?=\s|\Z)")
_FIGURES = re.compile(r"\d+[-/.]\d+[-/.]\d+\S*|\d{6,}\S*|\d{4}-\d{2}\S*", re.ASCII)


def read(source: Iterator[bytes], origin: str, terms: Terms) -> Article | Refusal:
    """The article in a text file: its header's date, or else the date of `terms`; the words after the header with the
    white space around them taken off."""
    try:
        skipped, source = streams.as_utf8(source)
        data = streams.whole(source, terms.max_bytes, "the text", _ROOM_FOR_HEADER)
        text = articles.check(streams.decode(data, skipped), "the text")
        stated, body = split_header(text)
    except Unreadable as error:
        return error.refusal(origin)
    columns = articles.Columns()
    values = {columns.date: stated, columns.text: text[body:]}
    return articles.build(values, origin, Terms(terms.date, columns, terms.max_bytes))


def split_header(text: str) -> tuple[dt.date | None, int]:
    """The header's day (None without a header) and the offset where the body begins. A header with something in it
    that is no date raises `Unreadable`; a text that merely begins with the word "date" has no header."""
    head = _HEAD.match(text)
    if not head:
        return None, len(text) - len(text.lstrip("\ufeff \t\r\n"))
    at = head.end()
    if (stamp := _STAMP.match(text, at)) and (end := _END.match(text, stamp.end())):
        return dates.parse(stamp[0]), end.end()
    if (written := dates.WRITTEN.match(text, at)) and (end := _END.match(text, written.end())):
        return dates.parse_written(written), end.end()
    if head["colon"] or stamp or written or _FIGURES.match(text, at):
        raise dates.bad_date(_line(text, at))
    return None, at - len(head[0].lstrip("\ufeff \t\r\n"))


def _line(text: str, at: int) -> str:
    return text[at : at + 200].split("\n")[0].rstrip()[:40]
