"""Reading: files, folders, globs and standard input become dated articles, or refusals with a reason and a remedy."""

from __future__ import annotations

from turnstone.reading.articles import EMPTY_TEXT, Columns
from turnstone.reading.inputs import MAX_BYTES, read

__all__ = ["EMPTY_TEXT", "MAX_BYTES", "Columns", "read"]
