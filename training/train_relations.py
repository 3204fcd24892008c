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
from logistic import Rows, fit
from tree_tables import arguments, gold_tree, keep, treebanks
from turnstone.analysis.hashed import STEP
from turnstone.analysis.labels import RELATIONS
from turnstone.analysis.relations import ROWS, rows


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


def main() -> None:
    args = arguments(__doc__, epochs=3)
    shape = (ROWS, len(RELATIONS))
    weights = fit(*examples(treebanks(args.data)), shape, args.epochs, args.dropout, args.rate, args.seed)
    keep(weights, STEP, "relations", args)


if __name__ == "__main__":
    main()
