"""The same scores on every processor.

Processors without instructions for products of bytes add two of them in sixteen bits, which overflows where activations
(unsigned) meet large signed weights. With unsigned weights they go another, exact way that takes a little longer. So
weights are stored signed, which is fastest where it is exact, and made unsigned in memory where it is not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

_GRAPH, _NODE, _INITIALIZER = 7, 1, 5  # the numbers of fields in ONNX's ModelProto and GraphProto
_INPUT, _OPERATOR = 1, 4  # in NodeProto
_DIMS, _KIND, _INT32_DATA, _NAME, _RAW_DATA = 1, 2, 5, 8, 9  # in TensorProto
_UINT8, _INT8 = 2, 3
_VARINT, _BYTES = 0, 2
_FIXED = {1: 8, 5: 4}


def with_unsigned_weights(graph: bytes) -> bytes:
    """An ONNX file with the weights of its int8 products as uint8, zero points moved alike: the same products."""
    parts = list(_fields(memoryview(graph)))
    return b"".join(
        _written(_GRAPH, _unsigned(value)) if number == _GRAPH else bytes(whole) for number, whole, value in parts
    )


def _unsigned(graph: memoryview) -> bytes:
    parts = list(_fields(graph))
    names = {name for number, _, value in parts if number == _NODE for name in _weights(value)}
    out = []
    for number, whole, value in parts:
        moved = _moved(value, names) if number == _INITIALIZER else None
        out.append(bytes(whole) if moved is None else _written(_INITIALIZER, moved))
    return b"".join(out)


def _weights(node: memoryview) -> list[str]:
    """The names of a product's weights and of their zero points."""
    parts = list(_fields(node))
    if not any(number == _OPERATOR and bytes(value) == b"MatMulInteger" for number, _, value in parts):
        return []
    inputs = [bytes(value).decode() for number, _, value in parts if number == _INPUT]
    return inputs[1::2]


def _moved(tensor: memoryview, names: set[str]) -> bytes | None:
    """A tensor with 128 added to its values, if it is one of these and of signed bytes."""
    parts = list(_fields(tensor))
    of = {number: value for number, _, value in parts}
    if bytes(of.get(_NAME, b"")).decode() not in names or _number(of[_KIND]) != _INT8:
        return None
    if _RAW_DATA in of:
        values = np.frombuffer(of[_RAW_DATA], np.uint8) ^ 0x80
    else:
        values = np.array([_number(value) for value in _varints(of[_INT32_DATA])], np.int64).astype(np.uint8) ^ 0x80
    dims = b"".join(bytes(whole) for number, whole, _ in parts if number == _DIMS)
    kind = bytes([_KIND << 3 | _VARINT, _UINT8])
    return dims + kind + _written(_NAME, bytes(of[_NAME])) + _written(_RAW_DATA, values.tobytes())


# --- protocol buffers


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview, memoryview]]:
    """The number of each field, the field as it stands, and its value: of a varint its own bytes."""
    at = 0
    while at < len(message):
        began = at
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        first = at
        if kind == _VARINT:
            _, at = _varint(message, at)
        elif kind == _BYTES:
            size, first = _varint(message, at)
            at = first + size
        else:
            at += _FIXED[kind]
        yield number, message[began:at], message[first:at]


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _varints(packed: memoryview) -> Iterator[memoryview]:
    at = 0
    while at < len(packed):
        _, end = _varint(packed, at)
        yield packed[at:end]
        at = end


def _number(value: memoryview) -> int:
    return _varint(value, 0)[0]


def _written(number: int, value: bytes) -> bytes:
    """A field of bytes."""
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(value)) + value


def _as_varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
