"""Messages between reading and its parser processes: a byte for the kind, four bytes of length, then as many bytes."""

from __future__ import annotations

import struct
from typing import IO

_HEAD = struct.Struct(">cI")

REQUEST = b"?"
"""The arguments of the function, pickled. Only what reading itself sends is ever unpickled."""
VALUE = b"v"
"""A value, as JSON."""
RAW = b"b"
"""A value that is bytes."""
END = b"."
"""No more values; also the first message of a process that is ready."""
REFUSED = b"r"
"""Reason and remedy, as JSON: what follows cannot be read."""
BROKEN = b"!"
"""What the function raised otherwise, in words."""


def send(pipe: IO[bytes], kind: bytes, message: bytes = b"") -> None:
    """Write one message."""
    pipe.write(_HEAD.pack(kind, len(message)) + message)
    pipe.flush()


def receive(pipe: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The kind and the bytes of the next message; None when the other side is gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    message = pipe.read(size)
    return (kind, message) if len(message) == size else None
