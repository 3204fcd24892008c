"""The states of those who take part, as places: "Ruritanian police" may have arrested in Ruritania."""

from __future__ import annotations

from collections.abc import Iterable

from turnstone.coding.counsel import StatePlace
from turnstone.records import Event, Place


def states_of_those(events: Iterable[Event], named: Iterable[Place], state: StatePlace) -> list[Place]:
    """Of each who takes part in one of the events of a report the state, at their words and in their order, but those
    states that the report itself names among its places."""
    told = {place.country for place in named if place.resolution == "country"}
    who = {(p.start, p.end, p.country) for event in events for p in (*event.actors, *event.recipients) if p.country}
    places = (state(start, end, country) for start, end, country in sorted(who))
    return [place for place in places if place is not None and place.country not in told]
