"""turnstone's own events in one table, a row each: as CSV, TSV, Parquet and GeoJSON. All of an event but offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnstone.exports.events import Happening, Reported, Row
from turnstone.exports.format import Cell, Column, Format, Means
from turnstone.exports.polecat import SEVERAL, without_separator
from turnstone.exports.selection import STATUSES


def _who(role: str) -> tuple[Column, ...]:
    return (
        Column(f"{role}_names", "array", f"whom the words stand for, the first {role} first"),
        Column(f"{role}_entity_ids", "array", "of each, empty where the data knows no such entity"),
        Column(f"{role}_countries", "array", "of each, ISO 3166 alpha-3 or PLOVER code, empty where unknown"),
        Column(f"{role}_sectors", "array", "of each, its PLOVER sectors with spaces between, the primary first"),
    )


COLUMNS = (
    Column("article_id", "string", "the article"),
    Column("event_id", "string", "unique with article_id"),
    Column("published", "date", "the article's day"),
    Column("publisher", "string", ""),
    Column("url", "string", ""),
    Column("title", "string", ""),
    Column("first_day", "date", "the first day it can have happened"),
    Column("last_day", "date", "the last, inclusive"),
    Column("granularity", "string", "day, week, month, quarter, season, year, range or decade"),
    Column("status", "string", "happened, historical, future, hypothetical or negated"),
    Column("event_type", "string", "PLOVER type"),
    Column("modes", "array", "PLOVER modes"),
    Column("contexts", "array", "PLOVER contexts"),
    Column("quad", "integer", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict"),
    Column("score", "number", "PLOVER's, -10 to 10"),
    *_who("actor"),
    *_who("recipient"),
    Column("place_name", "string", "GeoNames' name"),
    Column("place_country", "string", "ISO 3166 alpha-3"),
    Column("place_geonames_id", "integer", ""),
    Column("place_latitude", "number", "degrees, WGS 84; of an area a point in its middle"),
    Column("place_longitude", "number", ""),
    Column("place_resolution", "string", "point, city, district, province, country or region"),
    Column("speaker_name", "string", "who says it; empty where the writer vouches"),
    Column("outlet", "string", "the agency or paper it reached the article through"),
    Column("trigger_text", "string", "the word that tells of the event"),
    Column("evidence_text", "string", "the words it is read from"),
    Column("confidence", "number", "calibrated probability of the type, 0 to 1"),
    Column("run", "string", "digest of the run that coded it"),
)
_COUNTS = (
    Column("happening_id", "string", "the happening that the event stands for"),
    Column("reports", "integer", "events that report it"),
    Column("sources", "integer", "independent sources: copies of a text and texts of an agency are one"),
    Column("articles", "integer", "articles that report it"),
)
_TEXT = tuple(
    Column(one.name, "string", f"{one.description}; several with semicolons between") if one.type == "array" else one
    for one in COLUMNS
)
_FROM_EVENT_1 = ("first_day", "last_day", "granularity", "status", "event_type")
_FROM_EVENT_2 = (
    *("place_name", "place_country", "place_geonames_id", "place_latitude", "place_longitude", "place_resolution"),
    *("speaker_name", "outlet", "trigger_text", "evidence_text", "confidence"),
)


def rows_of_lists(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    """An event in the order of COLUMNS, what may be several as tuples."""
    event, article = reported.event, reported.article
    yield (
        *(event["article_id"], event["event_id"], article["published"], article["publisher"], article["url"]),
        article["title"],
        *(event[name] for name in _FROM_EVENT_1),
        *(tuple(event["modes"]), tuple(event["contexts"]), event["quad"], event["score"]),
        *_participants(reported.actors),
        *_participants(reported.recipients),
        *(event[name] for name in _FROM_EVENT_2),
        article["run"],
        *_counts(reported.happening),
    )


def _counts(told: Happening | None) -> tuple[Cell, ...]:
    return (told.id, told.reports, told.sources, told.articles) if told else ()


def _rows_of_text(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    for row in rows_of_lists(reported, means):
        yield tuple(
            SEVERAL.join(without_separator(one, means) for one in cell) if isinstance(cell, tuple) else cell
            for cell in row
        )


def of_happenings(form: Format) -> Format:
    """The format where each row is a happening."""
    return replace(form, title="Happenings, a row each", columns=(*form.columns, *_COUNTS))


def _participants(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    return (
        tuple(row["name"] for row in rows),
        tuple(row["entity_id"] for row in rows),
        tuple(row["country"] for row in rows),
        tuple(" ".join(row["sectors"]) for row in rows),
    )


CSV = Format(
    name="csv",
    title="Events, a row each",
    kind="delimited",
    suffix=".csv",
    columns=_TEXT,
    rows=_rows_of_text,
    statuses=frozenset(STATUSES),
    delimiter=",",
    header=True,
    quoted=True,
)
TSV = replace(CSV, name="tsv", suffix=".tsv", delimiter="\t")
PARQUET = Format(
    name="parquet",
    title="Events, a row each",
    kind="parquet",
    suffix=".parquet",
    columns=COLUMNS,
    rows=rows_of_lists,
    statuses=frozenset(STATUSES),
)
GEOJSON = replace(PARQUET, name="geojson", title="Events on the map", kind="geojson", suffix=".geojson")
FLAT = (CSV, TSV, PARQUET, GEOJSON)
