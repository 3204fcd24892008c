"""What words and tree say of a marked pair, as rows of a table."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.test_relations import trees, with_relations
from turnstone.analysis.pair_words import ROWS, MarkedTree
from turnstone.analysis.relations import Tree

SENT = Tree(
    ("Ade", "sent", "grain", "to", "Bo"),
    ("PROPN", "VERB", "NOUN", "ADP", "PROPN"),
    (1, 1, 1, 4, 1),
    ("nsubj", "root", "obj", "case", "obl"),
)
LEMMAS = ["Ade", "send", "grain", "to", "Bo"]


def rows(tree: Tree, source: list[int], target: list[int], lemmas: list[str] = LEMMAS) -> frozenset[int]:
    return frozenset(MarkedTree(tree, lemmas, source, target).rows())


def test_who_is_the_source_matters() -> None:
    assert rows(SENT, [0], [4]) != rows(SENT, [4], [0])


def test_words_and_relations_between_the_two_speak() -> None:
    assert rows(SENT, [0], [4], ["Ade", "grain", "send", "to", "Bo"]) != rows(SENT, [0], [4])
    other = with_relations(SENT, "nsubj", "root", "obj", "case", "nmod")
    assert rows(other, [0], [4]) != rows(SENT, [0], [4])


def test_a_sentence_need_not_name_both() -> None:
    assert rows(SENT, [0], []) != rows(SENT, [0], [4])
    assert rows(SENT, [], [])


@given(trees(), st.data())
@settings(deadline=None)
def test_any_two_spans_of_any_tree_have_rows_of_the_table_in_order(tree: Tree, data: st.DataObject) -> None:
    size = len(tree.words)
    ends = st.lists(st.integers(0, size), min_size=2, max_size=2).map(sorted)
    source, target = (list(range(*data.draw(ends))) for _ in range(2))
    found = MarkedTree(tree, tree.words, source, target).rows()
    assert found.dtype == np.int64 and (np.diff(found) > 0).all()
    assert all(0 <= row < ROWS for row in found)
