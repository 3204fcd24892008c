"""Train the small table that reads a word's relation from the rest of its tree; the network stays.

    python training/train_relations.py --data DIR --model src/turnstone/data/model

The network knows its training sentences by heart, so that nothing that learns from its scores on them would learn when
to doubt it. This learns from the treebanks' own trees alone, without the network: what words, parts of speech and the
other relations say of one relation. Two minutes on one thread; the same bytes each time on the same kind of processor.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

import data as sets
from tree_tables import BATCH, arguments, gold_tree, keep, treebanks
from turnstone.analysis.labels import RELATIONS
from turnstone.analysis.relations import ROWS, STEP, rows

Rows = list[NDArray[np.int64]]


def examples(sentences: list[sets.Sentence]) -> tuple[Rows, NDArray[np.int64]]:
    """The rows that speak for each word but the roots, and the number of its relation."""
    seen, gold = [], []
    for sentence in sentences:
        tree = gold_tree(sentence)
        children = tree.children()
        for i, head in enumerate(sentence.heads):
            if head != i:
                seen.append(np.array(rows(i, tree, children)))
                gold.append(sentence.relations[i])
    return seen, np.array(gold)


def fit(
    seen: Rows, gold: NDArray[np.int64], epochs: int, dropout: float, rate: float, seed: int
) -> NDArray[np.float32]:
    """Weights [ROWS, relations] of a logistic regression, with AdaGrad; features are dropped out."""
    rng = np.random.default_rng(seed)
    weights = np.zeros((ROWS, len(RELATIONS)), np.float32)
    spread = np.full(ROWS, 1e-3, np.float32)
    sizes = np.array([len(own) for own in seen])
    for epoch in range(epochs):
        loss = 0.0
        order = rng.permutation(len(seen))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            kept = rng.random(int(sizes[batch].sum())) >= dropout
            row = np.concatenate([seen[k] for k in batch])[kept]
            of = np.repeat(np.arange(len(batch)), sizes[batch])[kept]
            scores = np.zeros((len(batch), len(RELATIONS)), np.float32)
            np.add.at(scores, of, weights[row])
            scores = np.exp(scores - scores.max(1, keepdims=True))
            scores /= scores.sum(1, keepdims=True)
            own = (np.arange(len(batch)), gold[batch])
            loss -= float(np.log(scores[own] + 1e-9).sum())
            scores[own] -= 1
            step = scores[of]
            np.add.at(spread, row, (step * step).mean(1))
            np.add.at(weights, row, -rate * step / np.sqrt(spread[row])[:, None])
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(order):.4f}", flush=True)
    return weights


def main() -> None:
    args = arguments(__doc__, epochs=3)
    weights = fit(*examples(treebanks(args.data)), args.epochs, args.dropout, args.rate, args.seed)
    keep(weights, STEP, "relations", args)


if __name__ == "__main__":
    main()
