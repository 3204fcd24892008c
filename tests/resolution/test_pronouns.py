"""Whom pronouns stand for, where the sentence before or a group tells."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.shown import shown
from turnstone.knowledge.entities import Entities
from turnstone.resolution.mentions import find_mentions

XI = ("xi-jinping", "CHN", ("GOV",))
PUTIN = ("vladimir-putin", "RUS", ("GOV",))


def test_they_are_the_group_that_is_the_subject(entities: Entities) -> None:
    said = "Chinese/ADJ/2/amod rebels/NOUN/3/nsubj left/VERB/0/root +./PUNCT/3/punct"
    after = "They/PRON/2/nsubj returned/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(said, after))["They"] == [("", "CHN", ("REB",))]


def test_they_are_nobody_after_things(entities: Entities) -> None:
    said = (
        "Talks/NOUN/4/nsubj and/CCONJ/3/cc votes/NOUN/1/conj delayed/VERB/0/root Chinese/ADJ/6/amod rebels/NOUN/4/obj"
        " +./PUNCT/4/punct"
    )
    after = "They/PRON/2/nsubj failed/VERB/0/root +./PUNCT/2/punct"
    assert "They" not in shown(entities, parse(said, after))


@pytest.mark.parametrize(
    ("said", "names", "meant"),
    [
        ("Xi/PROPN/2/nsubj praised/VERB/0/root Zzyxx/PROPN/2/obj", "ORG Zzyxx", True),
        ("Xi/PROPN/2/nsubj praised/VERB/0/root Zzyxx/PROPN/4/compound summit/NOUN/2/obj", "ORG Zzyxx", False),
        (
            "Xi/PROPN/2/nsubj praised/VERB/0/root Zenda/PROPN/4/compound Radio/PROPN/2/obj",
            "ORG Zenda Radio",
            False,
        ),
    ],
)
def test_they_are_neither_an_outlet_nor_what_something_is_called_after(
    entities: Entities, said: str, names: str, meant: bool
) -> None:
    after = "They/PRON/2/nsubj left/VERB/0/root +./PUNCT/2/punct"
    assert ("They" in shown(entities, parse(f"{said} +./PUNCT/2/punct", after, names=names))) == meant


def test_an_object_is_not_the_subject_of_what_is_done_to_it(entities: Entities) -> None:
    said = (
        "Xi/PROPN/2/nsubj met/VERB/0/root Putin/PROPN/2/obj and/CCONJ/5/cc urged/VERB/2/conj him/PRON/5/obj"
        " +./PUNCT/2/punct"
    )
    assert shown(entities, parse(said))["him"] == [PUTIN]


def test_nor_is_it_another_word_of_that_subject(entities: Entities) -> None:
    court = (
        "A/DET/3/det military/ADJ/3/amod court/NOUN/5/nsubj will/AUX/5/aux try/VERB/0/root them/PRON/5/obj"
        " +./PUNCT/5/punct"
    )
    article, analysis = parse("Rebels/NOUN/2/nsubj left/VERB/0/root +./PUNCT/2/punct", court)
    found = find_mentions(article, analysis, entities)
    assert [one.name for one in found if article.text[one.start : one.end] == "them"] == ["Rebels"]


def test_it_is_the_state_that_a_clause_with_and_is_about(entities: Entities) -> None:
    said = "Xi/PROPN/2/nsubj left/VERB/0/root but/CCONJ/5/cc Ukraine/PROPN/5/nsubj stayed/VERB/2/conj +./PUNCT/2/punct"
    after = "It/PRON/2/nsubj voted/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(said, after))["It"] == [("UKR", "UKR", ())]


def test_it_in_speech_is_what_its_sentence_is_about_and_not_what_was_said_before(entities: Entities) -> None:
    alone = "Ukraine/PROPN/2/nsubj stayed/VERB/0/root +./PUNCT/2/punct"
    condition = "Ukraine/PROPN/4/nsubj stays/VERB/6/advcl"
    speech = "“/PUNCT/6/punct +If/SCONJ/4/mark {} it/PRON/6/nsubj wins/VERB/0/root +,/PUNCT/6/punct +”/PUNCT/6/punct"
    closing = "Xi/PROPN/10/nsubj said/VERB/6/parataxis +./PUNCT/6/punct"
    own = speech.format(condition) + " " + closing
    other = "“/PUNCT/3/punct +It/PRON/3/nsubj wins/VERB/0/root +,/PUNCT/3/punct +”/PUNCT/3/punct " + (
        "Xi/PROPN/7/nsubj said/VERB/3/parataxis +./PUNCT/3/punct"
    )
    assert shown(entities, parse(own))["it"] == [("UKR", "UKR", ())]
    assert "It" not in shown(entities, parse(alone, other))


def test_most_of_it_is_of_a_thing(entities: Entities) -> None:
    said = "Ukraine/PROPN/2/nsubj sold/VERB/0/root most/ADJ/2/obj of/ADP/5/case it/PRON/3/obl +./PUNCT/2/punct"
    assert "it" not in shown(entities, parse(said))


def test_a_title_tells_who_is_no_woman(entities: Entities) -> None:
    said = "King/NOUN/2/nmod:desc Xi/PROPN/3/nsubj left/VERB/0/root +./PUNCT/3/punct"
    after = "She/PRON/2/nsubj returned/VERB/0/root +./PUNCT/2/punct"
    assert "She" not in shown(entities, parse(said, after, names="PER Xi"))


def test_peacekeepers_are_of_the_only_international_body(entities: Entities) -> None:
    said = (
        "UN/PROPN/2/nsubj withdrew/VERB/0/root from/ADP/6/case the/DET/6/det peacekeeping/NOUN/6/compound"
        " troops/NOUN/2/obl +./PUNCT/2/punct"
    )
    assert shown(entities, parse(said, names="ORG UN"))["the peacekeeping troops"] == [("", "UNO", ("MIL",))]


def test_whom_and_joins_to_their_allies(entities: Entities) -> None:
    said = "Russian/ADJ/2/amod troops/NOUN/3/nsubj met/VERB/0/root and/CCONJ/6/cc allied/ADJ/6/amod gunmen/NOUN/2/conj"
    assert shown(entities, parse(said))["allied gunmen"] == [("", "RUS", ("UAF",))]


def test_the_last_word_of_a_body_stands_for_it(entities: Entities) -> None:
    said = "Zenda/PROPN/2/compound Directorate/PROPN/3/nsubj met/VERB/0/root +./PUNCT/3/punct"
    after = (
        "The/DET/2/det spokesman/NOUN/3/nsubj left/VERB/0/root the/DET/5/det directorate/NOUN/3/obj +./PUNCT/3/punct"
    )
    assert "the directorate" in shown(entities, parse(said, after, names="ORG Zenda Directorate"))


def test_the_army_is_no_rebels(entities: Entities) -> None:
    said = "Zenda/PROPN/3/compound Liberation/PROPN/3/compound Army/PROPN/4/nsubj left/VERB/0/root +./PUNCT/4/punct"
    after = "The/DET/2/det crowd/NOUN/3/nsubj saw/VERB/0/root the/DET/5/det army/NOUN/3/obj +./PUNCT/3/punct"
    found = shown(entities, parse(said, after, names="ORG Zenda Liberation Army"))
    assert "zla" not in {entity for entity, _, _ in found.get("the army", [])}


URGES = (
    "Ukraine/PROPN/2/nsubj asked/VERB/0/root {}/PROPN/2/obj to/PART/5/mark urge/VERB/2/xcomp its/PRON/7/nmod:poss "
    "{}/NOUN/5/obj"
)
UKRAINE = ("UKR", "UKR", ())


@pytest.mark.parametrize(
    ("asked", "noun", "meant"),
    [
        ("ORG UN", "member", ("un", "UNO", ())),
        ("ORG UN", "friend", UKRAINE),
        ("GPE Kenya", "member", UKRAINE),
        ("ORG Zzyxx", "member", UKRAINE),  # a body that the data does not know
    ],
)
def test_who_has_members_is_the_known_body_before_and_no_state(
    entities: Entities, asked: str, noun: str, meant: tuple[str, str, tuple[str, ...]]
) -> None:
    assert shown(entities, parse(URGES.format(asked.split()[1], noun), names=asked))["its"] == [meant]


def test_of_two_bodies_or_one_of_another_sentence_nobody_says_whose_members_they_are(entities: Entities) -> None:
    two = (
        "Ukraine/PROPN/2/nsubj asked/VERB/0/root Gazprom/PROPN/2/obj to/PART/5/mark urge/VERB/2/xcomp UN/PROPN/5/obj "
        "and/CCONJ/9/cc its/PRON/9/nmod:poss member/NOUN/6/conj"
    )
    assert shown(entities, parse(two, names="ORG UN; ORG Gazprom"))["its"] == [UKRAINE]
    before = "UN/PROPN/2/nsubj met/VERB/0/root +./PUNCT/2/punct"
    assert shown(entities, parse(before, URGES.format("Kenya", "member")))["its"] == [UKRAINE]
