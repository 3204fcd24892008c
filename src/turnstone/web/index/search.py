"""Full-text search over the words that events were read from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from turnstone.web.index.progress import Progress

TOKENS = "porter unicode61 remove_diacritics 2"
"""How words are told apart: by their English stem, without accents."""

_STEP = 20_000


def write_search(rows: Path, path: Path, progress: Progress) -> None:
    """Indexes the evidence of every event of `rows` in a new file."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as made:
        made.executescript("pragma journal_mode=off; pragma synchronous=off; pragma cache_size=-64000")
        made.execute(f"create virtual table search using fts5 (words, content='', tokenize=\"{TOKENS}\")")
        made.execute("attach ? as rows", (str(rows),))
        (whole,) = made.execute("select coalesce(max(no) + 1, 0) from rows.event").fetchone()
        for first in range(0, whole, _STEP):
            made.execute(
                "insert into search (rowid, words) select no, evidence from rows.event where no >= ? and no < ?",
                (first, first + _STEP),
            )
            progress.tell("preparing the search", first + _STEP, whole)
        made.commit()
