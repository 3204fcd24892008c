"""One sentence's tree: the best by the network's scores, then doubts read once more with that tree in view."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis import decode
from turnstone.analysis.attachments import Places
from turnstone.analysis.labels import RELATIONS
from turnstone.analysis.model import Model, WindowScores
from turnstone.analysis.relations import Tree, rows

# how far the network may be from its second relation for the rest of the tree to be asked, and how much that counts
DOUBT = 2.0
SAY_OF_TREE = 0.2

# the same of heads
DOUBT_OF_HEAD = 3.0
SAY_OF_HEAD = 0.3


def tree_of(model: Model, scores: WindowScores, words: Sequence[str], upos: Sequence[str]) -> Tree:
    """The tree of one sentence's words, whose scores these are; a root heads itself."""
    tree = _with_relations(model, scores, words, upos, decode.tree(scores.arcs))
    arcs = _read_again(model, scores.arcs, tree)
    heads = decode.tree(arcs) if arcs is not None else tree.heads
    return tree if heads == tree.heads else _with_relations(model, scores, words, upos, heads)


def _read_again(model: Model, arcs: NDArray[np.float32], tree: Tree) -> NDArray[np.float32] | None:
    """The scores of arcs with what the tree says of the heads that are near a word's own; None where none is."""
    own = arcs[np.arange(len(arcs)), tree.heads]
    near = arcs >= own[:, None] - DOUBT_OF_HEAD
    np.fill_diagonal(near, False)
    near[np.array(tree.heads) == np.arange(len(arcs))] = False
    near[np.arange(len(arcs)), tree.heads] = False
    if not near.any():
        return None
    places = Places(tree)
    pairs: list[tuple[int, int]] = []
    before: list[int] = []  # where in `pairs` the head stands that the word of a pair has now
    for i in np.flatnonzero(near.any(1)).tolist():
        others = [head for head in np.flatnonzero(near[i]).tolist() if not places.is_under(head, i)]
        if others:
            before.extend([len(pairs)] * (len(others) + 1))
            pairs.extend((i, head) for head in (tree.heads[i], *others))
    if not pairs:
        return None
    said = model.attachments(places.rows(pairs))
    again = arcs.copy()
    dependents, heads = np.array(pairs).T
    again[dependents, heads] += SAY_OF_HEAD * (said - said[before])
    return again


def _with_relations(
    model: Model, scores: WindowScores, words: Sequence[str], upos: Sequence[str], heads: Sequence[int]
) -> Tree:
    labels = model.labels(scores, list(heads))
    root = RELATIONS.index("root")
    own = np.array(heads) == np.arange(len(heads))
    labels[:, root] = np.where(own, np.inf, -np.inf)
    best = labels.argmax(1)
    relations = [RELATIONS[k] for k in best.tolist()]
    nearest = np.partition(labels, -2, axis=1)[:, -2]
    doubted = np.flatnonzero((labels[np.arange(len(best)), best] - nearest < DOUBT) & ~own).tolist()
    if doubted:
        tree = Tree(words, upos, heads, relations)
        children = tree.children()
        said = [labels[i] + SAY_OF_TREE * model.relations(rows(i, tree, children)) for i in doubted]
        relations = list(relations)
        for i, both in zip(doubted, said, strict=True):
            relations[i] = RELATIONS[int(both.argmax())]
    return Tree(words, upos, heads, relations)
