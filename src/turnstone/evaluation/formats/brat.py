"""brat standoff: a folder of .ann files with their .txt, attributions as Source, Cue and Content."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Spans, Statement, Text
from turnstone.evaluation.formats.files import lines_of, text_of

_MARK = re.compile(r"(T[0-9]+)\t(\S+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)\t(.*)")
_ROLES = ("Source", "Cue", "Content")
_REMEDY = "give the text that was annotated, its line breaks unchanged"


def read(folder: Path) -> Collection[Statement]:
    """The attributions of a folder. An .ann belongs to the .txt of its name, or of its name up to a last `_`; the two
    may stand in folders of their own. Of several to one text the first by name is read."""
    texts = {path.stem: path for path in sorted(folder.rglob("*.txt"))}
    annotated: defaultdict[str, list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*.ann")):
        stem = path.stem if path.stem in texts else path.stem.rpartition("_")[0]
        if stem not in texts:
            raise ReadingError(f"{path}: there is no {path.stem}.txt in {folder}; put the text beside it")
        annotated[stem].append(path)
    if not annotated:
        raise ReadingError(f"{folder}: holds no .ann file; give a folder of brat files, .ann with .txt")
    notes = []
    if several := [stem for stem, paths in annotated.items() if len(paths) > 1]:
        notes.append(f"{len(several)} texts have more than one .ann; the first by name was read")
    if bare := len(texts) - len(annotated):
        notes.append(f"{bare} texts have no .ann and were left out")
    documents = tuple(_article(stem, texts[stem], paths[0]) for stem, paths in annotated.items())
    return Collection(str(folder), "article", documents, tuple(notes))


def _article(stem: str, text_path: Path, path: Path) -> Document[Statement]:
    text = Text(text_of(text_path))
    marks: dict[str, tuple[str, Spans]] = {}
    links: list[tuple[int, str]] = []
    for number, line in enumerate(lines_of(path), 1):
        where = f"{path}:{number}"
        if match := _MARK.fullmatch(line):
            key, role, places, words = match.groups()
            marks[key] = (role, _spans(text, places, words, where, text_path))
        elif re.match(r"T[0-9]+\t", line):
            raise ReadingError(f"{where}: not id, label with offsets, and words between tabs; {_REMEDY}")
        elif re.match(r"E[0-9]+\t", line):
            links.append((number, line.split("\t")[1]))
    statements = []
    linked: set[str] = set()
    for number, link in links:
        roles: dict[str, Spans] = dict.fromkeys(_ROLES, ())
        for part in link.split():
            name, _, key = part.partition(":")
            role = name.rstrip("0123456789")
            if key not in marks:
                raise ReadingError(f"{path}:{number}: {key} is marked nowhere; add its T line or take it out")
            if role in roles:
                roles[role] += marks[key][1]
                linked.add(key)
        if any(roles.values()):
            statements.append(Statement(*roles.values()))
    for key, (role, spans) in marks.items():
        if role in _ROLES and key not in linked:
            statements.append(Statement(*(spans if role == one else () for one in _ROLES)))
    return Document(stem, text.ink, tuple(statements), str(path), words=text.words())


def _spans(text: Text, places: str, words: str, where: str, text_path: Path) -> Spans:
    ends = [place.split() for place in places.split(";")]
    try:
        spans = tuple(text.span(int(start), int(end)) for start, end in ends)
    except ValueError as error:
        raise ReadingError(f"{where}: {error} ({text_path}); {_REMEDY}") from error
    # Words with a line break end with the line, so that only their beginning is there.
    here = "".join(text.ink[one.start : one.end] for one in spans)
    if not here.startswith("".join(words.split())):
        raise ReadingError(f"{where}: {here[:30]!r} stands there in {text_path}, not {words[:30]!r}; {_REMEDY}")
    return spans
