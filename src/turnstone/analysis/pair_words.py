"""What words and tree say of what a marked source does to a marked target, as `event_words` says it of an event.

A small table that was counted on marked pairs alone says what they speak for (`Model.pair_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import in_order, numbers
from turnstone.analysis.relations import Tree

ROWS = 1 << 16
"""Of the table, a power of two; features share rows by their hash."""

_FARTHEST = 60  # heads above a participant
_AROUND = 3  # words on either side of one


class MarkedTree:
    """A sentence's tree and lemmas with the words of the source and of the target."""

    def __init__(self, tree: Tree, lemmas: Sequence[str], source: Sequence[int], target: Sequence[int]) -> None:
        self._tree, self._lemmas = tree, [lemma.lower() for lemma in lemmas]
        self._source, self._target = source, target
        self._marked = frozenset((*source, *target))
        self._children = tree.children()

    def rows(self) -> NDArray[np.int64]:
        """The rows that speak for what the one does to the other."""
        names = (*self._of_sentence(), *self._of_each(), *self._between(), *self._paths())
        return in_order(numbers(names, ROWS))

    def _of_sentence(self) -> Iterator[str]:
        for i, lemma in enumerate(self._lemmas):
            if i not in self._marked:
                yield f"b {lemma}"
            if self._tree.upos[i] == "VERB":
                yield f"v {lemma} {self._tree.relations[i]}"

    def _of_each(self) -> Iterator[str]:
        """Of source and target: their heads, and the words beside them."""
        for name, words in (("A", self._source), ("B", self._target)):
            head = self._head(words)
            if head is None:
                continue
            yield f"{name} {self._lemmas[head]} {self._tree.relations[head]}"
            yield f"{name} {self._tree.relations[head]}"
            for k in range(1, _AROUND + 1):
                for at, side in ((max(words) + k, "+"), (min(words) - k, "-")):
                    if 0 <= at < len(self._lemmas):
                        yield f"{name}{side}{k} {self._lemmas[at]}"

    def _between(self) -> Iterator[str]:
        """Of the words between source and target."""
        if not self._source or not self._target:
            return
        forward = self._source[0] < self._target[0]
        one, other = (self._source, self._target) if forward else (self._target, self._source)
        inside = self._lemmas[max(one) + 1 : min(other)]
        for lemma in inside:
            yield f"i {lemma}"
            yield f"i {forward} {lemma}"
        for left, right in pairwise(inside):
            yield f"i {left} {right}"

    def _paths(self) -> Iterator[str]:
        """Of the words above source and target, up to the first that is above both."""
        heads = [self._head(words) for words in (self._source, self._target)]
        if heads[0] is None or heads[1] is None:
            return
        up = [self._above(head) for head in heads if head is not None]
        common = next((k for k in up[0] if k in up[1]), None)
        if common is None:
            return
        source, target = (chain[: chain.index(common)] for chain in up)
        lemmas, relations = self._lemmas, self._tree.relations
        path = "|".join(" ".join(relations[k] for k in steps) for steps in (source, target))
        yield f"t {lemmas[common]}"
        yield f"t {lemmas[common]} {path}"
        yield f"t {self._tree.upos[common]}"
        yield f"p {path}"
        for k in sorted({*source, *target, common} - {*heads}):
            yield f"o {lemmas[k]}"
            yield f"o {lemmas[k]} {k in source or k == common} {k in target or k == common}"
            for below in self._children[k]:
                if below not in self._marked:
                    yield f"c {relations[below]} {lemmas[below]}"
                    yield f"c {lemmas[k]} {relations[below]} {lemmas[below]}"
        for name, steps in (("A", source), ("B", target)):
            for k in (*steps[1:], common)[:2]:
                yield f"{name}u {lemmas[k]} {relations[(*steps, common)[0]]}"
            for k in steps[1:]:
                yield f"{name}o {lemmas[k]} {relations[k]}"
                yield f"{name}o {lemmas[common]} {lemmas[k]}"

    def _head(self, words: Sequence[int]) -> int | None:
        return next((i for i in words if self._tree.heads[i] == i or self._tree.heads[i] not in words), None)

    def _above(self, word: int) -> list[int]:
        found = [word]
        while self._tree.heads[found[-1]] != found[-1] and len(found) < _FARTHEST:
            found.append(self._tree.heads[found[-1]])
        return found
