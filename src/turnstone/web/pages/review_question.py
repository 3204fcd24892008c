"""One event as a question: its sentence with the words marked, and everything that a reviewer may correct."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from turnstone.records import Event, Record
from turnstone.reviews import Judged, Review, Values
from turnstone.reviews.attach import CodedEvent
from turnstone.reviews.coded import values_of
from turnstone.reviews.standing import outcome_of
from turnstone.reviews.verdicts import Trigger, Where, Who
from turnstone.store.tables import text_digest
from turnstone.web.event_review import changed

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


def question(
    record: Record, event: str, judged: dict[tuple[str, str], Judged], complete: frozenset[str]
) -> Question | None:
    """The question of an event of an article; None where the article has no event of this id."""
    article, events = record.article, record.coded.events
    one = next((some for some in events if some.id == event), None)
    if one is None:
        return None
    text, trigger, sha256 = article.text, one.trigger, text_digest(article)
    first, last = one.evidence.start, one.evidence.end
    values = values_of(record, one)
    said_ = Trigger(start=trigger.start, end=trigger.end, text=text[trigger.start : trigger.end][:300])
    low, high = _around(text, first, last)
    spans = _spans(record, one)
    speakers = {(told.speaker.name, told.speaker.entity_id) for told in record.coded.attributions if told.speaker}
    return Question(
        article=article.id, event=event, sha256=sha256,
        mark=mark_of(CodedEvent(article.id, event, sha256, said_, values)), published=article.published,
        title=article.title, publisher=article.publisher, values=values, confidence=one.confidence,
        date_basis=one.date_basis, trigger=(trigger.start, trigger.end), start=low, shown=text[low:high],
        before=pieces(text, low, first, spans), sentence=pieces(text, first, last, spans),
        after=pieces(text, last, high, spans),
        places=[
            Place(text=text[place.start : place.end], **asdict(place))
            for place in sorted(record.resolved.places, key=lambda place: place.start)
        ],
        speakers=[Speaker(name=name, entity_id=identity) for name, identity in sorted(speakers) if name],
        events=len(events), settled=sum((article.id, some.id) in judged for some in events),
        complete=sha256 in complete,
    )  # fmt: skip


def _spans(record: Record, event: Event) -> list[tuple[str, int, int]]:
    """The words of an event's values, with what they are in it."""
    spans = [("what", event.trigger.start, event.trigger.end)]
    spans += [("who", one.start, one.end) for one in event.actors]
    spans += [("whom", one.start, one.end) for one in event.recipients]
    spans += [
        ("when", one.start, one.end)
        for one in record.resolved.dates
        if (one.first_day, one.last_day) == (event.first_day, event.last_day)
        and event.evidence.start <= one.start < event.evidence.end
    ]
    if event.place is not None:
        spans.append(("where", event.place.start, event.place.end))
    speaker = record.coded.attributions[event.attribution].speaker if event.attribution >= 0 else None
    if speaker is not None:
        spans.append(("says", speaker.start, speaker.end))
    return spans


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
