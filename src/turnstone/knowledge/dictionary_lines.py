"""Actor and agent dictionaries of TABARI, PETRARCH and Phoenix, read line by line into entries.

An actor is a phrase, more phrases on lines that begin with +, and codes in brackets, each with or without days:
`[USAGOV >960101]`, `[USAELI <960101]`, `[USAGOV 930120-010120]`. An agent is a phrase, its plural in braces, and a
code with ~. What follows # or ; is a comment, and so is what stands between <!-- and -->.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from turnstone.errors import KnowledgeError

NULL = "---"
_CENTURY = 30  # two digits up to this are years after 2000, as PETRARCH has it
_CODE = re.compile(r"\[([^\[\]{}]*)([\]}])")
_DATED = re.compile(r"(~?[A-Za-z]+~?|---)\s*(?:([<>])\s*(\d+)|(\d+)\s*-\s*(\d+))?")
_SET = re.compile(r"!(\w+)!\s*=\s*(.+)")
_RULES = ("&", "-", "~", "=")


@dataclass(frozen=True, slots=True)
class Remark:
    """A line and what is to be said of it."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code and the days it holds: `first` belongs to them, `until` does not; None: without limit."""

    code: str
    line: int
    first: date | None = None
    until: date | None = None

    @property
    def dated(self) -> bool:
        return self.first is not None or self.until is not None


@dataclass
class Entry:
    """Phrases, with the lines they stand on, and codes in their order. `plural` is None where an agent's is regular,
    "" where it has none."""

    file: str
    line: int
    phrases: list[tuple[str, int]]
    codes: list[Code] = field(default_factory=list)
    plural: str | None = None
    faulty: bool = False
    """Whether a code of it could not be read."""


@dataclass
class Dictionary:
    """All of one file: `read` + `comments` + `unread` lines are all its lines."""

    file: str
    encoding: str
    lines: int = 0
    comments: int = 0
    entries: list[Entry] = field(default_factory=list)
    sets: dict[str, list[str]] = field(default_factory=dict)
    unread: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)


def read_dictionary(path: Path) -> Dictionary:
    """The entries of a file in UTF-8 or Latin-1. Raises KnowledgeError where it cannot be read or holds no entry."""
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise KnowledgeError(f"{path}: cannot be read ({reason}); give an actor or agent dictionary") from error
    text, encoding = _decoded(content)
    found = Dictionary(path.name, encoding)
    entry: Entry | None = None
    for number, raw, line in _uncommented(text):
        found.lines += 1
        if not line.strip():
            found.comments += 1
            continue
        entry = _line(found, entry, number, raw, line)
    if not found.entries:
        raise KnowledgeError(
            f"{path}: no actor or agent is in it; give a dictionary of actors or agents, not of verbs or issues"
        )
    return found


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252"), "Latin-1"
        except UnicodeDecodeError:
            return content.decode("latin-1"), "Latin-1"


def _uncommented(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, line and line without comments."""
    inside = False
    for number, raw in enumerate(re.split(r"\r\n|\r|\n", text.removesuffix("\n")), 1):
        kept, rest = "", raw
        while rest:
            if inside:
                _, end, rest = rest.partition("-->")
                inside = not end
            else:
                before, begin, rest = rest.partition("<!--")
                kept += before
                inside = bool(begin)
        # TABARI's second null code holds what elsewhere begins a comment
        yield number, raw, re.split(r"[#;]", kept.replace("[###]", f"[{NULL}]"), maxsplit=1)[0].rstrip()


def _line(found: Dictionary, entry: Entry | None, number: int, raw: str, line: str) -> Entry | None:
    """The entry that following lines belong to."""

    def unread(reason: str) -> None:
        found.unread.append(Remark(found.file, number, raw.strip(), reason))

    if match := _SET.fullmatch(line.strip()):
        found.sets[match[1].upper()] = [word.strip() for word in match[2].split(",") if word.strip()]
        return entry
    head, bracket, _ = line.partition("[")
    head = head.strip()
    plural: str | None = None
    if match := re.search(r"\{([^{}]*)\}", head):
        plural, head = match[1].strip(), (head[: match.start()] + head[match.end() :]).strip()
    if head.startswith(_RULES) and not head.startswith("-_"):
        unread("a line of a verb dictionary or a rule")
        return None
    if head.startswith("+"):
        if entry is None:
            unread("a synonym with no actor above it")
            return None
        entry.phrases += _phrases(head[1:], number)
        if not bracket:
            return entry
    elif head:
        entry = Entry(found.file, number, _phrases(head, number), plural=plural)
        found.entries.append(entry)
    elif entry is None:
        unread("a code with no actor above it")
        return None
    if bracket:
        _codes(found, entry, number, raw, line[line.index("[") :])
    return entry


def _phrases(head: str, number: int) -> list[tuple[str, int]]:
    """The phrases of a line: a + may stand within it too."""
    return [(phrase.strip(), number) for phrase in head.split("+") if phrase.strip(" _")] or [(head, number)]


def _codes(found: Dictionary, entry: Entry, number: int, raw: str, text: str) -> None:
    end = 0
    for match in _CODE.finditer(text):
        if left := text[end : match.start()].strip():
            found.unread.append(Remark(found.file, number, raw.strip(), f"{left!r} between the codes"))
        end = match.end()
        if match[2] == "}":
            found.notes.append(Remark(found.file, number, raw.strip(), f"{match[0]!r} is closed by a brace"))
        code = _code(match[1].strip(), number)
        if isinstance(code, str):
            entry.faulty = True
            found.unread.append(Remark(found.file, number, raw.strip(), code))
        else:
            entry.codes.append(code)
    if left := text[end:].strip():
        entry.faulty = entry.faulty or "[" in left
        reason = "a code without its closing bracket" if "[" in left else f"{left!r} after the codes"
        found.unread.append(Remark(found.file, number, raw.strip(), reason))


def _code(text: str, line: int) -> Code | str:
    """A code, or why it is none."""
    match = _DATED.fullmatch(text)
    if match is None:
        if re.fullmatch(r"[A-Z]{3,}(/[A-Z]{3,})+", text):
            return f"{text!r} is several actors at once; here a name is of one"
        return f"{text!r} is not a code, or a code with <date, >date or date-date" if text else "an empty code"
    code = match[1].upper()
    days = [_day(digits) for digits in (match[3], match[4], match[5]) if digits]
    for day in days:
        if isinstance(day, str):
            return day
    first, until = None, None
    if match[2] == ">":
        first = days[0]
    elif match[2] == "<":
        until = days[0]
    elif days:
        first, until = days
    assert not isinstance(first, str) and not isinstance(until, str)
    if first is not None and until is not None and until < first:
        return f"{text!r} ends before it begins"
    return Code(code, line, first, until + timedelta(1) if until is not None else None)


def _day(digits: str) -> date | str:
    """A day as YYYYMMDD or YYMMDD, or why it is none."""
    try:
        if len(digits) == 8:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        if len(digits) == 6:
            year = int(digits[:2])
            return date(year + (2000 if year <= _CENTURY else 1900), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return f"{digits!r} is a day that no calendar has"
    return f"{digits!r} is no date; write YYYYMMDD or YYMMDD"
