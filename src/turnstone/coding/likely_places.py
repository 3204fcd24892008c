"""Where an event of a short report likely was of which no clause tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from turnstone.coding.counsel import Shares
from turnstone.coding.likely_place_words import LikelyPlaceWords
from turnstone.records import Event


def at_likely_places(events: Sequence[Event], words: LikelyPlaceWords, shares: Shares, least: float) -> Iterator[Event]:
    """The events of a report in their order, each without a place with the likeliest that the report names, at its
    mention nearest to the event. `words` are asked of these events; `least` is the probability that a place needs."""
    for event in events:
        places, features = words.features(event) if event.place is None else ([], [])
        known = zip(shares(features), places, strict=True) if places else ()
        share, place = max(known, key=lambda one: one[0], default=(0.0, None))
        yield replace(event, place=place) if place is not None and share > least else event
