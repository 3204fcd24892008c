"""What the table of happenings learns from; no model is loaded."""

from __future__ import annotations

import csv
import hashlib
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import train_happenings
from happenings import SETS, items
from tests.stories.samples import BOMB, ELSEWHERE, TOLL, stored
from train_happenings import check_texts, judged, pairs, table_of
from turnstone.errors import ReadingError
from turnstone.stories.link_words import ROWS

ROOT = Path(__file__).resolve().parent.parent.parent
PAIRS = ROOT / "corpus" / "happenings.tsv"
HOW = {"epochs": 20, "dropout": 0.0, "rate": 0.1, "seed": 1}


def at(number: int, news: object) -> tuple[int, int]:
    return number, news.text.index(news.trigger)  # type: ignore[attr-defined]


def test_pairs_are_met_in_a_record_and_learned(tmp_path: Path) -> None:
    first, second, third = (replace(one, id=f"item-{n}") for n, one in enumerate((BOMB, TOLL, ELSEWHERE), 1))
    record = stored(tmp_path, (first, second, third))
    wanted = {
        frozenset({at(1, first), at(2, second)}): (True, 0.0),
        frozenset({at(1, first), at(3, third)}): (False, 2.5),
        frozenset({at(1, first), (9, 0)}): (True, 1.0),
    }
    found = judged(record, wanted)
    assert [(one.same, one.stands_for) for one in found] == [(True, 0.0), (False, 2.5)]
    table = table_of(found, HOW)
    assert table.shape == (ROWS,) and table.dtype == np.int8
    same, other = train_happenings.odds(table, found)
    assert same > 0 > other


def test_a_pair_left_open_is_not_learned(tmp_path: Path) -> None:
    path = tmp_path / "pairs.tsv"
    lines = (
        "item word other_item other_word sha256 same stands_for",
        "1 0 2 5 x y 1.5",
        "1 0 3 0 x ? 2",
        "3 1 2 5 x n 0",
    )
    path.write_text("".join(line.replace(" ", "\t") + "\n" for line in lines))
    assert pairs(path) == {frozenset({(1, 0), (2, 5)}): (True, 1.5), frozenset({(3, 1), (2, 5)}): (False, 0.0)}


def test_no_judged_pair_has_an_item_of_the_sets_to_score_by() -> None:
    gold = {item.number for path in SETS.values() for item in items(path)}
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    asked = {int(row[name]) for row in rows for name in ("item", "other_item")}
    assert not gold & asked
    assert len(asked) > 8000 and {row["same"] for row in rows} == {"y", "n", "?"}


def test_a_record_with_another_text_is_refused(tmp_path: Path) -> None:
    record = stored(tmp_path / "record", (replace(BOMB, id="item-000001"), replace(TOLL, id="item-000002")))
    digest = hashlib.sha256(BOMB.text.encode()).hexdigest()[:16]
    head = "item\tword\tsha256\tother_item\tother_word\tother_sha256\tsame\tstands_for\n"
    for other, refused in (("0" * 16, True), (hashlib.sha256(TOLL.text.encode()).hexdigest()[:16], False)):
        path = tmp_path / "pairs.tsv"
        path.write_text(f"{head}1\t0\t{digest}\t2\t0\t{other}\ty\t0\n")
        with pytest.raises(ReadingError, match="item 2") if refused else nullcontext():
            check_texts(record, path)
