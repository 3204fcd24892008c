"""Phoenix events: 26 columns between tabs, without a header."""

from __future__ import annotations

from collections.abc import Iterator

from turnstone.exports.cameo import actor_code
from turnstone.exports.codes import countries
from turnstone.exports.events import Reported, Row
from turnstone.exports.format import HAPPENED, Cell, Column, Format, Means
from turnstone.exports.loss import Loss
from turnstone.exports.places import divided


def _actor_columns(role: str) -> tuple[Column, ...]:
    return (
        Column(role, "string", "CAMEO actor code, as USAGOV"),
        Column(f"{role}_root", "string", "its country or body, as USA"),
        Column(f"{role}_agent", "string", "its first role, as GOV"),
        Column(f"{role}_others", "string", "its further roles, between semicolons"),
    )


_COLUMNS = (
    Column("id_version", "string", "the event in the record, a slash, the number of the pair"),
    Column("date", "integer", "first day of the event, YYYYMMDD"),
    Column("year", "integer", ""),
    Column("month", "integer", ""),
    Column("day", "integer", ""),
    *_actor_columns("source"),
    *_actor_columns("target"),
    Column("code", "string", "CAMEO code; read it as text"),
    Column("root_code", "string", "its first two digits"),
    Column("quad_class", "integer", "0 for CAMEO 01 and 02, else 1 to 4"),
    Column("goldstein", "number", "-10 to 10, by the code"),
    Column("issues", "string", "PLOVER's contexts in capitals, as DIPLOMATIC,1;MILITARY,1"),
    Column("lat", "number", "degrees, WGS 84"),
    Column("lon", "number", "degrees, WGS 84"),
    Column("place", "string", ""),
    Column("state", "string", "the state or province"),
    Column("country", "string", "ISO 3166 alpha-3"),
    Column("ids", "string", "the article's id"),
    Column("urls", "string", "the article's address"),
    Column("sources", "string", "the publisher"),
)


def _rows(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    event, article, loss = reported.event, reported.article, means.loss
    coded = means.crosswalk.code(event, loss)
    if coded is None:
        return
    day = event["first_day"]
    quad = 0 if coded.root in ("01", "02") else coded.quad
    issues = ";".join(f"{one.upper()},1" for one in event["contexts"])
    place = divided(event, means.provinces)
    rest = (
        *(coded.code, coded.root, quad, coded.goldstein, issues, event["place_latitude"], event["place_longitude"]),
        *(event["place_name"], place.province, event["place_country"], article["id"], article["url"]),
        article["publisher"],
    )
    dates = int(f"{day.year:04}{day:%m%d}"), day.year, day.month, day.day
    for number, (source, target) in enumerate(means.crosswalk.pairs(reported, loss), 1):
        yield (f"{reported.key}/{number}", *dates, *_actor(source, loss), *_actor(target, loss), *rest)


def _actor(participant: Row | None, loss: Loss) -> tuple[Cell, ...]:
    code = actor_code(participant, loss)
    types = code.types
    root = code.country or code.group or (types[0] if types and participant and _body(participant) else "")
    agents = [one for one in types if one != root]
    return (code.code, root, agents[0] if agents else "", ";".join(agents[1:]))


def _body(participant: Row) -> bool:
    return bool(participant["country"]) and participant["country"] not in countries()


PHOENIX = Format(
    name="phoenix",
    title="Phoenix events",
    kind="delimited",
    suffix=".txt",
    columns=_COLUMNS,
    rows=_rows,
    statuses=HAPPENED,
)
