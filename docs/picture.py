"""Make the picture and the table of README.md: code example reports and keep what `turnstone show` prints.

    python docs/picture.py [examples/border.txt examples/ceasefire.txt]

Writes docs/images/record.svg, and into README.md the first events of the last report. The same record gives the same
bytes; the picture fetches no font. A test holds that both are what would be written now; draw them on a processor
without VNNI (docs/measuring.md), as one of the doubtful events of the first report is told on others only.
"""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from turnstone.api import pipeline
from turnstone.display import Shown
from turnstone.reading import read
from turnstone.records import Record, Refusal

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "record.svg"
REPORTS = ("examples/border.txt", "examples/ceasefire.txt")
WIDTH = 150
README = ROOT / "README.md"
TABLE_WIDTH, EVENTS = 88, 5
_TABLE = re.compile(r"(?<=```\n)\d{4}-\d\d-\d\d  .*?(?=```\n)", re.DOTALL)
_FONT_FACE = re.compile(r"\s*@font-face\s*\{.*?\}", re.DOTALL)


def coded(path: Path) -> list[Record]:
    """The records of an input. Raises ValueError where one is no article."""
    records = []
    for found in read([path]):
        if isinstance(found, Refusal):
            raise ValueError(f"{found.origin}: {found.reason}; {found.remedy}")
        records.append(pipeline().code(found))
    return records


def draw(inputs: list[Path]) -> str:
    """The events of the inputs as SVG. Raises ValueError where one is no article."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    for record in (record for path in inputs for record in coded(path)):
        console.print(Shown(record))
        console.print()
    svg = console.export_svg(title="turnstone show record", unique_id="turnstone")
    return _FONT_FACE.sub("", svg)


def table(readme: str, report: Path) -> str:
    """README.md with the first events of a report as its table."""
    record = coded(report)[-1]
    few = replace(record, coded=replace(record.coded, events=record.coded.events[:EVENTS]))
    console = Console(record=True, width=TABLE_WIDTH, file=io.StringIO(), force_terminal=False)
    console.print(Shown(few))
    lines = [line.rstrip() for line in console.export_text().rstrip().splitlines()]
    return _TABLE.sub(lambda _: "\n".join(lines) + "\n", readme, count=1)


def main() -> None:
    inputs = [Path(name) for name in sys.argv[1:]] or [ROOT / name for name in REPORTS]
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(draw(inputs), encoding="utf-8")
    README.write_text(table(README.read_text(encoding="utf-8"), inputs[-1]), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
