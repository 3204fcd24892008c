"""One writer at a time in a directory."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from turnstone.errors import StoreError

_LOOKS = 5
_SECONDS_BETWEEN = 0.05


class Lock:
    """A lock held by this process on `path`; the system frees it when the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        looks = 0
        while True:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                _take(self._file)
            except OSError as error:
                os.close(self._file)
                looks += 1
                if looks < _LOOKS:  # somebody may only be asking whether it is held
                    time.sleep(_SECONDS_BETWEEN)
                    continue
                raise StoreError(
                    f"{path.parent}: another turnstone is writing here; "
                    "wait until it has ended or choose another directory"
                ) from error
            # The holder before us may have removed the file between our opening and locking it.
            if path.exists() and os.path.samestat(os.fstat(self._file), path.stat()):
                return
            os.close(self._file)

    def release(self) -> None:
        if sys.platform == "win32":
            os.close(self._file)
            self._path.unlink(missing_ok=True)
        else:
            self._path.unlink(missing_ok=True)
            os.close(self._file)


def is_held(path: Path) -> bool:
    """Whether a process holds the lock on `path`."""
    try:
        file = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        _take(file)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def _take(file: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
