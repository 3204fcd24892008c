"""Provinces in lists of provinces."""

from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Name
from turnstone.resolution.places import find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("text", "resolution"),
    [
        ("Fires in California, Oregon and Washington.", "province"),
        ("Fires in Washington, Oregon, and California.", "province"),
        ("Protests in Boston, Oregon and Washington.", "city"),
        ("They flew from Oregon to California and Washington.", "city"),
        ("Oregon asks Washington.", "city"),
    ],
)
def test_a_town_among_provinces_is_the_province_of_its_name(gazetteer: Gazetteer, text: str, resolution: str) -> None:
    known = ("Boston", "California", "Oregon", "Washington")
    marked = [Name(text.index(name), text.index(name) + len(name), "LOC") for name in known if name in text]
    found = {place.name: place.resolution for place in find_places(text, marked, ("USA",), "", gazetteer)}
    assert found["Washington"] == resolution
