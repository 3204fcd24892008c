"""POLECAT events: 40 columns between tabs, with a header; the word None for what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from turnstone.exports.codes import cow
from turnstone.exports.events import Reported, Row
from turnstone.exports.format import HAPPENED, Cell, Column, Format, Means
from turnstone.exports.places import divided

SEVERAL = "; "


def _who(role: str) -> tuple[Column, ...]:
    return (
        Column(f"{role} Name", "string", "whom the words stand for; several between semicolons, as in all of these"),
        Column(f"{role} Country", "string", "PLOVER's code, ISO 3166 alpha-3 for states"),
        Column(f"{role} COW", "string", "number of the Correlates of War"),
        Column(f"Primary {role} Sector", "string", "PLOVER's sector"),
        Column(f"{role} Sectors", "string", "all PLOVER sectors"),
        Column(f"{role} Title", "string", "always None: titles are part of the words"),
        Column(f"{role} Name Raw", "string", "the words"),
        Column(f"Wikipedia {role} ID", "string", "always None"),
    )


_COLUMNS = (
    Column("Event ID", "string", "the event in the record"),
    Column("Event Date", "date", "first day of the event"),
    Column("Event Type", "string", "PLOVER type"),
    Column("Event Mode", "string", "PLOVER mode"),
    Column("Intensity", "number", "PLOVER score, -10 to 10"),
    Column("Quad Code", "string", "in words and capitals"),
    Column("Contexts", "string", "PLOVER contexts, between semicolons"),
    *_who("Actor"),
    *_who("Recipient"),
    Column("Placename", "string", ""),
    Column("City", "string", ""),
    Column("District", "string", ""),
    Column("Province", "string", ""),
    Column("Country", "string", "ISO 3166 alpha-3"),
    Column("Latitude", "number", "degrees, WGS 84"),
    Column("Longitude", "number", "degrees, WGS 84"),
    Column("GeoNames ID", "integer", ""),
    Column("Raw Placename", "string", "the words"),
    Column("Feature Type", "string", "point, city, district, province, country or region"),
    Column("Source", "string", "the publisher"),
    Column("Publication Date", "date", "the article's day"),
    Column("Story People", "string", "always None"),
    Column("Story Organizations", "string", "always None"),
    Column("Story Locations", "string", "always None"),
    Column("Language", "string", "always en"),
    Column("Version", "string", "turnstone and the run"),
)


def _rows(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    event, article = reported.event, reported.article
    place = divided(event, means.provinces)
    yield (
        *(reported.key, event["first_day"], event["event_type"]),
        *(joined(event["modes"]), event["score"], means.codebook.quads.get(event["quad"], "").upper() or None),
        joined(event["contexts"]),
        *_participants(reported.actors, event["first_day"], means),
        *_participants(reported.recipients, event["first_day"], means),
        *(event["place_name"], place.city, place.district, place.province, event["place_country"]),
        *(event["place_latitude"], event["place_longitude"], event["place_geonames_id"], event["place_text"]),
        *(event["place_resolution"], article["publisher"], article["published"], None, None, None, "en"),
        means.coders.get(article["run"], "turnstone"),
    )


def _participants(rows: Sequence[Row], day: date, means: Means) -> tuple[Cell, ...]:
    def each(values: list[str]) -> str | None:
        """A value for each participant, so that the columns go together; nothing where none has one."""
        return SEVERAL.join(one or "None" for one in values) if any(values) else None

    sectors = dict.fromkeys(sector for row in rows for sector in row["sectors"])
    return (
        each([without_separator(row["name"], means) for row in rows]),
        each([row["country"] for row in rows]),
        each([cow(row["country"], day) for row in rows]),
        each([row["sectors"][0] if row["sectors"] else "" for row in rows]),
        joined(list(sectors)),
        None,
        each([without_separator(row["text"], means) for row in rows]),
        None,
    )


def without_separator(name: str, means: Means) -> str:
    """A name in a cell that holds several: its own semicolons become commas, which is counted."""
    if ";" in name:
        means.loss.add("sign", "semicolon in a name", "comma")
    return name.replace(";", ",")


def joined(values: Sequence[str]) -> str | None:
    return SEVERAL.join(values) or None


POLECAT = Format(
    name="polecat",
    title="POLECAT events",
    kind="delimited",
    suffix=".txt",
    columns=_COLUMNS,
    rows=_rows,
    statuses=HAPPENED,
    header=True,
    missing="None",
)
