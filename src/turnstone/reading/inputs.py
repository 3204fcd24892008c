"""From what people name (files, folders, globs, standard input) to articles, in a fixed order."""

from __future__ import annotations

import codecs
import datetime as dt
import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from turnstone.reading import dated_text, json_records, parquet, streams, tables, web_pages
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

MAX_BYTES = 10 * 2**20
"""The default limit on one article."""

_KINDS = {
    ".txt": "text",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "array",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".html": "page",
    ".htm": "page",
}
_UNKNOWN = Unreadable(
    "not a kind of input turnstone reads", f"give it as one of {' '.join(_KINDS)}, or one of these with .gz"
)
_WHOLE_PARQUET = 100  # a compressed Parquet file is held in memory, up to this many articles' limit


def read(
    inputs: Iterable[str | Path],
    *,
    date: dt.date | None = None,
    columns: Columns = Columns(),  # noqa: B008  (frozen)
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Refusal]:
    """The articles of files, folders (all that is in them, but nothing whose name begins with a dot), globs, and
    standard input (the string `-`), lazily: inputs as given, a folder's or glob's files by name, each file once.

    Kinds go by the name: .txt (a text, dated in its first line), .jsonl, .ndjson, .json, .csv, .tsv, .parquet, .html,
    .htm, and each with .gz. Standard input is JSONL if it begins with `{`, otherwise a dated text.

    `date` is for articles that state no date; `max_bytes` is the limit on one article. What cannot be read comes as a
    `Refusal` in its place; nothing is raised for an input.
    """
    terms = Terms(date, columns, max_bytes)
    seen: set[str] = set()
    with web_pages.Extractor(web_pages.PAGE_SECONDS) as extractor:
        for given in [inputs] if isinstance(inputs, str | Path) else inputs:
            for found in _find(given):
                if isinstance(found, Refusal):
                    yield found
                    continue
                key = "-" if found is None else os.path.realpath(found)
                if key in seen:
                    continue
                seen.add(key)
                if found is None:
                    yield from _read_stdin(stdin or sys.stdin.buffer, terms)
                else:
                    yield from _read_file(found, terms, extractor)


def _find(given: str | Path) -> Iterator[Path | Refusal | None]:
    """The files an input names; None stands for standard input."""
    if given == "-":
        yield None
        return
    path = Path(given)
    try:
        if os.path.lexists(path):
            yield from _walk(path, frozenset())
            return
        pattern = any(sign in str(given) for sign in "*?[")
        matches = sorted(glob.glob(str(given), recursive=True)) if pattern else []  # noqa: PTH207  (takes any pattern)
    except (OSError, ValueError) as error:
        yield Refusal(_name(path), f"it cannot be read ({error})", "check the name")
        return
    # A link to a folder above would match again and again, until the system gives up on the path.
    met: set[str] = set()
    for match in matches:
        real = os.path.realpath(match)
        if real not in met:
            met.add(real)
            yield from _walk(Path(match), frozenset())
    if not matches:
        reason = "no file matches the pattern" if pattern else "there is no such file or folder"
        yield Refusal(_name(path), reason, "check the name and the folder you are in")


def _walk(path: Path, above: frozenset[str]) -> Iterator[Path | Refusal]:
    """The file itself, or a folder's files in the order of their names. A link to a folder it lies in ends there."""
    try:
        if not path.is_dir():
            yield path
            return
        real = os.path.realpath(path)
        if real in above:
            return
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError as error:
        yield streams.unopened(error).refusal(_name(path))
        return
    if not names and not above:
        yield Refusal(_name(path), "the folder is empty", "check the name")
    for name in names:
        yield from _walk(path / name, above | {real})


def _read_file(path: Path, terms: Terms, extractor: web_pages.Extractor) -> Iterator[Article | Refusal]:
    origin = _name(path)
    name = path.name.lower()
    compressed = name.endswith(".gz")
    kind = _KINDS.get(Path(name.removesuffix(".gz")).suffix)
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
        source = streams.chunks(file, compressed)
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
            yield web_pages.read(source, origin, terms, extractor)
        else:
            yield from _read_parquet(path, source if compressed else None, origin, terms)


def _read_parquet(
    path: Path, unpacked: Iterator[bytes] | None, origin: str, terms: Terms
) -> Iterator[Article | Refusal]:
    if unpacked is None:
        yield from parquet.read(path, origin, terms)
        return
    try:
        data = streams.whole(unpacked, _WHOLE_PARQUET * terms.max_bytes, "the unpacked file")
    except Unreadable as error:
        yield Refusal(origin, error.reason, "unpack it first; Parquet files are compressed inside")
        return
    yield from parquet.read(data, origin, terms)


def _read_stdin(stdin: BinaryIO, terms: Terms) -> Iterator[Article | Refusal]:
    origin = "stdin"
    source = streams.chunks(stdin, compressed=False)
    head: list[bytes] = []
    try:
        mark, source = streams.as_utf8(source)
        for chunk in source:
            head.append(chunk)
            if chunk.strip() or sum(map(len, head)) > terms.max_bytes:
                break
    except Unreadable as error:
        yield error.refusal(origin)
        return
    # The reader looks for a mark again, and counts its bytes.
    rest = _joined([codecs.BOM_UTF8 if mark == len(codecs.BOM_UTF8) else b"", *head], source)
    if b"".join(head).lstrip().startswith(b"{"):
        yield from json_records.read_lines(rest, origin, terms)
    else:
        yield dated_text.read(rest, origin, terms)


def _joined(head: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from head
    yield from rest


def _name(path: Path) -> str:
    """A path as origins show it; bytes of a file name that are no UTF-8 are escaped."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
