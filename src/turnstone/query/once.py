"""What is computed once for each state of a record and its reviews, and kept in a folder beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from turnstone.errors import StoreError

KEPT: Final = 3
"""So many states are kept, which queries that run may still read."""


def once(folder: Path, prefix: str, key: str, write: Callable[[Path], None]) -> Path:
    """The folder of a state, into which `write` puts its files where it is not there yet; `folder` is made. Raises
    StoreError where it cannot be written: a query that passes over what reviewers said would answer something else than
    it says.
    """
    final = folder / f"{prefix}{key}"
    if final.exists():
        return final
    draft = folder / f"draft-{uuid4().hex}"
    try:
        draft.mkdir(parents=True)
        write(draft)
        if not final.exists():
            draft.rename(final)
        _remove_old(folder, prefix, final)
    except OSError as error:
        raise StoreError(
            f"{folder}: what was reviewed cannot be put there ({error}); make room, allow it to be written, or ask "
            "a copy of the record"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return final


def _remove_old(folder: Path, prefix: str, final: Path) -> None:
    with suppress(OSError):
        old = sorted(folder.glob(f"{prefix}*"), key=lambda path: path.stat().st_mtime)
        for path in old[:-KEPT]:
            if path != final:
                shutil.rmtree(path, ignore_errors=True)
