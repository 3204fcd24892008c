"""What the words of a sentence, and of the text around it, say of the contexts of an event there.

The network reads contexts from the vectors of one sentence, and each of them from few annotations. A table that was
counted on the words of all annotated texts (`EventModel.context_words`) knows more of them: elections, faiths and
border disputes have words of their own, which often stand in another sentence than the event. Here are the rows that
speak for an event; grammar has no part in it, so that the table is learned from texts and annotations alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import in_order, numbers

ROWS = 1 << 16
"""Of the table, a power of two; features share rows by their hash."""

_STEM = 5  # first letters: "election" is "electoral"
_SHORTEST = 3  # letters of a word that says anything
_NEAR = 6  # words on either side of the trigger
_FAR = 30  # words on either side of the sentence that are asked, too

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """An event as far as it is known when its contexts are asked: the number of its trigger in the words of the text,
    its likeliest mode, empty for none, and the words [first, last) of its sentence that tell who takes part."""

    trigger: int
    event_type: str
    mode: str
    status: str
    actors: Collection[Span]
    recipients: Collection[Span]


class ContextWords:
    """A sentence [first, last) of a text's words, to be asked of the events in it."""

    def __init__(self, words: Sequence[str], first: int, last: int) -> None:
        self._words, self._first, self._last = words, first, last
        self._shared = numbers((*self._inside(), *self._outside()), ROWS)

    def rows(self, told: Told) -> NDArray[np.int64]:
        """The rows that speak for an event."""
        return in_order(self._shared, numbers(self._own(told), ROWS))

    def _own(self, told: Told) -> Iterator[str]:
        kind = told.event_type
        yield "event"
        yield f"T {kind}"
        yield f"M {kind} {told.mode}"
        yield f"S {kind} {told.status}"
        trigger = self._words[told.trigger].lower()[:_STEM]
        yield f"g {trigger}"
        yield f"g {trigger} {kind}"
        near = range(max(self._first, told.trigger - _NEAR), min(self._last, told.trigger + _NEAR + 1))
        yield from (f"n {stem}" for stem in self._stems(near))
        for side, spans in (("A", told.actors), ("R", told.recipients)):
            yield f"{side} {bool(spans)}"
            for span in spans:
                yield from (f"{side} {stem}" for stem in self._stems(range(*span)))

    def _inside(self) -> Iterator[str]:
        own = range(self._first, self._last)
        yield from (f"s {stem}" for stem in self._stems(own))
        yield from (f"C {self._words[i].lower()}" for i in own if self._words[i][0].isupper())

    def _outside(self) -> Iterator[str]:
        before = range(max(0, self._first - _FAR), self._first)
        after = range(self._last, min(len(self._words), self._last + _FAR))
        yield from (f"d {stem}" for part in (before, after) for stem in self._stems(part))

    def _stems(self, places: range) -> Iterator[str]:
        """The beginnings of the words at some places, but for those that say nothing."""
        for i in places:
            word = self._words[i]
            if len(word) >= _SHORTEST and word[0].isalpha():
                yield word.lower()[:_STEM]
