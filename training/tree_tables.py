"""What the two trainings that look at a doubtful word once more share: the treebanks, and how a table is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import data as sets
from card import write_trained
from logistic import as_bytes
from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import Tree


def arguments(about: str | None, epochs: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=epochs)
    parser.add_argument("--dropout", type=float, default=0.3)
    parser.add_argument("--rate", type=float, default=0.12)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def treebanks(data: Path) -> list[sets.Sentence]:
    """The train parts of both treebanks."""
    gum = sets.read_conllu(data / "ud-gum/train.conllu", gum=True)
    return sets.read_conllu(data / "ud-ewt/train.conllu") + gum


def gold_tree(sentence: sets.Sentence) -> Tree:
    relations = [RELATIONS[k] for k in sentence.relations]
    return Tree(sentence.words, [UPOS[k] for k in sentence.upos], sentence.heads, relations)


def keep(weights: NDArray[np.float32], step: float, name: str, args: argparse.Namespace) -> None:
    """Write the table as int8 into the model's folder, and into its card how it was made."""
    np.save(args.model / f"{name}.npy", as_bytes(weights, step))
    write_trained(f"train_{name}.py", args, name, (), ("epochs", "dropout", "rate", "seed"))
