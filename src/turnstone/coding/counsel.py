"""What coding asks of other stages: it imports none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from turnstone.records import DateMention, Granularity, Place, Status

Day = tuple[date, date, Granularity, str]
"""First and last day, granularity, and in words why."""

EventDay = Callable[[Sequence[DateMention], tuple[int, int], date, Status, int], Day]
"""Of the dates, the sentence, the day of publication, the status and where the trigger begins: the day of an event."""

LogOdds = Callable[[Sequence[Iterable[str]]], Iterable[float]]
"""The log odds of each of some choices, by the names of its features."""

Shares = Callable[[Sequence[Iterable[str]]], Iterable[float]]
"""The probabilities of choices, of which one or none is right, by the names of the features of each."""

StatePlace = Callable[[int, int, str], Place | None]
"""Of where some words begin and end and the code of a state: its place, told by these words, without degrees where it
is no longer on the map; None for what is no state."""


@dataclass(frozen=True, slots=True)
class Counsel:
    """`filed` says where the dateline of a text ends, 0 without one; `places` the log odds that an event is at each of
    some places (`place_words`), `likely_places` the probability that one of which that is not told was at each of some
    (`likely_place_words`), `days` the probability that it was on each of some days (`day_words`), `retellings`
    that it is one of some earlier events told again (`retelling_words`)."""

    event_day: EventDay
    filed: Callable[[str], int]
    state: StatePlace
    places: LogOdds
    likely_places: Shares
    days: Shares
    retellings: Shares
