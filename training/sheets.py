"""Sheets: whole articles as people annotate them, the events of a paragraph after it (`corpus/README.md`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus import CorpusError, GoldEvent, GoldReport, Span
from turnstone.evaluation.formats.corpus import find, parse_event
from turnstone.knowledge.codebook import Codebook, load_codebook

_DAY = r"\d{4}(?:-\d\d){0,2}"
_PARTS = ("A", "R", "when", "where", "by", "again")
_TOLD = {"day": re.compile(rf"-|{_DAY}(?:/{_DAY})?"), "place": re.compile(r"-|.+, (?:[A-Z]{3}|-)")}
_MANY = ("A", "R", "again")
_PARAGRAPH = re.compile(r"\[\d+\] (.*)")


@dataclass(frozen=True)
class Who:
    """Who is meant in an event, as "name/code", in the order of the annotation's spans, and the speaker likewise, empty
    where nothing is said; when it was, as a day, month, year or "first/last", and where, as "name/code". These two are
    "-" where the report does not tell, empty where nobody has looked."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    speaker: str
    days: str
    place: str = ""


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
    told: dict[str, str] = {}
    kept = []
    for field in fields:
        key, colon, value = field.partition(":")
        if key in _TOLD:
            if key in told:
                raise ValueError(f"{key!r} is given more than once")
            told[key] = _told(key, value.strip())
            continue
        if not colon or key not in _PARTS:
            kept.append(field)
            continue
        parts = [_braces(part) for part in _parts(value)]
        if key == "when" and any(name for _, name in parts):
            raise ValueError("days in braces are not read; write 'day: YYYY-MM-DD'")
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
    speaker = next(iter(meant.get("by", ())), "")
    name, _, code = told.get("place", "").rpartition(", ")
    place = f"{name}/{code}" if name else code
    return event, Who(meant.get("A", ()), meant.get("R", ()), speaker, told.get("day", ""), place)


def _told(key: str, value: str) -> str:
    """A day or place. Raises ValueError where it is none."""
    if not _TOLD[key].fullmatch(value):
        wanted = "a day is YYYY-MM-DD or shorter, or FIRST/LAST, a place 'Name, CODE'; either may be '-'"
        raise ValueError(f"'{key}: {value}': {wanted}")
    if key == "day" and value != "-":
        first, *last = ([int(number) for number in one.split("-")] for one in value.split("/"))
        for one in (first, *last):
            date(*one, *(1, 1)[len(one) - 1 :])
        if last and last[0] < first[: len(last[0])]:
            raise ValueError(f"'day: {value}' ends before it begins")
    return value


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
