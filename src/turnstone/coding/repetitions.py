"""Events of one article that tell one happening again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.participants import identities, identity
from turnstone.coding.status import DONE
from turnstone.day_basis import OWN, standing_of
from turnstone.records import Attribution, Event, Participant, Status

_Alike = tuple[str, Status, bool, frozenset[tuple[str, ...]]]


def without_repetitions(events: Sequence[Event], attributions: Sequence[Attribution], text: str) -> list[Event]:
    """The events of an article in the order of their triggers, those that tell one happening again made one.

    Of two tellings the one that says through whom it reached us stays, else the surer one; it takes a day that is
    told, a place, modes and participants from the other where it has none or fewer.
    """

    def word(event: Event) -> str:
        return text[event.trigger.start : event.trigger.end].lower()

    def standing(event: Event) -> tuple[bool, float]:
        return event.attribution >= 0 and bool(attributions[event.attribution].outlet), event.confidence

    kept: list[Event] = []
    alike: dict[_Alike, dict[int, None]] = {}
    for event in events:
        keys = _alike(event)
        for i in sorted({i for key in keys for i in alike.get(key, ())}):
            other = kept[i]
            if _repeats(event, other, word(event) == word(other)) and not _said_by_others(event, other, attributions):
                better, worse = (event, other) if standing(event) > standing(other) else (other, event)
                dated = max(better, worse, key=lambda one: standing_of(one.date_basis))
                kept[i] = replace(
                    better,
                    first_day=dated.first_day,
                    last_day=dated.last_day,
                    granularity=dated.granularity,
                    date_basis=dated.date_basis,
                    actors=_most(better.actors, worse.actors),
                    recipients=_most(better.recipients, worse.recipients),
                    place=better.place or worse.place,
                    modes=better.modes or worse.modes,
                    score=better.score if better.modes else worse.score,
                )
                for key in _alike(kept[i]):
                    alike.setdefault(key, {})[i] = None
                break
        else:
            for key in keys:
                alike.setdefault(key, {})[len(kept)] = None
            kept.append(event)
    return sorted(_without_nobody_again(kept), key=lambda e: (e.trigger.start, e.trigger.end))


def _without_nobody_again(events: Sequence[Event]) -> list[Event]:
    """Without the events of nobody that may be another of theirs: "the protests" after a protest of students."""
    kept = [e for e in events if e.actors or e.recipients]
    for event in sorted(events, key=lambda e: -e.confidence):
        if not event.actors and not event.recipients and not any(_may_be_one(event, other) for other in kept):
            kept.append(event)
    return kept


def _may_be_one(one: Event, other: Event) -> bool:
    return (
        one.event_type == other.event_type
        and ({one.status, other.status} <= DONE or one.status == other.status)
        and (one.place is None or other.place is None or one.place.name == other.place.name)
        and (not one.modes or not other.modes or one.modes == other.modes)
    )


def _alike(event: Event) -> list[_Alike]:
    """What events that repeat each other have in common, at least one of these: type, status and those on one side."""
    sides = ((False, event.actors), (True, event.recipients))
    return [(event.event_type, event.status, to, identities(side)) for to, side in sides if side]


def _said_by_others(one: Event, other: Event, attributions: Sequence[Attribution]) -> bool:
    """Whether two promises or demands are two people's: each makes his own."""
    if one.quad not in (1, 3) or one.event_type == "CONSULT" or one.attribution < 0 or other.attribution < 0:
        return False
    speakers = attributions[one.attribution].speaker, attributions[other.attribution].speaker
    return None not in speakers and len({identity(p) for p in speakers if p}) > 1


def _undated(event: Event) -> bool:
    return standing_of(event.date_basis) < OWN


def _repeats(one: Event, other: Event, same_word: bool) -> bool:
    """Same type, status and participants, on one day as far as told; a telling that leaves out a side fits any. Of an
    attack told twice with the same word one telling may leave out some of a side: "strikes on the port and the town,
    with strikes reported on the port"."""
    same_day = (one.first_day, one.last_day) == (other.first_day, other.last_day)
    some = same_word and same_day and one.event_type == "ASSAULT"
    return (
        one.event_type == other.event_type
        and one.status == other.status
        and (same_day or _undated(one) or _undated(other))
        and _fits(one.actors, other.actors, some)
        and _fits(one.recipients, other.recipients, some)
        and bool((one.actors and other.actors) or (one.recipients and other.recipients))
        and (not one.modes or not other.modes or one.modes == other.modes)
    )


def _fits(ones: Sequence[Participant], others: Sequence[Participant], some: bool) -> bool:
    """Whether those of two tellings are the same as far as told; with `some` one may tell some of the other's."""
    a, b = identities(ones), identities(others)
    return not a or not b or a == b or (some and (a < b or b < a))


def _most(better: tuple[Participant, ...], worse: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Those of the better telling, or of the other where that tells them and more."""
    return worse if identities(better) < identities(worse) else better
