"""Make articles that `turnstone code` reads from three forms that lack an id or a date of their own.

    python bench/prepare.py items.jsonl.gz articles.jsonl
    python bench/prepare.py folder/ articles.jsonl
    python bench/prepare.py GeoVirus.xml articles.jsonl
    python bench/prepare.py items.jsonl.gz year.jsonl --year 2022

The first form is gzipped JSONL with date, topic, text and sources: the id is the line's number, the publisher the
first source. The second is a folder of text files named `paper_2016-09-08_title.txt`: the id is the file's name, the
date stands in it, the publisher is what stands before the date. The third is GeoVirus, whose articles have no date: all
get the same, which is good for measuring speed and nothing else. With `--year` only articles of that year are written.
Writes one object a line: id, date, text, publisher. Prints how many articles it wrote; a file without a date in its
name ends it with an error.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_DATED = re.compile(r"(?P<publisher>.+?)_(?P<date>\d{4}-\d{2}-\d{2})(?:_.*)?")

Row = dict[str, str]


def from_items(path: Path) -> Iterator[Row]:
    """The lines of a gzipped JSONL file of items."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            item = json.loads(line)
            sources = item.get("sources") or [""]
            yield {"id": f"item-{number:06}", "date": item["date"], "text": item["text"], "publisher": sources[0]}


def from_folder(folder: Path) -> Iterator[Row]:
    """The text files of a folder, by name."""
    for path in sorted(folder.glob("*.txt")):
        match = _DATED.fullmatch(path.stem)
        if not match:
            raise ValueError(f"{path}: no date in the name; name it paper_2016-09-08_title.txt")
        text = path.read_text(encoding="utf-8")
        yield {"id": path.stem, "date": match["date"], "text": text, "publisher": match["publisher"]}


def from_geovirus(path: Path) -> Iterator[Row]:
    """The articles of GeoVirus, by their place in the file, all of one day."""
    for number, article in enumerate(ElementTree.parse(path).getroot().iter("article"), 1):
        yield {
            "id": f"geovirus-{number:03}",
            "date": "2014-09-01",
            "text": article.findtext("text", ""),
            "publisher": "",
        }


def rows(source: Path) -> Iterator[Row]:
    if source.is_dir():
        return from_folder(source)
    return from_geovirus(source) if source.suffix == ".xml" else from_items(source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--year", type=int)
    args = parser.parse_args()
    count = 0
    try:
        with args.articles.open("w", encoding="utf-8") as out:
            for row in rows(args.source):
                if args.year and int(row["date"][:4]) != args.year:
                    continue
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
                count += 1
    except (OSError, ValueError, KeyError, ElementTree.ParseError) as error:
        sys.exit(f"{args.source}: {error}")
    if not count:
        sys.exit(f"{args.source}: no articles found")
    print(f"{count} articles in {args.articles}")


if __name__ == "__main__":
    main()
