"""Files in object storage by their address (`s3://bucket/name`): listed, fetched and put, through fsspec.

Only the kinds in `DRIVERS` are storage. An object is put whole or not at all; there is no renaming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from turnstone.errors import StorageError

DRIVERS = {"file": "fsspec", "s3": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "az": "adlfs", "abfs": "adlfs"}
"""What is storage, by the word before `://`, and the package that reads and writes it."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_PATTERN = re.compile(r"[*?\[]")


def is_storage(given: object) -> bool:
    """Whether this is an address in storage (`s3://...`, `gs://...`, `file://...`)."""
    match = _ADDRESS.match(given) if isinstance(given, str) else None
    return match is not None and match[1].lower() in DRIVERS


def local_path(address: str) -> Path | None:
    """The path that a `file://` address names; None for another."""
    return Path(address[len("file://") :]) if address.lower().startswith("file://") else None


def files(address: str) -> list[str]:
    """The addresses of the files at an address: the file, all below a folder, or what a pattern matches, by name and
    without those of which a part begins with a dot. None where there is nothing. Raises StorageError.
    """
    system, path = _system(address)
    with _told(address, "be read"):
        if _PATTERN.search(path):
            given = len(_PATTERN.split(path, maxsplit=1)[0].rpartition("/")[0])
            tops = [one for one in sorted(map(str, system.glob(path))) if not _hidden(one[given:])]
        else:
            tops = [path.rstrip("/")] if path.rstrip("/") else [path]
        found = []
        for top in tops:
            if system.isfile(top):
                found.append(top)
                continue
            below = sorted(map(str, system.find(top)))
            found += [one for one in below if not _hidden(one[len(top) :])]
    return [str(system.unstrip_protocol(one)) for one in dict.fromkeys(found)]


def names(folder: str) -> list[str]:
    """The names of what lies right in a folder; none where it does not exist. Raises StorageError."""
    system, path = _system(folder)
    with _told(folder, "be listed"):
        try:
            found = system.ls(path, detail=False)
        except FileNotFoundError:
            return []
        return sorted(
            str(one).rstrip("/").rpartition("/")[2] for one in found if str(one).strip("/") != path.strip("/")
        )


def exists(address: str) -> bool:
    """Whether there is anything at an address. Raises StorageError."""
    if _PATTERN.search(address):
        return bool(files(address))
    system, path = _system(address)
    with _told(address, "be read"):
        return bool(system.exists(path))


def read(address: str) -> bytes | None:
    """What a file holds; None where there is none. Raises StorageError."""
    system, path = _system(address)
    with _told(address, "be read"):
        try:
            return bytes(system.cat_file(path))
        except FileNotFoundError:
            return None


def write(address: str, content: bytes) -> None:
    """Puts a file of these bytes there, whole or not at all. Raises StorageError."""
    system, path = _system(address)
    with _told(address, "be written"):
        system.pipe_file(path, content)


def fetch(address: str, target: Path) -> None:
    """Copies a file from there. Raises StorageError."""
    system, path = _system(address)
    with _told(address, "be read"):
        system.get_file(path, str(target))


def put(source: Path, address: str) -> None:
    """Copies a file there, whole or not at all. Raises StorageError."""
    system, path = _system(address)
    with _told(address, "be written"):
        system.put_file(str(source), path)


def copy(source: str, target: str) -> None:
    """Copies a file within a store. Raises StorageError."""
    system, path = _system(source)
    with _told(target, "be written"):
        system.cp_file(path, _system(target)[1])


def remove(address: str) -> None:
    """Removes a file, or a folder with all that is in it, if it is there. Raises StorageError."""
    system, path = _system(address)
    with _told(address, "be removed"):
        if system.exists(path):
            system.rm(path, recursive=True)


def _hidden(path: str) -> bool:
    """Whether a part of a path begins with a dot."""
    return any(part.startswith(".") for part in path.split("/"))


def _system(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it."""
    match = _ADDRESS.match(address)
    driver = DRIVERS.get(match[1].lower(), "fsspec") if match else "fsspec"
    extra = "'turnstone[storage]'" if driver in ("fsspec", "s3fs") else f"'turnstone[storage]' {driver}"
    try:
        import fsspec

        # What others write meanwhile must be seen.
        system, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:
        raise StorageError(
            f"{address}: object storage needs {driver}, which is not installed; install it with: pip install {extra}"
        ) from error
    except Exception as error:
        raise _failed(address, "be read", error) from error
    return system, str(path)


@contextmanager
def _told(address: str, doing: str) -> Iterator[None]:
    """Whatever a driver raises, as a StorageError."""
    try:
        yield
    except Exception as error:  # each driver has errors of its own
        raise _failed(address, doing, error) from error


def _failed(address: str, doing: str, error: Exception) -> StorageError:
    why = " ".join(str(error).split()) or type(error).__name__
    return StorageError(f"{address}: cannot {doing} ({why}); check the address, your credentials and the network")
