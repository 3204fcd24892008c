"""Small records for the tests of stories: news of places that do not exist, coded by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.store.samples import NO_ANALYSIS, RUN
from turnstone.records import Article, Coded, Event, Participant, Place, Record, Resolved, Span
from turnstone.store import Store
from turnstone.stories.reports import Report, reports

FIRST = date(2023, 3, 1)


@dataclass(frozen=True)
class News:
    """An article of one sentence with one event: who did what to whom, where."""

    id: str
    day: int
    text: str
    trigger: str
    actor: str = ""
    country: str = ""
    recipient: str = ""
    recipient_country: str = ""
    event_type: str = "ASSAULT"
    status: str = "happened"
    event_day: int | None = None
    place: tuple[str, float, float] | None = None
    publisher: str = ""
    date_basis: str = "as written"

    @property
    def published(self) -> date:
        return FIRST + timedelta(days=self.day)


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def coded(news: News) -> Record:
    def parties(words: str, country: str) -> tuple[Participant, ...]:
        return (Participant(*span(news.text, words), words, "", country),) if words else ()

    place = None
    if news.place:
        name, latitude, longitude = news.place
        place = Place(*span(news.text, name), name, "RUR", abs(hash_of(name)), latitude, longitude, "city")
    day = news.published if news.event_day is None else FIRST + timedelta(days=news.event_day)
    event = Event(
        id="1",
        event_type=news.event_type,
        modes=(),
        contexts=(),
        quad=4,
        score=-9.0,
        actors=parties(news.actor, news.country),
        recipients=parties(news.recipient, news.recipient_country),
        status=news.status,  # type: ignore[arg-type]
        first_day=day,
        last_day=day,
        granularity="day",
        date_basis="the article's day" if news.event_day is None else news.date_basis,
        place=place,
        attribution=-1,
        trigger=Span(*span(news.text, news.trigger)),
        evidence=Span(0, len(news.text)),
        confidence=0.9,
    )
    article = Article(
        id=news.id, published=news.published, text=news.text, publisher=news.publisher, origin=f"x:{news.id}"
    )
    return Record(article, NO_ANALYSIS, Resolved((), (), (place,) if place else ()), Coded((), (event,), ()))


def hash_of(name: str) -> int:
    return sum(ord(sign) * (place + 1) for place, sign in enumerate(name))


def stored(directory: Path, news: Iterable[News]) -> Path:
    """A record directory with these articles added to it."""
    with Store(directory, RUN) as store:
        for one in news:
            store.add(coded(one))
    return directory


def report(news: News, places: Iterable[dict[str, Any]] = ()) -> Report:
    record = coded(news)
    (event,) = record.coded.events
    (place,) = record.resolved.places or (None,)
    text = record.article.text
    row: dict[str, Any] = {
        "article_id": news.id, "event_id": "1", "event_type": event.event_type, "modes": [], "status": event.status,
        "first_day": event.first_day, "last_day": event.last_day, "date_basis": event.date_basis, "outlet": "",
        "trigger_start": event.trigger.start, "trigger_text": news.trigger,
        "evidence_start": 0, "evidence_end": len(text), "evidence_text": text,
        "place_name": place.name if place else None, "place_country": place.country if place else None,
        "place_geonames_id": place.geonames_id if place else None,
        "place_latitude": place.latitude if place else None, "place_longitude": place.longitude if place else None,
        "place_resolution": place.resolution if place else None,
    }  # fmt: skip
    parties = [
        {"event_id": "1", "role": role, "position": 0, "text": one.name, "name": one.name, "entity_id": one.entity_id,
         "country": one.country, "sectors": list(one.sectors)}
        for role, side in (("actor", event.actors), ("recipient", event.recipients))
        for one in side
    ]  # fmt: skip
    (found,) = reports(news.published.toordinal(), [row], parties, places)
    return found


STRELSAU, ZENDA = ("Strelsau", 50.0, 15.5), ("Zenda", 52.0, 18.0)

BOMB = News(
    "a", 0, "A bomb killed four dockers in the harbour of Strelsau, and police blamed the Black League.", "killed",
    "police", "RUR", "dockers", "RUR", place=STRELSAU, publisher="Herald",
)  # fmt: skip
TOLL = News(
    "b", 1, "The death toll of dockers from the bomb in the harbour of Strelsau rose to six, police of the city said.",
    "toll", "police", "RUR", "dockers", "RUR", place=STRELSAU, publisher="Courier",
)  # fmt: skip
ELSEWHERE = News(
    "c", 1, "A bomb killed five dockers in the harbour of Zenda, and police blamed the Black League.", "killed",
    "police", "RUR", "dockers", "RUR", place=ZENDA, publisher="Herald",
)  # fmt: skip
