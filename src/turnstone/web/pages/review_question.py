"""One event as a question: its sentence with the words marked, and everything that a reviewer may correct."""

from __future__ import annotations

import datetime as dt
import hashlib
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from turnstone.reviews import Judged, Review, Values
from turnstone.reviews.attach import CodedEvent
from turnstone.reviews.coded import events_of
from turnstone.reviews.standing import outcome_of
from turnstone.reviews.verdicts import Where, Who
from turnstone.web.event_review import changed

if TYPE_CHECKING:
    import duckdb

_AROUND = 500
"""At most so many characters of the report before and after the sentence."""


class Piece(BaseModel):
    """Words of the report; `marks` say what they are in this event: who, what, whom, when, where, says."""

    text: str
    marks: list[str]


class Place(BaseModel):
    """A place that the report names."""

    start: int
    end: int
    text: str
    name: str
    country: str
    geonames_id: int | None
    latitude: float | None
    longitude: float | None
    resolution: str


class Speaker(BaseModel):
    """Somebody whom the report quotes."""

    name: str
    entity_id: str


class Question(BaseModel):
    """An event to review. `mark` changes when the event is coded otherwise; `start` is where `shown` begins in the
    report, in characters. `settled` of `events` in this report are reviewed."""

    article: str
    event: str
    sha256: str
    mark: str
    published: dt.date
    title: str
    publisher: str
    values: Values
    confidence: float
    date_basis: str
    trigger: tuple[int, int]
    start: int
    shown: str
    before: list[Piece]
    sentence: list[Piece]
    after: list[Piece]
    places: list[Place]
    speakers: list[Speaker]
    events: int
    settled: int
    complete: bool


class Said(BaseModel):
    """What somebody said of an event: `saw` is what was coded then, null of one that they added; `final` is the event
    as they would have it, null where there is none, and `changed` the fields in which it differs from `saw`."""

    id: str
    at: dt.datetime
    reviewer: str
    verdict: str
    adjudicates: bool
    note: str
    saw: Values | None
    final: Values | None
    changed: list[str]
    holds: bool


def said(review: Review, holds: bool = True) -> Said:
    saw, final = review.saw, review.final
    return Said(
        id=review.id, at=review.at, reviewer=review.reviewer, verdict=review.verdict, adjudicates=review.adjudicates,
        note=review.note, saw=saw, final=final, changed=changed(saw, final) if saw and final else [], holds=holds,
    )  # fmt: skip


_ARTICLE = "select published, title, publisher, text, sha256 from articles where id = $1"
_EVENT = """
    select e.confidence, e.date_basis, e.evidence_start, e.evidence_end, a.speaker_start, a.speaker_end
    from events e left join attributions a on (a.article_id, a."index") = (e.article_id, e.attribution)
    where e.article_id = $1 and e.event_id = $2
"""
_PLACES = """
    select start, "end", text, name, country, geonames_id, latitude, longitude, resolution from places
    where article_id = $1 order by start
"""
_DATES = 'select start, "end" from dates where article_id = $1 and first_day = $2 and last_day = $3'
_SPEAKERS = """
    select distinct speaker_name, speaker_entity_id from attributions
    where article_id = $1 and speaker_name <> '' order by all
"""


def question(
    tables: duckdb.DuckDBPyConnection, article: str, event: str, judged: dict[tuple[str, str], Judged],
    complete: frozenset[str],
) -> Question | None:  # fmt: skip
    """The question of an event; None where the record has none of these ids."""
    events = events_of(tables, [article])
    coded = next((one for one in events if one.event == event), None)
    if coded is None:
        return None
    ((published, title, publisher, text, sha256),) = tables.execute(_ARTICLE, [article]).fetchall()
    ((confidence, basis, first, last, *speaker),) = tables.execute(_EVENT, [article, event]).fetchall()
    values = coded.values
    places = tables.execute(_PLACES, [article]).fetchall()
    dates = tables.execute(_DATES, [article, values.first_day, values.last_day]).fetchall()
    spans = [("what", coded.trigger.start, coded.trigger.end)]
    spans += [("who", one.start, one.end) for one in values.actors if one.start is not None and one.end is not None]
    spans += [
        ("whom", one.start, one.end) for one in values.recipients if one.start is not None and one.end is not None
    ]
    spans += [("when", start, end) for start, end in dates if first <= start < last]
    if values.place is not None and values.place.start is not None and values.place.end is not None:
        spans.append(("where", values.place.start, values.place.end))
    if values.speaker is not None and speaker[0] is not None:
        spans.append(("says", speaker[0], speaker[1]))
    low, high = _around(text, first, last)
    return Question(
        article=article, event=event, sha256=sha256, mark=mark_of(coded), published=published, title=title,
        publisher=publisher, values=values, confidence=confidence, date_basis=basis,
        trigger=(coded.trigger.start, coded.trigger.end), start=low, shown=text[low:high],
        before=pieces(text, low, first, spans), sentence=pieces(text, first, last, spans),
        after=pieces(text, last, high, spans),
        places=[Place(**dict(zip(Place.model_fields, row, strict=True))) for row in places],
        speakers=[Speaker(name=name, entity_id=identity) for name, identity in
                  tables.execute(_SPEAKERS, [article]).fetchall()],
        events=len(events), settled=sum(one.key in judged for one in events), complete=sha256 in complete,
    )  # fmt: skip


def mark_of(coded: CodedEvent) -> str:
    """Changes when the event is coded otherwise."""
    said_ = "\0".join((coded.sha256, str(coded.trigger.start), str(coded.trigger.end), *outcome_of(coded.values)))
    return hashlib.sha256(said_.encode()).hexdigest()[:16]


def _around(text: str, first: int, last: int) -> tuple[int, int]:
    """The sentence with something before and after it, cut between words."""
    low, high = max(0, first - _AROUND), min(len(text), last + _AROUND)
    while 0 < low < first and not text[low - 1].isspace():
        low += 1
    while last < high < len(text) and not text[high].isspace():
        high -= 1
    return low, high


def pieces(text: str, low: int, high: int, spans: list[tuple[str, int, int]]) -> list[Piece]:
    """The text between two offsets, cut where a mark begins or ends."""
    cuts = sorted({low, high, *(at for _, *ends in spans for at in ends if low < at < high)})
    return [
        Piece(text=text[a:b], marks=list(dict.fromkeys(name for name, start, end in spans if start <= a and b <= end)))
        for a, b in pairwise(cuts)
    ]


def differs(values: Values, field: str, given: Any) -> bool:
    """Whether a field that a reviewer sent says something else than what was coded."""
    if field in ("actors", "recipients"):
        return [_told(one) for one in getattr(values, field)] != [_told(one) for one in given]
    if field == "modes":
        return set(values.modes) != set(given)
    if field == "place":
        return _placed(values.place) != _placed(given)
    if field == "speaker":
        was = values.speaker
        return (was.name if was else "", was.entity_id if was else "") != (
            given.name if given else "", given.entity_id if given else "",
        ) or bool(given and given.remember)  # fmt: skip
    return bool(getattr(values, field) != given)


def _told(who: Who) -> tuple[object, ...]:
    return (who.name, who.entity_id, who.country, who.sectors, who.start, who.end, who.remember)


def _placed(where: Where | None) -> tuple[object, ...]:
    return () if where is None else (where.name, where.country, where.geonames_id, where.start)
