"""What speaks most against two reports being of one happening."""

from __future__ import annotations

from typing import Final

from turnstone.stories.kinds import PLANNED_DAYS, in_stages
from turnstone.stories.parties import alike, other_names, other_people, strangers
from turnstone.stories.reports import RECENT_DAYS, Report
from turnstone.stories.spots import NEAR_KM, kilometres, lie_apart

SAID: Final = frozenset({"SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
RECIPROCAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
_BATTLE: Final = frozenset(
    "battle clash clashes combat confrontation exchange fight fighting firefight shootout skirmish war".split()
)
"""In what words of violence either side may be the one that acts; else it strikes back."""


def contradiction(one: Report, other: Report) -> str:
    """Why two reports can hardly be of one happening, in words; empty where nothing speaks against it."""
    gap = max(_earliest(one, other) - other.latest, _earliest(other, one) - one.latest)
    if gap > (1 if one.dated and other.dated else PLANNED_DAYS if in_stages(one, other) else 0):
        return "their days differ"
    if elsewhere := lies_elsewhere(one, other):
        return elsewhere
    if one.named and other.named and all(lie_apart(a, b) for a in one.named for b in other.named):
        return "the places they name lie apart"
    if strangers(one.actors, other.actors) and not _crossed(one, other):
        return "their actors differ"
    if one.event_type == other.event_type == "SANCTION" and other_names(one.actors, other.actors):
        return "their actors differ"
    if strangers(one.recipients, other.recipients) and not _crossed(one, other):
        return "their recipients differ"
    if one.event_type == other.event_type and one.event_type in SAID and other_people(one.actors, other.actors):
        return "others say so"
    if (one.renewed or other.renewed) and not (one.toll or other.toll) and numbers_differ(one, other):
        return "one tells of something more, in other numbers"
    return ""


def lies_elsewhere(one: Report, other: Report) -> str:
    """Why the places of two reports cannot be one, in words; empty where they can, or one of them tells none."""
    if one.spot and other.spot:
        if one.spot.country and other.spot.country and one.spot.country != other.spot.country:
            return "their places lie in different countries"
        if one.spot.exact and other.spot.exact and kilometres(one.spot, other.spot) > NEAR_KM:
            return "their places lie apart"
    return ""


def _earliest(report: Report, other: Report) -> int:
    """The first day it can have happened; what is announced can have been told of as done before, by the same word."""
    sooner = report.status == "future" and not report.dated and report.trigger == other.trigger
    return report.earliest - RECENT_DAYS * sooner


def numbers_differ(one: Report, other: Report) -> bool:
    """Whether both tell numbers, and none of them is the same."""
    return bool(one.numbers and other.numbers and not one.numbers & other.numbers)


def _crossed(one: Report, other: Report) -> bool:
    """Whether who acts in one is the other side in the other, as in a meeting or a battle."""
    if not RECIPROCAL & {one.event_type, other.event_type}:
        return False
    if "ASSAULT" in (one.event_type, other.event_type) and not _BATTLE & {one.trigger, other.trigger}:
        return False
    sides = alike(one.actors, other.recipients), alike(one.recipients, other.actors)
    told = [value for value in sides if value >= 0]
    return bool(told) and min(told) >= 0.5
