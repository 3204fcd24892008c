"""Who takes part, with everybody in view, as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import parse
from turnstone.analysis.participation import WAYS
from turnstone.analysis.roles_together import ROWS, Occasion, Together, named_heads

SENTENCE = "Ade/PROPN/2/nsubj shot/VERB/0/root Bo/PROPN/2/obj and/CCONJ/5/cc fled/VERB/2/conj"
PHRASES = {0: (0, 1), 2: (2, 3)}
SHOT, FLED = 1, 4

Logits = Sequence[tuple[float, float]]


def occasion(trigger: int, kind: str, logits: Logits, ways: Sequence[int] = (1, 4), sure: float = 0.9) -> Occasion:
    return Occasion(trigger, kind, sure, np.array(logits, np.float32), ways)


def rows(event: Occasion, *others: Occasion, named: frozenset[int] = frozenset()) -> list[frozenset[int]]:
    _, analysis = parse(SENTENCE)
    together = Together(analysis.tokens, PHRASES, named, (event, *others))
    return [frozenset(own) for own in together.rows(event)]


ASSAULT = occasion(SHOT, "ASSAULT", [(2, -3), (-1, 1)])


@pytest.mark.parametrize(
    "changed",
    [
        occasion(SHOT, "CONSULT", [(2, -3), (-1, 1)]),
        occasion(SHOT, "ASSAULT", [(2, -3), (-1, 1)], ways=(1, 3)),
        occasion(SHOT, "ASSAULT", [(2, -3), (-1, 5)]),
    ],
)
def test_type_way_and_logits_speak(changed: Occasion) -> None:
    assert rows(changed)[1] != rows(ASSAULT)[1]


def test_so_do_the_others_of_the_event() -> None:
    assert rows(occasion(SHOT, "ASSAULT", [(-2, -3), (-1, 1)]))[1] != rows(ASSAULT)[1]


def test_so_do_the_other_likely_events_of_the_sentence() -> None:
    fled = occasion(FLED, "RETREAT", [(1, -3), (-4, -4)])
    assert rows(ASSAULT, fled)[0] != rows(ASSAULT)[0]
    assert rows(ASSAULT, occasion(FLED, "RETREAT", [(1, -3), (-4, -4)], sure=0.2)) == rows(ASSAULT)


def test_a_name_is_told_from_other_words() -> None:
    assert named_heads(PHRASES, [(2, 4)]) == {2}
    assert rows(ASSAULT, named=frozenset({2}))[1] != rows(ASSAULT)[1]


def test_who_cannot_take_part_has_no_rows() -> None:
    event = occasion(SHOT, "ASSAULT", [(2, -3), (-1, 1)], ways=(1, -1))
    assert event.may_take_part() == [0] and len(rows(event)) == 1


@given(
    st.lists(st.tuples(st.floats(-30, 30), st.floats(-30, 30)), min_size=2, max_size=2),
    st.lists(st.integers(-1, len(WAYS) - 1), min_size=2, max_size=2),
    st.booleans(),
)
@settings(deadline=None)
def test_any_logits_have_rows_of_the_table_in_order(logits: Logits, ways: list[int], beside: bool) -> None:
    _, analysis = parse(SENTENCE)
    event = occasion(SHOT, "ASSAULT", logits, ways)
    others = [occasion(FLED, "RETREAT", logits, ways)] if beside else []
    for own in Together(analysis.tokens, PHRASES, frozenset({0}), (event, *others)).rows(event):
        assert own.dtype == np.int64 and own[0] >= 0 and own[-1] < ROWS
        assert (np.diff(own) > 0).all()
