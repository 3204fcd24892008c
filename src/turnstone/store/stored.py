"""Stored tables as records again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from turnstone.records import (
    Analysis,
    Article,
    Attribution,
    Coded,
    DateMention,
    Event,
    Participant,
    Place,
    Record,
    Resolved,
    Span,
)
from turnstone.store.schema import SCHEMAS
from turnstone.store.tables import Row
from turnstone.store.views import batches

_BATCH = 1000


def stored(directory: Path, article: str | None = None) -> Iterator[Record]:
    """The articles of a record directory by day and id, or the one with an id. What the tables do not hold (words,
    mentions) is empty. Raises StoreError where the directory holds no record.
    """
    layers = {name: _Layer(directory, name, article) for name in ("events", "participants", "attributions")}
    layers |= {name: _Layer(directory, name, article) for name in ("places", "dates")}
    for row in _rows(directory, "articles", "id", article):
        yield record_from(row, {name: layer.of(row["id"]) for name, layer in layers.items()})


def record_from(article: Row, rows: Mapping[str, Sequence[Row]]) -> Record:
    """The record of an article's row and of the rows of the other tables that are its own, by table."""
    parties: dict[tuple[str, str], list[Row]] = {}
    for one in rows["participants"]:
        parties.setdefault((one["event_id"], one["role"]), []).append(one)
    return Record(
        Article(
            id=article["id"],
            published=article["published"],
            text=article["text"],
            title=article["title"],
            publisher=article["publisher"],
            author=article["author"],
            url=article["url"],
            origin=article["origin"],
        ),
        Analysis((), (), (), (), ()),
        Resolved(
            (),
            tuple(
                DateMention(
                    one["start"], one["end"], one["first_day"], one["last_day"], one["granularity"], one["basis"]
                )
                for one in rows["dates"]
            ),
            tuple(_place(one, "") for one in rows["places"]),
        ),
        Coded(
            tuple(_attribution(one) for one in rows["attributions"]),
            tuple(_event(one, parties) for one in rows["events"]),
            tuple(article["contexts"]),
        ),
    )


def is_record(directory: Path) -> bool:
    """Whether a path is a directory that `turnstone code` has written."""
    return any((directory / place / "manifest.json").exists() for place in ("", ".pending/commit"))


def _rows(directory: Path, table: str, key: str, article: str | None) -> Iterator[Row]:
    for batch in batches(directory, table, SCHEMAS[table].names, _BATCH):
        yield from (batch if article is None else batch.filter(pc.equal(batch.column(key), article))).to_pylist()


class _Layer:
    """The rows of one table, which stand in the order of the articles."""

    def __init__(self, directory: Path, table: str, article: str | None) -> None:
        self._rows = _rows(directory, table, "article_id", article)
        self._next = next(self._rows, None)

    def of(self, article: str) -> list[Row]:
        rows = []
        while self._next is not None and self._next["article_id"] == article:
            rows.append(self._next)
            self._next = next(self._rows, None)
        return rows


def _place(row: Row, prefix: str) -> Place:
    names = ("start", "end", "name", "country", "geonames_id", "latitude", "longitude", "resolution")
    return Place(*(row[f"{prefix}{name}"] for name in names))


def _participant(row: Row, prefix: str) -> Participant:
    values: dict[str, Any] = {name: row[f"{prefix}{name}"] for name in ("start", "end", "name", "entity_id", "country")}
    return Participant(**values, sectors=tuple(row[f"{prefix}sectors"]))


def _attribution(row: Row) -> Attribution:
    source, cue, content = (tuple(Span(**span) for span in row[name]) for name in ("source", "cue", "content"))
    speaker = None if row["speaker_start"] is None else _participant(row, "speaker_")
    return Attribution(source, cue, content, speaker, row["outlet"], row["within"], row["kind"])


def _event(row: Row, parties: dict[tuple[str, str], list[Row]]) -> Event:
    def who(role: str) -> tuple[Participant, ...]:
        rows = sorted(parties.get((row["event_id"], role), []), key=lambda one: int(one["position"]))
        return tuple(_participant(one, "") for one in rows)

    return Event(
        id=row["event_id"],
        event_type=row["event_type"],
        modes=tuple(row["modes"]),
        contexts=tuple(row["contexts"]),
        quad=row["quad"],
        score=row["score"],
        actors=who("actor"),
        recipients=who("recipient"),
        status=row["status"],
        first_day=row["first_day"],
        last_day=row["last_day"],
        granularity=row["granularity"],
        date_basis=row["date_basis"],
        place=None if row["place_start"] is None else _place(row, "place_"),
        attribution=row["attribution"],
        trigger=Span(row["trigger_start"], row["trigger_end"]),
        evidence=Span(row["evidence_start"], row["evidence_end"]),
        confidence=row["confidence"],
    )
