from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Name
from turnstone.resolution.places import find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str, *names: str, hints: tuple[str, ...] = (), dateline: str = "") -> list[str]:
    marked, at = [], 0
    for name in names:
        at = text.index(name, at)
        marked.append(Name(at, at + len(name), "LOC"))
        at += len(name)
    places = find_places(text, marked, hints, dateline, gazetteer)
    assert all(text[place.start : place.end] in names for place in places)
    return [f"{place.name} {place.country}" for place in places]


@pytest.mark.parametrize(
    ("text", "name", "hints", "expected"),
    [
        ("Talks were held in Paris.", "Paris", (), "Paris FRA"),
        ("Talks were held in Paris.", "Paris", ("USA",), "Paris FRA"),
        ("A storm hit Paris, Texas, on Friday.", "Paris", (), "Paris USA"),
        ("A storm hit Paris, Tex., on Friday.", "Paris", (), "Paris USA"),
        ("Clashes in Tripoli, Lebanon, killed two.", "Tripoli", ("LBY",), "Tripoli LBN"),
        ("Clashes in Tripoli in northern Lebanon killed two.", "Tripoli", (), "Tripoli LBN"),
        ("Clashes in Tripoli (Lebanon) killed two.", "Tripoli", (), "Tripoli LBN"),
        ("Clashes in Tripoli killed two.", "Tripoli", (), "Tripoli LBY"),
        ("Clashes in Tripoli killed two.", "Tripoli", ("LBN",), "Tripoli LBN"),
        ("He spoke in Birmingham.", "Birmingham", ("USA",), "Birmingham USA"),
        ("He spoke in Birmingham.", "Birmingham", (), "Birmingham GBR"),
        ("He flew to London, Canada and Peru.", "London", (), "London GBR"),
        ("He flew to London, Ontario.", "London", (), "London CAN"),
        ("A court in London ruled.", "London", ("CAN",), "London GBR"),
        ("It happened in Washington, D.C. on Friday.", "Washington", (), "Washington USA"),
        ("Voters in Texas decide.", "Texas", (), "Texas USA"),
        ("Georgia protested.", "Georgia", ("USA",), "Georgia GEO"),
        ("Shells fell on Donbas.", "Donbas", (), "Donbas UKR"),
    ],
)
def test_which_place_is_meant(
    gazetteer: Gazetteer, text: str, name: str, hints: tuple[str, ...], expected: str
) -> None:
    assert found(gazetteer, text, name, hints=hints) == [expected]


def test_the_text_decides_for_later_mentions(gazetteer: Gazetteer) -> None:
    text = "A storm hit Paris, Texas. The mayor of Paris spoke."
    assert found(gazetteer, text, "Paris", "Paris") == ["Paris USA", "Paris USA"]


def test_other_names_tell_the_country(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "From Beirut he went to Tripoli.", "Beirut", "Tripoli") == ["Beirut LBN", "Tripoli LBN"]


def test_the_dateline_counts(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "A fire in Portland.", "Portland", dateline="USA") == ["Portland USA"]


@pytest.mark.parametrize(("text", "name"), [("In the Middle East", "Middle East"), ("At Zzyzxburg", "Zzyzxburg")])
def test_what_has_no_place_is_left_out(gazetteer: Gazetteer, text: str, name: str) -> None:
    assert found(gazetteer, text, name) == []


def test_a_small_far_namesake_is_left_out(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "They met at Kremlin.", "Kremlin") == []


def test_persons_are_no_places_and_a_state_may_stand_at_its_capital(gazetteer: Gazetteer) -> None:
    text = "Paris Hilton left France."
    assert find_places(text, [Name(0, 5, "PER")], (), "", gazetteer) == ()
    state = find_places(text, [Name(18, 24, "GPE")], (), "", gazetteer)[0]
    assert (state.geonames_id, state.country, state.latitude) == (3017382, "FRA", None)
    capital = find_places(text, [(18, 24, "Paris")], (), "", gazetteer)[0]
    assert (capital.start, capital.end, capital.name, capital.geonames_id) == (18, 24, "Paris", 2988507)
