"""On which day an event likely was whose sentence does not tell it."""

from __future__ import annotations

from turnstone.coding.counsel import Day, Odds
from turnstone.coding.day_basis import likely
from turnstone.coding.day_words import DayWords, Timed
from turnstone.records import DateMention


class LikelyDays:
    """Finds them for the events of one article; `least` is the probability that a day needs."""

    def __init__(self, text: str, shares: Odds, least: float) -> None:
        self._text, self._shares, self._least = text, shares, least

    def of(self, event: Timed, day: Day, words: DayWords) -> Day:
        """The likeliest day that the article tells by `words`; `day`, which the sentence leaves open, where none is
        likely or it is that of publication."""
        choices = words.days(event)
        if not any(map(words.mentions, choices)):
            return day
        known = zip(self._shares(words.features(event, choices)), choices, strict=True)
        share, days = max(known, key=lambda one: one[0])
        told = words.mentions(days)
        if share <= self._least or days == day[:2] or not told:
            return day
        nearest = min(told, key=lambda one: self._distance(one, event))
        inside = event.evidence.start <= nearest.start < event.evidence.end
        basis = likely(nearest.basis, self._text[nearest.start : nearest.end], inside)
        return nearest.first_day, nearest.last_day, nearest.granularity, basis

    def _distance(self, one: DateMention, event: Timed) -> tuple[bool, int]:
        """Those before the event's sentence ends first, the nearest of them first."""
        after = one.start >= event.evidence.end
        return after, abs(one.start - event.evidence.start)
