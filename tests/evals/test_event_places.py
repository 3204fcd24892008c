"""How places of events are scored; no model is loaded."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from event_places import score, shares
from judged_places import Judged
from tests.coding.test_likely_place_words import ARREST, ARTICLE, RURITANIA, SHOT, ZENDA

AT = SHOT.trigger.start


@pytest.mark.parametrize(
    ("given", "meant", "counted"),
    [
        (ZENDA, "Zenda/RUR", {"events": 1, "told": 1, "given": 1, "right": 1, "right state": 1}),
        (RURITANIA, "Zenda/RUR", {"events": 1, "told": 1, "given": 1, "right state": 1}),
        (replace(ZENDA, country=""), "Zenda/?", {"events": 1, "told": 1, "given": 1, "right": 1, "right state": 1}),
        (ZENDA, "-", {"events": 1, "given": 1}),
        (None, "Zenda/RUR", {"events": 1, "told": 1}),
        (None, "-", {"events": 1}),
    ],
)
def test_a_place_is_right_by_name_and_state(given: object, meant: str, counted: dict[str, int]) -> None:
    events = (replace(SHOT, place=given), ARREST)  # type: ignore[arg-type]
    found = score(events, Judged("a", "2023-03-21", ARTICLE.text, {AT: meant}))
    assert +found == counted


def test_shares_are_in_per_cent() -> None:
    found = shares(Counter({"told": 4, "given": 2, "right": 1, "right state": 2}))
    assert found == {"precision": 50.0, "recall": 25.0, "F1": 33.33, "state": 100.0}
    assert shares(Counter()) == {"precision": None, "recall": None, "F1": None, "state": None}
