"""CoNLL-U: sentences with part of speech, head and relation."""

from __future__ import annotations

import re
from pathlib import Path

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Collection, Document, Text, Word
from turnstone.evaluation.formats.files import lines_of

_ID = re.compile(r"#\s*sent_id\s*=\s*(.*\S)")
_REMEDY = "give CoNLL-U: ten columns between tabs, an empty line after each sentence"


def read(path: Path) -> Collection[Word]:
    """The sentences of a file. Multiword tokens (1-2) and empty nodes (8.1) are passed over."""
    documents: list[Document[Word]] = []
    key, first = "", 1
    forms: list[str] = []
    words: list[tuple[int, Word]] = []
    for number, line in enumerate([*lines_of(path), ""], 1):
        if not line.strip():
            if words:
                for at, word in words:
                    if word.head > len(words):
                        raise ReadingError(
                            f"{path}:{at}: the head {word.head} is beyond the sentence's {len(words)} words; {_REMEDY}"
                        )
                ink = Text(" ".join(forms)).ink
                documents.append(Document(key, ink, tuple(word for _, word in words), f"{path}:{first}"))
            key, first, forms, words = "", number + 1, [], []
        elif line.startswith("#"):
            if match := _ID.match(line):
                key = match[1]
        else:
            columns = line.split("\t")
            if len(columns) != 10:
                raise ReadingError(f"{path}:{number}: the line has {len(columns)} columns; {_REMEDY}")
            if re.fullmatch(r"[0-9]+[-.][0-9]+", columns[0]):
                continue
            if columns[0] != str(len(words) + 1):
                raise ReadingError(
                    f"{path}:{number}: {columns[0][:30]!r} where word {len(words) + 1} is due; {_REMEDY}"
                )
            if not re.fullmatch(r"[0-9]+", columns[6], re.ASCII):
                raise ReadingError(
                    f"{path}:{number}: the head {columns[6][:30]!r} is no number; give a parsed file"
                    ", as turnstone analyse --conllu writes"
                )
            forms.append(columns[1])
            words.append((number, Word(columns[3], int(columns[6]), columns[7])))
    return Collection(str(path), "sentence", tuple(documents))
