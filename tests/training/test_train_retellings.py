"""What the table of retellings learns from, and what it is said to be worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from corpus import GoldEvent, GoldReport
from tests.coding.test_retelling_words import AGAIN, ANALYSIS, ARTICLE, FIRST, OTHER
from train_retellings import Asked, asked, scores
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
    assert found == {bar: found[0.7] for bar in found}
