"""The events of a record one after the other, each with its participants and its article, in bounded memory.

The tables of a record are in one order (articles by day and id, then the text's), so they are read side by side and
nothing has to be joined or sorted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from turnstone.errors import StoreError
from turnstone.store import batches

Row = dict[str, Any]

_EVENT = (
    "article_id event_id event_type modes contexts quad score status first_day last_day granularity place_start"
    " place_text place_name place_country place_geonames_id place_latitude place_longitude place_resolution"
    " speaker_name speaker_entity_id outlet trigger_start trigger_text evidence_start evidence_end evidence_text"
    " confidence"
).split()
_PARTICIPANT = "article_id event_id role start end text name entity_id country sectors".split()
_ARTICLE = "id published title publisher author url run".split()
_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Happening:
    """How often and by whom one thing is told: by `reports` in so many `articles`, on the word of so many independent
    `sources`."""

    id: str
    reports: int
    sources: int
    articles: int


@dataclass(frozen=True, slots=True)
class Reported:
    """An event as an article reports it: rows of the tables by their columns. `number` is its row in events.parquet,
    from 1; `article` has `text` only where it was asked for; `happening` is what the event stands for, where happenings
    are exported."""

    number: int
    event: Row
    actors: tuple[Row, ...]
    recipients: tuple[Row, ...]
    article: Row
    happening: Happening | None = None

    @property
    def key(self) -> str:
        """A name of the event in the whole record: turnstone's own ids begin with their article's, others need it."""
        article, event = self.event["article_id"], self.event["event_id"]
        return str(event) if event.startswith(f"{article}:") else f"{article}/{event}"


def reported(directory: Path, texts: bool = False) -> Iterator[Reported]:
    """All events of a record directory. Raises StoreError where it holds none or its tables do not fit together."""
    columns = [*_ARTICLE, "text"] if texts else _ARTICLE
    articles = _rows(directory, "articles", columns)
    participants = _rows(directory, "participants", _PARTICIPANT)
    events = _rows(directory, "events", _EVENT)
    return _side_by_side(directory, articles, participants, events)


def _side_by_side(
    directory: Path, articles: Iterator[Row], participants: Iterator[Row], events: Iterator[Row]
) -> Iterator[Reported]:
    article: Row | None = None
    waiting = next(participants, None)
    for number, event in enumerate(events, 1):
        while article is None or article["id"] != event["article_id"]:
            article = next(articles, None)
            if article is None:
                raise _mixed(
                    directory, f"event {event['event_id']!r} of article {event['article_id']!r} has no article"
                )
        parties: dict[str, list[Row]] = {"actor": [], "recipient": []}
        key = (event["article_id"], event["event_id"])
        while waiting is not None and (waiting["article_id"], waiting["event_id"]) == key:
            parties[waiting["role"]].append(waiting)
            waiting = next(participants, None)
        yield Reported(number, event, tuple(parties["actor"]), tuple(parties["recipient"]), article)
    if waiting is not None:
        who = f"{waiting['name']!r} of article {waiting['article_id']!r}"
        raise _mixed(directory, f"participant {who} has no event {waiting['event_id']!r}")


def _rows(directory: Path, table: str, columns: Sequence[str]) -> Iterator[Row]:
    found = batches(directory, table, columns, _ROWS)
    return (row for batch in found for row in batch.to_pylist())


def _mixed(directory: Path, what: str) -> StoreError:
    return StoreError(
        f"{directory}: the tables do not fit together ({what}): one of them was changed or sorted anew; "
        "code the inputs again into a new directory"
    )
