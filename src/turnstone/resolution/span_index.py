"""Spans of a text, found by what they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Span = tuple[int, int]
"""Half-open offsets; a span holds at least one character."""

_BLOCK = 64


class SpanIndex:
    """Spans in the order they were added, repetitions included; to look for those at a place takes no longer where
    there are many.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = []
        self._blocks: dict[int, list[Span]] = {}
        self._starting: dict[int, list[int]] = {}
        self._ending: dict[int, list[int]] = {}
        for span in spans:
            self.add(span)

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, number: int) -> Span:
        return self._spans[number]

    def __iter__(self) -> Iterator[Span]:
        return iter(self._spans)

    def add(self, span: Span) -> None:
        """Takes one more span."""
        start, end = span
        self._starting.setdefault(start, []).append(len(self._spans))
        self._ending.setdefault(end, []).append(len(self._spans))
        self._spans.append(span)
        for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
            self._blocks.setdefault(block, []).append(span)

    def meeting(self, span: Span) -> Iterator[Span]:
        """Those that share a character with `span`; a long one may come more than once."""
        start, end = span
        for block in range(start // _BLOCK, (end - 1) // _BLOCK + 1):
            for one in self._blocks.get(block, ()):
                if start < one[1] and one[0] < end:
                    yield one

    def meets(self, span: Span) -> bool:
        """Whether any shares a character with `span`."""
        return any(True for _ in self.meeting(span))

    def first_at(self, starts: Iterable[int] = (), ends: Iterable[int] = ()) -> Span | None:
        """The one added first of those that start or end at one of the offsets."""
        numbers = [self._starting[at][0] for at in starts if at in self._starting]
        numbers += [self._ending[at][0] for at in ends if at in self._ending]
        return self._spans[min(numbers)] if numbers else None
