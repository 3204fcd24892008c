"""What was written survives a pulled plug: files and folders are handed to the disk before their names change."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from turnstone.errors import DiskError


def sync(path: Path) -> None:
    """Waits until a file, or the names in a folder, are on the disk."""
    if path.is_dir():
        if sys.platform == "win32":  # cannot open a folder, and writes names through
            return
        handle = os.open(path, os.O_RDONLY)
    else:
        handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(draft: Path, final: Path) -> None:
    """Gives a folder of whole files its name: after a crash at any moment, it is there whole or not at all."""
    for path in sorted(draft.iterdir()):
        sync(path)
    sync(draft)
    draft.rename(final)
    sync(final.parent)


@contextmanager
def told(directory: Path, remedy: str = "") -> Iterator[None]:
    """A disk that is full, read-only or gone as a DiskError: nothing that was kept before is touched by it. `remedy` is
    what to do where `directory` is no record.
    """
    try:
        yield
    except (OSError, pa.ArrowException) as error:
        usual = f"make room or mend the disk, then go on with: turnstone resume {directory}"
        raise DiskError(
            f"{directory}: cannot be written ({error}); what was kept until now stays: {remedy or usual}"
        ) from error
