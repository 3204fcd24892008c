"""The mentions of an article while rules add to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from turnstone.records import Mention, Span
from turnstone.resolution.span_index import SpanIndex


class Gathered:
    """Those known so far, by number, and which of them a phrase meets."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions: list[Mention] = []
        self._spans = SpanIndex()
        self._numbers: dict[tuple[int, int], list[int]] = {}
        for one in mentions:
            self.add(one)

    def add(self, mention: Mention) -> None:
        span = mention.start, mention.end
        self._numbers.setdefault(span, []).append(len(self.mentions))
        self._spans.add(span)
        self.mentions.append(mention)

    def meeting(self, span: Span) -> list[int]:
        """The numbers of the mentions that share a character with a span, in their order."""
        near = self._spans.meeting((span.start, span.end))
        return sorted({number for one in near for number in self._numbers[one]})

    def holding(self, span: Span, start: int) -> list[int]:
        """Those of them that hold the word which begins at `start`."""
        return [k for k in self.meeting(span) if self.mentions[k].start <= start < self.mentions[k].end]

    def give(self, number: int, state: str, why: str) -> None:
        """A mention gets a state; `why` is added to its basis."""
        one = self.mentions[number]
        self.mentions[number] = replace(one, country=state, basis=f"{one.basis}; {why}")
