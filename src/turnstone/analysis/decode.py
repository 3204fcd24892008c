"""From the network's scores to trees, tags and spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def tree(scores: Scores) -> list[int]:
    """Best heads from arc scores [W, W] (dependent, head); a word that heads itself is the root.

    Greedy where that gives a tree with one root, else the maximum spanning tree (Chu-Liu-Edmonds).
    """
    heads = scores.argmax(1)
    if _is_tree(heads):
        return [int(h) for h in heads]
    roots = np.diagonal(scores)
    best: tuple[float, list[int]] | None = None
    # one root only: try the likeliest few and keep the best tree
    for root in np.argsort(-roots, kind="stable")[:3]:
        limited = scores.astype(np.float64).copy()
        np.fill_diagonal(limited, -np.inf)
        limited[root, :] = -np.inf
        found = _edmonds(limited, int(root))
        total = float(roots[root]) + sum(float(scores[d, h]) for d, h in enumerate(found) if d != root)
        if best is None or total > best[0]:
            best = (total, found)
    assert best is not None
    return best[1]


def _is_tree(heads: NDArray[np.int64]) -> bool:
    own = heads == np.arange(len(heads))
    if own.sum() != 1:
        return False
    reach = heads
    for _ in range(len(heads).bit_length()):
        reach = reach[reach]
    return bool(own[reach].all())


def _edmonds(scores: NDArray[np.float64], root: int) -> list[int]:
    """Chu-Liu-Edmonds over [dependent, head] scores with a fixed root, by contracting one cycle at a time."""
    heads = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if cycle is None:
        return [int(h) for h in heads]
    inside = np.zeros(len(heads), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = {int(old): new for new, old in enumerate(outside)}
    new = len(outside)
    smaller = np.full((new + 1, new + 1), -np.inf)
    smaller[:new, :new] = scores[np.ix_(outside, outside)]
    cycle_scores = scores[cycle, heads[cycle]]
    total = cycle_scores.sum()
    # arcs out of the cycle: the best head inside it for each word outside
    out_best = scores[np.ix_(outside, cycle)].argmax(1)
    smaller[:new, new] = scores[np.ix_(outside, cycle)].max(1)
    # arcs into the cycle: break it where that costs least
    into = scores[np.ix_(cycle, outside)] - cycle_scores[:, None] + total
    in_best = into.argmax(0)
    smaller[new, :new] = into.max(0)
    found = _edmonds(smaller, kept[root])
    result = heads.copy()
    for i, old in enumerate(outside):
        if old != root:
            head = found[i]
            result[old] = cycle[out_best[i]] if head == new else outside[head]
    entry = found[new]
    result[cycle[in_best[entry]]] = outside[entry]
    return [int(h) for h in result]


def _cycle(heads: NDArray[np.int64], root: int) -> NDArray[np.int64] | None:
    state = np.zeros(len(heads), np.int8)
    state[root] = 2
    for start in range(len(heads)):
        path = []
        at = start
        while state[at] == 0:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1:
            return np.array(path[path.index(at) :])
        for node in path:
            state[node] = 2
    return None


def best_tags(scores: Scores, start: Scores, step: Scores) -> list[int]:
    """The likeliest sequence of tags (Viterbi) from scores [W, T] of each word's tags, of the first tag [T] and of a
    tag after another [T, T]."""
    total = scores[0] + start
    back = []
    for row in scores[1:]:
        ways = total[:, None] + step
        back.append(ways.argmax(0))
        total = ways.max(0) + row
    tags = [int(total.argmax())]
    for before in reversed(back):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]


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
