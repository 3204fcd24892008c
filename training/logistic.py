"""Logistic regression on hashed features: each example has some rows of a table, and the class that they add up to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Rows = Sequence[NDArray[np.int64]]

BATCH = 256
DROPOUT, RATE = 0.3, 0.1  # of all tables of words and tree


def fit(
    seen: Rows, gold: NDArray[np.int64], shape: tuple[int, int], epochs: int, dropout: float, rate: float, seed: int
) -> NDArray[np.float32]:
    """Weights of `shape` (rows, classes), with AdaGrad; features are dropped out."""
    rng = np.random.default_rng(seed)
    weights = np.zeros(shape, np.float32)
    spread = np.full(shape[0], 1e-3, np.float32)
    sizes = np.array([len(own) for own in seen])
    for epoch in range(epochs):
        loss = 0.0
        order = rng.permutation(len(seen))
        for first in range(0, len(order), BATCH):
            batch = order[first : first + BATCH]
            kept = rng.random(int(sizes[batch].sum())) >= dropout
            row = np.concatenate([seen[k] for k in batch])[kept]
            of = np.repeat(np.arange(len(batch)), sizes[batch])[kept]
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
        print(f"epoch {epoch + 1}/{epochs} loss {loss / len(order):.4f}", flush=True)
    return weights
