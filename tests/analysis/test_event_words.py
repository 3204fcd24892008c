"""What words and tree say of an event, as rows of a table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.test_relations import trees
from tests.builders import parse
from turnstone.analysis.event_words import LATER, ROWS, Surroundings
from turnstone.analysis.participation import children_of
from turnstone.analysis.relations import Tree
from turnstone.records import Token

TROOPS = "Troops/NOUN/3/nsubj will/AUX/3/aux leave/VERB/0/root Bor/PROPN/3/obj on/ADP/6/case Friday/PROPN/3/obl"


def rows(sentence: str, trigger: int, actors: list[int], number: int = 0) -> frozenset[int]:
    article, analysis = parse(sentence)
    words = [article.text[t.start : t.end] for t in analysis.tokens]
    children = children_of(analysis.tokens, 0, len(words))
    return frozenset(Surroundings(words, analysis.tokens, 0, len(words), children, number).rows(trigger, actors, []))


@pytest.mark.parametrize(
    "other",
    [
        TROOPS.replace("Bor/PROPN/3/obj", "Bor/PROPN/3/obl"),
        TROOPS.replace("Friday/PROPN/3/obl", "Friday/PROPN/4/nmod"),
        TROOPS.replace("Troops/NOUN/3/nsubj", "Troops/NOUN/3/obj"),
        TROOPS.replace("will/AUX/3/aux", "will/AUX/1/aux"),
        "will/AUX/3/aux Troops/NOUN/3/nsubj leave/VERB/0/root Bor/PROPN/3/obj on/ADP/6/case Friday/PROPN/3/obl",
    ],
)
def test_relations_and_order_around_a_trigger_speak_where_the_words_are_the_same(other: str) -> None:
    assert rows(other, 2, [0]) != rows(TROOPS, 2, [0])


def test_so_do_words_that_do_not_hang_on_it() -> None:
    assert rows(TROOPS.replace("on/ADP", "since/ADP"), 2, [0]) != rows(TROOPS, 2, [0])


def test_who_takes_part_and_how_far_down_the_report_it_is_speak_too() -> None:
    assert rows(TROOPS, 2, [0]) != rows(TROOPS, 2, []) != rows(TROOPS, 2, [3])
    assert rows(TROOPS, 2, [0], 0) != rows(TROOPS, 2, [0], 1)
    assert rows(TROOPS, 2, [0], LATER) == rows(TROOPS, 2, [0], LATER + 4)


def test_a_sentence_is_read_where_it_stands_in_the_report() -> None:
    article, analysis = parse("It/PRON/2/nsubj rained/VERB/0/root", TROOPS)
    words = [article.text[t.start : t.end] for t in analysis.tokens]
    around = Surroundings(words, analysis.tokens, 2, 8, children_of(analysis.tokens, 2, 8), 0)
    assert frozenset(around.rows(4, [2], [])) == rows(TROOPS, 2, [0])


def as_tokens(tree: Tree) -> list[Token]:
    made = []
    for i, (word, upos, head, relation) in enumerate(
        zip(tree.words, tree.upos, tree.heads, tree.relations, strict=True)
    ):
        made.append(Token(i, i + 1, upos, word.lower(), -1 if head == i else head, relation))
    return made


@given(trees(), st.integers(0, 5))
@settings(deadline=None)
def test_any_word_of_any_tree_has_rows_of_the_table_in_order(tree: Tree, number: int) -> None:
    tokens = as_tokens(tree)
    around = Surroundings(tree.words, tokens, 0, len(tokens), children_of(tokens, 0, len(tokens)), number)
    for i in range(len(tokens)):
        found = around.rows(i, [0], [len(tokens) - 1])
        assert found.dtype == np.int64 and len(found) and found[0] >= 0 and found[-1] < ROWS
        assert (np.diff(found) > 0).all()


def test_capitals_speak() -> None:
    _, analysis = parse("Talks/NOUN/0/root")
    tokens = [replace(analysis.tokens[0], lemma="talk")]
    seen = [frozenset(Surroundings([w], tokens, 0, 1, {0: []}, 0).rows(0, [], [])) for w in ("Talks", "talks")]
    assert seen[0] > seen[1]
