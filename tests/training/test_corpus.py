"""The annotated reports of the repository, and how their faults are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import find, read

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt")), ids=lambda path: path.stem)
def test_the_corpus_has_no_fault(path: Path) -> None:
    reports, faults = read(path)
    assert faults == []
    assert len(reports) >= 50


def test_the_marked_pairs_mark_one_source_and_one_target() -> None:
    lines = [line for path in CORPUS.glob("pairs*.tsv") for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line.startswith("#"):
            continue
        _, sentence = line.split("\t")
        assert [sentence.count(tag) for tag in ("<s>", "</s>", "<t>", "</t>")] == [1, 1, 1, 1], line


def test_no_test_item_is_trained_on() -> None:
    def numbers(path: Path) -> set[str]:
        lines = path.read_text(encoding="utf-8").splitlines()
        return {line.split("\t")[0] for line in lines if not line.startswith("#")}

    items, gold = CORPUS / "items", CORPUS.parent / "evals" / "gold"
    trained = set.union(*map(numbers, items.glob("train*.tsv")))
    held = {path: numbers(path) for path in [*items.glob("dev*.tsv"), gold / "quiet.tsv", *gold.glob("items*.tsv")]}
    assert {path.name: trained & found for path, found in held.items() if trained & found} == {}


def test_no_test_article_is_trained_on() -> None:
    def names(path: Path) -> set[str]:
        return {line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()}

    gold = CORPUS.parent / "evals/gold"
    trained, dev = (names(CORPUS / f"articles/{part}.tsv") - {"# article"} for part in ("train", "dev"))
    held = set.union(*(names(gold / f"articles{which}.tsv") for which in ("", "_second")))
    assert trained and dev and not trained & dev and not (trained | dev) & held
    ours, scored = (
        {line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("## ")}
        for path in (CORPUS / "articles/world.txt", gold / "world.txt")
    )
    assert ours and scored and not ours & scored


def test_a_phrase_is_found_by_its_number() -> None:
    assert find("the army and the navy", "the#2") == (13, 16)
    assert find("army, armyworm", "army") == (0, 4)
    assert find("no " * 12, "no#12") == (33, 35)
    with pytest.raises(ValueError, match="occurrence 2"):
        find("the army", "army#2")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("E met | CONSULTS | happened", "unknown event type"),
        ("E met | CONSULT demo | happened", "no mode of CONSULT"),
        ("E met | CONSULT | once", "unknown status"),
        ("E met | CONSULT | happened | A: Nobody", "not in the text"),
        ("E met | CONSULT | happened | B: They", "unknown field"),
        ("E met | CONSULT | happened | ctx: weather", "unknown context"),
    ],
)
def test_a_fault_is_told_with_its_line(line: str, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "faulty.txt"
    path.write_text(f"## a-1 | 2011-02-03 | agency\nThey met.\n{line}\n", encoding="utf-8")
    _, faults = read(path)
    assert len(faults) == 1 and faults[0].startswith(f"{path}:3: ") and reason in faults[0]
