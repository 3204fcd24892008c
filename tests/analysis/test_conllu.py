from __future__ import annotations

from collections.abc import Sequence

import pytest

from turnstone.analysis.analyse import ParsedWord
from turnstone.analysis.conllu import parse_lines
from turnstone.errors import ReadingError


def chain(words: Sequence[str]) -> list[ParsedWord]:
    """Every word depends on the one before."""
    return [ParsedWord("X", word.lower(), i - 1, "dep" if i else "root") for i, word in enumerate(words)]


def run(text: str) -> str:
    return "".join(parse_lines(text.splitlines(keepends=True), chain, "in.conllu"))


def row(*columns: str) -> str:
    return "\t".join((*columns, *"_" * (10 - len(columns)))) + "\n"


def test_words_are_kept_and_parsed_anew() -> None:
    given = (
        "# sent_id = 1\n# text = They don't 10 000\n"
        + row("1", "They", "they", "PRON", "PRP", "Case=Nom", "2", "nsubj", "2:nsubj", "SpaceAfter=No")
        + row("2-3", "don't")
        + row("2", "do", "do", "AUX")
        + row("3", "n't", "not", "PART")
        + row("3.1", "go", "go", "VERB")
        + row("4", "10 000", "10 000", "NUM")
        + "\n"
    )
    assert run(given) == (
        "# sent_id = 1\n# text = They don't 10 000\n"
        + row("1", "They", "they", "X", "_", "_", "0", "root")
        + row("2-3", "don't")
        + row("2", "do", "do", "X", "_", "_", "1", "dep")
        + row("3", "n't", "n't", "X", "_", "_", "2", "dep")
        + row("4", "10 000", "10 000", "X", "_", "_", "3", "dep")
        + "\n"
    )


def test_sentences_stay_apart_with_or_without_a_last_empty_line() -> None:
    two = row("1", "a") + "\n\n" + row("1", "b") + row("2", "c")
    assert run(two).split("\n\n")[:2] == [
        row("1", "a", "a", "X", "_", "_", "0", "root").rstrip("\n"),
        (row("1", "b", "b", "X", "_", "_", "0", "root") + row("2", "c", "c", "X", "_", "_", "1", "dep")).rstrip("\n"),
    ]
    assert run(two) == run(two + "\n") == run("\ufeff" + two.replace("\n", "\r\n"))
    assert run("") == ""


def test_a_lemma_that_is_empty_is_an_underscore() -> None:
    lines = parse_lines([row("1", "a")], lambda words: [ParsedWord("X", "", -1, "root")], "in.conllu")
    assert next(lines).split("\t")[2] == "_"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("plain words\n", "ID and FORM"),
        (row("2", "b"), "word 2 where word 1 is due"),
        (row("x", "b"), "'x' is no ID"),
        (row("1", ""), "ID and FORM"),
    ],
)
def test_what_is_no_conllu_is_an_error_with_its_line(bad: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=rf"^in\.conllu:3: .*{reason}"):
        run(row("1", "a") + "\n" + bad)
