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

from turnstone import storage
from turnstone.reading import addresses, dated_text, documents, json_records, stored_files, streams
from turnstone.reading.articles import Columns, Terms
from turnstone.reading.parsers.process import Parsers
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal

MAX_BYTES = 10 * 2**20
"""The default limit on one article."""


def read(
    inputs: Iterable[str | Path],
    *,
    date: dt.date | None = None,
    columns: Columns = Columns(),  # noqa: B008  (frozen)
    max_bytes: int = MAX_BYTES,
    stdin: BinaryIO | None = None,
    allow_network: bool = False,
) -> Iterator[Article | Refusal]:
    """The articles of files, folders (all that is in them, but nothing whose name begins with a dot), globs, addresses
    in object storage (of a file, folder or glob), web addresses, and standard input (the string `-`), lazily: inputs as
    given, a folder's or glob's files by name, each file once.

    Kinds go by the name: .txt (a text, dated in its first line), .jsonl, .ndjson, .json, .csv, .tsv, .parquet, .html,
    .htm, feeds as .rss, .atom, .xml, web archives as .warc, and each with .gz; archives of these as .zip, .tar,
    .tar.gz, .tgz. Standard input is JSONL if it begins with `{`, otherwise a dated text.

    `date` is for articles that state no date; `max_bytes` is the limit on one article. Addresses (http and https, of
    public machines) are fetched only where `allow_network` says so. What cannot be read comes as a `Refusal` in its
    place; nothing is raised for an input.
    """
    terms = Terms(date, columns, max_bytes)
    seen: set[str] = set()
    with Parsers() as parsers:

        def read_document(
            name: str, source: Iterator[bytes], origin: str, address: str, charset: str
        ) -> Iterator[Article | Refusal]:
            return documents.read(name, source, origin, terms, parsers, address, charset)

        for given in [inputs] if isinstance(inputs, str | Path) else inputs:
            for found in _find(given):
                if isinstance(found, Refusal):
                    yield found
                    continue
                key = os.path.realpath(found) if isinstance(found, Path) else found
                if key in seen:
                    continue
                seen.add(key)
                if isinstance(found, Path):
                    yield from documents.read_file(found, _name(found), terms, parsers)
                elif found == "-":
                    yield from _read_stdin(stdin or sys.stdin.buffer, terms)
                elif storage.is_storage(found):
                    yield from stored_files.read(found, terms, parsers)
                else:
                    yield from addresses.read(found, allow_network, terms, parsers.fetched, read_document)


def _find(given: str | Path) -> Iterator[Path | str | Refusal]:
    """The files an input names; a string is standard input (`-`), a file in object storage, or a web address."""
    if isinstance(given, str) and storage.is_storage(given):
        local = storage.local_path(given)
        yield from stored_files.find(given) if local is None else _find(local)
        return
    if isinstance(given, str) and (given == "-" or addresses.is_address(given)):
        yield given
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
