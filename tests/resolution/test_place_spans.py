from __future__ import annotations

import pytest

from turnstone.knowledge.gazetteer import Gazetteer, load_gazetteer
from turnstone.records import Analysis, Kind, Mention, Name, Token
from turnstone.resolution.place_spans import find_place_spans


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str, *named: tuple[str, Kind], country: str = "") -> list[str]:
    """The names looked up; every word with a capital counts as a proper noun."""
    tokens, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        core = word.rstrip(".,").removesuffix("'s")
        tokens.append(Token(start, start + len(core), "PROPN" if word[0].isupper() else "X", core, -1, "root"))
    mentions = [Mention(text.index(n), text.index(n) + len(n), kind, "", n, country, (), "") for n, kind in named]
    names = tuple(Name(one.start, one.end, one.kind) for one in mentions)
    analysis = Analysis(tuple(tokens), ((0, len(tokens)),), names, (), ())
    toponyms = find_place_spans(text, analysis, mentions, gazetteer)
    assert list(toponyms) == sorted(set(toponyms))
    return [name for _, _, name in toponyms]


def test_places_of_the_model_are_toponyms_and_persons_are_not(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Paris met Jackson.", ("Paris", "LOC"), ("Jackson", "PER")) == ["Paris"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor of Pulawy spoke.", "Pulawy"),
        ("Jan Kos, 54, of Pulawy spoke.", "Pulawy"),
        ("It began in Pulawy.", "Pulawy"),
        ("Three Pulawy residents left.", "Pulawy"),
    ],
)
@pytest.mark.parametrize("kind", ["", "PER"])
def test_a_town_that_the_model_did_not_see_or_took_for_a_person(
    gazetteer: Gazetteer, text: str, name: str, kind: Kind
) -> None:
    named = [(name, kind)] if kind else []
    assert found(gazetteer, text + " Poland waits.", ("Poland", "GPE"), *named, country="POL") == [name, "Poland"]


@pytest.mark.parametrize(
    "text", ["It began in March.", "He spoke in Congress.", "She trusts in Pulawyk.", "It rests with Pulawy."]
)
def test_other_words_after_a_preposition_are_none(gazetteer: Gazetteer, text: str) -> None:
    assert found(gazetteer, text) == []


def test_a_hamlet_is_not_guessed(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "It began in Kremlin.") == []


def test_a_sea_needs_no_name_of_the_model(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Birds fly to the Black Sea in winter.") == ["Black Sea"]


def test_a_name_of_which_the_model_saw_a_part_is_whole(gazetteer: Gazetteer) -> None:
    assert found(gazetteer, "Farms of Prince Edward Island close.", ("Edward Island", "LOC")) == [
        "Prince Edward Island"
    ]


def test_a_division_taken_for_a_body(gazetteer: Gazetteer) -> None:
    text = "Telemark and Chelsea wait, says Norway."
    named: list[tuple[str, Kind]] = [("Telemark", "ORG"), ("Chelsea", "ORG"), ("Norway", "GPE")]
    assert found(gazetteer, text, *named, country="NOR") == ["Telemark", "Norway"]


def test_a_state_whose_words_the_gazetteer_lacks_is_looked_up_by_its_name(gazetteer: Gazetteer) -> None:
    text = "The Kingdom of Zzyzx waits."
    mention = Mention(4, 20, "GPE", "ESP", "Spain", "ESP", (), "")
    assert find_place_spans(text, Analysis((), (), (), (), ()), [mention], gazetteer) == ((4, 20, "Spain"),)
