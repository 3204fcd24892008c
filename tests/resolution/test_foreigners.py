"""Those who are not of the state they are in."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities


@pytest.mark.parametrize(
    ("rows", "words", "country"),
    [
        ("Rebels/NOUN/4/nsubj in/ADP/3/case Kenya/PROPN/1/nmod", "Rebels", "KEN"),
        ("Migrants/NOUN/4/nsubj in/ADP/3/case Kenya/PROPN/1/nmod", "Migrants", ""),
        ("Migrants/NOUN/4/nsubj from/ADP/3/case Kenya/PROPN/1/nmod", "Migrants", "KEN"),
    ],
)
def test_foreigners_are_not_of_the_state_they_are_in(entities: Entities, rows: str, words: str, country: str) -> None:
    found = shown(entities, parse(rows + " protested/VERB/0/root"))
    assert [one[1] for one in found[words]] == [country]


def test_nor_are_people_who_are_said_to_be_foreign(entities: Entities) -> None:
    found = shown(
        entities,
        parse(
            "Foreign/ADJ/2/amod rebels/NOUN/5/nsubj in/ADP/4/case Kenya/PROPN/2/nmod protested/VERB/0/root",
        ),
    )
    assert [one[1] for one in found["Foreign rebels"]] == [""]
