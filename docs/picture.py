"""Draw the picture of README.md: code example reports and export what `turnstone show` prints as SVG.

    python docs/picture.py [examples/border.txt examples/ceasefire.txt]

Writes docs/images/record.svg. The same record gives the same bytes; the picture fetches no font.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console

from turnstone.api import pipeline
from turnstone.display import Shown
from turnstone.reading import read
from turnstone.records import Refusal

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "record.svg"
REPORTS = ("examples/border.txt", "examples/ceasefire.txt")
WIDTH = 150
_FONT_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)


def draw(inputs: list[Path]) -> str:
    """The events of the inputs as SVG. Raises ValueError where one is no article."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for found in read(inputs):
        if isinstance(found, Refusal):
            raise ValueError(f"{found.origin}: {found.reason}; {found.remedy}")
        console.print(Shown(pipeline().code(found)))
        console.print()
    svg = console.export_svg(title="turnstone show record", unique_id="turnstone")
    return _FONT_FACE.sub("", svg)


def main() -> None:
    inputs = [Path(name) for name in sys.argv[1:]] or [ROOT / name for name in REPORTS]
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(inputs), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
