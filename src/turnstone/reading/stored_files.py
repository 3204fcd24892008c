"""Files in object storage as inputs: each is fetched into a temporary folder, read there, and removed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from turnstone import storage
from turnstone.errors import StorageError
from turnstone.reading import documents
from turnstone.reading.articles import Terms
from turnstone.reading.parsers.process import Parsers
from turnstone.reading.unreadable import Unreadable
from turnstone.records import Article, Refusal


def find(address: str) -> Iterator[str | Refusal]:
    """The addresses of the files that an address names: a file, a folder or a pattern."""
    try:
        found = storage.files(address)
    except StorageError as error:
        yield _unreached(error, address)
        return
    if not found:
        yield Refusal(address, "there is no such file or folder", "check the name, and that it is yours to read")
    yield from found


def read(address: str, terms: Terms, parsers: Parsers) -> Iterator[Article | Refusal]:
    """The articles in a file; `origin` begins with its address."""
    with tempfile.TemporaryDirectory(prefix="turnstone-") as folder:
        name = address.rpartition("/")[2]
        path = (
            Path(folder) / f"input{name[name.find('.') :] if '.' in name else ''}"
        )  # its kind goes by what it ends in
        try:
            storage.fetch(address, path)
        except StorageError as error:
            yield _unreached(error, address)
            return
        yield from documents.read_file(path, address, terms, parsers)


def _unreached(error: StorageError, address: str) -> Refusal:
    reason, _, remedy = str(error).removeprefix(f"{address}: ").rpartition("; ")
    return Unreadable(reason, remedy).refusal(address)
