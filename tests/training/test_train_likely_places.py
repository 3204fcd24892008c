"""What the table of likely places learns from, and what it is said to be worth."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from judged_places import Judged
from tests.coding.proposed import stateless
from tests.coding.test_likely_place_words import ANALYSIS, ARREST, ARTICLE, PLACES, SHOT, ZENDA, odds
from train_likely_places import BARS, Asked, asked, print_folds, scores, table_of
from turnstone.records import Coded, Record, Resolved

PIPELINE: Any = SimpleNamespace(counsel=SimpleNamespace(filed=lambda text: 0, places=odds, state=stateless))


def learned(places: dict[int, str], **values: object) -> list[Asked]:
    coded = Coded((), (replace(SHOT, **values), ARREST), ())  # type: ignore[arg-type]
    record = Record(ARTICLE, ANALYSIS, Resolved((), (), PLACES), coded)
    return list(asked(Judged("a", "2023-03-21", ARTICLE.text, places), record, PIPELINE))


def test_the_judged_place_is_right_or_none() -> None:
    found = learned({SHOT.trigger.start: "Zenda/RUR", ARREST.trigger.start: "-"})
    assert [(one.right, len(one.rows)) for one in found] == [(0, 3), (-1, 3)]


def test_what_is_not_judged_or_has_a_place_or_is_on_no_map_teaches_nothing() -> None:
    assert learned({}) == []
    assert learned({SHOT.trigger.start: "Zenda/RUR"}, place=ZENDA) == []
    assert learned({SHOT.trigger.start: "Hentzau/RUR"}) == []


def examples() -> list[Asked]:
    """Row 0 is of places that are right, row 1 of others."""
    return [Asked(f"r{k}", [np.array([0]), np.array([1])], 0) for k in range(40)] + [
        Asked(f"n{k}", [np.array([1])], -1) for k in range(40)
    ]


def test_the_table_prefers_what_is_right() -> None:
    table = table_of(examples(), 6, 0.0, 0.05, 1)
    assert table[0] > 0 > table[1]


def test_given_and_right_above_the_bars() -> None:
    table = np.zeros(2, np.int8)
    table[0] = 64  # four
    found = scores(
        table, [Asked("a", [np.array([0])], 0), Asked("b", [np.array([0])], -1), Asked("c", [np.array([1])], 0)]
    )
    assert found == dict.fromkeys(BARS, (2, 1))


def test_folds_score_each_report_by_a_training_without_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_folds({"one.tsv": examples()}, 4, {"epochs": 6, "dropout": 0.0, "rate": 0.05, "seed": 1})
    told = capsys.readouterr().out.splitlines()[-1]
    assert told.startswith("one.tsv: 80 events, 40 with a place; given, right {0.5: (40, 40)")
