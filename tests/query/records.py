"""A small record with events of several articles, days and countries, for the tests of queries and panels."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.store.samples import RUN, article, record
from turnstone.records import Event, Participant, Record
from turnstone.store import Store


def party(of: Event, country: str, sector: str = "GOV", name: str = "") -> Participant:
    """A participant that stands where the event's first actor does."""
    start, end = of.actors[0].start, of.actors[0].end
    return Participant(start, end, name or f"{country} {sector}", country.lower(), country, (sector,) if sector else ())


def event(
    key: str,
    day: int | date,
    actors: str,
    recipients: str,
    event_type: str = "AGREE",
    quad: int = 1,
    score: float = 4.0,
    status: str = "happened",
    confidence: float = 0.5,
    last: date | None = None,
) -> Event:
    """`actors` and `recipients` are "RUR/GOV GRA/MIL"."""
    sample = record(article(key)).coded.events[0]
    first = date(2023, 3, day) if isinstance(day, int) else day

    def parties(words: str) -> tuple[Participant, ...]:
        pairs = (word.partition("/") for word in words.split())
        return tuple(party(sample, country, sector) for country, _, sector in pairs)

    return replace(
        sample, id=key, event_type=event_type, quad=quad, score=score, status=status, confidence=confidence,
        first_day=first, last_day=last or first, actors=parties(actors), recipients=parties(recipients),
    )  # fmt: skip


def told(key: str, day: int, *events: Event) -> Record:
    """An article of March 2023 with these events."""
    sample = record(article(key, day=day))
    return replace(sample, coded=replace(sample.coded, events=events))


def write(path: Path, *values: Record) -> Path:
    with Store(path, RUN) as store:
        for value in values:
            store.add(value)
        store.add(record(article("empty", "Nothing happened.", day=9)))
    return path
