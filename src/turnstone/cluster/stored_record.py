"""A record in object storage, where nothing can be renamed.

It is made in a folder of this machine, put beside the old one as `.commit/`, its manifest last, and only then copied
into place, the manifest last again. Whoever comes next finishes a commit whose manifest is there.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from turnstone import storage
from turnstone.store import set_aside
from turnstone.store.commit import FILES
from turnstone.store.runs import NAME as LOG

_COMMIT = ".commit"
_MANIFEST = FILES[-1]


@contextmanager
def staged(directory: str, changed: bool) -> Iterator[Path]:
    """A folder with the record as it is; where it is to be `changed`, what it is in the end is put in its place. Where
    the block is left by an exception, storage stays as it was. One process at a time: storage has no lock.
    """
    with tempfile.TemporaryDirectory(prefix="turnstone-") as scratch:
        folder = Path(scratch)
        finish(directory)
        for name in _names(directory):
            storage.fetch(f"{directory}/{name}", folder / name)
        yield folder
        if changed:
            _put(folder, directory)


def finish(directory: str) -> None:
    """Copies a commit that is whole into place."""
    held = set(storage.names(f"{directory}/{_COMMIT}"))
    if _MANIFEST in held:
        for name in (*FILES[:-1], LOG, _MANIFEST):
            if name in held:
                storage.copy(f"{directory}/{_COMMIT}/{name}", f"{directory}/{name}")
            elif name == set_aside.NAME:
                storage.remove(f"{directory}/{name}")  # nothing is any more
        storage.remove(f"{directory}/{_COMMIT}/{_MANIFEST}")
    if held:
        storage.remove(f"{directory}/{_COMMIT}")


def _put(folder: Path, directory: str) -> None:
    for name in (*FILES[:-1], LOG, _MANIFEST):
        if (folder / name).exists():
            storage.put(folder / name, f"{directory}/{_COMMIT}/{name}")
    finish(directory)


def _names(directory: str) -> list[str]:
    """The files of a record that are there."""
    return [name for name in storage.names(directory) if name in (*FILES, LOG)]
