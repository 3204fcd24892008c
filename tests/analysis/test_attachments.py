"""What the rest of a tree says of the head that a word could have."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.analysis.attachments import ROWS, Places
from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import Tree

WORDS = ("They", "signed", "the", "accord", "with", "Peru", "today")
PARTS = ("PRON", "VERB", "DET", "NOUN", "ADP", "PROPN", "NOUN")
ACCORD = Tree(WORDS, PARTS, (1, 1, 3, 1, 5, 3, 1), ("nsubj", "root", "det", "obj", "case", "nmod", "obl:unmarked"))
SIGNED = Tree(WORDS, PARTS, (1, 1, 3, 1, 5, 1, 1), ("nsubj", "root", "det", "obj", "case", "obl", "obl:unmarked"))


def test_a_phrase_could_hang_on_the_words_beside_it_and_on_what_is_above_them() -> None:
    assert Places(ACCORD).around(5) == [3, 1, 6]
    assert Places(ACCORD).around(0) == [1]


def test_the_words_of_a_phrase_are_no_heads_for_it() -> None:
    assert not {3, 4, 2} & set(Places(ACCORD).around(3))


def test_a_word_is_under_itself_and_all_that_is_above_it() -> None:
    places = Places(ACCORD)
    assert [k for k in range(7) if places.is_under(4, k)] == [1, 3, 4, 5]


def test_where_a_word_hangs_now_says_nothing_of_where_it_could() -> None:
    pairs = [(5, 3), (5, 1), (5, 6), (4, 3), (4, 1)]
    of_noun, of_verb = Places(ACCORD).rows(pairs), Places(SIGNED).rows(pairs)
    assert np.array_equal(of_noun[:3], of_verb[:3])
    assert not np.array_equal(of_noun[3], of_verb[3])


def test_the_words_and_the_relations_beside_and_above_are_looked_at() -> None:
    relations = list(ACCORD.relations)
    relations[6] = "advmod"
    other = Tree(WORDS, PARTS, ACCORD.heads, relations)
    of = Tree(("They", "signed", "the", "accord", "of", "Peru", "today"), PARTS, ACCORD.heads, ACCORD.relations)
    usual = Places(ACCORD).rows([(5, 3), (5, 1)])
    assert not np.array_equal(Places(other).rows([(5, 1)])[0], usual[1])
    assert (Places(of).rows([(5, 3), (5, 1)]) != usual).any(1).all()


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    size = draw(st.integers(2, 8))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for k, i in enumerate(order):
        heads[i] = order[draw(st.integers(0, k - 1))] if k else i
    words = draw(st.lists(st.text(min_size=1, max_size=6), min_size=size, max_size=size))
    upos = draw(st.lists(st.sampled_from(UPOS), min_size=size, max_size=size))
    relations = draw(st.lists(st.sampled_from(RELATIONS), min_size=size, max_size=size))
    return Tree(words, upos, heads, relations)


@given(trees())
@settings(deadline=None)
def test_any_head_that_keeps_a_tree_has_rows_of_the_table_whatever_is_asked_beside_it(tree: Tree) -> None:
    places, words = Places(tree), range(len(tree.heads))
    pairs = [(i, k) for i in words if tree.heads[i] != i for k in words if not places.is_under(k, i)]
    rows = places.rows(pairs)
    assert rows.min() >= 0 and rows.max() < ROWS
    assert all(np.array_equal(places.rows([pair])[0], own) for pair, own in zip(pairs, rows, strict=True))


@given(trees())
@settings(deadline=None)
def test_nothing_below_a_word_is_among_the_heads_that_it_could_have(tree: Tree) -> None:
    places = Places(tree)
    for i, head in enumerate(tree.heads):
        if head != i:
            assert not any(places.is_under(k, i) for k in places.around(i))


@given(trees(), st.data())
@settings(deadline=None)
def test_the_head_that_a_word_has_now_leaves_no_trace_in_what_is_seen(tree: Tree, data: st.DataObject) -> None:
    places = Places(tree)
    i = data.draw(st.sampled_from([i for i, head in enumerate(tree.heads) if head != i]))
    around = places.around(i)
    heads = list(tree.heads)
    heads[i] = data.draw(st.sampled_from(around)) if around else heads[i]
    moved = Places(Tree(tree.words, tree.upos, heads, tree.relations))
    pairs = [(i, head) for head in around]
    assert not pairs or np.array_equal(places.rows(pairs), moved.rows(pairs))
