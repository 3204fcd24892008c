"""The record after review, as DuckDB views: what was coded stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa

from turnstone.errors import StoreError, why_unwritten
from turnstone.knowledge.codebook import Codebook
from turnstone.reviews.coded import standing_in
from turnstone.reviews.journal import NAME, read
from turnstone.reviews.standing import Judged, Standing
from turnstone.reviews.verdicts import Values, Who
from turnstone.store import SCHEMAS, connect, file_digest

_TEXT = pa.string()
REVIEW_COLUMNS: Final = (
    pa.field("state", _TEXT),
    pa.field("reviewers", pa.list_(_TEXT)),
    pa.field("reviewed_at", pa.timestamp("s", tz="UTC")),
    pa.field("note", _TEXT),
    pa.field("review", _TEXT),
)
"""`state` is unreviewed, accepted, corrected, rejected, disputed, skipped or added; `review` the id of the line that
its values come from."""

VIEWS: Final = ("reviewed_events", "reviewed_participants")


def register(connection: duckdb.DuckDBPyConnection, standing: Standing, codebook: Codebook) -> None:
    """Adds the views `reviewed_events` and `reviewed_participants` to a record that is open in DuckDB. They have the
    columns of `events` and `participants`, and the former those of REVIEW_COLUMNS. Rejected events are in them, with
    their state; events that were added have an id that begins with "r"."""
    found = changes(connection, standing, codebook)
    connection.register("review_events", found.events)
    connection.register("review_participants", found.participants)
    unreviewed = "not exists (from review_events r where (r.article_id, r.event_id) = (t.article_id, t.event_id))"
    connection.execute(
        "create or replace temp view reviewed_events as "
        "select t.*, 'unreviewed' as state, []::varchar[] as reviewers, null::timestamptz as reviewed_at, "
        f"'' as note, '' as review from events t where {unreviewed} union all by name from review_events"
    )
    connection.execute(
        "create or replace temp view reviewed_participants as "
        f"select t.* from participants t where {unreviewed} union all by name from review_participants"
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """The reviewed events alone, as tables: `events` with the columns of events and REVIEW_COLUMNS, and their
    `participants`. They stand in the place of what was coded under the same ids. `sha256` is that of the file of
    reviews where it was read from there and says anything, else empty."""

    events: pa.Table
    participants: pa.Table
    sha256: str = ""


def changed(directory: Path, codebook: Codebook) -> Changed:
    """What reviewers came to of the events of a record directory; no rows where nobody said anything. Raises StoreError
    where there is no record or a review cannot be read."""
    journal = read(directory)
    if not journal.reviews:
        return Changed(*(_table([], columns) for columns in _COLUMNS))
    with connect(directory) as connection:
        found = changes(connection, standing_in(connection, journal), codebook)
    return replace(found, sha256=file_digest(directory / NAME))


def changes(connection: duckdb.DuckDBPyConnection, standing: Standing, codebook: Codebook) -> Changed:
    """What reviewers came to of the events of a record that is open in DuckDB: the rejected and the added too."""
    found = [one for one in standing.judged if one.coded is not None or one.state == "added"]
    articles = _articles(connection, found)
    rows = _coded_rows(connection, found)
    events, participants = [], []
    for one in found:
        key = one.coded.key if one.coded else (articles.get(one.by.sha256, ""), f"r{one.reviews[0].id}")
        if not key[0]:
            continue
        row = rows.get(key) or _new_row(one, key)
        if one.final is not None and one.state != "accepted":
            row = row | _corrected(one.final, codebook, one.by.reviewer, row)
        events.append(row | _about(one))
        participants += _parties(key, (one.final if one.state != "accepted" else None) or _coded(one))
    return Changed(*(_table(rows, columns) for rows, columns in zip((events, participants), _COLUMNS, strict=True)))


_COLUMNS: Final = ([*SCHEMAS["events"], *REVIEW_COLUMNS], [*SCHEMAS["participants"]])


def _coded(judged: Judged) -> Values | None:
    return judged.coded.values if judged.coded else None


def write(connection: duckdb.DuckDBPyConnection, view: str, path: Path) -> int:
    """One of VIEWS as a Parquet file; gives its rows. Raises StoreError where the file cannot be written."""
    draft = path.with_name(f"{path.name}.part")
    order = "article_id, trigger_start, event_id" if view == VIEWS[0] else "article_id, event_id, role, position"
    try:
        connection.sql(f"select * from {view} order by {order}").write_parquet(str(draft), compression="zstd")
        draft.replace(path)
    except (OSError, duckdb.Error) as error:
        raise StoreError(f"{path}: cannot be written ({why_unwritten(path, error)}); choose another folder") from error
    ((found,),) = connection.execute(f"select count(*) from {view}").fetchall()
    return int(found)


def _table(rows: Sequence[dict[str, Any]], fields: list[pa.Field]) -> pa.Table:
    schema = pa.schema([field.remove_metadata() for field in fields])
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema=schema)


def _coded_rows(
    connection: duckdb.DuckDBPyConnection, judged: Sequence[Judged]
) -> dict[tuple[str, str], dict[str, Any]]:
    keys = {one.coded.key for one in judged if one.coded is not None}
    if not keys:
        return {}
    found = connection.execute(
        "select * from events where article_id in (select unnest($1))", [sorted({article for article, _ in keys})]
    )
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    return {(row["article_id"], row["event_id"]): row for row in rows if (row["article_id"], row["event_id"]) in keys}


def _articles(connection: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> dict[str, str]:
    """The article of each text; where several have it, the one that was reviewed."""
    texts = {one.by.sha256: one.by.article for one in judged if one.coded is None}
    found = connection.execute(
        "select id, sha256 from articles where sha256 in (select unnest($1)) order by id", [sorted(texts)]
    ).fetchall()
    articles: dict[str, str] = {}
    for article, digest in found:
        if digest not in articles or texts[digest] == article:
            articles[digest] = article
    return articles


def _new_row(judged: Judged, key: tuple[str, str]) -> dict[str, Any]:
    """An event that this coding does not have. Nobody says how sure: its confidence is null."""
    trigger = judged.by.trigger
    assert trigger is not None  # every review of an event has one
    words = {"start": trigger.start, "end": trigger.end, "text": trigger.text}
    return {
        "article_id": key[0], "event_id": key[1], "contexts": [], "attribution": -1, "outlet": "",
        **{f"trigger_{name}": value for name, value in words.items()},
        **{f"evidence_{name}": value for name, value in words.items()},
    }  # fmt: skip


def _corrected(final: Values, codebook: Codebook, reviewer: str, row: dict[str, Any]) -> dict[str, Any]:
    known = codebook.types.get(final.event_type)
    modes = [mode for mode in final.modes if known is not None and mode in known.modes]
    place = final.place
    places = {
        f"place_{name}": None if place is None else getattr(place, name)
        for name in ("start", "end", "text", "name", "country", "geonames_id", "latitude", "longitude", "resolution")
    }
    if place is None:
        places |= {f"place_{name}": "" for name in ("text", "name", "country", "resolution")}
    values: dict[str, Any] = {
        "event_type": final.event_type,
        "modes": list(final.modes),
        "quad": known.quad if known else 0,
        "score": codebook.score(final.event_type, modes) if known else 0.0,
        "status": final.status,
        "first_day": final.first_day,
        "last_day": final.last_day,
        "speaker_name": final.speaker.name if final.speaker else "",
        "speaker_entity_id": final.speaker.entity_id if final.speaker else "",
    }
    if (final.first_day, final.last_day) != (row.get("first_day"), row.get("last_day")):
        one_day = final.first_day == final.last_day
        values |= {"granularity": "day" if one_day else "range", "date_basis": f"reviewed by {reviewer}"}
    return values | places


def _about(judged: Judged) -> dict[str, Any]:
    return {
        "state": judged.state,
        "reviewers": list(judged.reviewers),
        "reviewed_at": max(one.at for one in judged.reviews),
        "note": "\n".join(one.note for one in judged.reviews if one.note),
        "review": judged.by.id,
    }


def _parties(key: tuple[str, str], values: Values | None) -> list[dict[str, Any]]:
    if values is None:
        return []
    sides: tuple[tuple[str, tuple[Who, ...]], ...] = (("actor", values.actors), ("recipient", values.recipients))
    return [
        {
            "article_id": key[0], "event_id": key[1], "role": role, "position": position, "start": one.start,
            "end": one.end, "text": one.text, "name": one.name, "entity_id": one.entity_id, "country": one.country,
            "sectors": list(one.sectors),
        }
        for role, side in sides
        for position, one in enumerate(side)
    ]  # fmt: skip
