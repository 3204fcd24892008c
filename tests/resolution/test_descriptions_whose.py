"""Whose a description is by the words that depend on it."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import Shown, shown
from turnstone.knowledge.entities import Entities


def test_a_leader_whom_the_data_does_not_know_is_of_the_bodys_state(entities: Entities) -> None:
    sentence = (
        "Zenda/PROPN/3/compound Liberation/PROPN/3/compound Army/PROPN/4/compound leader/NOUN/5/nmod:desc "
        "Ada/PROPN/7/nsubj Obi/PROPN/5/flat spoke/VERB/0/root"
    )
    found = shown(entities, parse(sentence, names="ORG Zenda Liberation Army; PER Ada Obi"))
    assert found["Ada Obi"] == [("", "KEN", ("REB",))]


@pytest.mark.parametrize(
    ("sentence", "names", "words", "expected"),
    [
        (
            "An/DET/2/det adviser/NOUN/5/nsubj to/ADP/4/case Xi/PROPN/2/nmod resigned/VERB/0/root",
            "PER Xi",
            "An adviser",
            ("", "CHN", ()),
        ),
        (
            "Putin/PROPN/3/nmod:poss +'s/PART/1/case spokesman/NOUN/4/nsubj resigned/VERB/0/root",
            "PER Putin",
            "Putin's spokesman",
            ("", "RUS", ()),
        ),
        (  # the head of an organ whose name the data does not know, though its words tell
            "The/DET/2/det head/NOUN/11/nsubj of/ADP/7/case the/DET/7/det Coast/PROPN/6/compound "
            "Guard/PROPN/7/compound Directorate/PROPN/2/nmod of/ADP/9/case Kenya/PROPN/7/nmod Ada/PROPN/7/appos "
            "resigned/VERB/0/root",
            "ORG Coast Guard Directorate of Kenya Ada",
            "The head of the Coast Guard Directorate of Kenya",
            ("", "KEN", ("MIL",)),
        ),
    ],
)
def test_who_serves_somebody_is_of_that_state(
    entities: Entities, sentence: str, names: str, words: str, expected: Shown
) -> None:
    assert shown(entities, parse(sentence, names=names))[words] == [expected]


def test_the_administration_of_a_president_is_of_that_state(entities: Entities) -> None:
    sentence = "The/DET/2/det administration/NOUN/5/nsubj of/ADP/4/case Xi/PROPN/2/nmod spoke/VERB/0/root"
    assert shown(entities, parse(sentence, names="PER Xi"))["The administration of Xi"] == [("", "CHN", ("GOV",))]


@pytest.mark.parametrize(("noun", "country"), [("brother", ""), ("adviser", "UNO")])
def test_kin_of_those_who_speak_for_a_body_of_many_states_are_not_of_the_body(
    entities: Entities, noun: str, country: str
) -> None:
    sentence = (
        f"The/DET/2/det {noun}/NOUN/7/nsubj of/ADP/6/case a/DET/6/det UN/PROPN/6/compound spokesman/NOUN/2/nmod "
        "spoke/VERB/0/root"
    )
    found = shown(entities, parse(sentence, names="ORG UN"))[f"The {noun} of a UN spokesman"]
    assert [one[1] for one in found] == [country]
