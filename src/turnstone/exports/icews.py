"""ICEWS events: 20 columns between tabs, with a header, nothing for what is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from turnstone.exports.cameo import MOST_PAIRS
from turnstone.exports.codes import countries, sectors
from turnstone.exports.events import Reported, Row
from turnstone.exports.format import HAPPENED, Cell, Column, Format, Means
from turnstone.exports.loss import Loss
from turnstone.exports.places import divided

NOBODY = "Unspecified Actor"

_COLUMNS = (
    Column("Event ID", "integer", "1000 times the event's row in events.parquet, and the number of the pair"),
    Column("Event Date", "date", "first day of the event"),
    Column("Source Name", "string", f"{NOBODY} where nobody is named"),
    Column("Source Sectors", "string", "ICEWS's words, between commas"),
    Column("Source Country", "string", "ICEWS's name"),
    Column("Event Text", "string", "ICEWS's name of the code"),
    Column("CAMEO Code", "string", "read it as text: 010 is not 10"),
    Column("Intensity", "number", "-10 to 10, by the code"),
    Column("Target Name", "string", f"{NOBODY} where nobody is named"),
    Column("Target Sectors", "string", "as Source Sectors"),
    Column("Target Country", "string", "as Source Country"),
    Column("Story ID", "string", "the article's id; ICEWS has numbers here"),
    Column("Sentence Number", "integer", "from 1 in the article's text"),
    Column("Publisher", "string", ""),
    Column("City", "string", ""),
    Column("District", "string", ""),
    Column("Province", "string", ""),
    Column("Country", "string", "ICEWS's name"),
    Column("Latitude", "number", "degrees, WGS 84"),
    Column("Longitude", "number", "degrees, WGS 84"),
)


def _rows(reported: Reported, means: Means) -> Iterator[tuple[Cell, ...]]:
    event, article, loss = reported.event, reported.article, means.loss
    coded = means.crosswalk.code(event, loss)
    if coded is None:
        return
    place = divided(event, means.provinces, official=True)
    where = (place.city, place.district, place.province, place.country)
    rest = (
        *(article["id"], _sentence(article["text"], event["trigger_start"]), article["publisher"]),
        *(*where, event["place_latitude"], event["place_longitude"]),
    )
    for number, (source, target) in enumerate(means.crosswalk.pairs(reported, loss), 1):
        yield (
            *(reported.number * (MOST_PAIRS + 1) + number, event["first_day"], *_who(source, loss)),
            *(coded.name, coded.code, coded.goldstein, *_who(target, loss), *rest),
        )


def _who(participant: Row | None, loss: Loss) -> tuple[str, str, str]:
    if participant is None:
        return (NOBODY, "", "")
    country, known = participant["country"], countries().get(participant["country"])
    if country and not known and country not in sectors():
        loss.add("country", country)
    words: dict[str, None] = {}
    for code in (*([country] if country in sectors() else []), *participant["sectors"]):
        if code not in sectors() or not sectors()[code].icews:
            loss.add("sector", code)
            continue
        words |= dict.fromkeys(sectors()[code].icews.split(","))
    return participant["name"], ",".join(words), known.icews if known else ""


def _sentence(text: str, start: int) -> int:
    from turnstone.analysis.sentences import split
    from turnstone.analysis.words import words

    spans = words(text)
    return max(1, bisect_right([spans[first][0] for first in split(text, spans)], start))


ICEWS = Format(
    name="icews",
    title="ICEWS events",
    kind="delimited",
    suffix=".tab",
    columns=_COLUMNS,
    rows=_rows,
    statuses=HAPPENED,
    header=True,
    texts=True,
)
