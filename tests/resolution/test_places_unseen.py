"""Places besides those of the model. The gazetteer is the packaged one; no model is loaded."""

from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Analysis, Kind, Mention, Name, Token
from turnstone.resolution.places_unseen import Unseen


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def beside(
    gazetteer: Gazetteer,
    text: str,
    known: tuple[str, ...] = (),
    country: str = "",
    named: tuple[tuple[str, Kind], ...] = (),
) -> list[str]:
    """The words found besides the places `known`, where `named` are the model's other names and `country` is spoken
    of; every word with a capital counts as a proper noun, but for articles."""
    tokens, at = [], 0
    for word in text.split():
        core = word.strip(".,").removesuffix("'s")
        start = text.index(core, at)
        at = start + len(core)
        proper = core[:1].isupper() and core not in ("The", "A", "In")
        tokens.append(Token(start, at, "PROPN" if proper else "X", core, -1, "root"))
    spans = [(text.index(name), text.index(name) + len(name), kind) for name, kind in named]
    mentions = [Mention(start, end, kind) for start, end, kind in spans]
    names = tuple(Name(start, end, kind) for start, end, kind in spans)
    analysis = Analysis(tuple(tokens), ((0, len(tokens)),), names, (), ())
    found = Unseen(text, analysis, mentions, {country} - {""}, gazetteer).beside(
        [(text.index(name), text.index(name) + len(name)) for name in known]
    )
    return [text[start:end] for start, end in sorted(found)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The village of Ciocile waits.", "Ciocile"),
        ("Checks go on in the villages of Bumbacari and Dudescu.", "Dudescu"),
        ("A Constanta woman waits.", "Constanta"),
    ],
)
def test_what_is_said_to_be_a_place(gazetteer: Gazetteer, text: str, place: str) -> None:
    assert beside(gazetteer, text, country="ROU") == [place]


def test_a_hamlet_of_a_country_not_spoken_of_is_none(gazetteer: Gazetteer) -> None:
    assert beside(gazetteer, "The village of Ciocile waits.", country="PER") == []


def test_a_town_before_its_country(gazetteer: Gazetteer) -> None:
    assert beside(gazetteer, "Krasnodar, Russia waits.", ("Russia",), named=(("Krasnodar", "PER"),)) == ["Krasnodar"]
    assert beside(gazetteer, "Krasnodar, Peru waits.", ("Peru",), named=(("Krasnodar", "PER"),)) == []
    assert beside(gazetteer, "Krasnodar, Russia's envoy, waits.", ("Russia",), named=(("Krasnodar", "PER"),)) == []


def test_items_of_a_list_of_places(gazetteer: Gazetteer) -> None:
    text = "They fled Mandera, Wajir and Kisii."
    assert beside(gazetteer, text, ("Mandera",), "KEN") == ["Wajir", "Kisii"]


def test_a_person_of_the_model_needs_two_places_beside_it(gazetteer: Gazetteer) -> None:
    person: tuple[tuple[str, Kind], ...] = (("Kisii", "PER"),)
    assert beside(gazetteer, "They saw Mandera and Kisii.", ("Mandera",), "KEN", person) == []
    assert beside(gazetteer, "They saw Mandera, Wajir and Kisii.", ("Mandera", "Wajir"), "KEN", person) == ["Kisii"]


def test_a_longer_name_is_no_item(gazetteer: Gazetteer) -> None:
    assert beside(gazetteer, "Jaral del Progreso, Guanajuato waits.", ("Guanajuato",), "MEX") == []


def test_a_name_is_the_same_place_again(gazetteer: Gazetteer) -> None:
    text = "They met in Krasnodar. The Krasnodar physician left, and Krasnodar Bank closed."
    assert beside(gazetteer, text, ("Krasnodar",)) == ["Krasnodar"]


def test_a_name_of_a_person_is_not_a_place_again(gazetteer: Gazetteer) -> None:
    text = "They met in Paterson. David Paterson spoke. Later Paterson left."
    assert beside(gazetteer, text, ("Paterson",), "USA", (("David Paterson", "PER"),)) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The Darfur conflict goes on.", "Darfur"),
        ("A Hubei court waits.", "Hubei"),
        ("The Wuhan prosecutor waits.", "Wuhan"),
    ],
)
def test_areas_and_large_towns_need_no_place_beside_them(gazetteer: Gazetteer, text: str, place: str) -> None:
    assert beside(gazetteer, text, country="CHN") == [place]


@pytest.mark.parametrize(
    "text",
    [
        "They bought Amazon.",
        "The West Nile cases rise.",
        "The ship is named Enterprise.",
        "They take Oxford–Zeneca pills.",
    ],
)
def test_other_things_with_the_name_of_a_place(gazetteer: Gazetteer, text: str) -> None:
    assert beside(gazetteer, text, country="USA") == []


def test_a_body_of_the_model_inside_a_preposition_is_its_town(gazetteer: Gazetteer) -> None:
    body: tuple[tuple[str, Kind], ...] = (("Saint-Marc", "ORG"),)
    assert beside(gazetteer, "They work in Saint-Marc today.", country="HTI", named=body) == ["Saint-Marc"]
    assert beside(gazetteer, "They beat Saint-Marc today.", country="HTI", named=body) == []


def test_what_the_model_took_for_somebody_may_describe_somebody(gazetteer: Gazetteer) -> None:
    person: tuple[tuple[str, Kind], ...] = (("Virginia", "PER"),)
    assert beside(gazetteer, "They saw a Virginia prosecutor.", country="USA", named=person) == ["Virginia"]
    assert beside(gazetteer, "The Virginia family waits.", country="USA", named=person) == []
    assert beside(gazetteer, "They saw Virginia today.", country="USA", named=person) == []


def test_the_owner_in_the_name_of_a_body(gazetteer: Gazetteer) -> None:
    assert beside(gazetteer, "Peru's Health Ministry waits.", named=(("Peru's Health Ministry", "ORG"),)) == ["Peru"]
    assert beside(gazetteer, "Lloyd's Register waits.", named=(("Lloyd's Register", "ORG"),)) == []


def test_the_state_before_the_name_of_a_body_that_the_data_knows(gazetteer: Gazetteer) -> None:
    text = "The US Federal Reserve waits."
    analysis = Analysis((), (), (), (), ())
    body = Mention(4, 22, "ORG", "fed", "Federal Reserve", "USA")
    assert Unseen(text, analysis, [body], {"USA"}, gazetteer).beside([]) == [(4, 6)]
    whole = Mention(4, 22, "ORG", "fed", "US Federal Reserve", "USA")
    assert Unseen(text, analysis, [whole], {"USA"}, gazetteer).beside([]) == []
