"""A text in which spans are marked: cut where any of them begins or ends, so that overlapping ones can be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Marked:
    """Words with everything that is marked on them, in the order given."""

    text: str
    marks: tuple[str, ...] = ()


def marked(text: str, spans: Iterable[tuple[int, int, str]], first: int = 0, last: int | None = None) -> list[Marked]:
    """The text from `first` to `last` in pieces; spans are (start, end, mark) and may overlap in any way."""
    last = len(text) if last is None else min(last, len(text))
    first = max(0, min(first, last))
    inside = [(max(start, first), min(end, last), mark) for start, end, mark in spans]
    inside = [one for one in inside if one[0] < one[1]]
    cuts = sorted({first, last, *(start for start, _, _ in inside), *(end for _, end, _ in inside)})
    pieces = []
    for start, end in pairwise(cuts):
        marks = dict.fromkeys(mark for begin, stop, mark in inside if begin <= start and end <= stop)
        pieces.append(Marked(text[start:end], tuple(marks)))
    return pieces


def event_place(marks: Iterable[str]) -> int | None:
    """The place of the event whose trigger is marked `event-` with it; None for other marks."""
    found = next((mark for mark in marks if mark.startswith("event-")), None)
    return None if found is None else int(found.removeprefix("event-"))
