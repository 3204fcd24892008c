"""Logistic regression on hashed features: each example has some rows of a table, and the class that they add up to, or
any number of labels; or it has several choices with rows each, of which one or none is right."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from turnstone.analysis.hashed import STEP

Rows = Sequence[NDArray[np.int64]]

BATCH, CHOICES = 256, 32  # examples at a time
DROPOUT, RATE = 0.3, 0.1  # of all tables of words and tree
HOW = ("epochs", "dropout", "rate", "seed")
"""The options that `ask_how` reads."""


def ask_how(parser: argparse.ArgumentParser, epochs: int, dropout: float, rate: float, of: str | None = None) -> None:
    """The options of a training and what they are by default; `of` says what the epochs are of."""
    parser.add_argument("--epochs", type=int, default=epochs, help=of)
    parser.add_argument("--dropout", type=float, default=dropout)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--seed", type=int, default=1)


def fit(
    seen: Rows, gold: NDArray[np.int64], shape: tuple[int, int], epochs: int, dropout: float, rate: float, seed: int
) -> NDArray[np.float32]:
    """Weights of `shape` (rows, classes), with AdaGrad; features are dropped out."""
    rng = np.random.default_rng(seed)
    weights = np.zeros(shape, np.float32)
    spread = np.full(shape[0], 1e-3, np.float32)
    for epoch in range(epochs):
        loss = 0.0
        for batch, row, of in _batches(seen, dropout, rng):
            scores = np.zeros((len(batch), shape[1]), np.float32)
            np.add.at(scores, of, weights[row])
            scores = np.exp(scores - scores.max(1, keepdims=True))
            scores /= scores.sum(1, keepdims=True)
            own = (np.arange(len(batch)), gold[batch])
            loss -= float(np.log(scores[own] + 1e-9).sum())
            scores[own] -= 1
            step = scores[of]
            np.add.at(spread, row, (step * step).mean(1))
            np.add.at(weights, row, -rate * step / np.sqrt(spread[row])[:, None])
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(seen):.4f}", flush=True)
    return weights


def fit_labels(
    seen: Rows, gold: NDArray[np.float32], rows: int, epochs: int, dropout: float, rate: float, seed: int
) -> NDArray[np.float32]:
    """Weights [rows, labels] with AdaGrad; `gold` [examples, labels] is 1 for what an example is, 0 for what not.
    Features are dropped out; the loss it prints is that of all labels together."""
    rng = np.random.default_rng(seed)
    shape = (rows, gold.shape[1])
    weights, spread = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    for epoch in range(epochs):
        loss = 0.0
        for batch, row, of in _batches(seen, dropout, rng):
            used, column = np.unique(row, return_inverse=True)
            has = np.zeros((len(batch), len(used)), np.float32)
            has[of, column] = 1
            scores, wanted = has @ weights[used], gold[batch]
            loss += float((np.logaddexp(0, scores) - wanted * scores).sum())
            step = has.T @ (1 / (1 + np.exp(-scores)) - wanted)
            spread[used] += step * step
            weights[used] -= rate * step / np.sqrt(spread[used])
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(seen):.4f}", flush=True)
    return weights


def fit_choice(
    seen: Sequence[Rows], right: Sequence[int], rows: int, epochs: int, dropout: float, rate: float, seed: int
) -> NDArray[np.float32]:
    """Weights [rows] with AdaGrad, each example having a choice of several; `right` is the place of that which is, or
    -1 for none of them, whose weight is nought. Features are dropped out."""
    rng = np.random.default_rng(seed)
    weights = np.zeros(rows, np.float32)
    spread = np.full(rows, 1e-3, np.float32)
    for epoch in range(epochs):
        loss = 0.0
        order = rng.permutation(len(seen))
        for first in range(0, len(order), CHOICES):
            batch = order[first : first + CHOICES].tolist()
            parts = [own[rng.random(len(own)) >= dropout] for k in batch for own in seen[k]]
            row, of = np.concatenate(parts), np.repeat(np.arange(len(parts)), [len(own) for own in parts])
            example = np.repeat(np.arange(len(batch)), [len(seen[k]) for k in batch])
            wanted = np.array([place == right[k] for k in batch for place in range(len(seen[k]))], np.float32)
            scores = np.zeros(len(parts), np.float32)
            np.add.at(scores, of, weights[row])
            most = np.zeros(len(batch), np.float32)
            np.maximum.at(most, example, scores)
            none = np.exp(-most)
            shares, whole = np.exp(scores - most[example]), none.copy()
            np.add.at(whole, example, shares)
            shares /= whole[example]
            found = np.bincount(example, shares * wanted, len(batch))
            loss -= float(np.log(np.where(found > 0, found, none / whole) + 1e-9).sum())
            step = (shares - wanted)[of]
            np.add.at(spread, row, step * step)
            np.add.at(weights, row, -rate * step / np.sqrt(spread[row]))
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(order):.4f}", flush=True)
    return weights


def _batches(
    seen: Rows, dropout: float, rng: np.random.Generator
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """All examples once in some order: the numbers of some, the rows that they keep, and which of the some has each."""
    sizes = np.array([len(own) for own in seen])
    order = rng.permutation(len(seen))
    for first in range(0, len(order), BATCH):
        batch = order[first : first + BATCH]
        kept = rng.random(int(sizes[batch].sum())) >= dropout
        row = np.concatenate([seen[k] for k in batch])[kept]
        yield batch, row, np.repeat(np.arange(len(batch)), sizes[batch])[kept]


def as_bytes(weights: NDArray[np.float32], step: float = STEP) -> NDArray[np.int8]:
    """The weights as they are packaged, in steps."""
    return np.clip(np.round(weights / step), -127, 127).astype(np.int8)
