"""IOB2: a word a line with its tag, as UNER has it (index, word, tag)."""

from __future__ import annotations

import re
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Named, Text
from turnstone.evaluation.formats.files import lines_of

_ID = re.compile(r"#\s*sent_id\s*=\s*(.*\S)")
_KINDS = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "GPE", "OTHER": "OTHER", "OTH": "OTHER", "MISC": "OTHER"}
_REMEDY = "give IOB2: index, word and tag between tabs, an empty line after each sentence"


def read(path: Path) -> Collection[Named]:
    """The sentences of a file, each its words joined by blanks. Lines of a word and its tag alone are read too."""
    documents: list[Document[Named]] = []
    key, first = "", 1
    rows: list[tuple[str, str, int]] = []
    for number, line in enumerate([*lines_of(path), ""], 1):
        if not line.strip():
            if rows:
                documents.append(_sentence(key, rows, path, first))
            key, first, rows = "", number + 1, []
        elif line.startswith("#") and "\t" not in line:
            if match := _ID.match(line):
                key = match[1]
        else:
            columns = line.split("\t")
            if len(columns) < 2 or (len(columns) > 2 and not re.fullmatch(r"[0-9]+([-.][0-9]+)?", columns[0])):
                raise ReadingError(f"{path}:{number}: the line is not index, word and tag; {_REMEDY}")
            if len(columns) == 2:
                rows.append((columns[0], columns[1], number))
            elif columns[0].isdigit():
                rows.append((columns[1], columns[2], number))
    return Collection(str(path), "sentence", tuple(documents))


def _sentence(key: str, rows: list[tuple[str, str, int]], path: Path, first: int) -> Document[Named]:
    text = Text(" ".join(word for word, _, _ in rows))
    names: list[tuple[int, int, str]] = []
    at, open_kind = 0, ""
    for word, tag, number in rows:
        where = f"{path}:{number}"
        if not word.strip():
            raise ReadingError(f"{where}: the word is empty; {_REMEDY}")
        part, _, kind = tag.strip().partition("-")
        if part == "O" and not kind:
            open_kind = ""
        elif part not in ("B", "I") or kind not in _KINDS:
            raise ReadingError(
                f"{where}: the tag {tag[:30]!r} is not O, or B- or I- with PER, ORG, LOC, GPE or OTHER; "
                "give those kinds, others renamed or left out"
            )
        elif part == "B":
            names.append((at, at + len(word), kind))
            open_kind = kind
        elif kind != open_kind:
            raise ReadingError(f"{where}: {tag} follows no {kind}; begin each name with B-{kind}")
        else:
            names[-1] = (names[-1][0], at + len(word), kind)
        at += len(word) + 1
    values = tuple(Named(text.span(start, end), _KINDS[kind]) for start, end, kind in names)
    return Document(key, text.ink, values, f"{path}:{first}")
