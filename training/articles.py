"""Annotations of whole articles whose texts are not ours to give: offsets and labels without the words, from sheets.

    python training/articles.py sheet annotated.txt --data DATA > corpus/articles/name.tsv
    python training/articles.py who annotated.txt --data DATA > corpus/articles/name_who.tsv
    python training/articles.py blank ARTICLE ... --data DATA > blank.txt

The articles are PolNeAR's, called by the names of their files; each has its day in its name. `sheets.py` reads what is
annotated.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import offsets
from corpus import CorpusError, GoldEvent, GoldReport
from sheets import Sheet, Who, read_sheets

HEADER = "\t".join(("# article", "digest of its text", *offsets.COLUMNS, "again"))
WHO_HEADER = "# article\tstart of the trigger\tactors\trecipients\tspeaker\tdays\tplace"


def text_of(path: Path) -> str:
    """An article as it is annotated and coded: white space in paragraphs made single, an empty line between them."""
    return "\n\n".join(paragraphs(path))


def paragraphs(path: Path) -> list[str]:
    return [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def load_articles(data: Path, names: Sequence[str]) -> dict[str, str]:
    """The texts of some articles by name. Raises CorpusError for one that `data` lacks."""
    found = {}
    for name in names:
        paths = [data / "polnear" / part / "text" / f"{name}.txt" for part in ("train", "dev")]
        path = next((path for path in paths if path.exists()), None)
        if path is None:
            raise CorpusError(f"{data / 'polnear'}: has no article {name}; give the folder that holds PolNeAR")
        found[name] = text_of(path)
    return found


def day_of(name: str) -> str:
    """The day in an article's name. Raises CorpusError where it has none."""
    day = re.search(r"_(\d{4}-\d\d-\d\d)_", name)
    if day is None:
        raise CorpusError(f"{name}: no day in the name of the article; it is called OUTLET_YYYY-MM-DD_TITLE")
    return day[1]


def read_articles(path: Path, data: Path) -> list[GoldReport]:
    """The annotated articles of one file. Raises CorpusError where one is not the text that was annotated."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    texts = load_articles(data, list(dict.fromkeys(row[0] for row in rows)))
    events: dict[str, list[GoldEvent]] = {name: [] for name in texts}
    for name, known, *fields in rows:
        if offsets.digest(texts[name]) != known:
            raise CorpusError(f"{path}: {name} is not the text that was annotated; use the same PolNeAR")
        if fields:
            events[name].append(offsets.event_of(fields))
    return [GoldReport(name, day_of(name), "article", texts[name], tuple(found)) for name, found in events.items()]


def read_who(path: Path) -> dict[tuple[str, int], Who]:
    """Who is meant, when and where, by article and start of the trigger."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, start, actors, recipients, *told = line.split("\t")
            of = (tuple(one.lstrip("/") for one in field.split(";") if field) for field in (actors, recipients))
            found[name, int(start)] = Who(*of, *told)
    return found


def to_lines(sheets: Sequence[Sheet]) -> list[str]:
    """One line an event; one with nothing after the digest for an article without events."""
    made = [HEADER]
    for sheet in sheets:
        key = f"{sheet.report.id}\t{offsets.digest(sheet.report.text)}"
        made += offsets.lines(key, sheet.report.events, again=True)
    return made


def who_lines(sheets: Sequence[Sheet]) -> list[str]:
    """Who is meant, when and where, one line an event."""
    rows = [
        (
            sheet.report.id,
            str(event.trigger[0]),
            *(";".join(one or "/" for one in names) for names in (who.actors, who.recipients)),
            who.speaker,
            who.days,
            who.place,
        )
        for sheet in sheets
        for event, who in zip(sheet.report.events, sheet.who, strict=True)
    ]
    return [WHO_HEADER, *("\t".join(row) for row in rows)]


def blank(texts: Mapping[str, str]) -> Iterator[str]:
    """Sheets to annotate."""
    for name, text in texts.items():
        yield f"## {name} | {day_of(name)}"
        yield from (f"[{number}] {one}" for number, one in enumerate(text.split("\n\n"), 1))
        yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["sheet", "who", "blank"], help="'who' writes who is meant")
    parser.add_argument("given", nargs="+", help="annotated files; for 'blank', names of articles")
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    try:
        if args.what == "blank":
            print("\n".join(blank(load_articles(args.data, args.given))))
            return
        sheets: list[Sheet] = []
        for path in args.given:
            found, faults = read_sheets(Path(path))
            texts = load_articles(args.data, [sheet.report.id for sheet in found])
            faults += [f"{one.report.id}: the text was changed; restore it" for one in found
                       if texts[one.report.id] != one.report.text]  # fmt: skip
            if faults:
                sys.exit("\n".join(faults))
            sheets += found
    except CorpusError as error:
        sys.exit(str(error))
    print("\n".join(to_lines(sheets) if args.what == "sheet" else who_lines(sheets)))


if __name__ == "__main__":
    main()
