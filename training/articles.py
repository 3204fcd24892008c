"""Annotations of whole articles: sheets, and for texts that are not ours to give offsets and labels without the words.

    python training/articles.py sheet annotated.txt --data DATA > corpus/articles/name.tsv
    python training/articles.py who annotated.txt --data DATA > corpus/articles/name_who.tsv
    python training/articles.py blank ARTICLE ... --data DATA > blank.txt

Texts that are not ours are PolNeAR's, called by the names of their files; each has its day in its name.
`corpus/README.md` has the format of the sheets ("Whole articles").
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import offsets
from corpus import CorpusError, GoldEvent, GoldReport, Span
from turnstone.evaluation.formats.corpus import find, parse_event
from turnstone.knowledge.codebook import Codebook, load_codebook

HEADER = "\t".join(("# article", "digest of its text", *offsets.COLUMNS, "again"))
WHO_HEADER = "# article\tstart of the trigger\tactors\trecipients\tspeaker\tdays"
_PARTS = ("A", "R", "when", "where", "by", "again")
_MANY = ("A", "R", "again")
_PARAGRAPH = re.compile(r"\[\d+\] (.*)")


@dataclass(frozen=True)
class Who:
    """Who is meant in an event, as "name/code", in the order of the annotation's spans; the speaker likewise, and
    the first and last day; both empty where nothing is said."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    speaker: str
    days: str


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
    """Who is meant, by article and start of the trigger."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, start, actors, recipients, speaker, days = line.split("\t")
            of = (tuple(one.lstrip("/") for one in field.split(";") if field) for field in (actors, recipients))
            found[name, int(start)] = Who(*of, speaker, days)
    return found


# --- sheets: an article with its events between its paragraphs


@dataclass(frozen=True)
class Sheet:
    """An annotated article and who is meant, event by event."""

    report: GoldReport
    who: tuple[Who, ...]


class Numbered:
    """The paragraphs of an article by number, from 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.text = "\n\n".join(texts)
        self._starts = [sum(len(one) + 2 for one in texts[:k]) for k in range(len(texts))]

    def find(self, paragraph: int, phrase: str) -> Span:
        """`phrase` or `phrase#2` in a paragraph, `@7 phrase` in that one. Raises ValueError where it is not."""
        other = re.match(r"@(\d+)\s+(.*)", phrase)
        if other:
            paragraph, phrase = int(other[1]), other[2]
        if not 0 < paragraph <= len(self.texts):
            raise ValueError(f"there is no paragraph {paragraph}")
        start, end = find(self.texts[paragraph - 1], phrase)
        return self._starts[paragraph - 1] + start, self._starts[paragraph - 1] + end


def is_sheet(path: Path) -> bool:
    """Whether a file has numbered paragraphs with their events."""
    return path.suffix == ".txt" and re.match(r"## .*\n\[1\] ", path.read_text(encoding="utf-8")) is not None


def sheets_of(path: Path) -> list[Sheet]:
    """The annotated articles of one file as people write them. Raises CorpusError at the first fault."""
    sheets, faults = read_sheets(path)
    if faults:
        raise CorpusError(faults[0])
    return sheets


def read_sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """The annotated articles of one file as people write them, and every fault as `file:line: reason`."""
    sheets: list[Sheet] = []
    faults: list[str] = []
    codebook = load_codebook()
    first = 1
    for block in re.split(r"\n(?=## )", path.read_text(encoding="utf-8")):
        lines = block.split("\n")
        name, day, style = ([part.strip() for part in lines[0].removeprefix("## ").split("|")] + ["", ""])[:3]
        if not lines[0].startswith("## ") or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            faults.append(f"{path}:{first}: an article begins with '## name | YYYY-MM-DD'")
        numbered = Numbered([given[1] for line in lines if (given := _PARAGRAPH.match(line))])
        events, who, paragraph = [], [], 0
        for at, line in enumerate(lines[1:], first + 1):
            if line.startswith("E "):
                try:
                    event, meant = _event(line[2:], paragraph, numbered, codebook)
                except ValueError as error:
                    faults.append(f"{path}:{at}: {error}")
                    continue
                events.append(event)
                who.append(meant)
            elif _PARAGRAPH.match(line):
                paragraph += 1
                if not line.startswith(f"[{paragraph}] "):
                    faults.append(f"{path}:{at}: paragraph {paragraph} should stand here")
            elif line.strip():
                faults.append(f"{path}:{at}: is no header, paragraph or event")
        sheets.append(Sheet(GoldReport(name, day, style or "article", numbered.text, tuple(events)), tuple(who)))
        first += len(lines)
    return sheets, faults


def _event(line: str, paragraph: int, numbered: Numbered, codebook: Codebook) -> tuple[GoldEvent, Who]:
    """An event and who is meant in it. Raises ValueError with what is wrong."""
    trigger, *fields = (field.strip() for field in line.split("|"))
    spans: dict[str, tuple[Span, ...]] = {}
    meant: dict[str, tuple[str, ...]] = {}
    kept = []
    for field in fields:
        key, colon, value = field.partition(":")
        if not colon or key not in _PARTS:
            kept.append(field)
            continue
        parts = [_braces(part) for part in _parts(value)]
        if key in spans or (key not in _MANY and len(parts) > 1):
            raise ValueError(f"{key!r} is given more than once")
        if any(";" in name for _, name in parts):
            raise ValueError(f"a name of {key!r} has a semicolon")
        spans[key] = tuple(numbered.find(paragraph, words) for words, _ in parts)
        meant[key] = tuple(name for _, name in parts)
    labels = parse_event(" | ".join((trigger.partition("#")[0], *kept)), trigger.partition("#")[0], codebook)
    when, where, by = (next(iter(spans.get(key, ())), None) for key in ("when", "where", "by"))
    event = GoldEvent(
        numbered.find(paragraph, trigger), labels.event_type, labels.modes, labels.status, spans.get("A", ()),
        spans.get("R", ()), when, where, by, labels.contexts, spans.get("again", ()),
    )  # fmt: skip
    speaker, days = (next(iter(meant.get(key, ())), "") for key in ("by", "when"))
    return event, Who(meant.get("A", ()), meant.get("R", ()), speaker, days)


def _parts(value: str) -> Iterator[str]:
    """The parts between semicolons outside braces."""
    yield from (part.strip() for part in re.split(r";(?![^{}]*\})", value) if part.strip())


def _braces(part: str) -> tuple[str, str]:
    """Words, and who is meant by them ("Ted Cruz/USA"), from "the senator {Ted Cruz, USA}"."""
    words, brace, inner = part.partition("{")
    if not brace:
        return part, ""
    name, comma, code = inner.rstrip("} ").rpartition(",")
    return words.strip(), f"{name.strip()}/{code.strip()}" if comma else code.strip()


def to_lines(sheets: Sequence[Sheet]) -> list[str]:
    """One line an event; one with nothing after the digest for an article without events."""
    made = [HEADER]
    for sheet in sheets:
        key = f"{sheet.report.id}\t{offsets.digest(sheet.report.text)}"
        made += offsets.lines(key, sheet.report.events, again=True)
    return made


def who_lines(sheets: Sequence[Sheet]) -> list[str]:
    """Who is meant, one line an event."""
    rows = [
        (
            sheet.report.id,
            str(event.trigger[0]),
            *(";".join(one or "/" for one in names) for names in (who.actors, who.recipients)),
            who.speaker,
            who.days,
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
