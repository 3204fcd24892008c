"""What speaks for a day that the sentence of an event tells, if not of the event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from turnstone.coding.clauses import Clauses, relations_of
from turnstone.coding.told_days import Asked, Told
from turnstone.records import Token


class DaysInside:
    """Asked of the events of one article, whose words are `triggers` in their order."""

    def __init__(self, tokens: Sequence[Token], clauses: Clauses, triggers: Sequence[int]) -> None:
        self._tokens, self._clauses, self._triggers = tokens, clauses, triggers
        self._events_at = frozenset(triggers)

    def features(self, asked: Asked, inside: Sequence[Told], grain: str) -> Iterator[str]:
        """The names of what speaks for the event on the day that these expressions tell, by the one that stands
        nearest."""
        trigger = asked.event.trigger
        told = min(inside, key=lambda one: self._order(one, trigger))
        start = told.mention.start
        rank = self._rank(told, trigger)
        level = "no" if rank is None else str(min(rank, 4))
        side = "after" if start > asked.start else "before"
        several = len({one.days for one in asked.inside}) > 1
        nearer = sum(abs(one.mention.start - asked.start) < abs(start - asked.start) for one in asked.inside)
        yield f"in {level} {side}"
        yield f"in {level} {side} {several}"
        yield f"in {level} {told.words}"
        yield f"in {level} {grain} {side}"
        yield f"in {level} {asked.tense} {side} {several}"
        yield f"in {level} {side} nearer {min(nearer, 2)} {several}"
        yield f"in {told.words} {several}"
        if told.word is None:
            return
        first, last = sorted((trigger, told.word))
        others = bisect_left(self._triggers, last) - bisect_right(self._triggers, first)
        yield f"in between {min(others, 2)} {level} {side}"
        found = self._clauses.between(told.word, trigger)
        if found is None:
            yield "path apart"
            return
        up, down, common = found
        own, its = relations_of(up, self._tokens), relations_of(down, self._tokens)
        yield f"path {own}|{its}"
        yield f"path {own}|{its} {told.words}"
        yield f"path |{its}"
        yield f"path {own}|"
        yield f"top {self._tokens[common].upos} {common in self._events_at and common != trigger} {its}"
        via = [k for k in up[1:] if k in self._events_at]
        yield f"via {bool(via)} {its}"
        if via:
            yield f"via {' '.join(sorted(self._clauses.introduced(via[0])))}"

    def _order(self, told: Told, trigger: int) -> tuple[int, int]:
        rank = self._rank(told, trigger)
        return len(self._tokens) if rank is None else rank, abs(told.mention.start - self._tokens[trigger].start)

    def _rank(self, told: Told, trigger: int) -> int | None:
        return self._clauses.distance_of_time(told.mention.start, told.mention.end, trigger, self._events_at)
