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
        (RURITANIA, "Zenda/RUR", {"events": 1, "told": 1, "given": 1, "right state": 1, "larger": 1}),
        (ZENDA, "Strelsau/RUR", {"events": 1, "told": 1, "given": 1, "right state": 1}),
        (RURITANIA, "Ruritania/RUR", {"events": 1, "told": 1, "given": 1, "right": 1, "right state": 1}),
        (RURITANIA, "Graustark/GRA", {"events": 1, "told": 1, "given": 1}),
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


def test_shares_are_in_per_cent_and_the_mere_state_is_no_place() -> None:
    found = shares(Counter({"told": 8, "given": 5, "right": 2, "right state": 4, "larger": 1}))
    places = {"precision": 50.0, "recall": 25.0, "F1": 33.33}
    assert found == places | {"state precision": 80.0, "state recall": 50.0, "state F1": 61.54}
    assert set(shares(Counter()).values()) == {None}
