"""On whose word an event is told: not on that of everybody in whose statement it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from turnstone.coding.participants import identity
from turnstone.coding.status import DONE
from turnstone.records import Attribution, Event, Span

_IN_WORDS = frozenset({1, 3})  # quad classes
# what these say is a claim of their own; whoever orders, refuses or punishes takes what he speaks of as known
_CLAIMS = frozenset({"ACCUSE", "THREATEN"})
_EXPECTING = ("expect",)


def with_vouchers(events: Sequence[Event], attributions: Sequence[Attribution], text: str) -> tuple[Event, ...]:
    """The events, each with the attribution on whose word it is told, and none where the writer vouches.

    That somebody said something is not told on his own word ("she said that she urged them to talk"). Nor is what a
    deed takes as known told by who does it ("sentenced him for the raid"); nor what is only expected, by nobody.
    What came through an agency stays with it."""
    acts = {event.trigger.start: event.event_type for event in events}
    return tuple(replace(event, attribution=_voucher(event, attributions, acts, text)) for event in events)


def _voucher(event: Event, attributions: Sequence[Attribution], acts: Mapping[int, str], text: str) -> int:
    at = event.attribution
    while at >= 0 and not attributions[at].outlet and not _vouches(attributions[at], event, acts, text):
        at = attributions[at].within
    return at


def _vouches(said: Attribution, event: Event, acts: Mapping[int, str], text: str) -> bool:
    if _holds(said.cue, event.trigger.start):
        return False
    if not said.source:
        return not any(word in text[cue.start : cue.end] for cue in said.cue for word in _EXPECTING)
    if event.status not in DONE and event.status != "negated":
        return True
    if any(kind not in _CLAIMS and _holds(said.cue, start) for start, kind in acts.items()):
        return False
    own = {identity(one) for one in event.actors} if event.quad in _IN_WORDS else set()
    return event.status == "negated" or said.speaker is None or identity(said.speaker) not in own


def _holds(spans: Collection[Span], start: int) -> bool:
    return any(span.start <= start < span.end for span in spans)
