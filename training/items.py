"""Annotations of real news items whose texts are not ours to give: offsets and labels only, no words.

    python training/items.py annotated.txt --items DATA/current-events/items.jsonl.gz > corpus/items/name.tsv

`annotated.txt` has the format of `corpus/README.md`; its reports are called `item-NUMBER`, lines counted from 0.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import offsets
from corpus import CorpusError, GoldEvent, GoldReport, read
from offsets import digest

HEADER = "\t".join(("# item", "digest of its text", *offsets.COLUMNS))


def load_items(path: Path) -> list[dict[str, str]]:
    """The items of a gzipped JSONL file, white space in their texts made single."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [{"date": row["date"], "topic": row["topic"], "text": " ".join(row["text"].split())} for row in rows]


def to_lines(reports: list[GoldReport]) -> list[str]:
    """One line an event; one line with nothing after the digest for an item without events."""
    lines = [HEADER]
    for report in reports:
        key = f"{int(report.id.removeprefix('item-'))}\t{digest(report.text)}"
        lines += offsets.lines(key, report.events)
    return lines


def labelled(path: Path, items: list[dict[str, str]]) -> Iterator[tuple[int, list[str]]]:
    """The number of an item and the fields after its digest, line by line; raises CorpusError where an item is not the
    text that was annotated."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        item, known, *fields = line.split("\t")
        if int(item) >= len(items) or digest(items[int(item)]["text"]) != known:
            raise CorpusError(f"{path}:{number}: item {item} is not the text that was annotated; use the same items")
        yield int(item), fields


def read_items(path: Path, items: list[dict[str, str]]) -> list[GoldReport]:
    """The annotated items of one file; raises CorpusError where an item is not the text that was annotated."""
    events: dict[int, list[GoldEvent]] = {}
    for item, fields in labelled(path, items):
        found = events.setdefault(item, [])
        if fields:
            found.append(offsets.event_of(fields))
    return [
        GoldReport(f"item-{i:06d}", items[i]["date"], items[i]["topic"], items[i]["text"], tuple(found))
        for i, found in events.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("annotated", type=Path, nargs="+")
    parser.add_argument("--items", type=Path, required=True)
    args = parser.parse_args()
    items = load_items(args.items)
    reports = []
    for path in args.annotated:
        found, faults = read(path)
        if faults:
            sys.exit("\n".join(faults))
        reports.extend(found)
    for report in reports:
        if items[int(report.id.removeprefix("item-"))]["text"] != report.text:
            sys.exit(f"{report.id}: the text was changed; restore it")
    print("\n".join(to_lines(reports)))


if __name__ == "__main__":
    main()
