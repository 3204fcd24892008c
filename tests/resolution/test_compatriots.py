"""People and bodies that a report about one state leaves open."""

from __future__ import annotations

import pytest

from tests.builders import parse
from tests.resolution.test_officials import located
from turnstone.knowledge.entities import Entities
from turnstone.resolution.mentions import find_mentions

OBI = "Ada/PROPN/3/nsubj Obi/PROPN/1/flat"
RESIGNS = f"{OBI} resigned/VERB/0/root in/ADP/5/case Kenya/PROPN/3/obl"


def test_a_person_is_of_the_only_state_spoken_of(entities: Entities) -> None:
    found = located(entities, RESIGNS, names="PER Ada Obi; LOC Kenya", Kenya="KEN")["Ada Obi"]
    assert found.country == "KEN" and "speaks of KEN alone" in found.basis


def test_of_two_states_neither_is_guessed(entities: Entities) -> None:
    sentence = f"{RESIGNS} and/CCONJ/7/cc Ghana/PROPN/5/conj"
    found = located(entities, sentence, names="PER Ada Obi; LOC Kenya; LOC Ghana", Kenya="KEN", Ghana="GHA")
    assert found["Ada Obi"].country == ""


def test_of_those_named_by_bare_surnames_one_beside_the_other_it_is_not_said(entities: Entities) -> None:
    sentence = (
        "Kenya/PROPN/2/nsubj hid/VERB/0/root works/NOUN/2/obj by/ADP/5/case {}/PROPN/3/nmod and/CCONJ/7/cc "
        "{}/PROPN/5/conj"
    )
    for names, country in ((("Zelko", "Brunov"), ""), (("Ada", "Gamal"), "KEN")):
        known = f"PER {names[0]}; PER {names[1]}; GPE Kenya"
        found = located(entities, sentence.format(*names), names=known, Kenya="KEN")
        assert [found[name].country for name in names] == [country, country]


def test_a_body_of_no_state_leaves_people_open(entities: Entities) -> None:
    sentence = f"{RESIGNS} and/CCONJ/7/cc UN/PROPN/5/conj"
    found = located(entities, sentence, names="PER Ada Obi; LOC Kenya; ORG UN", Kenya="KEN")
    assert found["Ada Obi"].country == ""


def test_who_governs_may_be_abroad(entities: Entities) -> None:
    sentence = (
        "president/NOUN/2/nmod:desc Ada/PROPN/4/nsubj Obi/PROPN/2/flat resigned/VERB/0/root"
        " in/ADP/6/case Kenya/PROPN/4/obl"
    )
    found = located(entities, sentence, names="PER Ada Obi; LOC Kenya", Kenya="KEN")
    assert found["Ada Obi"].country == ""


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        ("Obi/PROPN/2/nsubj died/VERB/0/root in/ADP/6/case a/DET/6/det {}/ADJ/6/amod airstrike/NOUN/2/obl", ""),
        ("Obi/PROPN/2/nsubj died/VERB/0/root in/ADP/6/case a/DET/6/det {}/ADJ/6/amod strike/NOUN/2/obl", "KEN"),
        ("Obi/PROPN/2/nsubj died/VERB/0/root in/ADP/6/case a/DET/6/det {}/ADJ/6/amod camp/NOUN/2/obl", "KEN"),
        ("Obi/PROPN/2/nsubj died/VERB/0/root in/ADP/5/case {}/ADJ/5/amod attack/NOUN/2/obl on/ADP/8/case a/DET/8/det"
         " camp/NOUN/5/nmod", ""),
        ("Obi/PROPN/2/nsubj died/VERB/0/root in/ADP/5/case {}/ADJ/5/amod attack/NOUN/2/obl", "KEN"),
        ("{}/PROPN/2/nsubj shell/VERB/0/root Obi/PROPN/2/obj", ""),
        ("{}/PROPN/2/nsubj thanked/VERB/0/root Obi/PROPN/2/obj", "KEN"),
    ],
)  # fmt: skip
def test_whom_a_state_strikes_is_not_thereby_its_own(entities: Entities, sentence: str, country: str) -> None:
    name = "Kenya" if "PROPN" in sentence.split()[0] and sentence.startswith("{") else "Kenyan"
    found = located(entities, sentence.format(name), names=f"PER Obi; LOC {name}")
    assert found["Obi"].country == country


@pytest.mark.parametrize(("body", "country"), [("Boundary Commission", "KEN"), ("Boundary Records", "")])
def test_bodies_that_act_at_home(entities: Entities, body: str, country: str) -> None:
    first, second = body.split()
    sentence = f"{first}/PROPN/2/compound {second}/PROPN/3/nsubj met/VERB/0/root in/ADP/5/case Kenya/PROPN/3/obl"
    found = located(entities, sentence, names=f"ORG {body}; LOC Kenya", Kenya="KEN")
    assert found[body].country == country


@pytest.mark.parametrize(("place", "code", "country"), [("Japan", "JPN", "JPN"), ("Texas", "USA", "USA")])
def test_a_name_that_many_states_have_is_of_the_state_spoken_of(
    entities: Entities, place: str, code: str, country: str
) -> None:
    sentence = f"Senate/PROPN/2/nsubj voted/VERB/0/root in/ADP/4/case {place}/PROPN/2/obl"
    found = located(entities, sentence, names=f"ORG Senate; LOC {place}", **{place: code})["Senate"]
    assert (found.country, found.entity_id) == (country, "senate" if country == "USA" else "")


@pytest.mark.parametrize(
    ("sentence", "words", "country"),
    [
        ("Kenya/PROPN/2/nsubj deploy/VERB/0/root troops/NOUN/2/obj", "troops", "KEN"),
        ("Kenya/PROPN/2/nsubj see/VERB/0/root troops/NOUN/2/obj", "troops", ""),
        ("Kingdom/PROPN/4/nsubj of/ADP/3/case Kenya/PROPN/1/nmod fell/VERB/0/root", "Kingdom of Kenya", "KEN"),
    ],
)
def test_forces_of_whoever_moves_them_and_states_in_style(
    entities: Entities, sentence: str, words: str, country: str
) -> None:
    article, analysis = parse(sentence, names="LOC Kenya")
    found = {article.text[one.start : one.end]: one for one in find_mentions(article, analysis, entities)}
    assert found[words].country == country


def test_a_state_in_style_is_no_body(entities: Entities) -> None:
    sentence = "Kingdom/PROPN/4/nsubj of/ADP/3/case Kenya/PROPN/1/nmod sued/VERB/0/root"
    article, analysis = parse(sentence, names="ORG Kingdom of Kenya")
    (state,) = [m for m in find_mentions(article, analysis, entities) if m.entity_id]
    assert (article.text[state.start : state.end], state.entity_id, state.kind) == ("Kingdom of Kenya", "KEN", "GPE")


@pytest.mark.parametrize(
    ("sentence", "country"),
    [
        (
            "Ada/PROPN/6/nsubj Obi/PROPN/1/flat (/PUNCT/4/punct Kenya/PROPN/1/appos )/PUNCT/4/punct left/VERB/0/root",
            "KEN",
        ),
        ("Kenya/PROPN/3/nmod:poss +'s/PART/1/case Ada/PROPN/5/nsubj Obi/PROPN/3/flat left/VERB/0/root", "KEN"),
    ],
)
def test_a_state_in_brackets_or_before_a_name(entities: Entities, sentence: str, country: str) -> None:
    article, analysis = parse(sentence, names="PER Ada Obi")
    found = {article.text[one.start : one.end]: one for one in find_mentions(article, analysis, entities)}
    assert found["Ada Obi"].country == country


def test_a_name_of_several_words_that_ends_another_is_short_for_it(entities: Entities) -> None:
    article, analysis = parse(
        "Kenyan/ADJ/2/amod Ada/PROPN/6/nsubj de/PROPN/2/flat la/PROPN/2/flat Obi/PROPN/2/flat left/VERB/0/root",
        "la/PROPN/3/nsubj Obi/PROPN/1/flat spoke/VERB/0/root",
        names="PER Ada de la Obi; PER la Obi",
    )
    found = [one for one in find_mentions(article, analysis, entities) if one.kind == "PER"]
    assert [one.country for one in found] == ["KEN", "KEN"]


def test_a_name_between_commas_after_a_title_is_its_bearers(entities: Entities) -> None:
    article, analysis = parse(
        "Kenyan/ADJ/2/amod spokesman/NOUN/7/nsubj ,/PUNCT/7/punct Ada/PROPN/7/dep Obi/PROPN/4/flat ,/PUNCT/7/punct"
        " left/VERB/0/root",
        names="PER Ada Obi",
    )
    (found,) = [one for one in find_mentions(article, analysis, entities) if one.kind == "PER"]
    assert found.country == "KEN"
