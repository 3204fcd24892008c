"""SQL over a record, locked down and bounded; ready views; panels."""

from turnstone.query.limits import Limits
from turnstone.query.panels import Panel, panel
from turnstone.query.result import FORMATS, Result, Rows, write
from turnstone.query.run import run
from turnstone.query.spread import PanelRows

__all__ = ["FORMATS", "Limits", "Panel", "PanelRows", "Result", "Rows", "panel", "run", "write"]
