"""The places of a report with their mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.coding.test_likely_place_words import (
    AGAIN,
    ANALYSIS,
    ARTICLE,
    LAYOUT,
    MAYOR,
    PLACES,
    RURITANIA,
    STRELSAU,
    ZENDA,
)  # fmt: skip
from turnstone.coding.places_of_report import STATE, PlacesOfReport, key_of
from turnstone.records import Place

MEN = ARTICLE.text.index("two men")
OF_MEN = Place(MEN, MEN + 7, "Ruritania", "RUR", None, 1.0, 2.0, "country")
OF_MAYOR = replace(OF_MEN, start=MAYOR.start, end=MAYOR.end)
BY_THOSE = ("Ruritania", "RUR", STATE)


def report(places: Sequence[Place] = PLACES, states: Sequence[Place] = (), filed: int = 0) -> PlacesOfReport:
    return PlacesOfReport(ARTICLE.text, ANALYSIS.tokens, LAYOUT, places, states, filed)


def test_mentions_of_one_place_are_one_and_states_that_those_tell_another() -> None:
    found = report((AGAIN, ZENDA, RURITANIA), (OF_MEN, OF_MAYOR))
    assert found.named == {key_of(ZENDA): [ZENDA, AGAIN], key_of(RURITANIA): [RURITANIA]}
    assert found.mentions == found.named | {BY_THOSE: [OF_MAYOR, OF_MEN]}
    assert [found.sentence(place) for place in (ZENDA, OF_MEN, AGAIN)] == [0, 1, 2]


def test_ranks_are_of_places_and_of_their_states() -> None:
    found = report((*PLACES, replace(STRELSAU, start=0, end=1, country="GRA")))
    assert found.rank[key_of(ZENDA)] == 0 and found.rank_of_state == {"RUR": 0, "GRA": 1}
    assert report(filed=ZENDA.end).filed_in == {"RUR"} and report().filed_in == set()


def test_the_scene_is_the_last_place_that_something_is_in() -> None:
    assert report().scene(ARTICLE.text.index("shot")) is None
    assert report().scene(ARTICLE.text.index("arrested")) == key_of(RURITANIA)
    assert report().scene(len(ARTICLE.text)) == key_of(ZENDA)


def test_a_state_is_shown_by_words_that_name_something() -> None:
    police = replace(OF_MEN, start=STRELSAU.start, end=MEN - 1)
    states = (OF_MAYOR, police, OF_MEN)
    assert report(states=states).shown(BY_THOSE, OF_MEN, 1) == police
    assert report(states=states).shown(BY_THOSE, OF_MEN, 0) == OF_MAYOR
    assert report(states=states).shown(BY_THOSE, OF_MAYOR, 1) == OF_MAYOR
    assert report(states=(OF_MEN,)).shown(BY_THOSE, OF_MEN, 1) == OF_MEN
    assert report().shown(key_of(ZENDA), AGAIN, 0) == AGAIN


def test_of_many_places_the_nearest_are_asked() -> None:
    found = report()
    assert found.near(0) == found.near(2) == list(found.mentions)
    many = [replace(ZENDA, name=f"Zenda {number}") for number in range(60)]
    near = report((*many, AGAIN, STRELSAU)).near(2)
    assert len(near) == 50 and near[:2] == [key_of(AGAIN), key_of(STRELSAU)]
