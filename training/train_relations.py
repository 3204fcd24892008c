"""Train the small table that reads a word's relation from the rest of its tree; the network stays.

    python training/train_relations.py --data DIR --model src/turnstone/data/model

The network knows its training sentences by heart, so that nothing that learns from its scores on them would learn when
to doubt it. This learns from the treebanks' own trees alone, without the network: what words, parts of speech and the
other relations say of one relation. Two minutes on one thread; the same bytes each time on the same kind of processor.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import data as sets
from card import read_card, write_card
from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import ROWS, STEP, Tree, rows

BATCH = 256
Rows = list[NDArray[np.int64]]


def examples(sentences: list[sets.Sentence]) -> tuple[Rows, NDArray[np.int64]]:
    """The rows that speak for each word but the roots, and the number of its relation."""
    seen, gold = [], []
    for sentence in sentences:
        tree = Tree(
            sentence.words,
            [UPOS[k] for k in sentence.upos],
            sentence.heads,
            [RELATIONS[k] for k in sentence.relations],
        )
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--rate", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    trees = sets.read_conllu(args.data / "ud-ewt/train.conllu")
    trees += sets.read_conllu(args.data / "ud-gum/train.conllu", gum=True)
    weights = fit(*examples(trees), args.epochs, args.dropout, args.rate, args.seed)
    np.save(args.model / "relations.npy", np.clip(np.round(weights / STEP), -127, 127).astype(np.int8))
    numbers = {k: str(getattr(args, k)) for k in ("epochs", "dropout", "rate", "seed")}
    card = read_card(args.model)
    card["commands"] = list(dict.fromkeys([*card["commands"], "training/train_relations.py"]))
    write_card(args.model, card | {"settings": card["settings"] | {"relations": numbers}})


if __name__ == "__main__":
    main()
