"""turnstone codes dated news reports into political events: who did or said what to whom, when, where, on whose word.

`code` codes one text, `read` reads files into articles, `load` gives a record as data frames. They are loaded at their
first use: importing this is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = ["CodedRecord", "__version__", "code", "load", "read"]

if TYPE_CHECKING:
    from turnstone.api import CodedRecord, code
    from turnstone.frames import load
    from turnstone.reading import read
else:

    def __getattr__(name: str) -> object:
        if name in ("CodedRecord", "code"):
            from turnstone import api

            return getattr(api, name)
        if name == "load":
            from turnstone.frames import load

            return load
        if name == "read":
            from turnstone.reading import read

            return read
        raise AttributeError(f"module 'turnstone' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
