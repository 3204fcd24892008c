"""Weights made unsigned are the same products, computed another way."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from turnstone.analysis.exact_products import with_unsigned_weights
from turnstone.analysis.model_files import read_files

GRAPHS = ("labels.onnx", "network.onnx")


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    return read_files()[0]


def labels(graph: bytes, dependent: np.ndarray, head: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return np.asarray(session.run(None, {"dependent": dependent, "head": head})[0])


@pytest.mark.parametrize("name", GRAPHS)
def test_only_kinds_and_values_of_weights_change(contents: dict[str, bytes], name: str) -> None:
    graph, moved = contents[name], with_unsigned_weights(contents[name])
    assert moved != graph
    assert with_unsigned_weights(moved) == moved  # nothing signed is left

    def described(one: bytes) -> list[tuple[str, str, list[object]]]:
        session = onnxruntime.InferenceSession(one, providers=["CPUExecutionProvider"])
        return [(x.name, x.type, x.shape) for x in (*session.get_inputs(), *session.get_outputs())]

    assert described(graph) == described(moved)


def test_products_that_do_not_overflow_are_the_same(contents: dict[str, bytes]) -> None:
    # one activation at a time: nothing is added to it, so nothing overflows on any processor
    graph = contents["labels.onnx"]
    moved = with_unsigned_weights(graph)
    for place in (0, 63, 127):
        dependent, head = np.zeros((1, 128), np.float32), np.ones((1, 128), np.float32)
        dependent[0, place] = 1000.0
        assert np.array_equal(labels(graph, dependent, head), labels(moved, dependent, head))
