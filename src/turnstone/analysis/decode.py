"""From the network's scores to trees, tags and spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def tree(scores: Scores) -> list[int]:
    """Best heads from arc scores [W, W] (dependent, head); a word that heads itself is the root.

    Greedy where that gives a tree with one root, else the maximum spanning tree (Chu-Liu-Edmonds).
    """
    heads = scores.argmax(1)
    if _is_tree(heads):
        return heads.tolist()  # type: ignore[no-any-return]
    roots = np.diagonal(scores).astype(np.float64)
    others = scores.astype(np.float64)
    np.fill_diagonal(others, -np.inf)
    best_other = others.max(1)
    best, found = -np.inf, heads
    # one root only: the roots by the most that a tree under them could score, until none can beat the best tree so far
    most = roots - best_other + best_other.sum()
    for root in np.argsort(-most, kind="stable").tolist():
        if most[root] <= best:
            break
        heads = _arborescence(others, root)
        below = np.arange(len(heads)) != root
        total = roots[root] + others[below, heads[below]].sum()
        if total > best:
            best, found = total, heads
    return found.tolist()  # type: ignore[no-any-return]


def _is_tree(heads: NDArray[np.int64]) -> bool:
    own = heads == np.arange(len(heads))
    if own.sum() != 1:
        return False
    reach = heads
    for _ in range(len(heads).bit_length()):
        reach = reach[reach]
    return bool(own[reach].all())


def _arborescence(scores: NDArray[np.float64], root: int) -> NDArray[np.int64]:
    """The best tree (Chu-Liu-Edmonds) under a given root, from [dependent, head] scores with -inf in the diagonal.

    Every word takes its best head; a cycle that this makes becomes one word, which goes by the name of its first and
    chooses anew. At the end the cycles are opened again, the last one first.
    """
    scores = scores.copy()
    heads: NDArray[np.int64] = scores.argmax(1)
    heads[root] = root
    done = [False] * len(heads)  # leads to the root, or is part of a cycle
    done[root] = True
    inside = np.zeros(len(heads), bool)  # of the cycle at hand
    cycles = []
    for start in range(len(heads)):
        path: list[int] = []
        at = start
        while not done[at]:
            if at not in path:
                path.append(at)
                at = int(heads[at])
                continue
            cycle = np.array(path[path.index(at) :])
            del path[path.index(at) :]
            own = scores[cycle, heads[cycle]]
            entering = scores[cycle] - own[:, None] + own.sum()
            entering[:, cycle] = -np.inf
            leaving = scores[:, cycle]
            cycles.append((cycle, heads[cycle], entering.argmax(0), leaving.argmax(1)))
            scores[:, cycle] = -np.inf
            scores[:, at] = leaving.max(1)
            scores[at] = entering.max(0)
            inside[cycle] = True
            heads[inside[heads]] = at
            inside[cycle] = False
            heads[at] = scores[at].argmax()
            for i in cycle[1:].tolist():
                done[i] = True
        for i in path:
            done[i] = True
    for cycle, inner, entering, leaving in reversed(cycles):
        above, below = heads[cycle[0]], heads == cycle[0]
        heads[below] = cycle[leaving[below]]
        heads[cycle] = inner
        heads[cycle[entering[above]]] = above
    return heads


def log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-probabilities from scores, along the last axis."""
    less: NDArray[np.float64] = scores - scores.max(-1, keepdims=True)
    return np.asarray(less - np.log(np.exp(less).sum(-1, keepdims=True)), np.float64)


def best_tags(scores: Scores, start: Scores, step: Scores) -> list[int]:
    """The likeliest sequence of tags (Viterbi) from scores [W, T] of each word's tags, of the first tag [T] and of a
    tag after another [T, T]."""
    return best_tags_of_all([scores], start, step)[0]


def best_tags_of_all(sentences: Sequence[Scores], start: Scores, step: Scores) -> list[list[int]]:
    """`best_tags` of each of one or more sentences, found side by side."""
    lengths = [len(scores) for scores in sentences]
    words = np.zeros((max(lengths), len(sentences), len(start)), np.float32)  # the shorter ones filled up
    for k, scores in enumerate(sentences):
        words[: lengths[k], k] = scores
    totals, back = [words[0] + start], []
    for row in words[1:]:
        ways = totals[-1][:, :, None] + step
        back.append(ways.argmax(1).tolist())
        totals.append(ways.max(1) + row)
    found = []
    for k, length in enumerate(lengths):
        tags = [int(totals[length - 1][k].argmax())]
        for before in reversed(back[: length - 1]):
            tags.append(before[k][tags[-1]])
        found.append(tags[::-1])
    return found


def tags_to_spans(tags: list[int], labels: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Spans (first, last + 1, kind) of BIO tag indices; an inside without a beginning begins a span."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        label = labels[tag]
        if label == "O":
            continue
        kind = label[2:]
        if label[0] == "I" and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return spans
