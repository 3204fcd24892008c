"""The orders in which events are reviewed: that of a random draw, and the least certain first."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np

from turnstone.errors import StoreError
from turnstone.reviews.queues import ORDERS, SEED
from turnstone.settings import Settings
from turnstone.web.index.columns import Ints


def orders_of(events: Path, manifest: Path, scratch: Path) -> dict[str, Ints]:
    """The columns `drawn` and `unsure`: the numbers of all events of a table, in the order of the draw with the usual
    seed, and by how near the confidence is to the threshold of coding."""
    temporary = str(scratch).replace("'", "''")
    wanted: dict[str, tuple[str, dict[str, object]]] = {
        "drawn": (ORDERS["random"], {"seed": SEED}),
        "unsure": (ORDERS["uncertain"], {"threshold": least_confidence(manifest)}),
    }
    read = "select file_row_number as no from read_parquet($events, file_row_number = true) e"
    try:
        with closing(duckdb.connect()) as connection:
            connection.execute(f"set memory_limit = '1GB'; set temp_directory = '{temporary}'")
            found = {
                name: connection.execute(f"{read} order by {order}", {"events": str(events), **values}).fetchnumpy()
                for name, (order, values) in wanted.items()
            }
    except duckdb.Error as error:
        raise StoreError(f"{events}: cannot be put in order ({error}); code the inputs again") from error
    return {name: np.asarray(columns["no"], "i4") for name, columns in found.items()}


def least_confidence(manifest: Path) -> float:
    """The threshold that a record was coded with."""
    usual = Settings().least_confidence
    try:
        runs = json.loads(manifest.read_text(encoding="utf-8"))["runs"]
        return min((float(run["settings"].get("least_confidence", usual)) for run in runs), default=usual)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return usual
