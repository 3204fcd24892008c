"""Read and check the annotated reports in `corpus/` (format: `corpus/README.md`).

python training/corpus.py corpus/*.txt      # prints every fault with file and line, then counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from turnstone.analysis.labels import CONTEXTS, EVENT_TYPES, MODES, STATUSES

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldEvent:
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


@dataclass(frozen=True)
class GoldReport:
    id: str
    date: str
    style: str
    text: str
    events: tuple[GoldEvent, ...]


class CorpusError(ValueError):
    """A fault in an annotated report: names the file, the line and what is wrong."""


def find(text: str, phrase: str) -> Span:
    """Offsets of `phrase` in `text`; `phrase#2` is its second occurrence as whole words."""
    phrase = phrase.strip()
    nth = 1
    match = re.fullmatch(r"(.*)#(\d)", phrase)
    if match:
        phrase, nth = match[1], int(match[2])
    hits = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)] if phrase else []
    if len(hits) < nth:
        raise ValueError(f"{phrase!r} (occurrence {nth}) is not in the text")
    return hits[nth - 1], hits[nth - 1] + len(phrase)


def parse_event(line: str, text: str) -> GoldEvent:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) < 3:
        raise ValueError("an event needs trigger | TYPE modes | status")
    event_type, *modes = fields[1].split()
    if event_type not in EVENT_TYPES:
        raise ValueError(f"unknown event type {event_type!r}")
    for mode in modes:
        if f"{event_type}.{mode}" not in MODES:
            raise ValueError(f"{mode!r} is no mode of {event_type}")
    if fields[2] not in STATUSES:
        raise ValueError(f"unknown status {fields[2]!r}")
    rest = {"A": "", "R": "", "when": "", "where": "", "by": "", "ctx": ""}
    for field in fields[3:]:
        key, _, value = field.partition(":")
        if key.strip() not in rest:
            raise ValueError(f"unknown field {field!r}")
        rest[key.strip()] = value.strip()
    contexts = tuple(rest["ctx"].split())
    for context in contexts:
        if context not in CONTEXTS:
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
    for block in re.split(r"\n(?=## )", path.read_text(encoding="utf-8")):
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
                    events.append(parse_event(line[2:], text))
                except ValueError as error:
                    faults.append(f"{path}:{first + offset}: {error}")
        if not text:
            faults.append(f"{path}:{first}: no text")
        reports.append(GoldReport(head[0], head[1], head[2], text, tuple(events)))
    return reports, faults


def main(paths: list[str]) -> int:
    types: Counter[str] = Counter()
    modes: Counter[str] = Counter()
    statuses: Counter[str] = Counter()
    reports, faults = 0, 0
    for path in paths:
        found, wrong = read(Path(path))
        print(*wrong, sep="\n", end="\n" if wrong else "")
        faults += len(wrong)
        reports += len(found)
        for report in found:
            for event in report.events:
                types[event.event_type] += 1
                statuses[event.status] += 1
                modes.update(f"{event.event_type}.{mode}" for mode in event.modes)
    print(f"{reports} reports, {sum(types.values())} events, {faults} faults")
    print(dict(types.most_common()), dict(statuses), dict(modes.most_common()), sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
