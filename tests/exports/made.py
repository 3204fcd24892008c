"""A record for the tests of exports and frames, made by hand: a visit, an attack with two actors, a meeting of two, a
sentence without a place, one to come, one that the codebook has no code for."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from turnstone.exports.events import Reported
from turnstone.records import (
    Analysis,
    Article,
    Attribution,
    Coded,
    Event,
    Participant,
    Place,
    Record,
    Resolved,
    Span,
)
from turnstone.store import Run, Store

RUN = Run(version="0.1.0", code="c", model="m", codebook="b", entities="e")
DAY = date(2023, 3, 14)

TEXT = (
    'Ruritania\'s premier, "Duke" Michael, visited Gaza City on Tuesday.\n\n'
    "Soldiers and police shelled a hospital in Texas. The leaders of France and the United Nations met in Tokyo."
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def who(words: str, name: str, country: str = "", *sectors: str, entity: str = "") -> Participant:
    return Participant(*span(words), name, entity, country, sectors)


def event(key: str, event_type: str, trigger: str, **more: Any) -> Event:
    values: dict[str, Any] = {
        "id": key,
        "event_type": event_type,
        "modes": (),
        "contexts": (),
        "quad": 1,
        "score": 2.5,
        "actors": (),
        "recipients": (),
        "status": "happened",
        "first_day": DAY,
        "last_day": DAY,
        "granularity": "day",
        "date_basis": "",
        "place": None,
        "attribution": -1,
        "trigger": Span(*span(trigger)),
        "evidence": Span(0, len(TEXT)),
        "confidence": 0.75,
    }
    return Event(**(values | more))


PREMIER = who("Ruritania's premier", 'Michael "the Duke"; of Strelsau', "ROU", "GOV", "PTY", entity="michael")
GAZA = Place(*span("Gaza City"), "Gaza City", "PSE", 281133, 31.50161, 34.46672, "city")
TEXAS = Place(*span("Texas"), "Texas", "USA", 4736286, 31.25044, -99.25061, "province")
TOKYO = Place(*span("Tokyo"), "Tokyo", "JPN", 1850147, 35.6895, 139.69171, "city")


def events() -> tuple[Event, ...]:
    return (
        event(
            "a:1", "CONSULT", "visited", modes=("visit",), score=4.0, contexts=("diplomatic",), place=GAZA,
            actors=(PREMIER,), recipients=(who("Gaza City", "Hamas", "PSE", "REB"),),
        ),
        event(
            "a:2", "ASSAULT", "shelled", modes=("heavy-weapons",), quad=4, score=-9.5, contexts=("military", "health"),
            actors=(who("Soldiers", "soldiers", "USA", "MIL"), who("police", "police", "USA", "COP")),
            recipients=(who("hospital", "a hospital", "", "MED"),), place=TEXAS,
            first_day=date(2023, 3, 1), last_day=date(2023, 3, 31), granularity="month", confidence=0.4,
        ),
        event(
            "a:3", "CONSULT", "met", place=TOKYO,
            actors=(who("France", "France", "FRA"), who("United Nations", "United Nations", "UNO")),
        ),
        event(
            "a:4", "REQUEST", "leaders", quad=3, score=0.0, status="future", attribution=0,
            recipients=(who("police", "the police", "XYZ", "COP"),),
        ),
        event("a:5", "DREAM", "Tuesday", actors=(who("police", "police", "USA", "COP"),)),
    )  # fmt: skip


def made_record() -> Record:
    article = Article("a", date(2023, 3, 15), TEXT, "", "Strelsau Post", "A. Hope", "https://example.org/a?b=1", "made")
    told = Attribution((Span(*span("police")),), (), (Span(0, 9),), who("police", "the police"), "RNA")
    return Record(
        article, Analysis((), (), (), (), ()), Resolved((), (), (GAZA, TEXAS, TOKYO)), Coded((told,), events())
    )


def write_record(directory: Path) -> Path:
    bare = Article("b", date(2023, 3, 16), "Nothing.", origin="made")
    with Store(directory, RUN) as store:
        store.add(made_record())
        store.add(Record(bare, Analysis((), (), (), (), ()), Resolved((), (), ())))
    return directory


def reported(name: str = "France", **more: Any) -> Reported:
    """A row of each table with a name where names stand."""
    party = {
        "article_id": "a", "event_id": "a:1", "start": 0, "end": 1, "text": name, "name": name, "entity_id": "",
        "country": "FRA", "sectors": ["GOV"],
    }  # fmt: skip
    row = {
        "article_id": "a", "event_id": "a:1", "event_type": "ACCUSE", "modes": ["allege"], "contexts": ["legal"],
        "quad": 3, "score": -3.5, "status": "happened", "first_day": DAY, "last_day": DAY, "granularity": "day",
        "place_start": 3, "place_text": name, "place_name": name, "place_country": "FRA", "place_geonames_id": None,
        "place_latitude": 48.5, "place_longitude": 2.25, "place_resolution": "city", "speaker_name": name,
        "speaker_entity_id": "", "outlet": name, "trigger_start": 0, "trigger_text": name, "evidence_start": 0,
        "evidence_end": 1, "evidence_text": name, "confidence": 0.5,
    }  # fmt: skip
    article = {
        "id": "a", "published": DAY, "title": "", "publisher": name, "author": name, "url": "", "run": "r",
        "text": "It.",
    }  # fmt: skip
    return Reported(1, row | more, ({**party, "role": "actor"},), ({**party, "role": "recipient"},), article)
