"""The events of a filter: facets with counts, a list from the newest, what to take away."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

import numpy as np
from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response, StreamingResponse

from turnstone.web import recipes
from turnstone.web.filters import BANDS, EVERYTHING, NONE, STATES, Filter
from turnstone.web.index.opened import OpenRecord
from turnstone.web.index.rows import EventRow, Party, event_rows, texts_of
from turnstone.web.index.selection import Selection, search_words, select
from turnstone.web.navigation import Link
from turnstone.web.rendering import answer
from turnstone.web.reviewed import reviewed, reviewed_or_fault
from turnstone.web.workbench import Record

router = APIRouter(tags=["events"])
LINKS = (Link("Events", "/events", ("/event", "/article")),)

_VALUES = 40
_ROWS = 50
_EXPORT_ROWS = 1000
_MOST = 2**31 - 1


class FacetValue(BaseModel):
    """A value that the filter may take, and the number of events that it would leave."""

    value: str
    events: int
    chosen: bool


class Facet(BaseModel):
    """The commonest values of a filter among the events that all other filters leave; `more` are not listed."""

    name: str
    values: list[FacetValue]
    more: int


class EventsPage(BaseModel):
    """The events of a filter, from the newest report. `before` and `after` are where the next and the former page
    begin, null at the ends. `cut` says that a search found more than it takes. Values and counts are those after
    review, unless `coded` is asked for; `reviews` is whether any event of the record has one, `left_out` how many of
    this filter are rejected and left out.
    """

    events: int
    rows: list[EventRow]
    facets: list[Facet]
    before: int | None
    after: int | None
    cut: bool
    reviews: bool
    left_out: int
    review_fault: str = Field(description="why the reviews cannot be read; empty where they can")


class Asked(Filter):
    """A filter, and which part of its events."""

    before: Annotated[int, Field(ge=0, le=_MOST)] | None = Field(None, description="only events before this number")
    after: Annotated[int, Field(ge=-1, le=_MOST)] | None = Field(None, description="only events after this number")
    size: Annotated[int, Field(ge=1, le=500)] = Field(_ROWS, description="how many rows")

    @property
    def filter(self) -> Filter:
        return Filter.model_validate({name: getattr(self, name) for name in Filter.model_fields})


@router.get("/events", include_in_schema=False)
@router.get("/api/events", response_model=EventsPage)
def events(request: Request, record: Record, asked: Annotated[Asked, Query()]) -> Response:
    """Events, from the newest report, with counts for every filter."""
    wanted = asked.filter
    selection = select(record, wanted)
    if asked.after is not None:
        numbers = selection.oldest(asked.size, asked.after)
    else:
        numbers = selection.newest(asked.size, asked.before)
    reviews = reviewed_or_fault(record)
    page = EventsPage(
        events=selection.count,
        rows=event_rows(record, numbers, search_words(wanted.q)),
        facets=_remembered(record, wanted),
        before=int(numbers[-1]) if len(numbers) and len(selection.newest(1, int(numbers[-1]))) else None,
        after=int(numbers[0]) if len(numbers) and len(selection.oldest(1, int(numbers[0]))) else None,
        cut=selection.cut,
        reviews=reviews.any,
        left_out=_left_out(record, wanted),
        review_fault=reviews.fault,
    )
    copies = recipes.recipes(record.directory, wanted, reviews.any and not wanted.coded)
    return answer(request, "events.html", page, wanted=wanted, recipes=copies, searchable=record.can_search)


@router.get("/api/events.{kind}", response_class=StreamingResponse)
@router.get("/events.{kind}", include_in_schema=False)
def export(record: Record, kind: Literal["csv", "jsonl"], wanted: Annotated[Filter, Query()]) -> Response:
    """All events of a filter as a file: CSV with a line for each event, or the rows of the list as JSON lines, as
    reviewers have them: `review` says what they came to, and what they rejected is left out. With `coded` what was
    coded. Refused where the reviews cannot be read."""
    if not wanted.coded:
        reviewed(record)
    rows = _export_rows(record, select(record, wanted))
    lines = _csv(rows) if kind == "csv" else _jsonl(rows)
    media = "text/csv; charset=utf-8" if kind == "csv" else "application/x-ndjson"
    return StreamingResponse(
        lines, media_type=media, headers={"content-disposition": f"attachment; filename=events.{kind}"}
    )


def _left_out(record: OpenRecord, wanted: Filter) -> int:
    if record.there is None or wanted.review:
        return 0
    return select(record, wanted.model_copy(update={"review": ("rejected",)})).count


def _export_rows(record: OpenRecord, selection: Selection) -> Iterator[EventRow]:
    before = None
    while len(numbers := selection.newest(_EXPORT_ROWS, before)):
        yield from event_rows(record, numbers)
        before = int(numbers[-1])


def _jsonl(rows: Iterable[EventRow]) -> Iterator[str]:
    for row in rows:
        kept = row.model_dump(mode="json", exclude={"number", "hits", "reviewed", "coded"})
        yield json.dumps(kept, ensure_ascii=False) + "\n"


_CSV = (
    "article_id", "event_id", "published", "first_day", "last_day", "event_type", "modes", "quad", "status", "actors",
    "actor_countries", "recipients", "recipient_countries", "place", "place_country", "source", "speaker", "title",
    "evidence", "confidence", "review",
)  # fmt: skip


def _csv(rows: Iterable[EventRow]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV)
    for number, row in enumerate(rows, 1):
        writer.writerow(
            [
                *map(_cell, (row.article, row.id)), row.published, row.first_day, row.last_day, row.type,
                " ".join(row.modes), row.quad, row.status,
                *map(_cell, (_names(row.actors), _codes(row.actors), _names(row.recipients), _codes(row.recipients))),
                *map(_cell, (row.place, row.place_country, row.source, row.speaker, row.title, row.evidence)),
                row.confidence, row.review,
            ]
        )  # fmt: skip
        if number % 100 == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _names(parties: list[Party]) -> str:
    return "; ".join(one.name for one in parties)


def _codes(parties: list[Party]) -> str:
    return "; ".join(one.country for one in parties)


def warm(record: OpenRecord) -> None:
    """Makes the record remember the counts of every filter."""
    _remembered(record, EVERYTHING)


def _remembered(record: OpenRecord, wanted: Filter) -> list[Facet]:
    return record.kept(("facets", wanted), lambda: _facets(record, wanted))


def _facets(record: OpenRecord, wanted: Filter) -> list[Facet]:
    return [_facet(record, wanted, name) for name in FACETS]


FACETS = (
    "type", "status", "actor_country", "actor", "recipient_country", "recipient", "place_country", "source",
    "confidence", "review",
)  # fmt: skip


def _states(record: OpenRecord, wanted: Filter) -> list[FacetValue]:
    """What became of the events in review; nothing where nobody has reviewed any."""
    if record.states is None:
        return []
    everything = select(record, wanted.model_copy(update={"review": STATES}))
    counts = np.bincount(everything.values(record.states), minlength=len(STATES))
    found = [
        FacetValue(value=name, events=int(count), chosen=name in wanted.review)
        for name, count in zip(STATES, counts, strict=True)
        if count or name in wanted.review
    ]
    return found if len(found) > 1 or wanted.review else []


def _facet(record: OpenRecord, wanted: Filter, name: str) -> Facet:
    chosen = getattr(wanted, name)
    if name == "review":
        return Facet(name=name, values=_states(record, wanted), more=0)
    selection = select(record, wanted.model_copy(update={name: ()}))
    counts = selection.tally(name)
    if name == "confidence":
        bands = [(band, int(counts[low:high].sum())) for band, (low, high) in BANDS.items()]
        values = [FacetValue(value=band, events=count, chosen=band in chosen) for band, count in bands if count]
        return Facet(name=name, values=values, more=0)
    lists = {"type": record.lists.types, "status": record.lists.statuses, "source": record.lists.sources}
    top = selection.top(name, _VALUES)
    if name in ("actor", "recipient"):
        texts = texts_of(record, "name", [code for code, _ in top])
        found = [(texts[code], count) for code, count in top]
    else:
        known = lists.get(name, record.lists.countries)
        found = [(known[code], count) for code, count in top]
        if len(counts) and counts[0] and name not in ("type", "status", "actor_country", "recipient_country"):
            found.append((NONE, int(counts[0])))
    values = [FacetValue(value=value, events=count, chosen=value in chosen) for value, count in found]
    listed = {one.value for one in values}
    for value in chosen:
        if value not in listed:
            left = select(record, wanted.model_copy(update={name: (value,)})).count
            values.append(FacetValue(value=value, events=left, chosen=True))
    values.sort(key=lambda one: not one.chosen)
    return Facet(name=name, values=values, more=max(0, int((counts[1:] > 0).sum()) - len(top)))
