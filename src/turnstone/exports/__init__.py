"""One file for each format that others' scripts read: GDELT, ICEWS, POLECAT, Phoenix, PLOVER, and tables of our own."""

from turnstone.exports.export import FORMATS, Exported, export
from turnstone.exports.selection import STATUSES, Selection

__all__ = ["FORMATS", "STATUSES", "Exported", "Selection", "export"]
