"""Records built by hand for the tests of the store and of the batch."""

from __future__ import annotations

from datetime import date

from turnstone.records import (
    Analysis,
    Article,
    Attribution,
    Coded,
    DateMention,
    Event,
    Participant,
    Place,
    Record,
    Resolved,
    Span,
)
from turnstone.store import Run

RUN = Run(version="0", code="c", model="m", codebook="b", entities="e", settings={"threshold": 0.5})
NO_ANALYSIS = Analysis((), (), (), (), ())


def article(key: str, text: str | None = None, day: int = 1, origin: str | None = None, **more: str) -> Article:
    return Article(
        id=key,
        published=date(2023, 3, day),
        text=f"Ruritania invited Graustark to talks in Strelsau on Friday, envoy {key} said. 🕊"
        if text is None
        else text,
        origin=f"reports.jsonl:{key}" if origin is None else origin,
        **more,
    )


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def record(of: Article) -> Record:
    """One event for a text that has "invited", none for another."""
    text = of.text
    if "invited" not in text:
        return Record(of, NO_ANALYSIS, Resolved((), (), ()))
    place = Place(*span(text, "Strelsau"), "Strelsau", "RUR", None, 50.0, 15.5, "city")
    speaker = Participant(*span(text, "envoy"), "an envoy", country="RUR", sectors=("GOV",))
    told = Attribution(
        (Span(*span(text, "envoy")),), (Span(*span(text, "said")),), (Span(0, 30),), speaker, "RNA", kind="indirect"
    )
    event = Event(
        id="1",
        event_type="AGREE",
        modes=("meet",),
        contexts=("diplomatic",),
        quad=1,
        score=4.0,
        actors=(Participant(*span(text, "Ruritania"), "Ruritania", "ruritania", "RUR", ("GOV",)),),
        recipients=(Participant(*span(text, "Graustark"), "Graustark", "", "GRA"),),
        status="future",
        first_day=date(2023, 3, 3),
        last_day=date(2023, 3, 3),
        granularity="day",
        date_basis="Friday after",
        place=place,
        attribution=0,
        trigger=Span(*span(text, "invited")),
        evidence=Span(0, len(text)),
        confidence=0.75,
    )
    day = DateMention(*span(text, "Friday"), date(2023, 3, 3), date(2023, 3, 3), "day", "Friday after")
    return Record(of, NO_ANALYSIS, Resolved((), (day,), (place,)), Coded((told,), (event,), ("diplomatic",)))
