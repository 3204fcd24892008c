from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.resolution.place_names import candidates_of


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    ("surface", "name", "feature"),
    [
        ("Sindh", "Sindh", "admin1"),
        ("Sindh province", "Sindh", "admin1"),
        ("the province of Sindh", "Sindh", "admin1"),
        ("New York state", "New York", "admin1"),
        ("New York City", "New York City", "city"),
        ("Aleppo governorate", "Aleppo", "admin1"),
        ("Nairobi city", "Nairobi", "capital"),
        ("Cairo's", "Cairo", "capital"),
        ("southern Lebanon", "Lebanon", "country"),
        ("South Lebanon", "South Lebanon", "admin1"),
        ("mid-western Kenya", "Kenya", "country"),
        ("Port Au Prince", "Port-au-Prince", "capital"),
        ("Benghazi hospital", "Benghazi", "city"),
        ("Washington, D.C.", "Washington", "capital"),
        ("D.C.", "Washington", "capital"),
        ("Eastern Creek quarantine", "Eastern Creek", "city"),
        ("Mexico City International Airport", "Mexico City", "capital"),
        ("London's Cenotaph", "London", "capital"),
        ("Dogu Beyazit", "Dogubayazit", "city"),
        ("Kobani", "'Ayn al 'Arab", "city"),
        ("Fraser Valley", "Fraser Valley", "region"),
    ],
)
def test_what_surrounds_a_name_is_taken_off(gazetteer: Gazetteer, surface: str, name: str, feature: str) -> None:
    first = candidates_of(surface, gazetteer)[0]
    assert (first.name, first.feature) == (name, feature) or first.ascii_name == name


@pytest.mark.parametrize(
    "surface",
    ["", "the", "Zzyzx province", "hospital", "province", "'s", ", D.C.", "St. ", "University of Central Florida"],
)
def test_what_is_no_name_finds_nothing(gazetteer: Gazetteer, surface: str) -> None:
    assert candidates_of(surface, gazetteer) == ()
