"""The process that extracts pages: `python -m turnstone.reading.page_process MODULE:FUNCTION`.

It sends an empty message when it is ready (or else the reason), then a JSON object for each page it is sent, and ends
when its input does.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

from turnstone.reading.page_messages import receive, send


def main() -> None:
    """Answer pages until there are no more."""
    module, _, function = sys.argv[1].partition(":")
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get between the messages
    try:
        extract = getattr(importlib.import_module(module), function)
        extract("<html><body><p>Ready.</p></body></html>")  # so that no page pays for the imports
    except Exception as error:
        send(replies, f"{type(error).__name__}: {error}"[:200].encode())
        return
    send(replies, b"")
    while (page := receive(sys.stdin.buffer)) is not None:
        try:
            reply = extract(page.decode())
        except Exception as error:
            reply = {"error": f"{type(error).__name__}: {error}"[:200]}
        send(replies, json.dumps(reply).encode())


if __name__ == "__main__":
    main()
