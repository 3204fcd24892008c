"""PLOVER's JSON, one object a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from turnstone.exports.codes import countries
from turnstone.exports.events import Reported, Row
from turnstone.exports.format import Cell, Column, Format, Means
from turnstone.exports.selection import STATUSES

_COLUMNS = (
    Column("id", "string", "the event in the record"),
    Column("date", "date", "first day of the event"),
    Column("enddate", "date", "its last day, where that is another"),
    Column("actor", "array", "entities: raw_text, entity_name, country_name, code, sector_code, other_sector_codes"),
    Column("event", "array", "the PLOVER type, in a list of one"),
    Column("recipient", "array", "entities, as actor"),
    Column("mode", "array", "PLOVER modes"),
    Column("context", "array", "PLOVER contexts"),
    Column("event_loc", "object", "name, country, geonames_id, latitude, longitude, resolution, raw_text"),
    Column("event_text", "string", "the word that tells of the event"),
    Column("quad_code", "integer", "1 to 4"),
    Column("event_scale", "number", "PLOVER score, -10 to 10"),
    Column("link", "string", "the article's address"),
    Column("text", "string", "the words it is read from; the article's text is not in the file"),
    Column("text_info", "object", "article_id, published, title, start and end of `text` in the article's text"),
    Column("cite_info", "object", "publisher, author, speaker and outlet"),
    Column("coder", "string", "turnstone and the run"),
    Column("status", "string", "happened, historical, future, hypothetical or negated (turnstone's own key)"),
    Column("confidence", "number", "probability of the type, 0 to 1 (turnstone's own key)"),
    Column("happening", "object", "id, reports, sources and articles, where each is a happening (turnstone's own key)"),
)


def _rows(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    event, article = reported.event, reported.article
    last = event["last_day"] if event["last_day"] != event["first_day"] else None
    yield (
        *(reported.key, event["first_day"], last, _entities(reported.actors)),
        *([event["event_type"]], _entities(reported.recipients), event["modes"], event["contexts"], _place(event)),
        *(event["trigger_text"], event["quad"], event["score"], article["url"], event["evidence_text"]),
        {
            "article_id": article["id"],
            "published": article["published"],
            "title": article["title"],
            "start": event["evidence_start"],
            "end": event["evidence_end"],
        },
        _held({name: article[name] for name in ("publisher", "author")} | {name: event[key] for name, key in _TOLD}),
        *(means.coders.get(article["run"], "turnstone"), event["status"], event["confidence"]),
        asdict(reported.happening) if reported.happening else None,
    )


_TOLD = (("speaker", "speaker_name"), ("outlet", "outlet"))


def _entities(rows: Sequence[Row]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        known = countries().get(row["country"])
        entity = {
            "raw_text": row["text"],
            "entity_name": row["name"],
            "country_name": known.name if known else "",
            "code": row["country"],
            "sector_code": row["sectors"][0] if row["sectors"] else "",
            "other_sector_codes": row["sectors"][1:],
        }
        found.append(_held(entity))
    return found


def _place(event: Row) -> dict[str, Any]:
    if event["place_start"] is None:
        return {}
    names = ("name", "country", "geonames_id", "latitude", "longitude", "resolution")
    return _held({name: event[f"place_{name}"] for name in names} | {"raw_text": event["place_text"]})


def _held(values: dict[str, Any]) -> dict[str, Any]:
    """Without the keys that have nothing; PLOVER's JSON leaves out what is missing."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


PLOVER = Format(
    name="plover",
    title="PLOVER events",
    kind="jsonl",
    suffix=".jsonl",
    columns=_COLUMNS,
    rows=_rows,
    statuses=frozenset(STATUSES),
)
