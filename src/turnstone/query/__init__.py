"""SQL over a record, locked down and bounded; ready views; panels.

Each is loaded at its first use: the process of a query (`turnstone.query.serve`) needs few of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["FORMATS", "Limits", "Panel", "PanelRows", "Result", "Rows", "panel", "run", "write"]

if TYPE_CHECKING:
    from turnstone.query.limits import Limits
    from turnstone.query.panels import Panel, panel
    from turnstone.query.process import run
    from turnstone.query.result import FORMATS, Result, Rows, write
    from turnstone.query.spread import PanelRows
else:
    _WHERE = {
        "Limits": "limits",
        "Panel": "panels",
        "PanelRows": "spread",
        "panel": "panels",
        "run": "process",
        **dict.fromkeys(("FORMATS", "Result", "Rows", "write"), "result"),
    }

    def __getattr__(name: str) -> object:
        if name not in _WHERE:
            raise AttributeError(f"module 'turnstone.query' has no attribute {name!r}")
        return getattr(import_module(f"turnstone.query.{_WHERE[name]}"), name)
