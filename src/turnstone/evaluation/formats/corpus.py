"""Our corpus: annotated reports as plain text (corpus/README.md)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Happening, Party, Text
from turnstone.evaluation.formats.files import text_of
from turnstone.knowledge.codebook import Codebook, load_codebook

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldEvent:
    """An annotated event; spans are offsets into the report's text."""

    trigger: Span
    event_type: str
    modes: tuple[str, ...]
    status: str
    actors: tuple[Span, ...]
    recipients: tuple[Span, ...]
    when: Span | None
    where: Span | None
    source: Span | None
    contexts: tuple[str, ...]
    again: tuple[Span, ...] = ()
    """Words elsewhere in the report that tell the same event."""


@dataclass(frozen=True)
class GoldReport:
    """An annotated report."""

    id: str
    date: str
    style: str
    text: str
    events: tuple[GoldEvent, ...]


def find(text: str, phrase: str) -> Span:
    """Offsets of `phrase` in `text`; `phrase#2` is its second occurrence as whole words."""
    phrase = phrase.strip()
    nth = 1
    match = re.fullmatch(r"(.*)#(\d+)", phrase)
    if match:
        phrase, nth = match[1], int(match[2])
    hits = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)] if phrase else []
    if not 0 < nth <= len(hits):
        raise ValueError(f"{phrase!r} (occurrence {nth}) is not in the text")
    return hits[nth - 1], hits[nth - 1] + len(phrase)


def parse_event(line: str, text: str, codebook: Codebook) -> GoldEvent:
    """The event of an `E` line, its `E` taken off. Raises ValueError with what is wrong."""
    fields = [field.strip() for field in line.split("|")]
    if len(fields) < 3 or not fields[1]:
        raise ValueError("an event needs trigger | TYPE modes | status")
    event_type, *modes = fields[1].split()
    if event_type not in codebook.types:
        raise ValueError(f"unknown event type {event_type!r}")
    for mode in modes:
        if mode not in codebook.types[event_type].modes:
            raise ValueError(f"{mode!r} is no mode of {event_type}")
    if fields[2] not in codebook.statuses:
        raise ValueError(f"unknown status {fields[2]!r}")
    rest = {"A": "", "R": "", "when": "", "where": "", "by": "", "ctx": ""}
    for field in fields[3:]:
        key, _, value = field.partition(":")
        if key.strip() not in rest:
            raise ValueError(f"unknown field {field!r}")
        rest[key.strip()] = value.strip()
    contexts = tuple(rest["ctx"].split())
    for context in contexts:
        if context not in codebook.contexts:
            raise ValueError(f"unknown context {context!r}")

    def spans(key: str) -> tuple[Span, ...]:
        return tuple(find(text, part) for part in rest[key].split(";") if part.strip())

    def one(key: str) -> Span | None:
        return find(text, rest[key]) if rest[key] else None

    return GoldEvent(
        find(text, fields[0]),
        event_type,
        tuple(modes),
        fields[2],
        spans("A"),
        spans("R"),
        one("when"),
        one("where"),
        one("by"),
        contexts,
    )


def read(path: Path) -> tuple[list[GoldReport], list[str]]:
    """The reports of one file, and every fault as `file:line: reason`."""
    reports: list[GoldReport] = []
    faults: list[str] = []
    seen: set[str] = set()
    number = 0
    codebook = load_codebook()
    for block in re.split(r"\n(?=## )", text_of(path).replace("\r\n", "\n")):
        first = number + 1
        number += block.count("\n") + 1
        lines = block.split("\n")
        if not lines[0].startswith("## "):
            continue
        head = [part.strip() for part in lines[0][3:].split("|")]
        if len(head) != 3 or not re.fullmatch(r"\d{4}-\d\d-\d\d", head[1]):
            faults.append(f"{path}:{first}: header must be '## id | YYYY-MM-DD | style'")
            continue
        if head[0] in seen:
            faults.append(f"{path}:{first}: id {head[0]} is given twice")
            continue
        seen.add(head[0])
        text = "\n".join(line for line in lines[1:] if line.strip() and not line.startswith("E "))
        events = []
        for offset, line in enumerate(lines[1:], 1):
            if line.startswith("E "):
                try:
                    events.append(parse_event(line[2:], text, codebook))
                except ValueError as error:
                    faults.append(f"{path}:{first + offset}: {error}")
        if not text:
            faults.append(f"{path}:{first}: no text")
        reports.append(GoldReport(head[0], head[1], head[2], text, tuple(events)))
    return reports, faults


def collection(path: Path) -> Collection[Happening]:
    """The reports of a file, or of all .txt files of a folder. Raises ReadingError at the first fault."""
    documents = []
    for file in sorted(path.glob("*.txt")) if path.is_dir() else [path]:
        reports, faults = read(file)
        if faults:
            raise ReadingError(f"{faults[0]}; mend the annotation")
        documents += [_document(report, file) for report in reports]
    if not documents:
        raise ReadingError(f"{path}: holds no report; give our corpus, reports that begin with '## id | date | style'")
    return Collection(str(path), "article", tuple(documents))


def _document(report: GoldReport, path: Path) -> Document[Happening]:
    text = Text(report.text)

    def parties(spans: tuple[Span, ...]) -> tuple[Party, ...]:
        return tuple(Party((text.span(*span),)) for span in spans)

    events = tuple(
        Happening(
            (text.span(*one.trigger),),
            one.event_type,
            one.status,
            frozenset(one.modes),
            parties(one.actors),
            parties(one.recipients),
            contexts=frozenset(one.contexts),
        )
        for one in report.events
    )
    return Document(report.id, text.ink, events, f"{path}, report {report.id}")
