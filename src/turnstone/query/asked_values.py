"""Types and statuses that a query asks for and that there are not: it would answer with no rows, or with zero."""

from __future__ import annotations

import re
from collections.abc import Collection

_COMPARED = re.compile(
    r"\b(event_type|status)\s*(?:==?|<>|!=|(?:NOT\s+)?IN\s*\()\s*((?:'[^']*'\s*,?\s*)+)", re.IGNORECASE
)


def strange_values(sql: str, types: Collection[str], statuses: Collection[str]) -> tuple[str, ...]:
    """A remark on each value that `sql` compares event_type or status with and that is none of them, in their order."""
    known = {"event_type": ("event type", types), "status": ("status", statuses)}
    remarks = []
    for column, values in _COMPARED.findall(sql):
        what, names = known[column.lower()]
        remarks += [
            f"{value!r} is no {what}; there are {', '.join(names)}"
            for value in re.findall(r"'([^']*)'", values)
            if value not in names
        ]
    return tuple(dict.fromkeys(remarks))
