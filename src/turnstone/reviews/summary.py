"""What was reviewed of a record, how good the coding is by it, and how far the reviewers agree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from turnstone.reviews import queues
from turnstone.reviews.agreement import Agreement, agreement
from turnstone.reviews.journal import Journal
from turnstone.reviews.precision import Drawn, Precision, by_type, precision
from turnstone.reviews.queues import Wanted
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
    overall, types = scores(connection, standing, Wanted(), seed)
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


def scores(
    connection: duckdb.DuckDBPyConnection, standing: Standing, wanted: Wanted, seed: int
) -> tuple[Precision, dict[str, Precision]]:
    """Precision of all events that are wanted, and by type, from the random draw of a seed."""
    judged = standing.of
    drawn: list[Drawn] = queues.draw(connection, "random", len(judged) + 1, wanted, seed)
    most = Counter(one.coded.values.event_type for one in judged.values() if one.coded is not None)
    typed = [
        one
        for name, count in most.items()
        if wanted.event_type in ("", name)
        for one in queues.draw(connection, "random", count + 1, Wanted(name, wanted.country), seed)
    ]
    return precision(drawn, judged), by_type(typed, judged)
