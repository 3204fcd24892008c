"""From a file, or a document that came another way, to articles: its kind goes by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from turnstone.reading import (
    archives,
    dated_text,
    feeds,
    json_records,
    parquet,
    streams,
    tables,
    web_archives,
    web_pages,
)
from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parsers
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

KINDS = {
    ".txt": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "array",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".html": "page",
    ".htm": "page",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".warc": "warc",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "tar",
}
_FILES_ONLY = ("warc", "zip", "tar")
_UNKNOWN = Unreadable(
    "not a kind of input turnstone reads", f"give it as one of {' '.join(KINDS)}, or one of these with .gz"
)
_WHOLE_PARQUET = 100  # a compressed Parquet file is held in memory, up to this many articles' limit


def read_file(path: Path, origin: str, terms: Terms, parsers: Parsers) -> Iterator[Article | Refusal]:
    """The articles in a file."""
    kind, compressed = _kind(path.name)
    if kind is None:
        yield _UNKNOWN.refusal(origin)
        return
    try:
        if path.exists() and not path.is_file():  # opening a pipe could wait for ever
            yield Refusal(origin, "it is no regular file", "save it as a file, or give it on standard input as -")
            return
        file = path.open("rb")
    except OSError as error:
        yield streams.unopened(error).refusal(origin)
        return
    with file:
        # What comes from a parser's process is opened there; it is open here to tell why it cannot be.
        if kind == "warc":
            yield from web_archives.read(path, compressed, origin, terms, parsers)
        elif kind in ("zip", "tar"):

            def read_member(name: str, source: Iterator[bytes], where: str) -> Iterator[Article | Refusal]:
                return read(name, source, where, terms, parsers)

            yield from archives.read(path, kind, compressed, origin, terms, parsers.members, read_member)
        elif kind == "parquet" and not compressed:
            yield from parquet.read(path, origin, terms, parsers.rows)
        else:
            yield from _read_kind(kind, streams.chunks(file, compressed), origin, terms, parsers)


def read(
    name: str,
    source: Iterator[bytes],
    origin: str,
    terms: Terms,
    parsers: Parsers,
    address: str = "",
    charset: str = "",
) -> Iterator[Article | Refusal]:
    """The articles in a document that is no file of its own: the member of an archive, or what an address holds."""
    kind, compressed = _kind(name)
    if kind in _FILES_ONLY:
        yield Refusal(origin, f"a {kind} file is read as a file only", "give it as a file of its own")
    elif kind is None:
        yield _UNKNOWN.refusal(origin)
    else:
        unpacked = streams.chunks(streams.Readable(source), compressed) if compressed else source
        yield from _read_kind(kind, unpacked, origin, terms, parsers, address, charset)


def _read_kind(
    kind: str,
    source: Iterator[bytes],
    origin: str,
    terms: Terms,
    parsers: Parsers,
    address: str = "",
    charset: str = "",
) -> Iterator[Article | Refusal]:
    if kind == "text":
        yield dated_text.read(source, origin, terms)
    elif kind == "lines":
        yield from json_records.read_lines(source, origin, terms)
    elif kind == "array":
        yield from json_records.read_array(source, origin, terms)
    elif kind == "csv":
        yield from tables.read(source, origin, terms, ",")
    elif kind == "tsv":
        yield from tables.read(source, origin, terms, "\t")
    elif kind == "page":
        yield web_pages.read(source, origin, terms, parsers.page, address, charset)
    elif kind == "feed":
        yield from feeds.read(source, origin, terms, parsers.feed, charset)
    else:
        yield from _read_parquet(source, origin, terms, parsers)


def _kind(name: str) -> tuple[str | None, bool]:
    """What a file of this name holds, None for what is not read, and whether it is compressed."""
    name = name.lower()
    if name.endswith(".tgz"):
        return "tar", True
    compressed = name.endswith(".gz")
    kind = KINDS.get(Path(name.removesuffix(".gz")).suffix)
    return (None if compressed and kind == "zip" else kind), compressed


def _read_parquet(source: Iterator[bytes], origin: str, terms: Terms, parsers: Parsers) -> Iterator[Article | Refusal]:
    try:
        data = streams.whole(source, _WHOLE_PARQUET * terms.max_bytes, "the unpacked file")
    except Unreadable as error:
        yield Refusal(origin, error.reason, "unpack it first; Parquet files are compressed inside")
        return
    yield from parquet.read(data, origin, terms, parsers.rows)
