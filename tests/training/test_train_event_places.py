"""Which places of an annotated event are told to be where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import GoldEvent, GoldReport
from tests.store.samples import article, record, span
from train_event_places import NO, TIMES, UNTOLD, YES, told
from turnstone.records import Participant, Record, Token

RECORD = record(article("x"))
TEXT = RECORD.article.text
(EVENT,) = RECORD.coded.events
(PLACE,) = RECORD.resolved.places
STRELSAU = (PLACE.start, PLACE.end)
GOLD = GoldEvent(
    (EVENT.trigger.start, EVENT.trigger.end), EVENT.event_type, (), EVENT.status, (), (), None, None, None, ()
)


def there(gold: GoldEvent, places: dict[int, str], taking_part: bool = False) -> list[tuple[int, int]]:
    """Whether the event was at the one place of its sentence, and how often that counts."""
    who = (Participant(*STRELSAU, "Strelsau"),) if taking_part else ()
    event = replace(EVENT, actors=(), recipients=who, evidence=replace(EVENT.evidence, start=0, end=len(TEXT)))
    tokens = tuple(Token(start, end, "NOUN", TEXT[start:end].lower(), -1, "root") for start, end in _words())
    analysis = replace(RECORD.analysis, tokens=tokens)
    made: Record = replace(RECORD, analysis=analysis, coded=replace(RECORD.coded, events=(event,)))
    report = GoldReport("gazette_2023-03-01_x", "2023-03-01", "article", TEXT, (gold,))
    return [(one.there, one.times) for one in told(report, made, places)]


def _words() -> list[tuple[int, int]]:
    found, at = [], 0
    for word in TEXT.split():
        at = TEXT.index(word, at)
        found.append((at, at + len(word.rstrip('.,"”'))))
    return found


@pytest.mark.parametrize(
    ("where", "taking_part", "answer"),
    [(STRELSAU, False, YES), (span(TEXT, "Graustark"), False, NO), (None, False, NO), (None, True, UNTOLD)],
)
def test_words_that_say_where(where: tuple[int, int] | None, taking_part: bool, answer: int) -> None:
    assert there(replace(GOLD, where=where), {}, taking_part) == [(answer, 1)]


@pytest.mark.parametrize(("meant", "answer"), [("Strelsau/RUR", YES), ("Zenda/RUR", NO), ("-", NO)])
def test_a_place_that_is_told_counts_for_whom_it_is_done_to_too(meant: str, answer: int) -> None:
    assert there(GOLD, {GOLD.trigger[0]: meant}, taking_part=True) == [(answer, TIMES)]


def test_an_event_that_is_not_annotated_tells_nothing() -> None:
    assert there(replace(GOLD, event_type="AID"), {}) == []
