"""The first page: what is in the record, over time, between whom, where and from which sources."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel
from starlette.responses import Response

from turnstone.web import wording
from turnstone.web.filters import EVERYTHING, Filter
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.selection import Selection, select
from turnstone.web.index.timeline import coverage, timeline
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.workbench import Record

router = APIRouter(tags=["overview"])
LINKS = (Link("Overview", "/"),)

_DYADS, _SOURCES, _PLACES = 15, 15, 400


class Bin(BaseModel):
    """Events that fall within some days, by quad class (0 for none, then 1 to 4). Of its `days`, `covered` have an
    article; where none has, there is nothing to count and `counts` is null.
    """

    first: dt.date
    last: dt.date
    counts: list[int] | None
    days: int
    covered: int


class Dyad(BaseModel):
    """Events with actors of one country and recipients of another; empty where the country is unknown."""

    actor_country: str
    recipient_country: str
    events: int


class PlaceCount(BaseModel):
    """Events at a place; `resolution` says whether the point is the place or the middle of an area."""

    name: str
    country: str
    latitude: float
    longitude: float
    resolution: str
    events: int


class SourceCount(BaseModel):
    """Events from an outlet or publisher; empty where none is known."""

    name: str
    events: int


class Overview(BaseModel):
    """What is in the record, as filtered. `wider` events are not dated to within one step of the time line, `outside`
    ones lie beyond it. `happenings` is null where nobody has looked which reports tell of the same happening.
    """

    articles: int
    events: int
    reports: int
    happenings: int | None
    first: dt.date | None
    last: dt.date | None
    step: str
    bins: list[Bin]
    wider: int
    outside: int
    quads: dict[int, int]
    dyads: list[Dyad]
    places: list[PlaceCount]
    placed: int
    sources: list[SourceCount]
    without_source: int


@router.get("/", include_in_schema=False)
@router.get("/api/overview", response_model=Overview)
def overview(request: Request, record: Record, wanted: Annotated[Filter, Query()]) -> Response:
    """Events over time, by pair of countries, place and source."""
    found = _remembered(record, wanted)
    chart = {
        "step": found.step,
        "bins": [[str(one.first), str(one.last), one.counts, one.days, one.covered] for one in found.bins],
        "places": [
            [one.longitude, one.latitude, one.events, one.name, one.country, one.resolution] for one in found.places
        ],
    }
    return answer(request, "overview.html", found, wanted=wanted, chart=chart)


def warm(record: OpenRecord) -> None:
    """Makes the record remember its overview."""
    _remembered(record, EVERYTHING)


def _remembered(record: OpenRecord, wanted: Filter) -> Overview:
    return record.kept(("overview", wanted), lambda: _overview(record, wanted))


def _overview(record: OpenRecord, wanted: Filter) -> Overview:
    selection = select(record, wanted)
    days = coverage(selection)
    first, last = days or (None, None)
    if first and last:
        first = wanted.since or min(first, wanted.until or first)
        last = wanted.until or max(last, first)
        first = min(first, last)
    line = timeline(selection, first, last) if first and last else None
    quads = selection.tally("quad")
    has_stories = bool(len(record.columns.happening)) and int(record.columns.happening.max()) >= 0
    sources = selection.top("source", _SOURCES)
    tally = selection.tally("source")
    return Overview(
        articles=record.columns.articles,
        events=selection.count,
        reports=select(record, wanted.model_copy(update={"unit": "reports"})).count,
        happenings=select(record, wanted.model_copy(update={"unit": "happenings"})).count if has_stories else None,
        first=first,
        last=last,
        step=line.step if line else "day",
        bins=[
            Bin(
                first=one.first, last=one.last, counts=list(one.counts) if one.covered or sum(one.counts) else None,
                days=one.days, covered=one.covered,
            )
            for one in (line.bins if line else ())
        ],
        wider=line.wider if line else 0,
        outside=line.outside if line else 0,
        quads={quad: int(quads[quad]) if quad < len(quads) else 0 for quad in wording.QUADS},
        dyads=_dyads(selection),
        places=_places(selection),
        placed=int(selection.tally("place")[1:].sum()),
        sources=[SourceCount(name=record.lists.sources[code], events=count) for code, count in sources],
        without_source=int(tally[0]) if len(tally) else 0,
    )  # fmt: skip


def _dyads(selection: Selection) -> list[Dyad]:
    found = []
    for code, count in selection.top("dyad", _DYADS):
        actor, recipient = selection.record.lists.dyad(code)
        found.append(Dyad(actor_country=actor, recipient_country=recipient, events=count))
    return found


def _places(selection: Selection) -> list[PlaceCount]:
    counts = dict(selection.top("place", _PLACES))
    marks = ", ".join("?" * len(counts))
    with selection.record.rows() as rows:
        found = rows.execute(
            "select code, text, country, latitude, longitude, resolution from place "
            f"where code in ({marks}) and latitude is not null",
            list(counts),
        ).fetchall()
    places = [
        PlaceCount(
            name=name, country=country, latitude=latitude, longitude=longitude, resolution=resolution,
            events=counts[code],
        )
        for code, name, country, latitude, longitude, resolution in found
    ]  # fmt: skip
    return sorted(places, key=lambda one: (-one.events, one.name))
