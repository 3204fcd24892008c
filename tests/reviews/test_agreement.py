from __future__ import annotations

import pytest

from tests.reviews.samples import coded, say
from turnstone.reviews import Changes, Journal, standing
from turnstone.reviews.agreement import agreement, alpha, differing, kappa


def test_kappa_by_hand() -> None:
    # two raters, 50 grants: yes-yes 20, yes-no 5, no-yes 10, no-no 15: (0.7 - 0.5) / 0.5
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_alpha_by_hand() -> None:
    # Krippendorff (2011), binary data of two observers: 0.095
    one, other = "0 1 0 0 0 0 0 0 1 0".split(), "1 1 1 0 0 1 0 0 0 0".split()
    assert alpha(list(zip(one, other, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_several_observers_with_gaps() -> None:
    # Krippendorff (2011), four observers, twelve units: nominal alpha 0.743
    rows = [
        "1 2 3 3 2 1 4 1 2 * * *".split(),
        "1 2 3 3 2 2 4 1 2 5 * 3".split(),
        "* 3 3 3 2 3 4 2 2 5 1 *".split(),
        "1 2 3 3 2 4 4 1 2 5 1 *".split(),
    ]
    units = [[label for label in unit if label != "*"] for unit in zip(*rows, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_where_all_labels_are_one_there_is_nothing_beyond_chance() -> None:
    assert kappa([("a", "a")] * 3) is None
    assert alpha([["a", "a"]] * 3) is None
    assert kappa([]) is None and alpha([]) is None


def test_agreement_counts_each_field_of_what_both_hold_for_events() -> None:
    events = [coded(str(number), start=20 * number) for number in range(4)]
    said = [say("accept", one) for one in events]
    said += [say("accept", events[0], by="ben"), say("reject", events[1], by="ben")]
    said += [say("correct", events[2], by="ben", changes=Changes(status="future"))]
    found = {one.field: one for one in agreement(standing(Journal(tuple(said)), events).judged)}
    assert (found["event"].events, found["event"].share) == (3, pytest.approx(2 / 3))
    assert (found["event_type"].events, found["event_type"].share) == (2, 1.0)
    assert (found["status"].events, found["status"].share) == (2, 0.5)


def test_disagreements_wait_for_an_adjudication() -> None:
    event = coded()
    said = [say("accept", event), say("correct", event, by="ben", changes=Changes(status="future"))]
    (waiting,) = standing(Journal(tuple(said)), [event]).judged
    assert (waiting.state, differing(waiting)) == ("disputed", ("status",))
    (settled,) = standing(Journal((*said, say("accept", event, by="cleo", adjudicates=True))), [event]).judged
    assert settled.state != "disputed" and differing(settled) == ("status",)
