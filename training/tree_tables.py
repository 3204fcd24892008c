"""What the two trainings that look at a doubtful word once more share: the treebanks, and how a table is kept."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import data as sets
from card import ask_where, write_trained
from logistic import DROPOUT, HOW, as_bytes, ask_how
from turnstone.analysis.labels import RELATIONS, UPOS
from turnstone.analysis.relations import Tree


def arguments(about: str | None, epochs: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask_where(parser)
    ask_how(parser, epochs, DROPOUT, 0.12)
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
    write_trained(f"train_{name}.py", args, name, (), HOW)
