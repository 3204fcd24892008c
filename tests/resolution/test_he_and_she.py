"""Whom "he" and "she" stand for."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities

XI = ("xi-jinping", "CHN", ("GOV",))
BLINKEN = ("antony-blinken", "USA", ("GOV",))
PUTIN = ("vladimir-putin", "RUS", ("GOV",))
MET = "{one}/PROPN/3/nsubj {two}/PROPN/1/flat met/VERB/0/root Antony/PROPN/3/obj Blinken/PROPN/4/flat +./PUNCT/3/punct"


@pytest.mark.parametrize(
    ("woman", "pronoun", "meant"),
    [
        ("Ada Rassendyll", "He", BLINKEN),  # not the subject, a woman by her given name
        ("Ada Rassendyll", "She", ("", "", ())),
        ("Zyx Rassendyll", "He", ("", "", ())),  # of whom nothing is told, and who is the subject
    ],
)
def test_given_names_tell_who_is_meant(
    entities: Entities, woman: str, pronoun: str, meant: tuple[str, str, tuple[str, ...]]
) -> None:
    one, two = woman.split()
    after = f"{pronoun}/PRON/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    found = shown(entities, parse(MET.format(one=one, two=two), after, names=f"PER {woman}; PER Antony Blinken"))
    assert found[pronoun] == [meant]


def test_a_husband_is_no_she(entities: Entities) -> None:
    said = (
        "Xi/PROPN/6/nsubj and/CCONJ/5/cc her/PRON/4/nmod:poss husband/NOUN/5/compound Zyx/PROPN/1/conj"
        " met/VERB/0/root Putin/PROPN/6/obj +./PUNCT/6/punct"
    )
    after = "She/PRON/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(said, after, names="PER Zyx"))["She"] == [XI]


def test_what_somebody_becomes_is_nobody(entities: Entities) -> None:
    said = "Work/NOUN/2/nsubj began/VERB/0/root +./PUNCT/2/punct"
    to_become = "Xi/PROPN/3/nmod:poss +'s/PART/1/case wish/NOUN/6/nsubj to/PART/5/mark become/VERB/3/acl"
    to_become += " grew/VERB/0/root premier/NOUN/5/xcomp +./PUNCT/6/punct"
    after = "He/PRON/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(said, to_become, after))["He"] == [XI]


def test_he_in_what_is_said_is_who_was_spoken_of(entities: Entities) -> None:
    before = (
        "Ada/PROPN/3/nsubj Rassendyll/PROPN/1/flat discussed/VERB/0/root Antony/PROPN/3/obj Blinken/PROPN/4/flat"
        " +./PUNCT/3/punct"
    )
    said = (
        '"/PUNCT/4/punct +He/PRON/3/nsubj wants/VERB/7/ccomp peace/NOUN/3/obj +,/PUNCT/3/punct +"/PUNCT/3/punct'
        " said/VERB/0/root Ada/PROPN/7/nsubj Rassendyll/PROPN/8/flat +./PUNCT/7/punct"
    )
    names = "PER Ada Rassendyll; PER Antony Blinken"
    quotation = ("Ada Rassendyll", "said", '"He wants peace,"', "direct")
    assert shown(entities, parse(before, said, names=names, quotations=(quotation,)))["He"] == [BLINKEN]


def test_his_and_his_are_of_one(entities: Entities) -> None:
    before = "Putin/PROPN/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    said = (
        "His/PRON/2/nmod:poss brother/NOUN/3/nsubj stayed/VERB/0/root and/CCONJ/7/cc his/PRON/6/nmod:poss"
        " minister/NOUN/7/nsubj spoke/VERB/3/conj +./PUNCT/3/punct"
    )
    assert shown(entities, parse(before, said))["his"] == [PUTIN]
