"""The record as JSON lines, one object an article: the public form of every layer (docs/analyse-format.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final, TypeVar

from turnstone.errors import StoreError
from turnstone.records import (
    Analysis,
    Article,
    Attribution,
    Coded,
    DateMention,
    Event,
    Mention,
    Participant,
    Place,
    Record,
    Resolved,
    Span,
    Token,
)

CONTRACT: Final = "turnstone-analyse/1"
"""Names the form. The number rises when a key goes or changes its meaning; keys may be added under one number."""

# These end a line for some readers; inside JSON they can only stand in strings.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\u0085\u2028\u2029"}


def as_line(record: Record) -> str:
    """`as_json` as one line of text, without its line break."""
    return json.dumps(as_json(record), ensure_ascii=False, separators=(",", ":")).translate(_LINE_ENDS)


def as_json(record: Record) -> dict[str, Any]:
    """Every layer of a record as plain values; the keys are those of docs/analyse-format.md."""
    article, analysis, resolved, coded = record.article, record.analysis, record.resolved, record.coded
    tokens = analysis.tokens
    return {
        "contract": CONTRACT,
        "id": article.id,
        "published": article.published.isoformat(),
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "origin": article.origin,
        "text": article.text,
        "contexts": list(coded.contexts),
        "sentences": [
            {"start": tokens[first].start, "end": tokens[last - 1].end} for first, last in analysis.sentences
        ],
        "tokens": [asdict(token) for token in tokens],
        "mentions": [{**asdict(mention), "sectors": list(mention.sectors)} for mention in resolved.mentions],
        "dates": [
            {**asdict(day), "first_day": day.first_day.isoformat(), "last_day": day.last_day.isoformat()}
            for day in resolved.dates
        ],
        "places": [asdict(place) for place in resolved.places],
        "attributions": [_attribution(one) for one in coded.attributions],
        "events": [event_as_json(record, event) for event in coded.events],
    }


def event_as_json(record: Record, event: Event) -> dict[str, Any]:
    """One event of a record as plain values."""
    return {
        "id": event.id,
        "event_type": event.event_type,
        "modes": list(event.modes),
        "contexts": list(event.contexts),
        "quad": event.quad,
        "score": event.score,
        "actors": [_participant(one) for one in event.actors],
        "recipients": [_participant(one) for one in event.recipients],
        "status": event.status,
        "first_day": event.first_day.isoformat(),
        "last_day": event.last_day.isoformat(),
        "granularity": event.granularity,
        "date_basis": event.date_basis,
        "place": asdict(event.place) if event.place else None,
        "attribution": _told(record, event.attribution),
        "trigger": asdict(event.trigger),
        "evidence": asdict(event.evidence),
        "confidence": event.confidence,
    }


def chain(attributions: tuple[Attribution, ...], index: int) -> list[Participant]:
    """The speakers through whom something is told, from the innermost outwards; those left unnamed are passed over."""
    speakers: list[Participant] = []
    seen: set[int] = set()
    while index >= 0 and index not in seen:
        seen.add(index)
        speaker = attributions[index].speaker
        if speaker:
            speakers.append(speaker)
        index = attributions[index].within
    return speakers


def _told(record: Record, index: int) -> dict[str, Any] | None:
    if index < 0:
        return None
    attributions = record.coded.attributions
    speaker = attributions[index].speaker
    return {
        "index": index,
        "speaker": _named(speaker) if speaker else None,
        "outlet": attributions[index].outlet,
        "chain": [one.name for one in chain(attributions, index)],
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "source": [asdict(span) for span in attribution.source],
        "cue": [asdict(span) for span in attribution.cue],
        "content": [asdict(span) for span in attribution.content],
        "speaker": _participant(attribution.speaker) if attribution.speaker else None,
        "outlet": attribution.outlet,
        "within": attribution.within,
        "kind": attribution.kind,
    }


def _participant(participant: Participant) -> dict[str, Any]:
    return {"start": participant.start, "end": participant.end, **_named(participant)}


def _named(participant: Participant) -> dict[str, Any]:
    return {
        "name": participant.name,
        "entity_id": participant.entity_id,
        "country": participant.country,
        "sectors": list(participant.sectors),
    }


# --- back


def record_of(line: str, origin: str) -> Record:
    """The record that `as_line` wrote; names and quotations before resolution, and proposals, are not kept there.

    `origin` is file and line, for errors. Raises StoreError where the line is something else.
    """
    try:
        value = json.loads(line)
    except ValueError as error:
        raise StoreError(f"{origin}: not JSON ({error}); write the file again with: turnstone analyse") from error
    found = value.get("contract") if isinstance(value, Mapping) else None
    if found != CONTRACT:
        raise StoreError(
            f"{origin}: the contract is {found!r}, not {CONTRACT!r}; write the file again with: turnstone analyse"
        )
    try:
        return _record(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise StoreError(
            f"{origin}: not as {CONTRACT} has it ({type(error).__name__}: {error}); "
            "write the file again with: turnstone analyse"
        ) from error


def _record(value: Mapping[str, Any]) -> Record:
    tokens = tuple(_read(Token, one) for one in value["tokens"])
    starts = {token.start: i for i, token in enumerate(tokens)}
    ends = {token.end: i + 1 for i, token in enumerate(tokens)}
    sentences = tuple((starts[one["start"]], ends[one["end"]]) for one in value["sentences"])
    return Record(
        _read(Article, value, published=date.fromisoformat(value["published"])),
        Analysis(tokens, sentences, (), (), ()),
        Resolved(
            tuple(_read(Mention, one, sectors=tuple(one["sectors"])) for one in value["mentions"]),
            tuple(_read(DateMention, one, **_days(one)) for one in value["dates"]),
            tuple(_read_place(one) for one in value["places"]),
        ),
        Coded(
            tuple(_read_attribution(one) for one in value["attributions"]),
            tuple(_read_event(one) for one in value["events"]),
            # not in lines written before it was added, as an attribution's kind and a place's resolution
            tuple(value.get("contexts", ())),
        ),
    )


_Value = TypeVar("_Value", Article, Token, Mention, DateMention, Place, Participant, Attribution, Event, Span)


def _read(kind: type[_Value], value: Mapping[str, Any], /, **better: Any) -> _Value:
    """The value's keys as fields; keys that are no fields are passed over."""
    return kind(**{one.name: better[one.name] if one.name in better else value[one.name] for one in fields(kind)})


def _days(value: Mapping[str, Any]) -> dict[str, date]:
    return {name: date.fromisoformat(value[name]) for name in ("first_day", "last_day")}


def _spans(values: Iterable[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(_read(Span, one) for one in values)


def _read_place(value: Mapping[str, Any]) -> Place:
    return _read(Place, value, resolution=value.get("resolution", ""))


def _read_participant(value: Mapping[str, Any]) -> Participant:
    return _read(Participant, value, sectors=tuple(value["sectors"]))


def _read_attribution(value: Mapping[str, Any]) -> Attribution:
    speaker = _read_participant(value["speaker"]) if value["speaker"] else None
    pieces = {name: _spans(value[name]) for name in ("source", "cue", "content")}
    return _read(Attribution, value, **pieces, speaker=speaker, kind=value.get("kind", ""))


def _read_event(value: Mapping[str, Any]) -> Event:
    return _read(
        Event,
        value,
        **_days(value),
        modes=tuple(value["modes"]),
        contexts=tuple(value["contexts"]),
        actors=tuple(_read_participant(one) for one in value["actors"]),
        recipients=tuple(_read_participant(one) for one in value["recipients"]),
        place=_read_place(value["place"]) if value["place"] else None,
        attribution=value["attribution"]["index"] if value["attribution"] else -1,
        trigger=_read(Span, value["trigger"]),
        evidence=_read(Span, value["evidence"]),
    )
