"""Which event of one coding of an article is which of another."""

from __future__ import annotations

from collections.abc import Sequence

from turnstone.records import Article, Event, Span

_TRIGGER, _TRIGGER_TOUCHED, _TYPE, _EVIDENCE = 4, 2, 2, 1


def matched(
    a: tuple[Article, Sequence[Event]], b: tuple[Article, Sequence[Event]]
) -> list[tuple[Event | None, Event | None]]:
    """Pairs of events in the order of the texts; with None what only one side has. Two events are the same where their
    triggers overlap, or their evidence does and they have one type; the best pairs first. Where the texts differ, words
    count instead of places.
    """
    same_text = a[0].text == b[0].text
    pairs = []
    for first, one in enumerate(a[1]):
        for second, other in enumerate(b[1]):
            score = _score(one, other) if same_text else _score_of_words(a[0].text, one, b[0].text, other)
            if score > 0:
                pairs.append((-score, abs(first - second), first, second))
    taken_a: dict[int, int] = {}
    taken_b: set[int] = set()
    for _, _, first, second in sorted(pairs):
        if first not in taken_a and second not in taken_b:
            taken_a[first] = second
            taken_b.add(second)
    found: list[tuple[Event | None, Event | None]] = [
        (one, b[1][taken_a[number]] if number in taken_a else None) for number, one in enumerate(a[1])
    ]
    return found + [(None, other) for number, other in enumerate(b[1]) if number not in taken_b]


def _score(one: Event, other: Event) -> int:
    same_type = one.event_type == other.event_type
    if one.trigger == other.trigger:
        trigger = _TRIGGER
    else:
        trigger = _TRIGGER_TOUCHED if _overlap(one.trigger, other.trigger) else 0
    evidence = _overlap(one.evidence, other.evidence)
    if not trigger and not (evidence and same_type):
        return 0
    return trigger + _TYPE * same_type + _EVIDENCE * evidence


def _score_of_words(a: str, one: Event, b: str, other: Event) -> int:
    same_type = one.event_type == other.event_type
    trigger = _words(a, one.trigger) == _words(b, other.trigger)
    evidence = _words(a, one.evidence) == _words(b, other.evidence)
    if not ((trigger and (same_type or evidence)) or (evidence and same_type)):
        return 0
    return _TRIGGER * trigger + _TYPE * same_type + _EVIDENCE * evidence


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _words(text: str, span: Span) -> str:
    return " ".join(text[span.start : span.end].split())
