"""Where readers say that events of items, reports and articles were: `corpus/places/`, `corpus/articles/places/`.

A line is report, digest of its text, start of the event's word, place and, where the report tells a smaller one that
our map lacks, that one. A place is `name/CODE` as turnstone has it of that report, "-" where it is not told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus import CorpusError
from items import labelled, load_items
from offsets import digest
from readings import read_annotated


@dataclass(frozen=True)
class Judged:
    """A report and, by the start of the word that tells an event, where it was."""

    report: str
    date: str
    text: str
    places: dict[int, str] = field(default_factory=dict)


def judged_items(path: Path, data: Path) -> list[Judged]:
    """Those of current-events items, whose texts `data` has. Raises CorpusError."""
    items = load_items(data / "current-events/items.jsonl.gz")
    found: dict[int, Judged] = {}
    for number, fields in labelled(path, items):
        item = items[number]
        one = found.setdefault(number, Judged(f"item-{number:06d}", item["date"], item["text"]))
        one.places[int(fields[0])] = fields[1]
    return list(found.values())


def judged_reports(path: Path, data: Path) -> Iterator[Judged]:
    """Those of the annotated reports or articles of a file, judged in the file `places/NAME.tsv` beside it; `data` has
    the texts of articles. Raises CorpusError."""
    judged, known = path.parent / "places" / f"{path.stem}.tsv", {one.id: one for one in read_annotated(path, data)}
    found: dict[str, Judged] = {}
    for number, line in enumerate(judged.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        name, text, start, place, _ = line.split("\t")
        report = known.get(name)
        if report is None or digest(report.text) != text:
            raise CorpusError(f"{judged}:{number}: {name} is not the text that was judged")
        one = found.setdefault(name, Judged(name, report.date, report.text))
        one.places[int(start)] = place
    return iter(found.values())
