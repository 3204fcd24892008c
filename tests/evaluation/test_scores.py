from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from turnstone.evaluation.bootstrap import interval, resampled
from turnstone.evaluation.scores import Counts, Found, Macro, Right, count_found, count_right, measured

WANTED = (Found("x"), Found("x", "a"), Found("x", "b"), Macro("x"), Right("y"))


def unit(found: int, gold: int, predicted: int, label: str = "", right: bool | None = None) -> Counts:
    counts: Counts = Counter()
    count_found(counts, "x", label, found=found, gold=gold, predicted=predicted)
    if right is not None:
        count_right(counts, "y", right)
    return counts


def test_precision_recall_and_f1() -> None:
    (found,) = measured([unit(1, 2, 1), unit(2, 2, 4)], [Found("x")], 0, 0)
    assert {name: score.value for name, score in found.scores.items()} == {
        "precision": 3 / 5,
        "recall": 3 / 4,
        "F1": 6 / 9,
    }
    assert found.counts == {"found": 3, "gold": 4, "predicted": 5}
    assert found.scores["F1"].low is None


def test_nothing_to_count_is_no_score() -> None:
    found, right, macro = measured([unit(0, 0, 2)], [Found("x"), Right("y"), Macro("x")], 10, 0)
    assert [found.scores[name].value for name in ("precision", "recall", "F1")] == [0, None, 0]
    assert (right.scores["accuracy"].value, macro.scores["macro F1"].value) == (None, None)
    assert right.scores["accuracy"].low is None


def test_macro_f1_is_the_mean_over_labels_that_occur() -> None:
    (macro,) = measured([unit(1, 1, 1, "a"), unit(0, 1, 0, "b"), unit(0, 0, 0, "c")], [Macro("x")], 0, 0)
    assert macro.scores["macro F1"].value == 0.5


def test_intervals_widen_with_fewer_units() -> None:
    def width(times: int) -> float:
        units = [unit(1, 1, 1, right=True), unit(0, 1, 1, right=False)] * times
        (score,) = measured(units, [Right("y")], 500, 0)[0].scores.values()
        assert score.low is not None and score.high is not None
        return score.high - score.low

    assert 0 < width(200) < width(10) <= 1


def test_an_interval_is_about_as_wide_as_theory_says() -> None:
    units = [unit(0, 0, 0, right=i % 4 > 0) for i in range(400)]
    score = measured(units, [Right("y")], 4000, 3)[0].scores["accuracy"]
    assert score.low == pytest.approx(0.75 - 1.96 * 0.02165, abs=0.006)
    assert score.high == pytest.approx(0.75 + 1.96 * 0.02165, abs=0.006)


def test_draws_have_as_many_units_as_there_are() -> None:
    assert (resampled(np.ones((7, 1)), 20, 0) == 7).all()
    assert not (resampled(np.eye(5), 20, 0) == resampled(np.eye(5), 20, 1)).all()


def test_an_interval_holds_its_score_and_passes_over_what_has_none() -> None:
    assert interval(0.9, np.array([0.1, np.nan, 0.2])) == (pytest.approx(0.1025), 0.9)
    assert interval(0.9, np.array([np.nan])) is None


UNITS = st.lists(
    st.builds(
        lambda found, more, other, label, right: unit(found, found + more, found + other, label, right),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(["", "a", "b"]),
        st.none() | st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(UNITS, st.randoms(use_true_random=False), st.integers(0, 5))
def test_order_does_not_matter_and_intervals_hold_their_scores(units: list[Counts], random: object, seed: int) -> None:
    first = measured(units, WANTED, 50, seed)
    shuffled = list(units)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert measured(shuffled, WANTED, 50, seed) == first
    for score in (score for one in first for score in one.scores.values()):
        if score.value is None:
            assert score.low is None
        else:
            assert score.low is not None and score.high is not None
            assert 0 <= score.low <= score.value <= score.high <= 1
