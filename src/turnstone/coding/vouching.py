"""On whose word an event is told: not on that of everybody in whose statement it stands."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from turnstone.coding.participants import identity
from turnstone.coding.status import DONE
from turnstone.records import Attribution, Event

_IN_WORDS = frozenset({1, 3})  # quad classes
# what these say is a claim of their own; whoever orders, refuses or punishes takes what he speaks of as known
_CLAIMS = frozenset({"ACCUSE", "THREATEN"})
_EXPECTED = frozenset({"expected", "expects", "expect"})
_KNOWN = DONE | {"negated"}


def with_vouchers(events: Sequence[Event], attributions: Sequence[Attribution], text: str) -> tuple[Event, ...]:
    """The events, each with the attribution on whose word it is told, and none where the writer vouches.

    That somebody said something is not on his own word ("she said that she urged them to talk"). Nor is what a deed
    takes as known told by who does it ("sentenced him for the raid"): every type but accusations and threats; nor what
    is only expected, by nobody. What came through an agency stays with it."""
    triggers = [(event.trigger.start, event.event_type) for event in events]
    triggers.sort()
    deeds = frozenset(k for k, said in enumerate(attributions) if _is_a_deed(said, triggers))
    return tuple(replace(event, attribution=_voucher(event, attributions, deeds, text)) for event in events)


def _voucher(event: Event, attributions: Sequence[Attribution], deeds: Collection[int], text: str) -> int:
    at = event.attribution
    while at >= 0 and not attributions[at].outlet:
        if _vouches(attributions[at], event, text) and not (at in deeds and event.status in _KNOWN):
            return at
        at = attributions[at].within
    return at


def _vouches(said: Attribution, event: Event, text: str) -> bool:
    if any(cue.start <= event.trigger.start < cue.end for cue in said.cue):
        return False
    if not said.source:
        return not any(text[cue.start : cue.end].lower().split()[-1] in _EXPECTED for cue in said.cue)
    own = {identity(one) for one in event.actors} if event.quad in _IN_WORDS and event.status in DONE else set()
    return said.speaker is None or identity(said.speaker) not in own


def _is_a_deed(said: Attribution, triggers: Sequence[tuple[int, str]]) -> bool:
    """Whether the saying words tell an act that claims nothing; `triggers` in the order of the text."""
    inside = (
        kind
        for cue in said.cue
        for _, kind in triggers[bisect_left(triggers, (cue.start, "")) : bisect_left(triggers, (cue.end, ""))]
    )
    return any(kind not in _CLAIMS for kind in inside)
