"""A parser process: `python -m turnstone.reading.parsers.serve MODULE:FUNCTION BYTES_OF_MEMORY`.

It sends an end when it is ready (or else the reason), then for each request the values that the function yields and an
end, and ends when its input does.
"""

from __future__ import annotations

import importlib
import json
import os
import pickle
import sys
from typing import IO, Any

from turnstone.reading.parsers.messages import BROKEN, END, RAW, REFUSED, VALUE, receive, send
from turnstone.reading.unreadable import Unreadable


def main() -> None:
    """Answer requests until there are no more."""
    module, _, name = sys.argv[1].partition(":")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    try:
        _bound(int(sys.argv[2]))
        function = getattr(importlib.import_module(module), name)
    except Exception as error:
        send(replies, BROKEN, _in_words(error))
        return
    send(replies, END)
    while (request := receive(sys.stdin.buffer)) is not None:
        try:
            _answer(replies, function(*pickle.loads(request[1])))
            send(replies, END)
        except Unreadable as error:
            send(replies, REFUSED, json.dumps([error.reason, error.remedy]).encode())
        except Exception as error:
            send(replies, BROKEN, _in_words(error))


def _answer(replies: IO[bytes], values: Any) -> None:
    for value in values:
        if isinstance(value, bytes):
            send(replies, RAW, value)
        else:
            send(replies, VALUE, json.dumps(value).encode())


def _in_words(error: Exception) -> bytes:
    return f"{type(error).__name__}: {error}"[:200].encode("utf-8", "replace")


def _bound(memory: int) -> None:
    """Let this process have no more address space, where the system can see to that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
