"""Places that the gazetteer lacks, by where they lie."""

from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Name
from turnstone.resolution.places import find_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def placed(gazetteer: Gazetteer, text: str, *names: str) -> list[tuple[str, str, str]]:
    """(words, name, resolution) of each."""
    marked = [Name(text.index(name), text.index(name) + len(name), "LOC") for name in names]
    places = find_places(text, marked, (), "", gazetteer)
    return [(text[place.start : place.end], place.name, place.resolution) for place in places]


@pytest.mark.parametrize(
    "text",
    [
        "Zzyxby in Fife waits.",
        "Zzyxby, Fife, waits.",
        "Zzyxby, a small fishing village in northern Fife, waits.",
        "Zzyxby is a village in Fife.",
        "Zzyxby, located in Fife, waits.",
        "Zzyxby village of Fife waits.",
    ],
)
def test_an_unknown_place_has_the_point_of_what_it_lies_in(gazetteer: Gazetteer, text: str) -> None:
    assert placed(gazetteer, text, "Zzyxby", "Fife")[0] == ("Zzyxby", "Fife", "district")


@pytest.mark.parametrize(
    "text",
    [
        "Zzyxby fighters said in Fife that they wait.",
        "Zzyxby and Fife wait.",
        "They saw Zzyxby, Fife and Peru.",
        "They saw Peru, Zzyxby, Fife.",
        "Zzyxby of Fife waits.",
    ],
)
def test_other_words_between_tell_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert "Zzyxby" not in [words for words, _, _ in placed(gazetteer, text, "Zzyxby", "Fife")]


def test_a_known_place_stays_where_it_is(gazetteer: Gazetteer) -> None:
    assert placed(gazetteer, "Paris in Fife waits.", "Paris", "Fife")[0] == ("Paris", "Paris", "city")
