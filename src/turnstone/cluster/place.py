"""Where a plan and its shards lie: a folder that all workers see, or object storage.

Everything is a file that is there whole or not at all, so that any number of workers may write, in any order, and be
killed at any moment. Names are relative, with `/` between their parts.
"""

from __future__ import annotations

import os
import shutil
import socket
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from turnstone import storage
from turnstone.errors import ClusterError
from turnstone.store import durable

_DRAFT = ".draft-"


class Place(Protocol):
    """Files by name. All raise TurnstoneError where the place cannot be reached or written."""

    def read(self, name: str) -> bytes | None:
        """What a file holds; None where there is none."""

    def write(self, name: str, content: bytes) -> None:
        """Puts a file there, over the one that is there."""

    def has(self, name: str) -> bool:
        """Whether there is such a file."""

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder, without those that are not whole."""

    def remove(self, name: str) -> None:
        """Removes a file or folder, if it is there; "" is everything."""


def place_of(directory: str) -> Place:
    """The place of a directory, by its path or its address in storage."""
    if not storage.is_storage(directory):
        return Folder(Path(directory))
    local = storage.local_path(directory)
    return Stored(directory.rstrip("/")) if local is None else Folder(local)


class Folder:
    """A place on a file system that this machine sees. Files get their name once they are on the disk."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ClusterError(f"{self._path / name}: cannot be read ({error}); check its permissions") from error

    def write(self, name: str, content: bytes) -> None:
        final = self._path / name
        # No other process may have this name, on whatever machine.
        draft = final.with_name(f"{_DRAFT}{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex}")
        with durable.told(self._path.parent):
            final.parent.mkdir(parents=True, exist_ok=True)
            try:
                draft.write_bytes(content)
                durable.sync(draft)
                draft.replace(final)
            except BaseException:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
                raise
            durable.sync(final.parent)

    def has(self, name: str) -> bool:
        return (self._path / name).exists()

    def names(self, folder: str) -> list[str]:
        path = self._path / folder
        if not path.is_dir():
            return []
        return sorted(one.name for one in path.iterdir() if not one.name.startswith(_DRAFT))

    def remove(self, name: str) -> None:
        path = self._path / name if name else self._path
        with durable.told(self._path.parent):
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


class Stored:
    """A place in object storage, where an object is put whole or not at all."""

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, name: str) -> bytes | None:
        return storage.read(f"{self._address}/{name}")

    def write(self, name: str, content: bytes) -> None:
        storage.write(f"{self._address}/{name}", content)

    def has(self, name: str) -> bool:
        return storage.exists(f"{self._address}/{name}")

    def names(self, folder: str) -> list[str]:
        return storage.names(f"{self._address}/{folder}")

    def remove(self, name: str) -> None:
        storage.remove(f"{self._address}/{name}" if name else self._address)
