"""ONNX graphs as turnstone runs them: on one thread, and with products of bytes that are exact on every processor."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def session(content: bytes, unsigned: bool) -> Any:
    """`unsigned` has ONNX Runtime make signed weights unsigned, on processors where that is another way to multiply."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.x64quantprecision", str(int(unsigned)))
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def is_exact(graph: bytes) -> bool:
    """Whether this processor multiplies bytes without overflow: the packaged products of the largest activations are
    the same with signed and unsigned weights.

    Processors without instructions for products of bytes (VNNI) add two of them in sixteen bits, which overflows where
    activations meet large signed weights. Unsigned weights go another way, exact everywhere but slower, so that they
    are not for all, which is how ONNX Runtime would have it.
    """
    views = {"dependent": np.ones((1, 128), np.float32), "head": np.ones((1, 128), np.float32)}
    signed, exact = (session(graph, unsigned).run(None, views)[0] for unsigned in (False, True))
    return bool(np.array_equal(signed, exact))
