"""What the table of retellings learns from, and what it is said to be worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus import GoldEvent, GoldReport
from tests.coding.test_retelling_words import AGAIN, ANALYSIS, ARTICLE, FIRST, OTHER
from train_retellings import Asked, asked, scores, table_of
from turnstone.records import Coded, Event, Record, Resolved


def gold(*told: Event) -> GoldEvent:
    """An annotated event that these words tell."""
    first, *again = [(one.trigger.start, one.trigger.end) for one in told]
    made = GoldEvent(first, "ACCUSE", (), "happened", (), (), None, None, None, ())
    return replace(made, again=tuple(again))


def learned(*annotated: GoldEvent) -> list[Asked]:
    report = GoldReport(ARTICLE.id, ARTICLE.published.isoformat(), "", ARTICLE.text, annotated)
    coded = Coded((), (FIRST, OTHER, AGAIN), ())
    return list(asked(report, Record(ARTICLE, ANALYSIS, Resolved((), (), ()), coded)))


def test_an_event_is_the_earlier_one_that_the_annotation_has_it_tell_again() -> None:
    found = learned(gold(FIRST, AGAIN), gold(OTHER))
    assert [(one.same, one.known, one.new) for one in found] == [([], True, True), ([0], True, False)]
    assert [len(one.rows) for one in found] == [1, 2]


def test_what_is_not_annotated_tells_nothing() -> None:
    found = learned(gold(FIRST))
    assert [(one.same, one.known, one.new) for one in found] == [([], False, False)] * 2


def test_what_is_of_another_type_is_not_lost() -> None:
    found = learned(gold(FIRST), replace(gold(OTHER), event_type="REJECT"), gold(AGAIN))
    assert [one.new for one in found] == [False, True]


def test_the_nearest_telling_is_the_one_to_choose() -> None:
    """Row 0 is of what is the same and far, row 1 of the same and near, row 2 of another."""
    far, near, other = (np.array([k]) for k in range(3))
    known = [Asked([far, other, near], [0, 2], known=True, new=False)] * 40
    unknown = [Asked([other], [], known=False, new=False)] * 40
    table = table_of([*known, *unknown], 6, 0.0, 0.05, 1)
    assert table[1] > 0 > max(table[0], table[2])


def test_right_and_lost_above_the_bar() -> None:
    table = np.array([32, -32], np.int8)  # two, less two, in sixteenths
    likely, unlikely = np.array([0]), np.array([1])
    held = [
        Asked([likely, unlikely], [0], known=True, new=False),
        Asked([likely], [], known=True, new=True),
        Asked([likely], [], known=False, new=False),
        Asked([unlikely], [0], known=True, new=False),
    ]
    found = scores(table, held)
    assert found[0.7] == {"made one": 3, "right": 1, "not annotated": 1, "lost": 1}
    doubtful = Asked([np.array([2])], [0], known=True, new=False)  # 0.56
    by_bar = scores(np.array([32, -32, 4], np.int8), [doubtful])
    assert {bar: count["made one"] for bar, count in by_bar.items()} == {0.4: 1, 0.5: 1, 0.6: 0, 0.7: 0}
