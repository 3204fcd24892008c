"""Events of a whole article that it tells again in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.coding.counsel import Shares
from turnstone.coding.retelling_words import RetellingWords
from turnstone.records import Event


def without_retellings(events: Sequence[Event], words: RetellingWords, shares: Shares, least: float) -> list[Event]:
    """The events of an article in the order of their triggers, where one that likely tells an earlier one again is made
    one with it. `words` are asked of these events; `least` is the probability that this needs.

    Of two tellings the one that names more sides stays, else the first, with its own day, modes and contexts; it takes
    a place from the other where it has none.
    """
    kept: list[Event] = []
    for event in events:
        choices = words.choices(event, kept)
        known = zip(shares(words.features(event, choices)), choices, strict=True)
        share, told = max(known, key=lambda one: one[0], default=(0.0, None))
        if told is None or share <= least:
            kept.append(event)
        else:
            kept[kept.index(told)] = _as_one(told, event)
            kept.sort(key=lambda one: one.trigger.start)
    return kept


def _as_one(first: Event, again: Event) -> Event:
    better, worse = (again, first) if _sides(again) > _sides(first) else (first, again)
    return replace(better, place=better.place or worse.place)


def _sides(event: Event) -> int:
    return bool(event.actors) + bool(event.recipients)
