"""Files as text, gzipped or not."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

from turnstone.errors import ReadingError


def text_of(path: Path) -> str:
    """A file in UTF-8 whole, its line breaks as they are. Raises ReadingError where it cannot be read."""
    try:
        content = path.read_bytes()
        return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give a file in UTF-8, or one in UTF-8 as .gz") from error


def lines_of(path: Path) -> list[str]:
    """The lines of a file without their breaks; only line feeds part them."""
    return [line.removesuffix("\r") for line in text_of(path).split("\n")]
