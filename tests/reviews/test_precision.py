from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.samples import coded, say
from turnstone.reviews import Changes, Journal, Review, standing
from turnstone.reviews.precision import Drawn, Precision, precision, wilson
from turnstone.reviews.queues import Sample
from turnstone.reviews.summary import scores

EVENTS = [coded(str(number), start=20 * number) for number in range(6)]
DRAW = [Drawn(one.key, one.values.event_type) for one in EVENTS]


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    # by hand from the formula; 81 of 263 is Newcombe's (1998) example
    [(81, 263, 0.2553, 0.3662), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(right: int, of: int, low: float, high: float) -> None:
    found = wilson(right, of)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_nothing_there_is_no_share() -> None:
    assert (wilson(0, 0).value, wilson(0, 0).low, wilson(0, 0).high) == (None, None, None)


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400))
def test_the_interval_holds_the_share(right: int, of: int) -> None:
    right = min(right, of)
    found = wilson(right, of)
    assert found.low is not None and found.high is not None and found.value is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def of(*reviews: Review) -> Precision:
    return precision(DRAW, standing(Journal(reviews), EVENTS).of)


def test_only_what_was_drawn_counts() -> None:
    found = of(say("accept", EVENTS[0]), say("reject", EVENTS[1]), say("reject", EVENTS[4], queue="uncertain"))
    assert (found.there.right, found.there.of) == (1, 2)


def test_what_another_queue_met_first_counts_where_the_draw_has_it() -> None:
    found = of(say("reject", EVENTS[0], queue="uncertain"), say("accept", EVENTS[1]))
    assert (found.there.right, found.there.of) == (1, 2)
    only = of(say("reject", EVENTS[0], queue="uncertain"))
    assert only.there.of == 0
    again = of(say("accept", EVENTS[0]), say("reject", EVENTS[0], queue="none"))
    assert (again.there.right, again.there.of) == (0, 1)


def test_a_gap_ends_the_sample() -> None:
    assert of(say("accept", EVENTS[0]), say("accept", EVENTS[2])).there.of == 1


def test_what_is_skipped_is_passed_over_and_what_is_disputed_counts_as_first_said() -> None:
    said = [
        say("accept", EVENTS[0]), say("skip", EVENTS[1]),
        say("accept", EVENTS[2]), say("reject", EVENTS[2], by="ben"),
        say("reject", EVENTS[3]), say("accept", EVENTS[3], by="ben"),
    ]  # fmt: skip
    found = of(*said)
    assert (found.there.right, found.whole.right, found.there.of) == (2, 2, 3)
    assert (found.disputed, found.skipped) == (2, 1)
    settled = of(*said, say("reject", EVENTS[2], by="cleo", adjudicates=True))
    assert (settled.there.right, settled.disputed) == (1, 1)


def test_a_corrected_event_has_the_right_type_and_is_not_whole() -> None:
    found = of(
        say("correct", EVENTS[0], changes=Changes(status="future")),
        say("correct", EVENTS[1], changes=Changes(event_type="PROTEST")),
        say("accept", EVENTS[2]),
    )
    assert (found.there.right, found.whole.right, found.there.of) == (2, 1, 3)


def test_each_type_has_a_draw_of_its_own() -> None:
    other = coded("9", start=300, event_type="PROTEST")
    drawn = (DRAW[0], DRAW[1], Drawn(other.key, "PROTEST"))
    held = standing(Journal((say("accept", EVENTS[0]), say("reject", other))), [*EVENTS, other])
    overall, types = scores(Sample(3, drawn, {"AGREE": drawn[:2], "PROTEST": drawn[2:], "AID": ()}), held)
    assert overall.there.of == 1
    assert {name: (one.there.right, one.there.of) for name, one in types.items()} == {
        "AGREE": (1, 1),
        "PROTEST": (0, 1),
    }
