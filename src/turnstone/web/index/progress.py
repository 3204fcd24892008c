"""How far the making of an index is."""

from __future__ import annotations

import threading
from dataclasses import dataclass


class Stopped(Exception):
    """The workbench ends while an index is made."""


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done, and how much of it is, from 0 to 1."""

    doing: str = "reading the record"
    share: float = 0.0


class Progress:
    """Told by the thread that works, asked by others."""

    def __init__(self) -> None:
        self._stage = Stage()
        self._stopped = threading.Event()

    def tell(self, doing: str, done: int, whole: int) -> None:
        """Raises Stopped where nobody waits any more."""
        if self._stopped.is_set():
            raise Stopped
        self._stage = Stage(doing, min(1.0, done / whole) if whole else 1.0)

    def now(self) -> Stage:
        return self._stage

    def stop(self) -> None:
        self._stopped.set()
