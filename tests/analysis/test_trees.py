"""A sentence's tree, with what is in doubt read once more; a model of given numbers takes the network's place."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from turnstone.analysis.labels import RELATIONS
from turnstone.analysis.model import Model, WindowScores
from turnstone.analysis.relations import Tree
from turnstone.analysis.trees import DOUBT_OF_HEAD, SAY_OF_HEAD, tree_of

WORDS = ("They", "signed", "accords", "with", "Peru")
PARTS = ("PRON", "VERB", "NOUN", "ADP", "PROPN")
HEADS = [1, 1, 1, 4, 2]


class Table:
    """Says so much for the other heads that are asked about, and remembers how many were."""

    def __init__(self, said: float) -> None:
        self.said, self.asked = said, 0

    def labels(self, scores: WindowScores, heads: list[int]) -> NDArray[np.float32]:
        labels = np.zeros((len(heads), len(RELATIONS)), np.float32)
        labels[np.arange(len(heads)), [RELATIONS.index("obl" if head == 1 else "nmod") for head in heads]] = 10
        return labels

    def attachments(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        self.asked += len(rows)
        return np.array([0.0] + [self.said] * (len(rows) - 1), np.float32)


def read(table: Table, behind: float) -> Tree:
    """The tree where "with Peru" could also hang on "signed", whose score is so much lower; no other is near."""
    arcs = np.full((5, 5), -30, np.float32)
    arcs[np.arange(5), HEADS] = 10
    arcs[4, 1] = 10 - behind
    model, scores = cast(Model, table), cast(WindowScores, SimpleNamespace(arcs=arcs))
    return tree_of(model, scores, WORDS, PARTS)


def heads(tree: Tree) -> Sequence[int]:
    return list(tree.heads)


@pytest.mark.parametrize(("said", "head"), [(1.1, 1), (0.9, 2), (-5.0, 2)])
def test_a_near_head_wins_where_the_tree_says_more_for_it_than_it_is_behind(said: float, head: int) -> None:
    behind = DOUBT_OF_HEAD / 2
    assert heads(read(Table(said * behind / SAY_OF_HEAD), behind)) == [*HEADS[:4], head]


def test_a_head_that_is_not_near_is_not_asked_about() -> None:
    table = Table(1000.0)
    assert heads(read(table, DOUBT_OF_HEAD + 0.1)) == HEADS
    assert table.asked == 0


def test_relations_are_those_of_the_heads_that_were_found_at_last() -> None:
    assert read(Table(0.0), 1.0).relations[4] == "nmod"
    assert read(Table(1000.0), 1.0).relations[4] == "obl"


def test_a_sentence_of_one_word_is_its_root() -> None:
    scores = cast(WindowScores, SimpleNamespace(arcs=np.zeros((1, 1), np.float32)))
    tree = tree_of(cast(Model, Table(0.0)), scores, ("Recalled",), ("VERB",))
    assert (heads(tree), tree.relations) == ([0], ["root"])
