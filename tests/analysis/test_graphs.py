"""Weights made unsigned are the same products, computed another way."""

from __future__ import annotations

import numpy as np
import pytest

from turnstone.analysis.graphs import is_exact, session
from turnstone.analysis.model_files import read_files


@pytest.fixture(scope="module")
def graph() -> bytes:
    return read_files()[0]["labels.onnx"]


def labels(graph: bytes, unsigned: bool, dependent: np.ndarray) -> np.ndarray:
    feed = {"dependent": dependent, "head": np.ones_like(dependent)}
    return np.asarray(session(graph, unsigned).run(None, feed)[0])


@pytest.mark.parametrize("place", [0, 63, 127])
def test_products_that_do_not_overflow_are_the_same(graph: bytes, place: int) -> None:
    # one activation: nothing is added to it, so nothing overflows on any processor
    dependent = np.zeros((1, 128), np.float32)
    dependent[0, place] = 1000.0
    assert np.array_equal(labels(graph, False, dependent), labels(graph, True, dependent))


def test_what_this_processor_uses_is_exact_for_other_activations_too(graph: bytes) -> None:
    dependent = np.random.default_rng(1).uniform(0.5, 1, (1, 128)).astype(np.float32)
    used = labels(graph, not is_exact(graph), dependent)
    assert np.array_equal(used, labels(graph, True, dependent))
