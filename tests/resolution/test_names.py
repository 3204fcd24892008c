"""Who a name means."""

from datetime import date

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import load_entities
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
    ("sentence", "name"),
    [
        ("Charles/PROPN/2/nsubj sued/VERB/0/root papers/NOUN/2/obj", ""),
        ("President/PROPN/2/nmod:desc Charles/PROPN/3/nsubj sued/VERB/0/root papers/NOUN/3/obj", "Pierre Charles"),
        ("Pierre/PROPN/3/nsubj Charles/PROPN/1/flat sued/VERB/0/root papers/NOUN/3/obj", "Pierre Charles"),
        ("Blair/PROPN/2/nsubj sued/VERB/0/root papers/NOUN/2/obj", "Tony Blair"),
    ],
)
def test_a_given_name_alone_is_not_the_known_person_with_that_surname(sentence: str, name: str) -> None:
    person = " ".join(item.split("/")[0] for item in sentence.split() if item.endswith(("nsubj", "flat")))
    made = parse(sentence, names=f"PER {person}", published=date(2003, 11, 10))
    (mention,) = [
        one for one in find_names(*made, load_entities()).named() if made[0].text[one.start :].startswith(person)
    ]
    assert (mention.name if mention.entity_id else "") == name


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


@pytest.mark.parametrize(
    ("sentence", "model", "words", "name"),
    [
        # who leads a state is known by the surname; a minister only where that state is spoken of
        ("Obama/PROPN/2/nsubj met/VERB/0/root envoys/NOUN/2/obj", "PER Obama", "Obama", "Barack Obama"),
        ("Curbelo/PROPN/2/nsubj met/VERB/0/root envoys/NOUN/2/obj", "PER Curbelo", "Curbelo", ""),
        (
            "Curbelo/PROPN/2/nsubj left/VERB/0/root Washington/PROPN/2/obj",
            "PER Curbelo; LOC Washington",
            "Curbelo",
            "Carlos Curbelo",
        ),
        # a noun with an article is nobody's surname
        ("A/DET/2/det Curbelo/PROPN/3/nsubj left/VERB/0/root Washington/PROPN/3/obj", "", "Curbelo", ""),
        # a title of the other gender is somebody else's
        ("Mrs./PROPN/2/compound Obama/PROPN/3/nsubj left/VERB/0/root", "PER Obama", "Obama", ""),
        # another given name before
        (
            "Michael/PROPN/4/nsubj Barack/PROPN/1/flat Obama/PROPN/1/flat left/VERB/0/root",
            "PER Michael Barack Obama",
            "Michael Barack Obama",
            "",
        ),
    ],
)
def test_namesakes(sentence: str, model: str, words: str, name: str) -> None:
    made = parse(sentence, names=model, published=date(2016, 5, 1))
    found = [one for one in find_names(*made, load_entities()).named() if made[0].text[one.start : one.end] == words]
    assert [one.name for one in found if one.entity_id] == ([name] if name else [])
