"""Short forms of bodies named before."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities

WHOLE = (
    "The/DET/5/det {first}/PROPN/5/compound Dairy/PROPN/5/compound Review/PROPN/5/compound Board/PROPN/6/nsubj "
    "met/VERB/0/root"
)


@pytest.mark.parametrize(
    ("first", "short", "country"),
    [
        ("Kenyan", "KDRB", "KEN"),
        ("Kenyan", "DRB", "KEN"),  # without the state
        ("Kenyan", "DRS", ""),
        ("Zenda", "DRB", ""),  # part of another name
    ],
)
def test_initials_stand_for_the_body_named_in_full(entities: Entities, first: str, short: str, country: str) -> None:
    sentence = f"{short}/PROPN/2/nsubj left/VERB/0/root"
    names = f"ORG {first} Dairy Review Board; ORG {short}"
    assert shown(entities, parse(WHOLE.format(first=first), sentence, names=names))[short] == [("", country, ())]


def test_initials_of_two_bodies_stand_for_neither(entities: Entities) -> None:
    other = (
        "Kenyan/ADJ/4/amod Deer/PROPN/4/compound Riding/PROPN/4/compound Bureau/PROPN/5/nsubj met/VERB/0/root "
        "DRB/PROPN/5/obj"
    )
    names = "ORG Kenyan Dairy Review Board; ORG Kenyan Deer Riding Bureau; ORG DRB"
    assert shown(entities, parse(WHOLE.format(first="Kenyan"), other, names=names))["DRB"] == [("", "", ())]


@pytest.mark.parametrize(("article", "country"), [("", "KEN"), ("a/DET/2/det ", "")])
def test_parliament_without_an_article_is_the_one_spoken_of(entities: Entities, article: str, country: str) -> None:
    first = "Syria/PROPN/2/nsubj met/VERB/0/root Kenya/PROPN/5/nmod:poss +'s/PART/3/case parliament/NOUN/2/obj"
    noun = "Parliament" if not article else "parliament"
    place = 2 if article else 1
    second = f"{article}{noun}/PROPN/{place + 1}/nsubj voted/VERB/0/root"
    found = shown(entities, parse(first, second))
    assert [one[1] for one in found[f"a {noun}" if article else noun]] == [country]
