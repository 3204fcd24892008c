"""Who a name means."""

from datetime import date

import pytest

from tests.builders import parse
from turnstone.knowledge.entities import load_entities
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
