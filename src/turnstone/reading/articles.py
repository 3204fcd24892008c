"""From named values to an article: the rules that every kind of input shares."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields

from turnstone.reading import dates
from turnstone.reading.unreadable import Unreadable, shown, too_long
from turnstone.records import Article, Refusal

EMPTY_TEXT = "the text is empty"
"""The reason of a refusal whose input was readable but has no words."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns (CSV, TSV, Parquet) or keys (JSON) that hold each value."""

    id: str = "id"
    date: str = "date"
    text: str = "text"
    title: str = "title"
    publisher: str = "publisher"
    author: str = "author"
    url: str = "url"

    def names(self) -> tuple[str, ...]:
        """All seven names."""
        return tuple(getattr(self, f.name) for f in fields(self))


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for a whole reading: the date for articles that state none, the column names, and the limit on one
    article in bytes."""

    date: dt.date | None
    columns: Columns
    max_bytes: int


def digest(published: dt.date, text: str) -> str:
    """The id of an article that brings none: 16 hexadecimal digits of the SHA-256 of its day and text."""
    return hashlib.sha256(f"{published.isoformat()}\n{text}".encode()).hexdigest()[:16]


def build(values: Mapping[str, object], origin: str, terms: Terms) -> Article | Refusal:
    """The article in a row's named values. A title that does not begin the text is put before it; a missing or empty
    date becomes the date of `terms`; an id of whole numbers becomes a string."""
    columns = terms.columns
    given = ""
    try:
        given = _id(values, columns.id)
        if columns.text not in values:
            raise missing(columns.text, list(values))
        text = _string(values, columns.text).strip()
        title = _string(values, columns.title).strip()
        published = _published(values, terms)
        if not text:
            raise Unreadable(EMPTY_TEXT, "give the article's words, or leave it out")
        if title and not text.startswith(title):
            text = f"{title}\n\n{text}"
        if len(text.encode()) > terms.max_bytes:
            raise too_long("the text", terms.max_bytes)
        return Article(
            id=given or digest(published, text),
            published=published,
            text=text,
            title=title,
            publisher=_string(values, columns.publisher).strip(),
            author=_string(values, columns.author).strip(),
            url=_string(values, columns.url).strip(),
            origin=origin,
        )
    except Unreadable as error:
        return error.refusal(origin, given)


def missing(column: str, found: list[str]) -> Unreadable:
    """The refusal of a row or table without the column that is to hold the text."""
    names = ", ".join(shown(name, 30) for name in found[:12]) or "none"
    return Unreadable(
        f"there is no column {column!r}", f"name the column that holds the text (--text-column); found: {names}"
    )


def check(text: str, where: str) -> str:
    """The text itself, unless it holds what no UTF-8 text can."""
    if "\0" in text:
        raise Unreadable(f"{where} holds a NUL character (at {text.index(chr(0))})", "remove it; is this a text?")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Unreadable(
            f"{where} holds a lone surrogate (at {error.start})", "write characters beyond U+FFFF as pairs, or as UTF-8"
        ) from None
    return text


def _published(values: Mapping[str, object], terms: Terms) -> dt.date:
    value = values.get(terms.columns.date)
    if value is not None and not (isinstance(value, str) and not value.strip()):
        return dates.parse(value)
    if terms.date is None:
        raise dates.no_date()
    return terms.date


def _string(values: Mapping[str, object], column: str) -> str:
    value = values.get(column)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"column {column!r} holds {_kind(value)} ({shown(value)})", f"give {column} as text")
    return check(value, f"column {column!r}")


def _id(values: Mapping[str, object], column: str) -> str:
    value = values.get(column)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(values, column).strip()


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, Mapping):
        return "an object"
    return "bytes" if isinstance(value, bytes) else f"a {type(value).__name__}"
