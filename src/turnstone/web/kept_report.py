"""A pasted report that is kept: written into the record, and noted in its log as a run of one article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from turnstone.knowledge.entity_files import EntityFile
from turnstone.reading import Columns
from turnstone.records import Analysis, Article
from turnstone.store import Store
from turnstone.store.runs import COUNTS, FINISHED, RunLog
from turnstone.store.tables import article_digest, text_digest
from turnstone.web.coding import LIMITS, Outcome


def keep(directory: Path, outcome: Outcome, entities: Sequence[EntityFile]) -> None:
    """Puts a coded report into the record of a directory. `entities` are those that it was coded with. Raises
    StoreError while a coding is at work there."""
    told = replace(outcome.record, analysis=Analysis((), (), (), (), ()))
    with Store(directory, outcome.run) as store:
        store.add(told)
        tally = store.commit()
        log = RunLog(directory)
        log.begin(_asked(told.article, entities), outcome.run)
        log.end(FINISHED, {name: getattr(tally, name) for name in COUNTS})


def _asked(article: Article, entities: Sequence[EntityFile]) -> dict[str, Any]:
    """As the log has it; there is no file to read again, and so the digests say what it was."""
    return {
        "input": {
            "inputs": [f"a pasted report, {article.id}"],
            "set_aside": False,
            "folder": str(Path.cwd()),
            "date": article.published.isoformat(),
            "columns": asdict(Columns()),
            "allow_network": False,
            "entities": [one.path for one in entities],
        },
        "pasted": {"article": article.id, "digest": article_digest(article), "sha256": text_digest(article)},
        "there": [],
        "workers": None,
        "limits": asdict(LIMITS),
    }
