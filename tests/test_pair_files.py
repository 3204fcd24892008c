from __future__ import annotations

import csv
from pathlib import Path

import pytest

from turnstone.errors import ReadingError
from turnstone.pairs import PairFile, classified, find_spans, likeliest_class, read_pairs, unmark
from turnstone.records import Span


def file(path: Path, *rows: str) -> PairFile:
    (path / "pairs.tsv").write_bytes("".join(f"{row}\n" for row in rows).encode())
    return read_pairs(path / "pairs.tsv")


def aid(sentence: str, source: Span | None, target: Span | None) -> tuple[tuple[str, float], ...]:
    return (("AID", 0.6), ("CONCEDE", 0.4))


def test_spans_come_from_the_words(tmp_path: Path) -> None:
    pair = file(tmp_path, "id\tsentence\tsource\ttarget", "7\tA met B.\tA\ta recipient").pairs[0]
    assert (pair.values, pair.line, pair.sentence) == (("7", "A met B.", "A", "a recipient"), 2, "A met B.")
    assert (pair.source, pair.target) == (Span(0, 1), None)


def test_marks_go_before_the_words(tmp_path: Path) -> None:
    rows = "sentence\tsource\ttarget\tmarked_sentence", "x\tA\tA\tA <s>A</s> met <t>B</t>.", "A met B.\tA\tB\t"
    first, second = file(tmp_path, *rows).pairs
    assert (first.sentence, first.source, first.target) == ("A A met B.", Span(2, 3), Span(8, 9))
    assert (second.sentence, second.source, second.target) == ("A met B.", Span(0, 1), Span(6, 7))


def test_marked_sentences_alone_are_enough(tmp_path: Path) -> None:
    assert file(tmp_path, "marked_sentence", "<s>A</s> met.").pairs[0].target is None


@pytest.mark.parametrize(
    ("sentence", "source", "target", "found"),
    [
        ("USA and US", "US", "", (Span(8, 10), None)),
        ("USA", "US", "", (Span(0, 2), None)),
        ("US officials met US ministers", "US officials", "US", (Span(0, 12), Span(17, 19))),
        ("A and A", "A", "A", (Span(0, 1), Span(6, 7))),
        ("China’s navy", "China", "navy", (Span(0, 5), Span(8, 12))),
        ("A met B", "C", " ", (None, None)),
    ],
)
def test_find_spans(sentence: str, source: str, target: str, found: tuple[Span | None, Span | None]) -> None:
    assert find_spans(sentence, source, target) == found


def test_unmark() -> None:
    assert unmark("<t>B</t> of <s>A</s>") == ("B of A", Span(5, 6), Span(0, 1))
    assert unmark("a < b <s></s>") == ("a < b ", None, None)
    assert unmark("<s>A</s> met <t>B</t> and <t>B</t>") == ("A met B and B", Span(0, 1), Span(6, 7))
    for bad in ("<s>A", "A</s>", "<s>A</t>", "<s>A<s>"):
        with pytest.raises(ReadingError, match="mark participants"):
            unmark(bad)


def test_concede_and_retreat_are_one_class() -> None:
    assert likeliest_class((("AID", 0.4), ("CONCEDE", 0.3), ("RETREAT", 0.3))) == ("YIELD", 0.6)


def test_everything_given_is_written_with_the_class(tmp_path: Path) -> None:
    given = file(tmp_path, "sentence\tsource\ttarget\tnote", '"He said ""no""."\tHe\t\tx')
    assert list(classified(given, aid)) == [
        "sentence\tsource\ttarget\tnote\tevent_type\tconfidence\n",
        '"He said ""no""."\tHe\t\tx\tAID\t0.6000\n',
    ]


def test_quotes_that_enclose_nothing_are_characters(tmp_path: Path) -> None:
    given = file(tmp_path, "sentence\tsource\ttarget", '"No," he said.\the\t', "A met B.\tA\tB")
    assert given.pairs[0].sentence == '"No," he said.'
    assert list(classified(given, aid))[1] == '"No," he said.\the\t\tAID\t0.6000\n'


def test_a_table_of_the_csv_module_comes_back(tmp_path: Path) -> None:
    rows = [["sentence", "source", "target"], ['"No,"\the\nsaid', '"No', ""], ["A", "A", ""]]
    with (tmp_path / "pairs.tsv").open("w", newline="") as out:
        csv.writer(out, delimiter="\t").writerows(rows)
    given = read_pairs(tmp_path / "pairs.tsv")
    assert [list(pair.values) for pair in given.pairs] == rows[1:]
    assert [pair.line for pair in given.pairs] == [2, 4]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["sentence\tsource", "A\tA"], r":1: the columns are sentence, source; give the columns"),
        (["sentence\tsource\ttarget", "A\tA\tB", "A\tA"], r":3: the row has 2 columns"),
        (["sentence\tsource\ttarget", "\tA\tB"], r":2: the row has neither sentence nor marked_sentence"),
        (["marked_sentence", "<s>A"], r":2: the tag <s> is not closed"),
        (["sentence\tsource\ttarget\tevent_type", "A\tA\tB\tAID"], r":1: there is a column event_type already"),
        (["marked_sentence\tx\tx", "A\t1\t2"], r":1: there are two columns 'x'"),
        ([], r":1: the columns are none"),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(ReadingError, match=rf"pairs\.tsv{message}"):
        file(tmp_path, *rows)


def test_a_sentence_that_cannot_be_classified_is_an_error_with_its_line(tmp_path: Path) -> None:
    def fail(*_: object) -> tuple[tuple[str, float], ...]:
        raise ReadingError("the sentence has no words")

    with pytest.raises(ReadingError, match=r"pairs\.tsv:2: the sentence has no words"):
        list(classified(file(tmp_path, "marked_sentence", "A"), fail))
