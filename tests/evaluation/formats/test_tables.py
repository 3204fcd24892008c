"""Formats of a word or a row a line: CoNLL-U, IOB2, pairs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from turnstone.errors import ReadingError
from turnstone.evaluation.documents import Answer, Named, Word
from turnstone.evaluation.formats import choice, conllu, iob2, pairs
from turnstone.records import Span

CONLLU = (
    "# sent_id = s-1\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n"
    "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n"
    "3.1\tgo\tgo\tVERB\t_\t_\t_\t_\t0:root\t_\n\n1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\t_\n"
)
IOB2 = (
    "# sent_id = s-1\n1\tAda\tB-PER\t-\tx\n2\tBek\tI-PER\t-\tx\n3\tsaw\tO\t-\tx\n4\tOslo\tB-LOC\t-\tx\n\nit\tO\n#\tO\n"
)


def written(path: Path, text: str, name: str = "file") -> Path:
    (path / name).write_bytes(text.encode())
    return path / name


def test_conllu(tmp_path: Path) -> None:
    first, second = conllu.read(written(tmp_path, CONLLU)).documents
    assert (first.id, first.ink, second.id, second.where) == ("s-1", "Don'tgo", "", f"{tmp_path / 'file'}:8")
    assert first.values == (Word("AUX", 3, "aux"), Word("PART", 3, "advmod"), Word("VERB", 0, "root"))


def test_line_breaks_and_compression_do_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "gold.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.replace("\n", "\r\n").encode()))
    plain = conllu.read(written(tmp_path, CONLLU)).documents
    assert [(one.ink, one.values) for one in conllu.read(path).documents] == [(one.ink, one.values) for one in plain]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("1\tDo\t", "2\tDo\t", 3, "'2' where word 1 is due"),
        ("\t3\taux\t_\t_", "\t3\taux", 3, "8 columns"),
        ("\t3\tadvmod", "\t_\tadvmod", 4, "'_' is no number"),
        ("\t3\tadvmod", "\t9\tadvmod", 4, "9 is beyond"),
    ],
)
def test_what_is_no_conllu_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(ReadingError, match=rf"file:{line}: .*{reason}.*; give"):
        conllu.read(written(tmp_path, CONLLU.replace(old, new)))


def test_iob2(tmp_path: Path) -> None:
    first, second = iob2.read(written(tmp_path, IOB2)).documents
    assert (first.id, first.ink, second.ink) == ("s-1", "AdaBeksawOslo", "it#")
    assert first.values == (Named(Span(0, 6), "PER"), Named(Span(9, 13), "LOC"))
    assert choice.mentions(tmp_path / "file").unit == "sentence"


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("B-PER", "B-person", 2, "'B-person' is not O"),
        ("I-PER", "I-ORG", 3, "I-ORG follows no ORG"),
        ("I-PER", "L-PER", 3, "'L-PER' is not O"),
        ("B-LOC", "O-LOC", 5, "'O-LOC' is not O"),
        ("3\tsaw\t", "saw\t3\t", 4, "not index, word and tag"),
    ],
)
def test_what_is_no_iob2_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    with pytest.raises(ReadingError, match=rf"file:{line}: .*{reason}.*; "):
        iob2.read(written(tmp_path, IOB2.replace(old, new)))


PAIRS = (
    "sentence_id\tmarked_sentence\tgold_root\tgold_penta\tevent_type\n"
    '4\t"<s>A</s> ""met"" <t>B</t>"\tCONSULT\t1\tREJECT\n4\t<s>A</s> fled <t>B</t>\tYIELD\t4\tRETREAT\n'
)


def test_pairs_of_gold_and_of_a_prediction(tmp_path: Path) -> None:
    path = written(tmp_path, PAIRS)
    assert [one.values for one in pairs.gold(path).documents] == [
        (Answer("CONSULT", 1, "4"),),
        (Answer("YIELD", 4, "4"),),
    ]
    assert [one.values[0].label for one in pairs.predicted(path).documents] == ["REJECT", "YIELD"]
    assert [one.values[0].quad for one in pairs.predicted(path).documents] == [3, 2]
    assert pairs.gold(path).documents[0].ink == '<s>A</s>"met"<t>B</t>'


def test_pairs_by_their_words_and_quoted_breaks(tmp_path: Path) -> None:
    path = written(tmp_path, 'sentence\tsource\ttarget\tevent_type\n"A\tmet\nB"\tA\tB\tINVESTIGATE\n')
    (one,) = pairs.gold(path).documents
    assert (one.ink, one.values[0].label, one.values[0].sentence) == ("AmetBAB", "ACCUSE", "A\tmet\nB")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "the columns are none"),
        ("sentence\tevent_type\nA\tAID\n", 1, "the columns are sentence, event_type"),
        ("marked_sentence\nA\n", 1, "the class in gold_root or event_type"),
        ("marked_sentence\tgold_root\nA\tAID\nB\n", 3, "the row has 1 columns"),
        ("marked_sentence\tgold_root\nA\tWAR\n", 2, "gold_root: 'WAR' is no PLOVER event type"),
        ("marked_sentence\tgold_root\tgold_penta\nA\tAID\t5\n", 2, "gold_penta is '5'"),
        ('marked_sentence\tgold_root\nA\tAID\n"A\n', 3, "the row is broken"),
    ],
)
def test_what_is_no_table_of_pairs_is_told_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    with pytest.raises(ReadingError, match=rf"file:{line}: .*{reason}"):
        pairs.gold(written(tmp_path, text))
