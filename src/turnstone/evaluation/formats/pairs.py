"""Tables of marked pairs (TSV) with the class of each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from turnstone.errors import KnowledgeError, ReadingError
from turnstone.evaluation.documents import Answer, Collection, Document, Text
from turnstone.evaluation.formats.files import text_of
from turnstone.knowledge.codebook import YIELD, load_codebook, pair_class

YIELD_QUAD: Final = 2
"""The quad class of the pairs' YIELD."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_REMEDY = "give the columns sentence, source and target, or marked_sentence with <s>..</s> and <t>..</t>, and the class"


def gold(path: Path) -> Collection[Answer]:
    """The rows of a gold table: its classes are in gold_root, or event_type where there is none, its quads in
    gold_penta where that is given."""
    return _read(path, ("gold_root", "event_type"), "gold_penta")


def predicted(path: Path) -> Collection[Answer]:
    """The rows of a table that classify wrote: the classes are in event_type, what else it brought is passed over."""
    return _read(path, ("event_type", "gold_root"), "")


def _read(path: Path, names: tuple[str, ...], quad: str) -> Collection[Answer]:
    rows = _rows(path)
    _, header = next(rows, (1, []))
    label = next((name for name in names if name in header), "")
    if not label or not ("marked_sentence" in header or {"sentence", "source", "target"} <= set(header)):
        raise ReadingError(
            f"{path}:1: the columns are {', '.join(header)[:200] or 'none'}; {_REMEDY} in {' or '.join(names)}"
        )
    quads = {name: known.quad for name, known in load_codebook().types.items()} | {YIELD: YIELD_QUAD}
    documents = []
    for line, fields in rows:
        where = f"{path}:{line}"
        if len(fields) != len(header):
            raise ReadingError(
                f"{where}: the row has {len(fields)} columns and the header {len(header)}; "
                "put fields with tabs or line breaks in double quotes"
            )
        row = dict(zip(header, fields, strict=True))
        name = _class(row[label].strip(), f"{where}: {label}")
        own = YIELD_QUAD if name == YIELD else quads[name]
        answer = Answer(name, _quad(row.get(quad, ""), where, quad) or own, _sentence(row))
        documents.append(Document("", Text(_words(row)).ink, (answer,), where))
    return Collection(str(path), "pair", tuple(documents))


def _class(name: str, where: str) -> str:
    if name == YIELD:
        return name
    try:
        return pair_class("ACCUSE" if name == "INVESTIGATE" else name)
    except KnowledgeError as error:
        raise ReadingError(f"{where}: {error}, or YIELD") from error


def _quad(value: str, where: str, column: str) -> int:
    if not value.strip():
        return 0
    if value.strip() not in ("1", "2", "3", "4"):
        raise ReadingError(f"{where}: {column} is {value[:30]!r}; give a quad class, 1 to 4")
    return int(value)


def _words(row: Mapping[str, str]) -> str:
    marked = row.get("marked_sentence", "")
    return marked if marked.strip() else " ".join(row.get(name, "") for name in ("sentence", "source", "target"))


def _sentence(row: Mapping[str, str]) -> str:
    """What the pairs of one sentence share."""
    return row.get("sentence_id", "") or row.get("sentence", "") or re.sub("</?[st]>", "", row["marked_sentence"])


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = text_of(path)
    lines = [(i, line.removesuffix("\r").split("\t")) for i, line in enumerate(text.split("\n"), 1) if line.strip()]
    if all(len(fields) == len(lines[0][1]) for _, fields in lines):
        # A double quote that does not enclose its field is just a character.
        for number, fields in lines:
            yield number, [m[1].replace('""', '"') if (m := _QUOTED.fullmatch(one)) else one for one in fields]
        return
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    before = 0
    try:
        for row in reader:
            if row:
                yield before + 1, row
            before = reader.line_num
    except csv.Error as error:
        raise ReadingError(
            f"{path}:{before + 1}: the row is broken ({error}); put fields with quotes in double quotes and double the "
            "quotes inside"
        ) from error
