"""A record as rows of the tables, checked against the article's text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from turnstone.errors import StoreError
from turnstone.records import Article, Participant, Record, Span

Row = dict[str, Any]


@lru_cache(maxsize=4)
def text_digest(article: Article) -> str:
    """SHA-256 of the article's text."""
    return _sha256(article.text, article)


@lru_cache(maxsize=4)
def article_digest(article: Article) -> str:
    """SHA-256 of everything that was given with the article save where it was read."""
    given = (
        article.id,
        article.published.isoformat(),
        article.title,
        article.publisher,
        article.author,
        article.url,
        article.text,
    )
    return _sha256(json.dumps(given, ensure_ascii=False), article)


def _sha256(text: str, article: Article) -> str:
    try:
        return hashlib.sha256(text.encode()).hexdigest()
    except UnicodeEncodeError as error:
        raise StoreError(
            f"article {article.id!r} ({article.origin}): a character cannot be written as UTF-8 ({error.reason}); "
            "replace lone surrogates when reading"
        ) from error


def rows_of(record: Record, run: str) -> dict[str, list[Row]]:
    """The rows of every table but the ledger. Raises StoreError where a value of the record cannot be true of its
    text.
    """
    article, coded = record.article, record.coded
    check(record)
    cut = _Cutter(article)
    rows: dict[str, list[Row]] = {"articles": [], "events": [], "participants": [], "attributions": []}
    rows["articles"].append(
        {
            "id": article.id,
            "published": article.published,
            "title": article.title,
            "publisher": article.publisher,
            "author": article.author,
            "url": article.url,
            "origin": article.origin,
            "text": article.text,
            "contexts": list(coded.contexts),
            "sha256": text_digest(article),
            "digest": article_digest(article),
            "run": run,
        }
    )
    for event in coded.events:
        told = coded.attributions[event.attribution] if event.attribution >= 0 else None
        place = event.place
        rows["events"].append(
            {
                "article_id": article.id,
                "event_id": event.id,
                "event_type": event.event_type,
                "modes": list(event.modes),
                "contexts": list(event.contexts),
                "quad": event.quad,
                "score": event.score,
                "status": event.status,
                "first_day": event.first_day,
                "last_day": event.last_day,
                "granularity": event.granularity,
                "date_basis": event.date_basis,
                **(cut("place_", place.start, place.end) if place else {}),
                "place_name": place.name if place else None,
                "place_country": place.country if place else None,
                "place_geonames_id": place.geonames_id if place else None,
                "place_latitude": place.latitude if place else None,
                "place_longitude": place.longitude if place else None,
                "place_resolution": place.resolution if place else None,
                "attribution": event.attribution,
                "speaker_name": told.speaker.name if told and told.speaker else "",
                "speaker_entity_id": told.speaker.entity_id if told and told.speaker else "",
                "outlet": told.outlet if told else "",
                **cut("trigger_", event.trigger.start, event.trigger.end),
                **cut("evidence_", event.evidence.start, event.evidence.end),
                "confidence": event.confidence,
            }
        )
        for role, participants in (("actor", event.actors), ("recipient", event.recipients)):
            for position, participant in enumerate(participants):
                rows["participants"].append(
                    {
                        "article_id": article.id,
                        "event_id": event.id,
                        "role": role,
                        "position": position,
                        **cut("", participant.start, participant.end),
                        **_who("", participant),
                    }
                )
    for index, attribution in enumerate(coded.attributions):
        speaker = attribution.speaker
        rows["attributions"].append(
            {
                "article_id": article.id,
                "index": index,
                **cut.pieces("source", attribution.source),
                **cut.pieces("cue", attribution.cue),
                **cut.pieces("content", attribution.content),
                **(cut("speaker_", speaker.start, speaker.end) if speaker else {"speaker_text": ""}),
                **_who("speaker_", speaker or Participant(0, 0, "")),
                "outlet": attribution.outlet,
                "within": attribution.within,
                "kind": attribution.kind,
            }
        )
    rows["places"] = [
        {
            "article_id": article.id,
            **cut("", place.start, place.end),
            "name": place.name,
            "country": place.country,
            "geonames_id": place.geonames_id,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "resolution": place.resolution,
        }
        for place in record.resolved.places
    ]
    rows["dates"] = [
        {
            "article_id": article.id,
            **cut("", mention.start, mention.end),
            "first_day": mention.first_day,
            "last_day": mention.last_day,
            "granularity": mention.granularity,
            "basis": mention.basis,
        }
        for mention in record.resolved.dates
    ]
    return rows


def check(record: Record) -> None:
    """Raises StoreError where an offset, an index, a period or a probability of the record is impossible."""
    article, coded = record.article, record.coded
    fail = _Cutter(article).error
    if not article.id:
        raise fail("it has no id")
    _Cutter(article).all_within(_spans(record))
    count = len(coded.attributions)
    for index, attribution in enumerate(coded.attributions):
        if not -1 <= attribution.within < count or attribution.within == index:
            raise fail(f"attribution {index} is reported within attribution {attribution.within}, which is none")
    seen: set[str] = set()
    for event in coded.events:
        if event.id in seen:
            raise fail(f"two events have the id {event.id!r}")
        seen.add(event.id)
        if not -1 <= event.attribution < count:
            raise fail(f"event {event.id!r} names attribution {event.attribution} of {count}")
        if not 0.0 <= event.confidence <= 1.0:
            raise fail(f"event {event.id!r} has the confidence {event.confidence}")
    periods = [(event.first_day, event.last_day) for event in coded.events]
    periods += [(mention.first_day, mention.last_day) for mention in record.resolved.dates]
    for first_day, last_day in periods:
        if first_day > last_day:
            raise fail(f"a period ends on {last_day} before it begins on {first_day}")


def _spans(record: Record) -> Iterable[tuple[str, int, int]]:
    """Every span of the layers that are stored or that stored spans come from."""
    for token in record.analysis.tokens:
        yield "token", token.start, token.end
    for name in record.analysis.names:
        yield "name", name.start, name.end
    for mention in record.resolved.mentions:
        yield "mention", mention.start, mention.end
    for day in record.resolved.dates:
        yield "date", day.start, day.end
    for place in record.resolved.places:
        yield "place", place.start, place.end
    for attribution in record.coded.attributions:
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            yield "attribution", span.start, span.end
        if attribution.speaker:
            yield "speaker", attribution.speaker.start, attribution.speaker.end
    for event in record.coded.events:
        yield "trigger", event.trigger.start, event.trigger.end
        yield "evidence", event.evidence.start, event.evidence.end
        if event.place:
            yield "place", event.place.start, event.place.end
        for participant in (*event.actors, *event.recipients):
            yield "participant", participant.start, participant.end


def _who(prefix: str, participant: Participant) -> Row:
    return {
        f"{prefix}name": participant.name,
        f"{prefix}entity_id": participant.entity_id,
        f"{prefix}country": participant.country,
        f"{prefix}sectors": list(participant.sectors),
    }


class _Cutter:
    """Cuts spans out of one article's text."""

    def __init__(self, article: Article) -> None:
        self._article = article

    def error(self, what: str) -> StoreError:
        article = self._article
        return StoreError(
            f"article {article.id!r} ({article.origin}) cannot be stored: {what}; this is a fault of the coder"
        )

    def all_within(self, spans: Iterable[tuple[str, int, int]]) -> None:
        text = self._article.text
        for what, start, end in spans:
            if not 0 <= start < end <= len(text):
                raise self.error(f"{what} at {start}:{end} lies outside the text of {len(text)} characters")
            if text[start:end].isspace():
                raise self.error(f"{what} at {start}:{end} is only white space")

    def __call__(self, prefix: str, start: int, end: int) -> Row:
        return {f"{prefix}start": start, f"{prefix}end": end, f"{prefix}text": self._article.text[start:end]}

    def pieces(self, name: str, spans: tuple[Span, ...]) -> Row:
        return {
            name: [{"start": span.start, "end": span.end} for span in spans],
            f"{name}_texts": [self._article.text[span.start : span.end] for span in spans],
        }


_CLAIMS = {
    "events": ("trigger_", "evidence_", "place_"),
    "participants": ("",),
    "attributions": ("speaker_",),
    "places": ("",),
    "dates": ("",),
}


def verify(rows: dict[str, list[Row]]) -> None:
    """Raises StoreError where rows quote a text that does not stand at their offsets."""
    texts = {row["id"]: row["text"] for row in rows["articles"]}
    for table, prefixes in _CLAIMS.items():
        for row in rows[table]:
            text = texts[row["article_id"]]
            quotes = [(row.get(f"{p}start"), row.get(f"{p}end"), row.get(f"{p}text")) for p in prefixes]
            if table == "attributions":
                for part in ("source", "cue", "content"):
                    pairs = zip(row[part], row[f"{part}_texts"], strict=True)
                    quotes += [(span["start"], span["end"], quote) for span, quote in pairs]
            for start, end, quote in quotes:
                if start is not None and text[start:end] != quote:
                    raise StoreError(
                        f"article {row['article_id']!r}: {table} quotes {quote!r} "
                        f"but {text[start:end]!r} stands at {start}:{end}"
                    )
