"""Trees and spans from scores."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from turnstone.analysis.decode import best_tags, best_tags_of_all, tags_to_spans, tree

LABELS = ("O", "B-PER", "I-PER", "B-ORG", "I-ORG")


def is_tree(heads: list[int]) -> bool:
    roots = [i for i, head in enumerate(heads) if head == i]
    if len(roots) != 1:
        return False
    for i in range(len(heads)):
        at, steps = i, 0
        while heads[at] != at and steps <= len(heads):
            at, steps = heads[at], steps + 1
        if heads[at] != at:
            return False
    return True


def best(scores: np.ndarray) -> float:
    """The best total over all trees with one root, by trying every one."""
    size = len(scores)
    totals = [
        sum(scores[d, h] for d, h in enumerate(heads))
        for heads in product(range(size), repeat=size)
        if is_tree(list(heads))
    ]
    return float(max(totals))


scores = st.integers(1, 5).flatmap(
    lambda n: arrays(np.float32, (n, n), elements=st.floats(-9, 9, width=32), unique=True)
)


def test_the_root_is_the_word_that_loses_least_by_it_not_the_one_with_the_highest_score() -> None:
    table = np.full((5, 5), -20, np.float32)
    for word, head in ((0, 1), (1, 2), (2, 3), (4, 3)):
        table[word, head], table[word, word] = 100, 0
    table[3, 0], table[3, 3] = -4, -5  # greedily the words 0 to 3 go round in a circle
    assert tree(table) == [1, 2, 3, 3, 3]


@given(scores)
def test_always_a_tree_with_one_root(table: np.ndarray) -> None:
    assert is_tree(tree(table))


@given(st.integers(2, 5).flatmap(lambda n: arrays(np.float32, (n, n), elements=st.integers(-50, 50), unique=True)))
def test_no_tree_with_one_root_scores_more(table: np.ndarray) -> None:
    heads = tree(table)
    assert sum(table[d, h] for d, h in enumerate(heads)) == pytest.approx(best(table))


def test_a_cycle_is_broken_where_it_costs_least() -> None:
    table = np.array([[5, 0, 0], [4, -9, 9], [1, 9, -9]], np.float32)
    assert tree(table) == [0, 0, 1]


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([0, 1, 2, 0], [(1, 3, "PER")]),
        ([2, 2, 3], [(0, 2, "PER"), (2, 3, "ORG")]),
        ([1, 1], [(0, 1, "PER"), (1, 2, "PER")]),
        ([1, 4], [(0, 1, "PER"), (1, 2, "ORG")]),
        ([], []),
    ],
)
def test_spans(tags: list[int], expected: list[tuple[int, int, str]]) -> None:
    assert tags_to_spans(tags, LABELS) == expected


@given(
    arrays(np.float32, st.tuples(st.integers(1, 5), st.just(3)), elements=st.integers(-9, 9).map(float)),
    arrays(np.float32, 3, elements=st.integers(-9, 9).map(float)),
    arrays(np.float32, (3, 3), elements=st.integers(-9, 9).map(float)),
)
def test_best_tags_are_as_good_as_any_sequence(scores: np.ndarray, start: np.ndarray, step: np.ndarray) -> None:
    def total(tags: tuple[int, ...]) -> float:
        own = sum(float(scores[i, tag]) for i, tag in enumerate(tags))
        return float(start[tags[0]]) + own + sum(float(step[a, b]) for a, b in pairwise(tags))

    best_total = max(total(tags) for tags in product(range(3), repeat=len(scores)))
    assert total(tuple(best_tags(scores, start, step))) == best_total


@given(
    st.lists(
        arrays(np.float32, st.tuples(st.integers(1, 9), st.just(3)), elements=st.floats(-9, 9, width=32)), min_size=1
    ),
    arrays(np.float32, 3, elements=st.floats(-9, 9, width=32)),
    arrays(np.float32, (3, 3), elements=st.floats(-9, 9, width=32)),
)
def test_sentences_side_by_side_are_tagged_as_each_alone(
    sentences: list[np.ndarray], start: np.ndarray, step: np.ndarray
) -> None:
    assert best_tags_of_all(sentences, start, step) == [best_tags(one, start, step) for one in sentences]
