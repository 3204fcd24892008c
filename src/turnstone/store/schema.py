"""The columns of the tables: the public form of the record.

Every table names the article by `article_id` (`articles.id`). `start` and `end` are half-open offsets, in Unicode
characters, into `articles.text`; beside them stands the text found there. Days are inclusive. Empty text means none
or unknown.
"""

from __future__ import annotations

import pyarrow as pa

VERSION = 1
"""Rises when a column changes its name, type or meaning."""

_TEXT = pa.string()
_WORDS = pa.list_(pa.string())
_OFFSET = pa.int32()
_SPANS = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))


def _table(*columns: tuple[str, pa.DataType, str]) -> pa.Schema:
    return pa.schema(
        [pa.field(name, kind, metadata={"description": description}) for name, kind, description in columns]
    )


_ARTICLE = ("article_id", _TEXT, "the article, as in articles.id")

SCHEMAS: dict[str, pa.Schema] = {
    "articles": _table(
        ("id", _TEXT, "as given, or a digest of date and text"),
        ("published", pa.date32(), "the article's day"),
        ("title", _TEXT, ""),
        ("publisher", _TEXT, ""),
        ("author", _TEXT, ""),
        ("url", _TEXT, ""),
        ("origin", _TEXT, "where it was read: file and line, as given"),
        ("text", _TEXT, "what was coded; all offsets point here"),
        ("sha256", _TEXT, "of text in UTF-8"),
        ("digest", _TEXT, "SHA-256 of everything given but origin"),
        ("run", _TEXT, "digest of the run that coded it, as in manifest.json"),
        ("contexts", _WORDS, "PLOVER contexts of its events, the commonest first"),
    ),
    "events": _table(
        _ARTICLE,
        ("event_id", _TEXT, "unique with article_id"),
        ("event_type", _TEXT, "PLOVER event type"),
        ("modes", _WORDS, "PLOVER modes"),
        ("contexts", _WORDS, "PLOVER contexts"),
        ("quad", pa.int8(), "quad class, 1 to 4; 0 for none"),
        ("score", pa.float64(), "conflict-cooperation score of the type"),
        ("status", _TEXT, "happened, historical, future, hypothetical or negated"),
        ("first_day", pa.date32(), "the first day it can have happened"),
        ("last_day", pa.date32(), "the last, inclusive"),
        ("granularity", _TEXT, "day, week, month, quarter, season, year, range or decade"),
        ("date_basis", _TEXT, "why those days, in words"),
        ("place_start", _OFFSET, "null where no place is known, as all of place_"),
        ("place_end", _OFFSET, ""),
        ("place_text", _TEXT, ""),
        ("place_name", _TEXT, "GeoNames' name"),
        ("place_country", _TEXT, "ISO 3166 alpha-3"),
        ("place_geonames_id", pa.int64(), "null for what GeoNames gives none"),
        ("place_latitude", pa.float64(), "degrees, WGS 84; of an area a point in its middle"),
        ("place_longitude", pa.float64(), ""),
        ("place_resolution", _TEXT, "point, city, district, province, country or region"),
        (
            "attribution",
            pa.int32(),
            "the attribution that tells it, as in attributions.index; -1 where the writer vouches",
        ),
        ("speaker_name", _TEXT, "who says it"),
        ("speaker_entity_id", _TEXT, ""),
        ("outlet", _TEXT, "the agency or paper it reached us through"),
        ("trigger_start", _OFFSET, "the word that tells of the event"),
        ("trigger_end", _OFFSET, ""),
        ("trigger_text", _TEXT, ""),
        ("evidence_start", _OFFSET, "the words it is read from, usually a sentence"),
        ("evidence_end", _OFFSET, ""),
        ("evidence_text", _TEXT, ""),
        ("confidence", pa.float64(), "calibrated probability of the event type, 0 to 1"),
    ),
    "participants": _table(
        _ARTICLE,
        ("event_id", _TEXT, "as in events"),
        ("role", _TEXT, "actor or recipient"),
        ("position", pa.int32(), "0 for the first of its role"),
        ("start", _OFFSET, ""),
        ("end", _OFFSET, ""),
        ("text", _TEXT, ""),
        ("name", _TEXT, "whom the words stand for"),
        ("entity_id", _TEXT, "empty where the data knows no such entity"),
        ("country", _TEXT, "ISO 3166 alpha-3 or PLOVER code"),
        ("sectors", _WORDS, "PLOVER sectors, the primary first"),
    ),
    "attributions": _table(
        _ARTICLE,
        ("index", pa.int32(), "from 0 in each article"),
        ("source", _SPANS, "who says"),
        ("source_texts", _WORDS, ""),
        ("cue", _SPANS, "the saying words"),
        ("cue_texts", _WORDS, ""),
        ("content", _SPANS, "what is said"),
        ("content_texts", _WORDS, ""),
        ("speaker_start", _OFFSET, "null where the words do not say who, as start and end of speaker_"),
        ("speaker_end", _OFFSET, ""),
        ("speaker_text", _TEXT, ""),
        ("speaker_name", _TEXT, ""),
        ("speaker_entity_id", _TEXT, ""),
        ("speaker_country", _TEXT, ""),
        ("speaker_sectors", _WORDS, ""),
        ("outlet", _TEXT, "the agency or paper it reached us through"),
        ("within", pa.int32(), "the attribution this one is reported in, -1 for none"),
        ("kind", _TEXT, "direct, partial or indirect: all, some or nothing of content stands between quotation marks"),
    ),
    "places": _table(
        _ARTICLE,
        ("start", _OFFSET, ""),
        ("end", _OFFSET, ""),
        ("text", _TEXT, ""),
        ("name", _TEXT, "GeoNames' name"),
        ("country", _TEXT, "ISO 3166 alpha-3"),
        ("geonames_id", pa.int64(), "null for what GeoNames gives none"),
        ("latitude", pa.float64(), "degrees, WGS 84; of an area a point in its middle"),
        ("longitude", pa.float64(), ""),
        ("resolution", _TEXT, "point, city, district, province, country or region"),
    ),
    "dates": _table(
        _ARTICLE,
        ("start", _OFFSET, ""),
        ("end", _OFFSET, ""),
        ("text", _TEXT, ""),
        ("first_day", pa.date32(), ""),
        ("last_day", pa.date32(), "inclusive"),
        ("granularity", _TEXT, ""),
        ("basis", _TEXT, "why those days, in words"),
    ),
    "ledger": _table(
        ("origin", _TEXT, "where the input stood"),
        ("article_id", _TEXT, "empty where the input had none"),
        ("outcome", _TEXT, "coded, empty (no events) or failed"),
        ("reason", _TEXT, "why it failed, or which other input is the same article"),
        ("remedy", _TEXT, ""),
        ("events", pa.int32(), "events stored for this input"),
        ("published", pa.date32(), "null for an input that is no article"),
        ("sha256", _TEXT, "of the article's text; empty for an input that is no article"),
        ("digest", _TEXT, "as in articles"),
    ),
}

TABLES = tuple(SCHEMAS)
CODED_TABLES = tuple(name for name in TABLES if name != "ledger")


def with_all_columns(rows: pa.Table, table: str) -> pa.Table:
    """The rows of a table with the columns that were added under this VERSION after they were written, empty."""
    if rows.schema.equals(SCHEMAS[table]):
        return rows
    for field in SCHEMAS[table]:
        if field.name not in rows.schema.names:
            empty: object = [] if pa.types.is_list(field.type) else ""
            rows = rows.append_column(field, pa.array([empty] * len(rows), field.type))
    return rows.select(SCHEMAS[table].names).cast(SCHEMAS[table])
