"""Who a name means."""

from datetime import date

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities, load_entities
from turnstone.resolution.mentions import find_mentions
from turnstone.resolution.names import find_names

SENTENCE = "King/PROPN/3/nsubj Abdullah/PROPN/1/flat met/VERB/0/root envoys/NOUN/3/obj in/ADP/6/case {}/PROPN/3/obl"


@pytest.mark.parametrize(
    ("place", "day", "country"),
    [
        ("Jordan", date(2010, 1, 1), "JOR"),
        ("Riyadh", date(2010, 1, 1), "SAU"),
        ("Peru", date(2010, 1, 1), None),
        ("Peru", date(2017, 1, 1), "JOR"),  # the other has died
    ],
)
def test_of_two_kings_of_one_name_the_one_whose_state_is_named(place: str, day: date, country: str | None) -> None:
    board = find_names(*parse(SENTENCE.format(place), names="PER King Abdullah", published=day), load_entities())
    (king,) = [mention for mention in board.named() if mention.start == 0]
    assert king.country == (country or "")


@pytest.mark.parametrize(
    ("words", "whole", "model"),
    [
        ("Gaddafi/PROPN/2/compound forces/NOUN/3/nsubj attacked/VERB/0/root", "Gaddafi forces", "ORG Gaddafi"),
        (
            "Gaddafi/PROPN/2/compound Administration/PROPN/3/nsubj attacked/VERB/0/root",
            "Gaddafi Administration",
            "ORG Gaddafi Administration",
        ),
    ],
)
def test_the_forces_and_the_government_of_a_ruler_are_of_the_rulers_state(words: str, whole: str, model: str) -> None:
    made = parse(words, names=model, published=date(2011, 3, 20))
    found = [one for one in find_mentions(*made, load_entities()) if made[0].text[one.start : one.end] == whole]
    assert [one.country for one in found] == ["LBY"]


def test_the_end_of_a_name_in_the_report_is_nobody_elses_surname() -> None:
    """Who is known by another part of the name than its last word is still meant by the last word."""
    made = parse(
        "Luiz/PROPN/6/nsubj Inácio/PROPN/1/flat Lula/PROPN/1/flat da/PROPN/1/flat Silva/PROPN/1/flat spoke/VERB/0/root",
        "Silva/PROPN/2/nsubj smiled/VERB/0/root",
        names="PER Luiz Inácio Lula da Silva; PER Silva",
        published=date(2016, 3, 31),
    )
    last = [one for one in find_mentions(*made, load_entities()) if made[0].text[one.start : one.end] == "Silva"]
    assert [one.country for one in last] == ["BRA"]


@pytest.mark.parametrize(("name", "entity"), [("Hentzau", "hentzau"), ("Gazprom", "")])
def test_an_armed_group_alone_is_known_as_an_adjective_too(entities: Entities, name: str, entity: str) -> None:
    found = shown(entities, parse(f"{name}/ADJ/2/amod managers/NOUN/3/nsubj left/VERB/0/root"))
    assert [one[0] for one in found.get(name, [("", "", ())])] == [entity]


SPELT = "{}/PROPN/3/nsubj {}/PROPN/1/flat left/VERB/0/root {}/PROPN/3/obj"


@pytest.mark.parametrize(
    ("name", "left", "entity"),
    [
        ("Vladímir PUTIN", "Kenya", "vladimir-putin"),  # in accents and capitals
        ("Volodymyr Zelenskyy", "Ukraine", "volodymyr-zelensky"),  # in how it is written, where the state is named
        ("Volodymyr Zelenskyy", "Kyiv", "volodymyr-zelensky"),
        ("Volodymyr Zelenskyy", "Kenya", ""),
        ("Volodymyr Zelenko", "Ukraine", ""),
    ],
)
def test_a_person_whose_name_is_spelt_otherwise(entities: Entities, name: str, left: str, entity: str) -> None:
    found = shown(entities, parse(SPELT.format(*name.split(), left), names=f"PER {name}; LOC {left}"))
    assert [one[0] for one in found[name]] == [entity]


def test_a_nationality_speaks_of_a_state_too(entities: Entities) -> None:
    sentence = "Volodymyr/PROPN/3/nsubj Zelenskyy/PROPN/1/flat sold/VERB/0/root Ukrainian/ADJ/5/amod gas/NOUN/3/obj"
    found = shown(entities, parse(sentence, names="PER Volodymyr Zelenskyy"))
    assert found["Volodymyr Zelenskyy"] == [("volodymyr-zelensky", "UKR", ("GOV",))]


def test_only_a_person_is_looked_for_under_another_spelling(entities: Entities) -> None:
    found = shown(entities, parse(SPELT.format("Vladímir", "Putin", "Kenya"), names="ORG Vladímir Putin"))
    assert found["Vladímir Putin"] == [("", "", ())]
