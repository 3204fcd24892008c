"""What the rest of a tree says of a relation."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import ROWS, Tree, rows

ENVOY = Tree(
    ("The", "envoy", "was", "recalled", "today"),
    ("DET", "NOUN", "AUX", "VERB", "NOUN"),
    (1, 3, 3, 3, 3),
    ("det", "nsubj:pass", "aux:pass", "root", "obl:unmarked"),
)


def seen(tree: Tree, i: int) -> list[int]:
    return rows(i, tree, tree.children())


def with_relations(tree: Tree, *relations: str) -> Tree:
    return Tree(tree.words, tree.upos, tree.heads, relations)


def test_a_words_own_relation_is_not_looked_at() -> None:
    other = with_relations(ENVOY, "det", "nsubj", "aux:pass", "root", "obl:unmarked")
    assert seen(other, 1) == seen(ENVOY, 1)


def test_the_relations_of_words_beside_above_and_below_are() -> None:
    beside = with_relations(ENVOY, "det", "nsubj:pass", "aux", "root", "obl:unmarked")
    below = with_relations(ENVOY, "nmod:poss", "nsubj:pass", "aux:pass", "root", "obl:unmarked")
    above = with_relations(ENVOY, "det", "obj", "aux:pass", "root", "obl:unmarked")
    assert seen(beside, 1) != seen(ENVOY, 1)
    assert seen(below, 1) != seen(ENVOY, 1)
    assert seen(above, 0) != seen(ENVOY, 0)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    size = draw(st.integers(2, 8))
    heads = [0, *(draw(st.integers(0, i - 1)) for i in range(1, size))]
    words = draw(st.lists(st.text(min_size=1, max_size=6), min_size=size, max_size=size))
    upos = draw(st.lists(st.sampled_from(UPOS), min_size=size, max_size=size))
    relations = draw(st.lists(st.sampled_from(RELATIONS), min_size=size, max_size=size))
    return Tree(words, upos, heads, relations)


@given(trees())
@settings(deadline=None)
def test_any_word_of_any_tree_but_the_root_has_rows_of_the_table(tree: Tree) -> None:
    for i in range(1, len(tree.words)):
        found = seen(tree, i)
        assert found and all(0 <= row < ROWS for row in found)
