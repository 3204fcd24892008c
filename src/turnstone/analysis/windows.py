"""Cut an article into the windows that the network reads: neighbouring sentences, about 120 words at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from turnstone.analysis.model import MAX_PIECES

WINDOW_WORDS = 120
LONGEST_SENTENCE = 150

Range = tuple[int, int]


def windows(starts: Sequence[int], words: Sequence[str], pieces: Callable[[str], int]) -> list[list[Range]]:
    """Windows as lists of sentences, each sentence a (first, last + 1) range of words.

    `starts` are the first words of the sentences; a sentence of more than 150 words is cut, so that every
    window fits the network's 510 word pieces.
    """
    prices = [pieces(word) for word in words]
    sentences: list[Range] = []
    for first, last in pairwise([*starts, len(words)]):
        sentences.extend(_cut(first, last, prices))
    packed: list[list[Range]] = []
    size = cost = 0
    for first, last in sentences:
        length, price = last - first, sum(prices[first:last])
        if packed and size + length <= WINDOW_WORDS and cost + price <= MAX_PIECES:
            packed[-1].append((first, last))
            size, cost = size + length, cost + price
        else:
            packed.append([(first, last)])
            size, cost = length, price
    return packed


def _cut(first: int, last: int, prices: Sequence[int]) -> list[Range]:
    parts: list[Range] = []
    start, cost = first, 0
    for i in range(first, last):
        if i > start and (i - start >= LONGEST_SENTENCE or cost + prices[i] > MAX_PIECES):
            parts.append((start, i))
            start, cost = i, 0
        cost += prices[i]
    return [*parts, (start, last)]
