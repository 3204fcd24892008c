"""SQL over a record, locked down and bounded; ready views; panels.

Panels are loaded at their first use: the process of a query (`turnstone.query.serve`) goes without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from turnstone.query.limits import Limits
from turnstone.query.result import FORMATS, Result, Rows, write
from turnstone.query.run import run

__all__ = ["FORMATS", "Limits", "Panel", "PanelRows", "Result", "Rows", "panel", "run", "write"]

if TYPE_CHECKING:
    from turnstone.query.panels import Panel, panel
    from turnstone.query.spread import PanelRows
else:

    def __getattr__(name: str) -> object:
        if name in ("Panel", "panel"):
            from turnstone.query import panels

            return getattr(panels, name)
        if name == "PanelRows":
            from turnstone.query.spread import PanelRows

            return PanelRows
        raise AttributeError(f"module 'turnstone.query' has no attribute {name!r}")
