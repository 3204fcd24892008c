"""How places are counted against GeoVirus; no model is loaded."""

from __future__ import annotations

import pytest

import places
from turnstone.evaluation.documents import Located, Text
from turnstone.records import Place

TEXT = "From Lagos to Accra and Lome."


def place(name: str, latitude: float | None, longitude: float | None) -> Place:
    start = TEXT.index(name)
    return Place(start, start + len(name), name, "", None, latitude, longitude, "city")


def gold(name: str, latitude: float, longitude: float) -> Located:
    start = TEXT.index(name)
    return Located(Text(TEXT).span(start, start + len(name)), None, (latitude, longitude))


def test_each_gold_place_has_its_distance_or_none() -> None:
    wanted = [gold("Lagos", 6.45, 3.39), gold("Accra", 5.56, -0.2), gold("Lome", 6.13, 1.22)]
    found = places.distances(wanted, [place("Lagos", 6.45, 3.39), place("Accra", 6.56, -0.2)], TEXT)
    assert found[0] == 0 and found[1] == pytest.approx(111, abs=1) and found[2] is None


def test_a_place_without_a_point_is_not_on_the_map() -> None:
    assert places.distances([gold("Lagos", 6.45, 3.39)], [place("Lagos", None, None)], TEXT) == [None]


def test_missed_places_count_in_the_second_share_only() -> None:
    found = places.scores([0.0, 20.0, 500.0, None])
    assert found["within 161 km, % of those on our map"] == pytest.approx(66.7)
    assert found["within 161 km, % of all"] == 50.0 and found["median km of those on our map"] == 20.0
    assert places.scores([])["within 161 km, % of all"] == 0.0
