"""Who is said to hold an office."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities

OF_KENYA = "Kenya/PROPN/{0}/nmod:poss +'s/PART/5/case education/NOUN/{0}/compound minister/NOUN/{1}"


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        (
            "Ada/PROPN/3/nsubj Obi/PROPN/1/flat resigns/VERB/0/root as/ADP/8/case " + OF_KENYA.format(8, "3/obl"),
            "KEN",
        ),
        (
            "Ada/PROPN/8/nsubj Obi/PROPN/1/flat is/AUX/8/cop now/ADV/8/advmod " + OF_KENYA.format(8, "0/root"),
            "KEN",
        ),
        (  # whom somebody appoints, not who appoints
            "Voters/NOUN/2/nsubj named/VERB/0/root Ada/PROPN/2/obj Obi/PROPN/3/flat " + OF_KENYA.format(8, "2/xcomp"),
            "KEN",
        ),
        (
            "Ada/PROPN/3/nsubj Obi/PROPN/1/flat resigns/VERB/0/root before/ADP/8/case " + OF_KENYA.format(8, "3/obl"),
            "",
        ),
    ],
)
def test_who_holds_a_title_is_of_its_state(entities: Entities, sentence: str, country: str) -> None:
    found = shown(entities, parse(sentence, names="PER Ada Obi"))["Ada Obi"]
    assert [one[1] for one in found] == [country]
