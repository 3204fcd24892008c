"""CoNLL-U files with words, in and out: words are kept, their analysis is written anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from turnstone.analysis.analyse import ParsedWord
from turnstone.errors import ReadingError

Parse = Callable[[Sequence[str]], list[ParsedWord]]

_WORD = re.compile(r"[1-9][0-9]*")
_RANGE = re.compile(r"[1-9][0-9]*-[1-9][0-9]*")
_EMPTY_NODE = re.compile(r"[0-9]+\.[1-9][0-9]*")
_REMEDY = "give CoNLL-U: ten columns between tabs (ID and FORM are read), an empty line after each sentence"


def parse_lines(lines: Iterable[str], parse: Parse, name: str) -> Iterator[str]:
    """The lines of a CoNLL-U file parsed anew, each with its line break.

    Comments, FORM and the lines of multiword tokens (1-2) are kept, empty nodes (8.1) are dropped; UPOS, LEMMA, HEAD
    and DEPREL are written, everything else is `_`. Raises ReadingError with the line for what is no CoNLL-U.
    """
    sentence: list[tuple[str, str]] = []
    forms: list[str] = []
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip("\r\n")
        where = f"{name}:{number}"
        if number == 1:
            line = line.removeprefix("\ufeff")
        if not line.strip():
            if sentence:
                yield from _written(sentence, forms, parse)
            sentence, forms = [], []
        elif line.startswith("#"):
            sentence.append(("#", line))
        else:
            columns = line.split("\t")
            if len(columns) < 2 or not columns[1]:
                raise ReadingError(f"{where}: a word needs ID and FORM between tabs; {_REMEDY}")
            key, form = columns[:2]
            if _WORD.fullmatch(key):
                if int(key) != len(forms) + 1:
                    raise ReadingError(f"{where}: word {key} where word {len(forms) + 1} is due; {_REMEDY}")
                forms.append(form)
                sentence.append((key, form))
            elif _RANGE.fullmatch(key):
                sentence.append((key, form))
            elif not _EMPTY_NODE.fullmatch(key):
                raise ReadingError(f"{where}: {key[:30]!r} is no ID; {_REMEDY}")
    if sentence:
        yield from _written(sentence, forms, parse)


def _written(sentence: list[tuple[str, str]], forms: list[str], parse: Parse) -> Iterator[str]:
    parsed = iter(parse(forms) if forms else [])
    for key, form in sentence:
        if key == "#":
            yield f"{form}\n"
        elif "-" in key:
            yield "\t".join((key, form, *"________")) + "\n"
        else:
            word = next(parsed)
            yield (
                "\t".join(
                    (key, form, word.lemma or "_", word.upos, "_", "_", str(word.head + 1), word.relation, "_", "_")
                )
                + "\n"
            )
    yield "\n"
