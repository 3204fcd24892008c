"""Files of marked pairs (TSV): read, classified, written with everything they brought."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.knowledge.codebook import PAIR_CLASSES, pair_class
from turnstone.records import Span

ADDED = ("event_type", "confidence")

# (sentence, source, target) -> types with probabilities
Classify = Callable[[str, Span | None, Span | None], tuple[tuple[str, float], ...]]

_COLUMNS = "give the columns sentence, source and target, or marked_sentence with <s>..</s> and <t>..</t>"
_TAG = re.compile(r"<(/?)([st])>")
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


@dataclass(frozen=True, slots=True)
class Pair:
    """A row: its values as given, the sentence, and who is marked in it (None for one it does not name)."""

    line: int
    values: tuple[str, ...]
    sentence: str
    source: Span | None
    target: Span | None


@dataclass(frozen=True, slots=True)
class PairFile:
    """The rows of a file. `quoted` says whether fields with quotes or breaks stand in double quotes, as the csv
    module writes them; in other files a double quote is just a character."""

    name: str
    header: tuple[str, ...]
    pairs: tuple[Pair, ...]
    quoted: bool


def read_pairs(path: Path) -> PairFile:
    """The pairs of a TSV file. Raises ReadingError, with file and line, where one cannot be read."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give a TSV file in UTF-8") from error
    quoted = not _is_raw(text)
    rows = _quoted_rows(text, path) if quoted else _raw_rows(text)
    _, header = next(rows, (1, ()))
    if "marked_sentence" not in header and not {"sentence", "source", "target"} <= set(header):
        raise ReadingError(f"{path}:1: the columns are {', '.join(header) or 'none'}; {_COLUMNS}")
    if taken := [name for name in ADDED if name in header]:
        raise ReadingError(f"{path}:1: there is a column {taken[0]} already; rename it")
    if twice := [name for name in header if header.count(name) > 1]:
        raise ReadingError(f"{path}:1: there are two columns {twice[0]!r}; rename one")
    pairs = []
    for line, row in rows:
        if len(row) != len(header):
            raise ReadingError(
                f"{path}:{line}: the row has {len(row)} columns and the header {len(header)}; "
                "put fields with tabs or line breaks in double quotes"
            )
        sentence, source, target = _marked(dict(zip(header, row, strict=True)), f"{path}:{line}")
        pairs.append(Pair(line, row, sentence, source, target))
    return PairFile(str(path), header, tuple(pairs), quoted)


def classified(file: PairFile, classify: Classify) -> Iterator[str]:
    """The lines of the file with event_type, one of the 15 classes (CONCEDE and RETREAT are YIELD), and confidence,
    its probability. The first is the header.
    """
    yield _row((*file.header, *ADDED), file.quoted)
    for pair in file.pairs:
        try:
            types = classify(pair.sentence, pair.source, pair.target)
        except ReadingError as error:
            raise ReadingError(f"{file.name}:{pair.line}: {error}") from error
        name, confidence = likeliest_class(types)
        yield _row((*pair.values, name, f"{confidence:.4f}"), file.quoted)


def likeliest_class(types: tuple[tuple[str, float], ...]) -> tuple[str, float]:
    """The likeliest of the 15 pair classes and its probability, from those of the 16 types."""
    sums = dict.fromkeys(PAIR_CLASSES, 0.0)
    for name, probability in types:
        sums[pair_class(name)] += probability
    best = max(sums, key=lambda name: sums[name])
    return best, min(1.0, sums[best])


def find_spans(sentence: str, source: str, target: str) -> tuple[Span | None, Span | None]:
    """Where source and target stand, as whole words if they do anywhere; the target not on the source."""
    first = _find(sentence, source, None)
    return first, _find(sentence, target, first)


def unmark(marked: str) -> tuple[str, Span | None, Span | None]:
    """The sentence without its tags, and what they mark first. Raises ReadingError for tags that do not pair."""
    parts: list[str] = []
    spans: dict[str, Span] = {}
    opened: dict[str, int] = {}
    at = length = 0
    for tag in _TAG.finditer(marked):
        parts.append(marked[at : tag.start()])
        length += len(parts[-1])
        at = tag.end()
        closing, name = tag.groups()
        if bool(closing) != (name in opened):
            raise ReadingError(f"the tag {tag.group()} has no partner; mark participants as <s>..</s> and <t>..</t>")
        if closing:
            spans.setdefault(name, Span(opened.pop(name), length))
        else:
            opened[name] = length
    if opened:
        raise ReadingError(
            f"the tag <{next(iter(opened))}> is not closed; mark participants as <s>..</s> and <t>..</t>"
        )
    source, target = (span if span and span.start < span.end else None for span in map(spans.get, "st"))
    return "".join((*parts, marked[at:])), source, target


def _marked(values: dict[str, str], where: str) -> tuple[str, Span | None, Span | None]:
    if values.get("marked_sentence", "").strip():
        try:
            return unmark(values["marked_sentence"])
        except ReadingError as error:
            raise ReadingError(f"{where}: {error}") from error
    if not values.get("sentence", "").strip():
        raise ReadingError(f"{where}: the row has neither sentence nor marked_sentence; {_COLUMNS}")
    return values["sentence"], *find_spans(values["sentence"], values.get("source", ""), values.get("target", ""))


def _find(sentence: str, words: str, other: Span | None) -> Span | None:
    words = words.strip()
    if not words:
        return None
    found = [Span(m.start(), m.end()) for m in re.finditer(f"(?={re.escape(words)})", sentence)]
    found = [Span(one.start, one.start + len(words)) for one in found]
    free = [one for one in found if other is None or one.end <= other.start or other.end <= one.start] or found
    whole = [one for one in free if _whole(sentence, one)]
    return next(iter(whole or free), None)


def _whole(sentence: str, span: Span) -> bool:
    before = sentence[span.start - 1 : span.start] if span.start else ""
    return not (before.isalnum() and sentence[span.start].isalnum()) and not (
        sentence[span.end : span.end + 1].isalnum() and sentence[span.end - 1].isalnum()
    )


def _is_raw(text: str) -> bool:
    """Whether every line is a row and some field begins with a double quote that does not enclose it."""
    rows = [line.split("\t") for line in text.split("\n") if line.strip()]
    even = all(len(row) == len(rows[0]) for row in rows)
    fields = (field.rstrip("\r") for row in rows for field in row)
    return even and any(field.startswith('"') and not _QUOTED.fullmatch(field) for field in fields)


def _raw_rows(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, tuple(line.rstrip("\r").split("\t"))


def _quoted_rows(text: str, path: Path) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True)
    before = 0
    try:
        for row in reader:
            if row:
                yield before + 1, tuple(row)
            before = reader.line_num
    except csv.Error as error:
        raise ReadingError(
            f"{path}:{before + 1}: the row is broken ({error}); put fields with quotes in double quotes and double the "
            "quotes inside"
        ) from error


def _row(values: tuple[str, ...], quoted: bool) -> str:
    if not quoted:
        return "\t".join(values) + "\n"
    line = io.StringIO()
    csv.writer(line, delimiter="\t", lineterminator="\n").writerow(values)
    return line.getvalue()
