"""What words and tree say of who takes part, as rows of a table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from tests.analysis.test_event_words import as_tokens
from tests.analysis.test_relations import trees
from tests.builders import parse
from turnstone.analysis.participation import WAYS, children_of, phrase
from turnstone.analysis.relations import Tree
from turnstone.analysis.role_words import ROWS, Hangings

AID = "Ade/PROPN/2/nsubj got/VERB/0/root grain/NOUN/2/obj from/ADP/5/case Bo/PROPN/2/obl and/CCONJ/7/cc Cy/PROPN/5/conj"


def rows(sentence: str, head: int, way: str = "elsewhere") -> frozenset[int]:
    article, analysis = parse(sentence)
    words = [article.text[t.start : t.end] for t in analysis.tokens]
    children = children_of(analysis.tokens, 0, len(words))
    span = phrase(head, analysis.tokens, children)
    return frozenset(Hangings(words, analysis.tokens, 0, len(words), children).rows(1, head, span, way))


@pytest.mark.parametrize("other", [AID.replace("from/", "for/"), AID.replace("got/", "sent/"), AID.replace("Bo", "he")])
def test_the_verb_the_preposition_and_the_phrase_speak(other: str) -> None:
    assert rows(other, 4) != rows(AID, 4)


def test_so_does_how_the_phrase_hangs_on_the_trigger() -> None:
    assert rows(AID, 4) != rows(AID, 4, "obj")
    assert rows(AID, 4) != rows(AID.replace("Bo/PROPN/2/obl", "Bo/PROPN/3/nmod"), 4)


def test_a_conjunct_has_the_preposition_of_the_first() -> None:
    without = AID.replace("from/ADP", "and/ADP")
    changed = rows(AID, 6) ^ rows(without, 6)
    assert changed and changed & (rows(AID, 4) ^ rows(without, 4))


@given(trees())
@settings(deadline=None)
def test_any_two_words_of_any_tree_have_rows_of_the_table_in_order(tree: Tree) -> None:
    tokens = as_tokens(tree)
    hangings = Hangings(tree.words, tokens, 0, len(tokens), children_of(tokens, 0, len(tokens)))
    for trigger in range(len(tokens)):
        for head in range(len(tokens)):
            found = hangings.rows(trigger, head, (head, head + 1), WAYS[trigger % len(WAYS)])
            assert found.dtype == np.int64 and len(found) and found[0] >= 0 and found[-1] < ROWS
            assert (np.diff(found) > 0).all()
