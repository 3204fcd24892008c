"""Scores on development sets, from plain predictions."""

from __future__ import annotations

import numpy as np

ROLES = ("source", "cue", "content")


def parse_scores(
    gold: list[tuple[tuple[int, ...], tuple[int, ...]]], guess: list[tuple[list[int], list[int]]]
) -> dict[str, float]:
    """UAS and LAS in per cent over all words, punctuation and subtypes counted."""
    words = uas = las = 0
    for (heads, relations), (got_heads, got_relations) in zip(gold, guess, strict=True):
        for h, r, gh, gr in zip(heads, relations, got_heads, got_relations, strict=True):
            words += 1
            uas += h == gh
            las += h == gh and r == gr
    return {"UAS": 100 * uas / words, "LAS": 100 * las / words}


def span_f1(gold: list[set], guess: list[set]) -> dict[str, float]:
    """Exact spans with kind: precision, recall, F1 in per cent."""
    hit = sum(len(a & b) for a, b in zip(gold, guess, strict=True))
    n_gold, n_guess = sum(map(len, gold)), sum(map(len, guess))
    p, r = hit / max(n_guess, 1), hit / max(n_gold, 1)
    return {"P": 100 * p, "R": 100 * r, "F1": 200 * p * r / max(p + r, 1e-9)}


def token_f1(gold: np.ndarray, guess: np.ndarray) -> dict[str, float]:
    """Per role token F1 in per cent over stacked [N, 3] inside-or-not tables."""
    out = {}
    for k, role in enumerate(ROLES):
        hit = int((gold[:, k] & guess[:, k]).sum())
        out[role] = 200 * hit / max(int(gold[:, k].sum() + guess[:, k].sum()), 1)
    return out


def macro_f1(gold: list[str], guess: list[str]) -> tuple[float, dict[str, float]]:
    """Macro F1 over the labels that the gold has, and the F1 of each."""
    scores = {}
    for label in sorted(set(gold)):
        hit = sum(g == label == p for g, p in zip(gold, guess, strict=True))
        scores[label] = 2 * hit / max(gold.count(label) + guess.count(label), 1)
    return float(np.mean(list(scores.values()))), scores
