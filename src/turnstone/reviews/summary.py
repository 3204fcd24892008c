"""What was reviewed of a record, how good the coding is by it, and how far the reviewers agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from turnstone.reviews import queues
from turnstone.reviews.agreement import Agreement, agreement
from turnstone.reviews.journal import Journal
from turnstone.reviews.precision import Precision, precision
from turnstone.reviews.queues import Sample, sample
from turnstone.reviews.standing import Standing

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Summary:
    """`states` counts events, also the unreviewed; `reviewers` counts the lines that hold. `overall` is the precision
    of all types together. `lost` are events that were reviewed and that this coding does not have; `torn` as
    Journal's."""

    events: int
    states: dict[str, int]
    reviewers: dict[str, int]
    overall: Precision
    types: dict[str, Precision]
    agreement: tuple[Agreement, ...]
    complete: int
    lost: int
    torn: tuple[int, ...]


def summary(
    connection: duckdb.DuckDBPyConnection, journal: Journal, standing: Standing, seed: int = queues.SEED
) -> Summary:
    """Of a record that is open in DuckDB."""
    events = queues.many(connection)
    states = Counter(one.state for one in standing.judged if one.coded is not None or one not in standing.lost)
    reviewed = sum(one.coded is not None for one in standing.judged)
    overall, types = scores(sample(connection, reviewed + 1, seed=seed), standing)
    return Summary(
        events=events,
        states=dict(sorted(states.items())) | {"unreviewed": events - reviewed},
        reviewers=dict(Counter(one.reviewer for one in journal.holding())),
        overall=overall,
        types=types,
        agreement=tuple(agreement(standing.judged)),
        complete=len(standing.complete),
        lost=len(standing.lost),
        torn=journal.torn,
    )


def scores(sample: Sample, standing: Standing) -> tuple[Precision, dict[str, Precision]]:
    """Precision of all events of a random draw together, and by type."""
    judged = standing.of
    types = {name: precision(some, judged) for name, some in sample.types.items()}
    return precision(sample.everything, judged), {
        name: one for name, one in types.items() if one.there.of or one.skipped
    }
