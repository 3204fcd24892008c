"""On which day an event likely was whose sentence does not tell it."""

from __future__ import annotations

from turnstone.coding.counsel import Day, Shares
from turnstone.coding.day_words import DayWords
from turnstone.coding.told_days import Timed
from turnstone.day_basis import likely


class LikelyDays:
    """Finds them for the events of one article; `least` is the probability that a day needs."""

    def __init__(self, text: str, shares: Shares, least: float) -> None:
        self._text, self._shares, self._least = text, shares, least

    def of(self, event: Timed, day: Day, words: DayWords) -> Day:
        """The likeliest day that the article tells by `words`; `day`, which the sentence leaves open, where none is
        likely or it is that of publication."""
        choices = words.days(event)
        if len(choices) == 1:  # the day of publication
            return day
        known = zip(self._shares(words.features(event, choices)), choices, strict=True)
        share, days = max(known, key=lambda one: one[0])
        nearest = words.nearest(event, days)
        if share <= self._least or days == day[:2] or nearest is None:
            return day
        inside = event.evidence.start <= nearest.start < event.evidence.end
        basis = likely(nearest.basis, self._text[nearest.start : nearest.end], inside)
        return nearest.first_day, nearest.last_day, nearest.granularity, basis
