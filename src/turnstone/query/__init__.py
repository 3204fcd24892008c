"""SQL over a record, locked down and bounded; ready views; panels."""

from turnstone.query.limits import Limits
from turnstone.query.panels import Panel, panel
from turnstone.query.result import FORMATS, Result, write
from turnstone.query.run import run

__all__ = ["FORMATS", "Limits", "Panel", "Result", "panel", "run", "write"]
