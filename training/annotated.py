"""What of that which the model proposes is in the annotation of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus import GoldEvent, Span

UNSURE = -1
_SMALL = frozenset("the a an of for and in to de at on".split())


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def event_at(span: Span, events: Sequence[GoldEvent]) -> GoldEvent | None:
    """The annotated event whose trigger a word is."""
    return next((event for event in events if overlap(event.trigger, span)), None)


def told_at(span: Span, events: Sequence[GoldEvent]) -> GoldEvent | None:
    """The annotated event that a word tells, be it for another time; who takes part stands where it is told first."""
    again = (event for event in events if any(overlap(other, span) for other in event.again))
    return event_at(span, events) or next(again, None)


def wanted(event: GoldEvent, heads: Sequence[Span], phrases: Sequence[Span]) -> NDArray[np.float32]:
    """Whether each phrase acts and receives [P, 2]. For each participant the widest phrase whose head is in its words
    does; others that share words with it are UNSURE."""
    found = np.zeros((len(phrases), 2), np.float32)
    for role, spans in enumerate((event.actors, event.recipients)):
        for span in spans:
            touching = [k for k, phrase in enumerate(phrases) if overlap(phrase, span)]
            found[[k for k in touching if found[k, role] != 1], role] = UNSURE
            inside = [k for k in touching if span[0] <= heads[k][0] and heads[k][1] <= span[1]]
            if inside:
                found[max(inside, key=lambda k: phrases[k][1] - phrases[k][0]), role] = 1
    return found


def shares_name(one: str, other: str) -> bool:
    """Whether two names can be of one: the words of one are all in the other, or the last ones are the same."""
    first, second = (
        [word for word in re.findall(r"[^\W_]+", name.lower()) if word not in _SMALL] for name in (one, other)
    )
    if not first or not second:
        return False
    return set(first) <= set(second) or set(second) <= set(first) or first[-1] == second[-1]
