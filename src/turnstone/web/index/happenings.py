"""Which events are reports of one happening, as `turnstone stories` has linked them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from turnstone.web.index.columns import Ints

LINKS = Path("stories") / "links.parquet"


def stories_mark(directory: Path) -> str:
    """Changes when the stories of a record do; empty where it has none."""
    try:
        found = (directory / LINKS).stat()
    except OSError:
        return ""
    return f"{found.st_size}-{found.st_mtime_ns}"


def happenings_of(directory: Path, events: Path, arrays: Mapping[str, Ints]) -> dict[str, Ints]:
    """The columns `happening` and `lead`; without stories every event is its own."""
    count = len(arrays["first"])
    alone: dict[str, Ints] = {"happening": np.full(count, -1, "i4"), "lead": np.ones(count, "u1")}
    return alone
