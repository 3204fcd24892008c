"""Train the table that looks at a doubtful head once more with the rest of the tree in view; the network stays.

    python training/train_attachments.py --data DIR --model src/turnstone/data/model

Like `train_relations.py` it learns from the treebanks' own trees alone, without the network, which knows them by heart:
of the heads that a word could have without arcs that cross, which one has it, given all the rest of the tree. Two
minutes on one thread; the same bytes each time on the same kind of processor.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import data as sets
from logistic import BATCH
from tree_tables import arguments, gold_tree, keep, treebanks
from turnstone.analysis.attachments import ROWS, Places
from turnstone.analysis.hashed import STEP


@dataclass(frozen=True)
class Choices:
    """Words with more than one head that they could have: the rows of all those heads, one word's after another's, how
    many each word has, and which of them is its own."""

    rows: NDArray[np.int32]
    sizes: NDArray[np.int64]
    gold: NDArray[np.int64]


def choices(sentences: list[sets.Sentence]) -> Choices:
    rows, sizes, gold = [], [], []
    for sentence in sentences:
        tree = gold_tree(sentence)
        places = Places(tree)
        pairs: list[tuple[int, int]] = []
        for i, head in enumerate(sentence.heads):
            around = [] if head == i else places.around(i)
            if head in around and len(around) > 1:
                pairs.extend((i, other) for other in around)
                sizes.append(len(around))
                gold.append(around.index(head))
        if pairs:
            rows.append(places.rows(pairs).astype(np.int32))
    return Choices(np.concatenate(rows), np.array(sizes), np.array(gold))


def fit(words: Choices, epochs: int, dropout: float, rate: float, seed: int) -> NDArray[np.float32]:
    """Weights [ROWS] of a logistic regression over each word's heads, with AdaGrad; features are dropped out."""
    rng = np.random.default_rng(seed)
    weights = np.zeros(ROWS, np.float32)
    spread = np.full(ROWS, 1e-3, np.float32)
    start = np.cumsum(words.sizes) - words.sizes
    for epoch in range(epochs):
        loss = 0.0
        order = rng.permutation(len(words.sizes))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            sizes = words.sizes[batch]
            at = np.cumsum(sizes) - sizes
            of = np.repeat(np.arange(len(batch)), sizes)
            rows = words.rows[np.arange(len(of)) + np.repeat(start[batch] - at, sizes)]
            kept = (rng.random((len(batch), rows.shape[1]), np.float32) >= dropout)[of]  # the same of all its heads
            scores = (weights[rows] * kept).sum(1)
            scores = np.exp(scores - np.maximum.reduceat(scores, at)[of])
            scores /= np.add.reduceat(scores, at)[of]
            own = at + words.gold[batch]
            loss -= float(np.log(scores[own] + 1e-9).sum())
            scores[own] -= 1
            row = rows[kept]
            step = np.broadcast_to(scores[:, None], rows.shape)[kept]
            np.add.at(spread, row, step * step)
            np.add.at(weights, row, -rate * step / np.sqrt(spread[row]))
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(order):.4f}", flush=True)
    return weights


def main() -> None:
    args = arguments(__doc__, epochs=2)
    weights = fit(choices(treebanks(args.data)), args.epochs, args.dropout, args.rate, args.seed)
    keep(weights, STEP, "attachments", args)


if __name__ == "__main__":
    main()
